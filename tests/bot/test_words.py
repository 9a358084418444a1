"""Every catalogue is whole, and the interface never fails for want of a word."""

import re
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message

import bot
from bot.words import ENGLISH, SHIPPED, Words, catalogue, signed_off

OTHERS = [code for code in SHIPPED if code != ENGLISH]
ROOT = Path(bot.__file__).parent
SOURCES = [*ROOT.rglob("*.py"), *ROOT.rglob("*.html")]
_QUOTED = re.compile(r"""["']([a-z_]+(?:\.[a-z0-9_]+)+)["']""")
_SAID = re.compile(r"""\.say(?:_count)?\(\s*["']([^"']+)["']""")
_STRONGLY_RIGHT = re.compile("[\u0590-\u08ff]")

JUST_BEFORE_MIDNIGHT = datetime(2027, 3, 28, 22, 59, tzinfo=UTC)


def messages(code: str) -> dict[str, Message]:
    found = {}
    for message in catalogue(code):
        key = message.id if isinstance(message.id, str) else message.id[0]
        if key:
            found[key] = message
    return found


def texts(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def places(message: Message) -> set[str | None]:
    return {name for text in texts(message) for _, name, _, _ in Formatter().parse(text) if name}


def quoted_in_the_code() -> set[str]:
    namespaces = {key.partition(".")[0] for key in messages(ENGLISH)}
    found = {key for source in SOURCES for key in _QUOTED.findall(source.read_text())}
    return {key for key in found if key.partition(".")[0] in namespaces}


def test_every_key_that_the_code_says_has_english_words() -> None:
    said = {key for source in SOURCES for key in _SAID.findall(source.read_text())}
    assert said | quoted_in_the_code() <= set(messages(ENGLISH))


def test_no_catalogue_has_words_that_the_code_never_says() -> None:
    assert set(messages(ENGLISH)) <= quoted_in_the_code()


def test_a_script_gets_every_plural_form_of_a_language() -> None:
    forms = {code: set(Words(code).forms("web.count.under", "%{count}")) for code in SHIPPED}
    assert forms["en"] == forms["en-x-easyread"] == {"one", "other"}
    assert forms["pl"] == {"one", "few", "many", "other"}
    assert forms["ar"] == {"zero", "one", "two", "few", "many", "other"}


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_has_exactly_the_english_keys(code: str) -> None:
    assert list(messages(code)) == list(messages(ENGLISH))


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_fills_the_same_places(code: str) -> None:
    english, own = messages(ENGLISH), messages(code)
    assert {key: places(own[key]) for key in own} == {key: places(english[key]) for key in english}


@pytest.mark.parametrize("code", SHIPPED)
def test_nothing_is_empty_fuzzy_or_markup(code: str) -> None:
    for key, message in messages(code).items():
        forms = catalogue(code).num_plurals if message.pluralizable else 1
        assert len(texts(message)) == forms, key
        assert all(text.strip() == text and text for text in texts(message)), key
        assert not message.fuzzy, key
        assert not re.search("[<>&]", "".join(texts(message))), key


def test_arabic_is_in_arabic_letters() -> None:
    own = {key for key in messages("ar") if not key.startswith("date.")}
    wordless = {
        key for key in own if not all(map(_STRONGLY_RIGHT.search, texts(messages("ar")[key])))
    }
    assert wordless == set()


def test_no_shipped_translation_is_signed_off_yet() -> None:
    assert signed_off(ENGLISH)
    assert [signed_off(code) for code in OTHERS] == ["", "", ""]


def test_a_language_that_nobody_knows_is_not_signed_off() -> None:
    assert signed_off("cy") == ""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Question 4 of 16"),
        ("en-x-easyread", "Question 4 of 16"),
        ("en-GB", "Question 4 of 16"),
        ("pl", "Pytanie 4 z 16"),
        ("ar", "السؤال 4 من 16"),
        ("cy", "Question 4 of 16"),
        ("not a language", "Question 4 of 16"),
    ],
)
def test_the_words_are_the_languages_own_else_english(language: str, said: str) -> None:
    assert Words(language).say("question.progress", number=4, of=16) == said


def test_a_key_without_words_says_nothing_and_fails_nothing() -> None:
    assert Words("pl").say("nobody.wrote_this") == ""
    assert Words("pl").say_count("nobody.wrote_this", 2) == ""


def test_a_place_that_nobody_fills_stays_visible() -> None:
    assert Words("en").say("question.progress", number=4) == "Question 4 of {of}"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "28 March 2027 at 11:59pm"),
        ("en-x-easyread", "28 March 2027 at 11:59pm"),
        ("pl", "28 marca 2027, godz. 23:59"),
        ("ar", "28 مارس 2027، الساعة 11:59 م"),
    ],
)
def test_moments_are_in_words_and_in_england(language: str, said: str) -> None:
    assert Words(language).moment(JUST_BEFORE_MIDNIGHT).replace("\N{NO-BREAK SPACE}", " ") == said


def test_large_numbers_are_written_as_the_language_writes_them() -> None:
    written = [Words(code).number(4000).replace("\N{NO-BREAK SPACE}", " ") for code in SHIPPED]
    assert written == ["4,000", "4,000", "4 000", "4,000"]
