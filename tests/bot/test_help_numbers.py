"""The numbers to call: found as they are dialled, given once, and missed where none is local."""

import pytest

from bot.help_numbers import NO_CONTACT, NO_LOCAL_NUMBER, lacking, numbers, once
from bot.pages.render import to_call
from bot.words import SHIPPED, Words

DEFAULT = ("In an emergency call 999.",)


@pytest.mark.parametrize(
    ("line", "dialled"),
    [
        ("In an emergency call 999.", {"999"}),
        ("Childline 0800 1111, Samaritans 116 123", {"08001111", "116123"}),
        ("Front door: (01632) 960001 or 01632-960002.", {"01632960001", "01632960002"}),
        ("Abroad: +44 (0)1632 960001", {"+441632960001"}),
        ("Call 01632 960001, 9am to 5pm, Monday to Friday.", {"01632960001"}),
        ("Text SHOUT to 85258 or text 07700 900001.", set()),
        ("If you cannot hear, text 999.", set()),
        ("In 2027 we had 1,999 calls; 12/05/2027; £999.", set()),
        ("Nothing to call.", set()),
    ],
)
def test_numbers_are_found_as_they_are_dialled(line: str, dialled: set[str]) -> None:
    assert numbers(line) == dialled


def test_no_number_is_given_twice_and_no_other_words_are_lost() -> None:
    lines = (*DEFAULT, "Helpline 01632 960001", "Again: 01632 960001", "We are open on Mondays.")
    assert once(lines, after="call 999") == ("Helpline 01632 960001", "We are open on Mondays.")


@pytest.mark.parametrize("code", SHIPPED)
def test_whoever_reads_another_language_gets_999_once_and_in_it(code: str) -> None:
    [line] = Words(code).help_lines(DEFAULT)
    assert "999" in line
    assert (line == DEFAULT[0]) == (Words(code).main == "en")
    assert Words(code).help_lines(DEFAULT, after=Words(code).say("help.now")) == ()


def test_a_number_is_a_link_that_calls_it_and_markup_stays_words() -> None:
    said = to_call("<b>Call</b> 01632 960001.")
    assert "&lt;b&gt;Call" in said
    assert 'href="tel:01632960001" dir="ltr">01632\u00a0960001</a>.' in said


def test_a_council_that_set_nothing_is_warned() -> None:
    assert lacking(DEFAULT, "") == (NO_LOCAL_NUMBER, NO_CONTACT)
    assert lacking((*DEFAULT, "Front door: 01632 960001"), "send@council.example") == ()
