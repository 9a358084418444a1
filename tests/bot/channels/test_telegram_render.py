"""An outbox row becomes as few messages as possible, with the words that belong in them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.telegram.keyboards import Keyboard
from bot.channels.telegram.render import House, Message, messages
from bot.ports import Outgoing
from bot.words import Words
from surveys.commands import Command
from surveys.events import (
    AlreadyFinished,
    AnswerDropped,
    AnswerRecorded,
    ChildChanged,
    CommandTaken,
    Event,
    Finished,
    HelpOffered,
    Miss,
    NoticeChanged,
    NotUnderstood,
    QuestionAsked,
    ReviewReached,
    SelectionChanged,
    TapIgnored,
    Welcomed,
    Why,
)
from surveys.model import Choice, Question, Questionnaire, State
from surveys.records import Round, RoundStatus
from surveys.session import Answer, Session
from tests import builders
from tests.bot.conftest import CLOSES, OPENS
from tests.fake_telegram.html_mode import parse, units

HOUSE = House("Any & Town", ("In an emergency call 999.",))
ROUND = Round("r1", "Spring", "test", "h", RoundStatus.OPEN, OPENS, CLOSES)


def row(*events: Event, form: Questionnaire = builders.CONFIDENCE, **changes: Any) -> Outgoing:
    session = changes.pop("session", Session(form.hash, "en"))
    whole = Outgoing(
        id=1,
        address="8812",
        message_key="turn",
        language="en",
        events=events,
        questionnaire=form,
        session=session,
        round=ROUND,
        run="a1B2_-xZ",
    )
    return replace(whole, **changes)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("help_offered", "Our team will read what you wrote, but not right away."),
        ("help_stranger", "We do not know who you are, so nobody can read your message later."),
    ],
)
def test_help_without_a_conversation_has_the_numbers_and_promises_what_is_true(
    key: str, said: str
) -> None:
    text = only(row(message_key=key, session=None, run=None)).text
    assert text.count("999") == 1
    assert "If anyone is in danger now, call 999." in text
    assert said in text
    assert ("Our team will read" in text) is (key == "help_offered")


def test_what_was_written_outside_the_questions_is_among_what_is_held() -> None:
    outgoing = row(CommandTaken(Command.MY_DATA), asides=("Words aside.",))
    message, file = messages(outgoing, HOUSE)
    assert "words you sent outside the questions" in message.text
    assert "kept so that a person reads them:\n\nWords aside.\n" in file.text
    message, file = messages(row(CommandTaken(Command.MY_DATA)), HOUSE)
    assert "outside the questions" not in message.text + file.text


def only(outgoing: Outgoing) -> Message:
    [message] = messages(outgoing, HOUSE)
    return message


def shown(outgoing: Outgoing) -> str:
    return parse(only(outgoing).text)[0]


def labels(keyboard: Keyboard | None) -> list[str]:
    return [button.words for line in keyboard for button in line] if keyboard else []


def asked(key: str, why: Why = Why.NEXT, **more: Any) -> QuestionAsked:
    return QuestionAsked(key, 4, 16, why, **more)


def test_the_welcome_says_who_how_long_that_it_is_a_choice_and_what_happens() -> None:
    message = only(row(Welcomed()))
    text = parse(message.text)[0]
    for words in (
        "Any & Town",
        "about 5 minutes",
        "You choose whether",
        "we cut the link",
        "Version 2",
    ):
        assert words in text
    assert "demonstration" not in text
    assert labels(message.keyboard) == ["I have read this – start"]


def test_a_linked_round_does_not_promise_to_forget() -> None:
    text = shown(row(Welcomed(), round=replace(ROUND, linked=True)))
    assert "we keep the link between you and your answers" in text
    assert "cut the link" not in text


def test_privacy_is_the_same_notice_with_its_edition_and_where_all_of_it_is() -> None:
    house = replace(HOUSE, public_url="https://voice.example.gov.uk")
    for event in (Welcomed(), CommandTaken(Command.PRIVACY)):
        [message] = messages(row(event), house)
        text = parse(message.text)[0]
        assert "We do not ask for names." in text
        assert "Version 2, 25 November 2026" in text
        assert "https://voice.example.gov.uk/privacy" in text
        assert "consent" not in text
    assert "Telegram can read" in text


def test_news_of_the_notice_comes_with_the_question_and_names_the_edition() -> None:
    house = replace(HOUSE, public_url="https://voice.example.gov.uk")
    [message] = messages(row(NoticeChanged(), asked("listened")), house)
    text = parse(message.text)[0]
    assert text.startswith("Our privacy notice has changed: Version 2, 25 November 2026.")
    assert "https://voice.example.gov.uk/privacy" in text
    assert "About listened" in text
    assert "5 – Strongly agree" in labels(message.keyboard)


def test_where_nobody_reaches_our_pages_no_address_is_given() -> None:
    assert "http" not in shown(row(Welcomed()))


@pytest.mark.parametrize("event", [Welcomed(), ReviewReached(), Finished()])
def test_a_demonstration_says_that_it_is_one(event: Event) -> None:
    invented = replace(ROUND, demonstration=True)
    assert shown(row(event, round=invented)).startswith("This is a demonstration")


def test_a_question_shows_progress_notes_label_and_choices() -> None:
    message = only(row(asked("listened", notes=("hello",))))
    assert message.text == "About hello\n\nQuestion 4 of 16\n<b>About listened</b>"
    assert labels(message.keyboard) == [
        "5 – Strongly agree",
        "4 – Agree",
        "3 – Neither agree nor disagree",
        "2 – Disagree",
        "1 – Strongly disagree",
        "Don't know",
        "Does not apply",
        "Back",
        "Skip",
    ]
    assert message.keyboard
    assert all(len(line) == 1 for line in message.keyboard[:-1])


def test_a_required_question_cannot_be_skipped_and_the_first_has_nothing_before() -> None:
    assert labels(only(row(asked("phase"))).keyboard)[-1] == "Post-16"


def test_only_the_rounds_phases_are_offered() -> None:
    session = Session(builders.CONFIDENCE.hash, "en")
    frame = replace(session.frame, phases=("primary", "secondary"))
    outgoing = row(asked("phase"), session=replace(session, frame=frame))
    assert labels(only(outgoing).keyboard) == ["Primary", "Secondary"]


def test_choices_a_phone_would_cut_are_numbered_and_listed() -> None:
    long = Choice("long", {"en": "A long choice that no telephone shows in full <b>"})
    form = builders.questionnaire(
        builders.question("where", offered=(long, Choice("home", {"en": "At home"})))
    )
    message = only(row(asked("where"), form=form))
    assert (
        "1 – A long choice that no telephone shows in full <b>\n2 – At home"
        in (parse(message.text)[0])
    )
    assert labels(message.keyboard)[1] == "2 – At home"


def test_before_words_are_typed_stands_that_nobody_watches_and_who_to_call() -> None:
    text = shown(row(asked("change")))
    assert text.startswith("Nobody watches this chat live.\nIn an emergency call 999.\n\nQuestion")
    assert text.endswith("Type your answer, or tap Skip.")


def test_going_back_to_a_comment_shows_it_as_it_was_typed() -> None:
    text = shown(row(asked("change", Why.BACK, selected=("5 < 6 & \u202eit",))))
    assert text.endswith("Your answer now:\n5 < 6 & \u202eit")


def test_after_one_miss_the_question_is_short_and_after_two_in_full() -> None:
    first = row(NotUnderstood("listened", Miss.NO_MATCH, 1), asked("listened", Why.AGAIN))
    second = row(NotUnderstood("listened", Miss.NO_MATCH, 2), asked("listened", Why.AGAIN))
    assert "Question 4 of 16" not in shown(first)
    assert "Question 4 of 16" in shown(second)
    assert labels(only(second).keyboard)[-1] == "Skip"


def test_a_near_miss_offers_what_may_have_been_meant() -> None:
    missed = NotUnderstood("listened", Miss.NEAR_MISS, 1, ("4", "2"))
    message = only(row(missed, asked("listened", Why.AGAIN)))
    assert labels(message.keyboard)[:2] == ["4 – Agree", "2 – Disagree"]
    assert len(labels(message.keyboard)) == 4


@pytest.mark.parametrize("miss", list(Miss))
def test_every_miss_has_words(miss: Miss) -> None:
    for key in ("change", "phase"):
        text = shown(row(NotUnderstood(key, miss, 1), asked(key, Why.AGAIN)))
        assert len(text.split("\n\n")[0]) > 20


def test_a_constraint_speaks_for_itself() -> None:
    question = replace(builders.question("year"), constraint_messages={"en": "2014 < year, please"})
    form = builders.questionnaire(question)
    text = shown(row(NotUnderstood("year", Miss.CONSTRAINT, 1), asked("year"), form=form))
    assert text.startswith("2014 < year, please")


def test_words_that_were_too_many_are_handed_back_whole() -> None:
    typed = "<&😀" * 1_400
    outgoing = row(NotUnderstood("change", Miss.TOO_LONG, 1, text=typed), asked("change"))
    parts = messages(outgoing, HOUSE)
    assert len(parts) == 2
    assert typed in "".join(parse(part.text)[0] for part in parts)
    assert [bool(part.keyboard) for part in parts] == [False, True]


def test_a_tap_is_confirmed_in_words_and_so_is_a_change() -> None:
    agree, dont_know = Answer(State.ANSWERED, "4"), Answer(State.DONT_KNOW)
    assert shown(row(AnswerRecorded("listened", agree, None))) == "You chose: Agree"
    assert shown(row(AnswerRecorded("listened", agree, agree))) == "You chose: Agree"
    assert shown(row(AnswerRecorded("listened", dont_know, agree))) == (
        "You changed your answer to: Don't know"
    )
    skipped = AnswerRecorded("listened", Answer(State.SKIPPED), agree)
    assert shown(row(skipped)) == "You skipped that question."


def test_a_first_comment_is_not_repeated_and_a_changed_one_is_confirmed() -> None:
    old, new = Answer(State.ANSWERED, "Fine"), Answer(State.ANSWERED, "Not fine <at> all")
    assert messages(row(AnswerRecorded("change", old, None)), HOUSE) == []
    assert shown(row(AnswerRecorded("change", new, old))).endswith("Not fine <at> all")


def test_what_is_no_longer_needed_is_said() -> None:
    dropped = AnswerDropped("plan_kept", Answer(State.ANSWERED, "4"))
    assert "no longer need your answer to: About plan_kept" in shown(row(dropped))


def test_ticks_ignored_taps_and_ends_have_words() -> None:
    assert "Ticked so far: Transport" in shown(row(SelectionChanged("topics", ("transport",))))
    assert "Nothing is ticked." in shown(row(SelectionChanged("topics", ())))
    assert "Nothing has changed" in shown(row(TapIgnored("gone")))
    assert "already sent" in shown(row(AlreadyFinished()))


def test_b09_a_long_review_is_split_and_the_buttons_are_under_the_last_part() -> None:
    questions = tuple(
        replace(builders.comment(f"q{number}"), labels={"en": f"😀 & {number} " + "x" * 200})
        for number in range(60)
    )
    answers = {each.key: Answer(State.ANSWERED, "<y> " * 50) for each in questions}
    form = builders.questionnaire(*questions)
    session = Session(form.hash, "en", answers=answers)
    parts = messages(row(ReviewReached(), form=form, session=session), HOUSE)
    assert len(parts) > 3
    texts = [parse(part.text)[0] for part in parts]
    assert all(units(text) <= 4_096 for text in texts)
    assert all(f"{number + 1}. 😀 & {number} " in "".join(texts) for number in range(60))
    assert [bool(part.keyboard) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert labels(parts[-1].keyboard) == ["Send my answers", "Change an answer"]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("unknown_code", "do not know that code"),
        ("no_code", "open the link in your invitation"),
        ("not_open_yet", "It opens on 1 March 2027 at 9am."),
        ("closed", "closed on 28 March 2027 at 11:59pm"),
        ("old_tap", "Nothing has changed"),
        ("group", "cannot be used in a group"),
    ],
)
def test_every_fixed_message_has_words(key: str, words: str) -> None:
    assert words in shown(row(message_key=key))
    assert shown(row(message_key=key, round=None))


def test_a_round_closed_early_says_when() -> None:
    early = replace(ROUND, closed_at=CLOSES - timedelta(days=1))
    late = replace(ROUND, closed_at=CLOSES + timedelta(seconds=20))
    assert "27 March 2027 at 10:59pm" in shown(row(message_key="closed", round=early))
    assert "28 March 2027 at 11:59pm" in shown(row(message_key="closed", round=late))


def test_what_nobody_has_words_for_is_refused_and_names_the_message() -> None:
    with pytest.raises(ValueError, match="message 1: there are no words for 'nosuch'"):
        messages(row(message_key="nosuch"), HOUSE)
    with pytest.raises(ValueError, match=r"message 1 .* has no conversation"):
        messages(row(Welcomed(), session=None), HOUSE)
    with pytest.raises(KeyError):
        messages(row(asked("nosuch")), HOUSE)


def test_labels_cannot_break_the_markup_or_turn_a_line_round() -> None:
    question: Question = replace(
        builders.rating("q"), labels={"en": "Is 5 < 6 & \u202eso?"}, hints={"en": "<i>"}
    )
    text = shown(row(asked("q"), form=builders.questionnaire(question)))
    assert text == "Question 4 of 16\nIs 5 < 6 & so?\n\n<i>"


def test_help_comes_before_the_next_question_and_keeps_its_buttons() -> None:
    recorded = AnswerRecorded("change", Answer(State.ANSWERED, "He hits me."), None)
    message = only(row(recorded, HelpOffered(), QuestionAsked("phase", 1, 5, Why.NEXT)))
    text = parse(message.text)[0]
    assert text.startswith("Thank you for telling us.")
    assert "If anyone is in danger now, call 999." in text
    assert text.index("999") < text.index("Question 1 of 5")
    assert message.keyboard is not None
    assert "He hits me" not in text


def test_whoever_begins_for_another_child_can_say_that_there_is_none() -> None:
    asked = QuestionAsked("phase", 1, 5, Why.NEXT)
    back = "I have no other child: go back"
    assert labels(only(row(ChildChanged(2), asked)).keyboard)[-1] == back
    assert back not in labels(only(row(asked)).keyboard)


def test_every_childs_answers_are_told_in_the_language_of_now() -> None:
    form = builders.CONFIDENCE
    first = Session(form.hash, "en", answers={"phase": Answer(State.ANSWERED, "primary")})
    said = row(CommandTaken(Command.MY_DATA), held=(first,), session=Session(form.hash, "ar"))
    in_english = row(CommandTaken(Command.MY_DATA), held=(replace(first, language="ar"),))
    [_, arabic], [_, english] = messages(said, HOUSE), messages(in_english, HOUSE)
    assert Words("ar").say("child.answers", child=Words("ar").say("child.first")) in arabic.text
    assert "Your answers for your first child" in english.text
