"""GOV.UK Frontend's components, each drawn once for the same parameters.

Drawing one question's choices takes longer than everything else on its page, and every
parent sees the same ones.
"""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

MOST_KEPT = 1024
"""Each question in each language, with each of its choices picked, and room."""

Draw = Callable[[str, Mapping[str, Any]], Markup]


def make_draw(templates: Environment) -> Draw:
    """A function that draws a component, such as "skip-link", from its parameters.

    It is for parameters that hold nothing of one parent's, for they stay in memory.
    """

    @lru_cache(maxsize=MOST_KEPT)
    def drawn(component: str, told: str) -> Markup:
        found: Any = templates.get_template(
            f"govuk_frontend_jinja/components/{component}/macro.html"
        ).module
        macro = getattr(found, f"govuk{component.title().replace('-', '')}")
        return Markup(macro(json.loads(told)))  # noqa: S704 - the macro escapes what it is given

    return lambda component, params: drawn(component, json.dumps(params))
