"""What every reader of comments gives, whatever is behind it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Label(StrEnum):
    """How a comment sounds. Not scored is not neutral: nothing was understood."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    NOT_SCORED = "not_scored"


@dataclass(frozen=True)
class Reading:
    """A machine's guess: `score` from -1 to 1, `None` where not scored; `reason` says why not."""

    label: Label
    score: float | None = None
    reason: str = ""


class Reader(Protocol):
    """A reader of comments; `name` and `version` go with everything it says."""

    @property
    def name(self) -> str:
        """What reads, such as "TextBlob"."""

    @property
    def version(self) -> str:
        """Its version."""

    def read(self, text: str | None, language: str) -> Reading:
        """How the text sounds. Never fails: what cannot be read is not scored, with a reason."""
