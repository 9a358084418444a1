"""Our own notice says what the system does, in every shipped language."""

import re
from dataclasses import replace

import pytest

from bot.notice.notices import shipped
from bot.notice.text import Kind, Section
from bot.notice.wording import in_short
from bot.words import SHIPPED
from surveys.records import Round, RoundStatus
from tests.bot.conftest import CLOSES, OPENS

ROUND = Round("r1", "Spring", "test", "h", RoundStatus.OPEN, OPENS, CLOSES)
MOST_LETTERS = 2_000
"""The short form must be one message of a chat, with the title and the buttons' words."""

ARABIC = re.compile("[\u0600-\u06ff]")


def words_of(code: str, section: Section) -> str:
    blocks = shipped().by_language[code].sections[section]
    return "\n".join(line for block in blocks for line in block.lines)


def test_every_shipped_language_has_the_notice() -> None:
    assert set(shipped().by_language) == set(SHIPPED)


@pytest.mark.parametrize("code", SHIPPED)
def test_every_language_says_the_same_things_in_the_same_order(code: str) -> None:
    english, own = shipped().by_language["en"], shipped().by_language[code]
    for section in Section:
        if code != "en-x-easyread":
            kinds = [block.kind for block in own.sections[section]]
            assert kinds == [block.kind for block in english.sections[section]], section
        headings = [block for block in own.sections[section] if block.kind is Kind.HEADING]
        wanted = [block for block in english.sections[section] if block.kind is Kind.HEADING]
        assert len(headings) == len(wanted), section
    for needed in ("ico.org.uk", "0303 123 1113", "999", "{council}", "{contact}", "Telegram"):
        told = words_of(code, Section.FULL)
        assert needed in told or (code == "ar" and needed == "Telegram"), needed


@pytest.mark.parametrize("code", SHIPPED)
@pytest.mark.parametrize("linked", [True, False])
def test_the_short_form_fits_a_message_and_ends_with_the_edition(code: str, linked: bool) -> None:
    said = in_short(shipped(), code, replace(ROUND, linked=linked), "Anytown Council", "")
    assert len("\n\n".join(said)) < MOST_LETTERS
    assert "2026" in said[-1]


def test_closing_an_anonymous_round_and_a_linked_one_are_told_apart() -> None:
    anonymous = "\n".join(in_short(shipped(), "en", ROUND, "Anytown", ""))
    linked = "\n".join(in_short(shipped(), "en", replace(ROUND, linked=True), "Anytown", ""))
    assert "nobody can find your answers" in anonymous
    assert "nobody can find your answers" not in linked
    assert "erased before it closes and after" in linked


def test_it_is_never_called_consent() -> None:
    english = [words_of(code, section) for code in ("en", "en-x-easyread") for section in Section]
    said = [line for text in english for line in text.splitlines() if "consent" in line.lower()]
    assert all("not rest on your consent" in line for line in said)


def test_arabic_is_in_arabic_letters_and_keeps_a_latin_name_apart() -> None:
    notice = shipped().by_language["ar"]
    lines = [line for each in notice.sections.values() for block in each for line in block.lines]
    assert all(map(ARABIC.search, lines))
    told = shipped().short("ar", None, "Anytown", "")
    assert "\u2068Anytown\u2069" in told.blocks[0].lines[0]
