"""How many comments that no rule was written for the rules find.

The rules were widened over the first two files. The third was written after that, so only
it says what to expect of a comment nobody has seen.
"""

import tomllib
from pathlib import Path

import pytest

from surveys.concern import Tier, concern

FOLDER = Path(__file__).parent / "concern_held_out"
FILES = ("first", "second", "third")


def tiers(name: str, kind: str) -> list[Tier]:
    texts = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))[kind]
    return [concern(text, "en").tier for text in texts]


def share(found: list[Tier], *wanted: Tier) -> float:
    return sum(tier in wanted for tier in found) / len(found)


@pytest.mark.parametrize("name", FILES)
def test_nine_in_ten_urgent_comments_are_found_urgent(name: str) -> None:
    assert share(tiers(name, "urgent"), Tier.URGENT) >= 0.9


@pytest.mark.parametrize("name", FILES)
def test_nineteen_in_twenty_worrying_comments_are_raised(name: str) -> None:
    found = tiers(name, "urgent") + tiers(name, "read_first")
    assert share(found, Tier.URGENT, Tier.READ_FIRST) >= 0.95


@pytest.mark.parametrize("name", FILES)
def test_nine_in_ten_ordinary_comments_stay_in_their_turn(name: str) -> None:
    assert share(tiers(name, "quiet"), Tier.NONE) >= 0.9
