"""The chat in other languages: its words, its buttons, and the side its lines begin on."""

from dataclasses import replace

import pytest

from bot.channels.telegram import commands, payload
from bot.channels.telegram.markup import from_the_right
from bot.channels.telegram.render import messages
from bot.notice import notices
from bot.ports import Outgoing
from bot.words import SHIPPED, Words
from surveys.catalogue import shipped
from surveys.commands import Command, command
from surveys.events import (
    CommandTaken,
    LanguageChanged,
    QuestionAsked,
    ReviewReached,
    Welcomed,
    Why,
)
from surveys.inputs import LanguageChosen, NoticeAcknowledged
from surveys.model import State
from surveys.session import Answer, Session
from tests.bot.channels.test_telegram_render import HOUSE, ROUND, labels, only, row, shown

FORM = shipped()[0]
RUN = "a1B2_-xZ"
INVENTED = replace(ROUND, demonstration=True)


def spoken(language: str, *events: object, **changes: object) -> Outgoing:
    session = Session(FORM.hash, language)
    return row(*events, form=FORM, session=session, language=language, **changes)  # type: ignore[arg-type]  # events of any kind


@pytest.mark.parametrize("code", FORM.languages)
def test_a_language_fits_on_a_button_and_is_read_back(code: str) -> None:
    said = payload.encode(RUN, LanguageChosen(code))
    assert said == f"{RUN}.g.{code}."
    assert len(said.encode()) <= payload.MOST_BYTES
    assert payload.decode(said) == (RUN, LanguageChosen(code))


def test_the_welcome_has_the_other_languages_by_their_own_names() -> None:
    keyboard = only(spoken("pl", Welcomed(), round=INVENTED)).keyboard
    assert labels(keyboard) == ["Przeczytano – start", "English", "English – easy read", "العربية"]
    assert keyboard
    said = [payload.decode(line[0].payload) for line in keyboard]
    assert said[0] == (RUN, NoticeAcknowledged(notices.shipped().edition.code))
    assert said[3] == (RUN, LanguageChosen("ar"))


def test_a_real_round_has_no_unchecked_language_on_its_welcome() -> None:
    assert labels(only(spoken("en", Welcomed())).keyboard) == ["I have read this – start"]


def test_after_a_change_everything_is_in_the_new_language() -> None:
    asked = QuestionAsked("c1", 4, 20, Why.RESUMED)
    [message] = messages(spoken("pl", LanguageChanged("pl"), asked), HOUSE)
    assert "Wybrany język: Polski." in message.text
    assert "Pytanie 4 z 20" in message.text
    assert labels(message.keyboard)[-2:] == ["Wstecz", "Pomiń"]
    assert labels(message.keyboard)[0] == "5 – Zdecydowanie się zgadzam"


def test_an_arabic_review_begins_every_arabic_line_from_the_right() -> None:
    session = Session(FORM.hash, "ar", answers={"phase": Answer(State.ANSWERED, "primary")})
    text = shown(replace(spoken("ar", ReviewReached()), session=session))
    for line in filter(None, text.split("\n")):
        first = next(each for each in line if each.isalpha() or each == "\u200f")
        assert first == "\u200f" or "\u0600" <= first <= "\u06ff", line


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("السؤال 4 من 16", False),
        ("5 – أوافق بشدة", False),
        ("<b>أوافق</b>", False),
        ("SEND: ما نوع المساعدة؟", True),
        ("<b>EHC خطة</b>", True),
        ("R&amp;D", False),
        ("In an emergency call 999.", False),
        ("", False),
    ],
)
def test_only_a_line_that_would_turn_round_is_marked(line: str, marked: bool) -> None:
    assert from_the_right(line) == ("\u200f" + line if marked else line)


def test_no_mark_is_added_where_a_language_runs_from_the_left() -> None:
    assert "\u200f" not in only(spoken("en", Welcomed(), round=INVENTED)).text


def test_language_shows_the_choice_on_offer_in_this_round() -> None:
    message = only(spoken("pl", CommandTaken(Command.LANGUAGE), round=INVENTED))
    assert message.text == Words("pl").say("telegram.languages.choose")
    assert labels(message.keyboard) == ["English", "English – easy read", "العربية", "Kontynuuj"]
    assert message.keyboard
    said = payload.decode(message.keyboard[2][0].payload)
    assert said == (RUN, LanguageChosen("ar"))


def test_where_there_is_one_language_it_is_named() -> None:
    message = only(spoken("en", CommandTaken(Command.LANGUAGE)))
    assert message.text == "Sorry, this survey is in one language only: English."
    assert labels(message.keyboard) == ["Go on"]


def test_where_there_is_no_easy_read_it_is_said_kindly() -> None:
    message = only(spoken("pl", CommandTaken(Command.EASY_READ), round=INVENTED))
    assert message.text == Words("pl").say("telegram.easy_read.none")
    assert labels(message.keyboard) == ["Kontynuuj"]


@pytest.mark.parametrize("code", SHIPPED)
def test_every_word_that_help_names_is_a_command_there(code: str) -> None:
    _, *lines = [Words(code).say(key) for key in commands.HELP]
    for line in lines:
        word = line.partition(" – ")[0]
        assert word == "/web" or command(word, code), word
    typed = Words(code).say("telegram.erase.how").rpartition(": ")[2]
    assert command(typed, code) is Command.ERASE_FOR_GOOD
