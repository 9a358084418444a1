"""Words that become no answer are told from answers, commands and figures, and screened."""

import pytest

from surveys.concern import Tier
from surveys.engine import start, step
from surveys.inputs import (
    Chosen,
    Filled,
    Input,
    NoticeAcknowledged,
    Opened,
    Overheard,
    Typed,
    Unreadable,
)
from surveys.overheard import Aside, overheard
from surveys.session import Frame, Session
from tests.builders import CONFIDENCE, NOW

RISK = "he hits me"


def at_phase() -> Session:
    begun = start(CONFIDENCE, "en", Frame())
    return step(CONFIDENCE, begun, NoticeAcknowledged(), NOW).session


def heard(said: Input, session: Session | None = None) -> Aside | None:
    sprint = step(CONFIDENCE, session or at_phase(), said, NOW)
    return overheard(CONFIDENCE, sprint.session, said, sprint.events)


@pytest.mark.parametrize(
    "said",
    [
        Typed(RISK),
        Unreadable("photo", RISK),
        Unreadable("edited", RISK),
        Overheard(RISK),
        Filled("nosuch", (RISK,)),
    ],
)
def test_urgent_words_that_answer_nothing_are_heard(said: Input) -> None:
    found = heard(said)
    assert found is not None
    assert found.words == RISK
    assert found.concern.tier is Tier.URGENT


@pytest.mark.parametrize(
    "said",
    [
        Typed("primary"),
        Typed("4"),
        Typed(" ??? "),
        Typed("4️⃣"),
        Typed("help"),
        Typed("stop"),
        Typed("skip"),
        Typed("what was the question again"),
        Unreadable("photo"),
        Overheard(""),
        Opened(),
        Chosen("phase", "primary"),
        Filled("listened", ("4",)),
        Filled("phase", ("abuse",)),
    ],
)
def test_answers_commands_figures_codes_and_harmless_words_are_not(said: Input) -> None:
    assert heard(said) is None


def test_what_the_rules_cannot_read_is_heard() -> None:
    for words in ("😭🔪", "Моему ребёнку нужна помощь"):
        found = heard(Typed(words))
        assert found is not None
        assert found.concern.tier is Tier.READ_FIRST


def test_a_form_with_a_comment_is_heard_only_where_it_is_refused() -> None:
    assert heard(Filled("change", (RISK,))) is None
    too_long = f"{RISK} " + "a" * 4_000
    found = heard(Filled("change", (too_long,)))
    assert found is not None
    assert found.words == too_long


def test_a_turn_that_was_not_kept_was_no_answer() -> None:
    session = at_phase()
    assert overheard(CONFIDENCE, session, Typed(RISK)) is not None


def test_a_long_message_is_read_whatever_the_rules_find_and_a_short_one_is_not() -> None:
    said = heard(Typed("nobody ever asks me how I am and it is too much"))
    assert said is not None
    assert said.concern.rules == ("a long message outside a question",)
    assert heard(Typed("which button do I press now")) is None
