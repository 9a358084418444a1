"""The questionnaires that come with the product."""

from functools import lru_cache
from importlib.resources import files

from surveys.model import Questionnaire
from surveys.xlsform import read_form_bytes

SHIPPED = (
    "parental_confidence",
    "transition_early_years_reception",
    "transition_y6_y7",
    "transition_post16",
)
"""Their keys, which are also the names of their files, in the order to list them."""


def shipped_source(key: str) -> str:
    """The Markdown table of a shipped questionnaire.

    Raises:
        KeyError: none has this key.
    """
    if key not in SHIPPED:
        raise KeyError(key)
    return files("surveys").joinpath("questionnaires", f"{key}.md").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def shipped() -> tuple[Questionnaire, ...]:
    """Every shipped questionnaire, the parental confidence one first."""
    return tuple(
        read_form_bytes(shipped_source(key).encode(), "md", f"{key}.md") for key in SHIPPED
    )
