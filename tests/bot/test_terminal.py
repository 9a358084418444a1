"""A rehearsal in the terminal is the same conversation, and keeps nothing."""

from datetime import UTC, datetime

import pytest

from bot.channels.terminal.rehearse import rehearse
from bot.words import Words
from surveys.catalogue import shipped
from surveys.model import Questionnaire
from surveys.session import Session, Stage

HELP = ("In an emergency call 999.",)


def form(key: str) -> Questionnaire:
    return next(each for each in shipped() if each.key == key)


def notice(language: str) -> tuple[str, ...]:
    return (f"Privacy in {language}", "Version 1")


def talk(key: str, *lines: str, moment: str = "", language: str = "") -> tuple[Session, str]:
    """What a rehearsal comes to, and everything it said."""
    typed = iter(lines)
    said: list[str] = []

    def read() -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    session = rehearse(
        form(key),
        moment,
        HELP,
        lambda: datetime(2027, 3, 1, 9, tzinfo=UTC),
        language=language,
        notice=notice,
        read=read,
        write=said.append,
    )
    return session, "\n".join(said)


def test_a_whole_survey_by_typing() -> None:
    answers = ["start", "2", "1", "sen support, and we have not asked for an ehc plan"]
    session, said = talk("parental_confidence", *answers, *["4"] * 15, "Good help", "skip", "send")
    assert session.stage is Stage.FINISHED
    assert "Question 4 of 20" in said
    assert "  5  Strongly agree" in said
    assert "  1  Early years" in said
    assert "Thank you" in said


def test_before_an_open_question_the_numbers_are_shown() -> None:
    _, said = talk("parental_confidence", "start", *["skip"] * 18)
    before, _, after = said.partition("What is working well")
    assert "Nobody watches this chat live." in before
    assert HELP[0] in before
    assert HELP[0] not in after


def test_help_is_offered_where_a_comment_is_urgent() -> None:
    answers = ["start", *["skip"] * 18]
    _, said = talk("parental_confidence", *answers, "her dad hits her", "more time")
    assert said.count("Thank you for telling us. If anyone is in danger now, call 999.") == 1
    assert said.index("Thank you for telling us") < said.index("What one change")


def test_a_near_miss_is_asked_back(capsys: pytest.CaptureFixture[str]) -> None:
    session, said = talk("parental_confidence", "start", "primry")
    assert "Did you mean one of these?" in said
    assert "- Primary" in said
    assert session.answers == {}
    assert capsys.readouterr().out == ""


def test_quit_leaves_at_once() -> None:
    session, _ = talk("parental_confidence", "start", "Quit", "2")
    assert session.answers == {}


def test_the_review_shows_answers_in_words() -> None:
    _, said = talk("parental_confidence", "start", "primary", *["skip"] * 19)
    assert "Your answers:" in said
    assert "Primary: Reception to Year 6" in said
    assert "Skipped" in said
    assert "Type send to finish" in said


def test_only_questions_of_the_moment_are_asked() -> None:
    _, before = talk("transition_y6_y7", "start", *["skip"] * 20, moment="before")
    assert "planned the move together" in before
    assert "since the move" not in before.lower()


def test_a_comment_that_is_too_long_is_refused() -> None:
    session, said = talk("parental_confidence", "start", *["skip"] * 18, "x" * 4001)
    assert "too long: 4,000 letters" in said
    assert "o1" not in session.answers


def test_an_unchecked_language_can_be_rehearsed() -> None:
    label = "Szkoła podstawowa: od klasy Reception do Year 6"
    session, said = talk("parental_confidence", "start", label, language="pl")
    assert session.language == "pl"
    assert session.answers["phase"].value == "primary"
    assert "Gdzie Państwa dziecko uczy się obecnie?" in said
    assert "Pytanie 2 z 20" in said
    assert "(lub: pomiń, wstecz, /język, quit)" in said


@pytest.mark.parametrize("language", ["pl", "ar"])
def test_the_prompts_are_in_the_language_and_so_is_the_end(language: str) -> None:
    say = Words(language).say
    skip = {"pl": "pomiń", "ar": "تخطي"}[language]
    send = {"pl": "wyślij", "ar": "أرسل"}[language]
    session, said = talk("parental_confidence", "start", "?", *[skip] * 20, send, language=language)
    assert session.stage is Stage.FINISHED
    for key in ("terminal.welcome", "terminal.miss.no_match", "help.emergency"):
        assert say(key) in said
    assert say("state.skipped") in said
    assert said.endswith(say("terminal.finished"))


def test_the_language_is_chosen_by_its_code_and_easy_read_by_its_word() -> None:
    session, said = talk("parental_confidence", "start", "language", "/language pl", "/easyread")
    assert session.language == "pl"
    assert "  ar             العربية" in said
    assert Words("pl").say("telegram.language", language="Polski") in said
    assert Words("pl").say("telegram.easy_read.none") in said
    session, _ = talk("parental_confidence", "start", "easyread")
    assert session.language == "en-x-easyread"


def test_the_notice_is_shown_first_and_at_any_moment() -> None:
    session, said = talk("parental_confidence", "start", "/privacy", "2", language="pl")
    first, _, later = said.partition("Pytanie 1 z")
    assert "Privacy in pl" in first
    assert "Version 1" in later
    assert session.answers["phase"].value == "primary"
