"""Small questionnaires and inputs for tests."""

from datetime import UTC, datetime

from surveys.model import Choice, Question, Questionnaire, QuestionType, State

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)

DONT_KNOW = Choice("dk", {"en": "Don't know", "ar": "لا أعرف"}, state=State.DONT_KNOW)
DOES_NOT_APPLY = Choice(
    "na", {"en": "Does not apply", "ar": "لا ينطبق"}, state=State.DOES_NOT_APPLY
)
AGREEMENT = (
    Choice("5", {"en": "Strongly agree", "ar": "أوافق بشدة"}, score=5),
    Choice("4", {"en": "Agree", "ar": "أوافق"}, score=4),
    Choice("3", {"en": "Neither agree nor disagree", "ar": "محايد"}, score=3),
    Choice("2", {"en": "Disagree", "ar": "لا أوافق"}, score=2),
    Choice("1", {"en": "Strongly disagree", "ar": "لا أوافق بشدة"}, score=1),
    DONT_KNOW,
    DOES_NOT_APPLY,
)


def choices(**labels: str) -> tuple[Choice, ...]:
    """Choices by code, labelled in English."""
    return tuple(Choice(code, {"en": label}) for code, label in labels.items())


PHASES = choices(
    early_years="Early years", primary="Primary", secondary="Secondary", post_16="Post-16"
)
YES_NO = choices(yes="Yes", no="No")
TOPICS = (
    *choices(transport="Transport", therapy="Therapy", school="School place", none="None of these"),
    DONT_KNOW,
)


def question(
    key: str,
    kind: QuestionType = QuestionType.SELECT_ONE,
    offered: tuple[Choice, ...] = (),
    *,
    relevant: str = "",
    constraint: str = "",
    calculation: str = "",
    required: bool = False,
    moment: str = "",
) -> Question:
    """A question whose English label is made from its key."""
    return Question(
        key,
        kind,
        {"en": f"About {key}"},
        choices=offered,
        relevant=relevant,
        constraint=constraint,
        calculation=calculation,
        required=required,
        moment=moment,
    )


def rating(key: str, *, relevant: str = "", required: bool = False, moment: str = "") -> Question:
    """A rating from "Strongly agree" to "Strongly disagree", with both kinds of nothing."""
    return question(key, offered=AGREEMENT, relevant=relevant, required=required, moment=moment)


def note(key: str, *, relevant: str = "") -> Question:
    """A note, which nobody answers."""
    return question(key, QuestionType.NOTE, relevant=relevant)


def comment(key: str, *, required: bool = False, constraint: str = "") -> Question:
    """An open question."""
    return question(key, QuestionType.TEXT, required=required, constraint=constraint)


def several(
    key: str, offered: tuple[Choice, ...] = TOPICS, *, required: bool = False, constraint: str = ""
) -> Question:
    """A "choose all that apply" question."""
    return question(
        key, QuestionType.SELECT_MULTIPLE, offered, required=required, constraint=constraint
    )


def questionnaire(*questions: Question, languages: tuple[str, ...] = ("en",)) -> Questionnaire:
    """A questionnaire of these questions."""
    return Questionnaire("test", "1", {"en": "Test"}, languages[0], languages, questions)


CONFIDENCE = questionnaire(
    note("hello"),
    question("phase", offered=PHASES, required=True),
    question("has_plan", offered=YES_NO),
    rating("plan_kept", relevant="${has_plan} = 'yes'"),
    question(
        "plan_year", QuestionType.INTEGER, relevant="${plan_kept} < 3", constraint=". >= 2014"
    ),
    rating("listened"),
    note("box_not_watched"),
    several("topics"),
    comment("change"),
    note("thanks"),
    languages=("en", "ar"),
)
"""A short survey with every turn in it: a branch in a branch, boxes, notes and a comment."""
