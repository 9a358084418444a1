"""How many comments the rules find that they were not written for.

Found, before the rules were widened and after:

| file | urgent as urgent | urgent raised | to be read first raised | ordinary raised |
|---|---|---|---|---|
| first | 9 → 20 of 20 | 12 → 20 of 20 | 13 → 20 of 20 | 5 → 2 of 25 |
| second | 5 → 20 of 20 | 9 → 20 of 20 | 13 → 20 of 20 | 3 → 2 of 24 |
| third | 13 → 14 of 15 | 14 → 14 of 15 | 11 → 12 of 12 | 1 → 0 of 12 |
| fourth | 8 → 8 of 20 | 11 → 13 of 20 | 8 → 13 of 20 | 2 → 2 of 34 |

The rules were widened by whoever wrote the first two files, so those say only that the
rules still do what they did. The third is about the words one thinks of; the fourth is
indirect, as worried parents often are, and no rule was ever changed for it. It says what
to expect: of such words a third are raised by nothing but a person who reads.
"""

import tomllib
from pathlib import Path

import pytest

from surveys.concern import Tier, concern

FOLDER = Path(__file__).parent / "concern_held_out"
RAISED = (Tier.URGENT, Tier.READ_FIRST)


def found(name: str, kind: str, *wanted: Tier) -> int:
    texts = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))[kind]
    return sum(concern(text, "en").tier in wanted for text in texts)


@pytest.mark.parametrize(
    ("name", "least"), [("first", 20), ("second", 20), ("third", 14), ("fourth", 8)]
)
def test_urgent_comments_are_found_urgent_no_less_than_before(name: str, least: int) -> None:
    assert found(name, "urgent", Tier.URGENT) >= least


@pytest.mark.parametrize(
    ("name", "least"), [("first", 40), ("second", 40), ("third", 26), ("fourth", 26)]
)
def test_worrying_comments_are_raised_no_less_than_before(name: str, least: int) -> None:
    raised = [found(name, kind, *RAISED) for kind in ("urgent", "read_first")]
    assert sum(raised) >= least


@pytest.mark.parametrize(
    ("name", "most"), [("first", 2), ("second", 2), ("third", 0), ("fourth", 2)]
)
def test_ordinary_comments_stay_in_their_turn(name: str, most: int) -> None:
    assert found(name, "quiet", *RAISED) <= most
    assert found(name, "quiet", Tier.URGENT) == 0
