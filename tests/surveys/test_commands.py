"""Words that are commands: in every language, alone in a message, and never an answer."""

import pytest

from surveys.catalogue import shipped
from surveys.command_words import ALSO_ANSWERS, WORDS
from surveys.commands import ANYWHERE, Command, command
from surveys.engine import step
from surveys.events import AnswerRecorded, CommandTaken, LanguageChanged, QuestionAsked
from surveys.inputs import Chosen, Input, Skipped, Submitted, Typed
from surveys.model import State
from surveys.session import Answer
from surveys.words import fold
from tests.builders import CONFIDENCE, NOW, choices, comment, question, questionnaire
from tests.surveys.conversation import STARTED, TO_REVIEW, TO_TOPICS, after, only, then

FORM = shipped()[0]
EVERY = [
    (language, name, word)
    for language, commands in WORDS.items()
    for name, words in commands.items()
    for word in words
]
OPEN = questionnaire(comment("more"), languages=("en", "pl", "ar"))


@pytest.mark.parametrize(("language", "name", "word"), EVERY)
def test_every_word_is_its_command_and_stands_as_it_is_folded(
    language: str, name: str, word: str
) -> None:
    assert fold(word) == word
    assert command(f" {word}. ", language) is Command(name)


def test_every_language_has_words_for_every_command() -> None:
    for language, commands in WORDS.items():
        assert set(commands) == {each.value for each in Command}, language
        words = [word for each in commands.values() for word in each]
        assert len(words) == len(set(words)), language


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("pl", "pomin", Command.SKIP),
        ("pl", "POMIŃ!", Command.SKIP),
        ("pl", "wroc", Command.BACK),
        ("pl", "Usun wszystko", Command.ERASE_FOR_GOOD),
        ("pl", "usuń  wszystko", Command.ERASE_FOR_GOOD),
        ("pl", "zmien jezyk", Command.LANGUAGE),
        ("pl", "latwy tekst", Command.EASY_READ),
        ("ar", "ابدا", Command.START),
        ("ar", "تخطَّ", Command.SKIP),
        ("ar", "ارسل اجاباتي", Command.SEND),
        ("ar", "احذفوا كل شئ", Command.ERASE_FOR_GOOD),
        ("ar", "احذفوا كل شي", Command.ERASE_FOR_GOOD),
        ("ar", "القراءه السهله", Command.EASY_READ),
        ("ar", "تـوقف", Command.STOP),
    ],
)
def test_words_are_known_without_their_marks(language: str, typed: str, meant: Command) -> None:
    assert command(typed, language) is meant


@pytest.mark.parametrize("language", ["pl", "ar", "cy", "en-x-easyread"])
@pytest.mark.parametrize("name", [each.value for each in Command])
def test_english_words_are_commands_in_every_language(language: str, name: str) -> None:
    assert command(name, language) is Command(name)
    assert command(f"/{name}", language) is Command(name)


def test_a_chat_may_name_the_bot_behind_a_command() -> None:
    assert command("/easyread@anytown_bot") is Command.EASY_READ
    assert command("stop@school") is None


@pytest.mark.parametrize(
    "typed",
    ["stóp", "nie", "tak", "dobrze", "koniec", "dalej", "nie wiem", "proszę pomiń", "لا", "نعم"],
)
def test_other_words_are_no_commands(typed: str) -> None:
    assert command(typed, "pl", "ar") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Please stop calling us",
        "W szkole nie ma pomocy",
        "Nie usuń niczego",
        "نريد مساعدة أكثر",
        "لغة طفلي ضعيفة",
        "our language is Polish",
        "the back of the class",
    ],
)
def test_a_word_inside_a_sentence_is_no_command(sentence: str) -> None:
    assert command(sentence, "pl", "ar") is None


@pytest.mark.parametrize("word", sorted(ALSO_ANSWERS))
def test_a_word_that_may_be_a_comment_is_one_where_a_comment_is_asked(word: str) -> None:
    language = "ar" if word > "\u0600" else "pl"
    asked = after(STARTED, form=OPEN, language=language)
    recorded = only(AnswerRecorded, then(asked, Typed(word), OPEN))
    assert recorded.answer == Answer(State.ANSWERED, word)


@pytest.mark.parametrize(
    ("word", "language"), [("/language", "en"), ("/pomoc", "pl"), ("/لغة", "ar")]
)
def test_with_a_stroke_it_is_a_command_even_there(word: str, language: str) -> None:
    taken = then(after(STARTED, form=OPEN, language=language), Typed(word), OPEN)
    assert taken.events[0] in {CommandTaken(Command.LANGUAGE), CommandTaken(Command.HELP)}


@pytest.mark.parametrize("word", ["pomocy", "stop", "pauza", "ساعدوني", "help"])
def test_a_cry_for_help_and_a_stop_are_heard_at_every_question(word: str) -> None:
    language = "ar" if word > "\u0600" else "pl"
    taken = then(after(STARTED, form=OPEN, language=language), Typed(word), OPEN)
    assert [type(event) for event in taken.events] == [CommandTaken]


def test_a_word_that_is_a_choice_is_the_choice() -> None:
    form = questionnaire(question("needs", offered=choices(lang="Language", help="Reading")))
    asked = after(STARTED, form=form)
    assert only(AnswerRecorded, then(asked, Typed("language"), form)).answer.value == "lang"
    # A code is not what a parent sees.
    assert then(asked, Typed("help"), form).events == (CommandTaken(Command.HELP),)
    assert then(asked, Typed("/language"), form).events == (CommandTaken(Command.LANGUAGE),)


def test_no_label_of_a_shipped_questionnaire_is_a_command() -> None:
    labels = {
        (language, label)
        for form in shipped()
        for each in form.questions
        for choice in each.choices
        for language, label in choice.labels.items()
    }
    assert {(language, label) for language, label in labels if command(label, language)} == set()


@pytest.mark.parametrize("said", [(), (STARTED,), TO_TOPICS, TO_REVIEW, (*TO_REVIEW, Submitted())])
def test_language_asks_for_the_choice_and_moves_nothing(said: tuple[Input, ...]) -> None:
    before = after(*said)
    taken = then(before, Typed("Language"))
    assert taken.events == (CommandTaken(Command.LANGUAGE),)
    assert taken.session == before.session
    assert Command.LANGUAGE in ANYWHERE


def test_easy_read_goes_there_and_back_and_keeps_the_answers() -> None:
    before = after(STARTED, Chosen("phase", "primary"), form=FORM)
    easy = step(FORM, before.session, Typed("/easyread"), NOW)
    assert easy.session.language == "en-x-easyread"
    assert easy.events[0] == LanguageChanged("en-x-easyread")
    assert only(QuestionAsked, easy).key == "setting"
    back = step(FORM, easy.session, Typed("Easy read"), NOW)
    assert back.session == before.session


def test_without_an_easy_read_the_command_alone_is_said() -> None:
    for language in ("pl", "en"):
        form = FORM if language == "pl" else CONFIDENCE
        before = after(STARTED, form=form, language=language)
        taken = then(before, Typed("easyread"), form)
        assert taken.events == (CommandTaken(Command.EASY_READ),)
        assert taken.session == before.session


def test_skip_in_polish_skips_and_back_goes_back() -> None:
    asked = after(STARTED, Skipped("phase"), form=FORM, language="pl")
    skipped = step(FORM, asked.session, Typed("Pomiń"), NOW)
    assert only(QuestionAsked, skipped).key == "provision"
    assert only(QuestionAsked, step(FORM, skipped.session, Typed("wstecz"), NOW)).key == "setting"
