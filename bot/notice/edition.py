"""Which notice it was: its version and its date."""

import re
from dataclasses import dataclass
from datetime import date

from bot.words import Words

_CODE = re.compile(r"(\d{1,6})-(\d{4}-\d{2}-\d{2})", re.ASCII)


@dataclass(frozen=True)
class Edition:
    """A version of the notice, counted from 1, and the day it is dated.

    Two notices are the same only where both agree: a council that puts its own in place of
    ours begins at version 1 again.
    """

    version: int
    dated: date

    @property
    def code(self) -> str:
        """The edition as it is stored, such as "2-2026-12-01"."""
        return f"{self.version}-{self.dated.isoformat()}"

    def in_words(self, words: Words) -> str:
        """Such as "Version 2, 1 December 2026"."""
        return words.say(
            "notice.edition", version=words.number(self.version), day=words.day(self.dated)
        )


def read_code(code: str) -> Edition | None:
    """The edition that wrote `code`, or `None` where none did."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    try:
        return Edition(int(found[1]), date.fromisoformat(found[2]))
    except ValueError:
        return None
