"""Every kind of question as a control, and the way back from what it posts."""

import pytest

from surveys.model import Question, QuestionType
from surveys.session import Answer
from tests.bot.web.browser_forms import forms_of, press, read_on
from tests.bot.web.conftest import Client
from tests.bot.web.fakes import MemoryConversations, a_round
from tests.builders import comment, question, questionnaire, rating, several

KINDS = questionnaire(
    rating("rate"),
    several("boxes"),
    comment("words"),
    question("whole", QuestionType.INTEGER),
    question("part", QuestionType.DECIMAL),
    question("day", QuestionType.DATE),
    question("seen", QuestionType.ACKNOWLEDGE),
)
FILLED: tuple[tuple[str, dict[str, str], str], ...] = (
    ("rate", {"choice": "na"}, "Does not apply"),
    ("boxes", {"choice": "therapy"}, "Therapy"),
    ("words", {"text": "Fine"}, "Fine"),
    ("whole", {"text": "12"}, "12"),
    ("part", {"text": "1.5"}, "1.5"),
    ("day", {"day": "7", "month": "3", "year": "2026"}, "7/3/2026"),
    ("seen", {"choice": "OK"}, "OK"),
)
WRONG: tuple[tuple[str, dict[str, str], str], ...] = (
    ("rate", {"choice": "9"}, "Choose one of the answers on this page"),
    ("boxes", {}, "Choose at least one answer, or press Skip this question"),
    ("words", {"text": " "}, "Write your answer, or press Skip this question"),
    ("whole", {"text": "1.5"}, "Write a whole number, such as 12"),
    ("part", {"text": "lots"}, "Write a number, such as 12"),
    ("day", {"day": "31", "month": "2", "year": "2026"}, "Write a real date, such as 27 3 2026"),
    ("seen", {}, "Choose OK to go on, or press Skip this question"),
)


@pytest.fixture
def conversations() -> MemoryConversations:
    """Conversations over a question of every kind."""
    return MemoryConversations(questionnaire=KINDS, round=a_round(KINDS))


async def test_every_kind_of_question_can_be_answered_and_read_back(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client)
    for _, values, _ in FILLED:
        page = await (await press(client, forms_of(page)["answer"], values)).text()
    assert "Your answers are saved but not sent yet" in page
    for _, _, words in FILLED:
        assert f'sv-kept" dir="auto">{words}</dd>' in page, words
    session = conversations.session()
    assert session is not None
    assert len(session.answers) == len(KINDS.questions)


@pytest.mark.parametrize(("key", "values", "said"), WRONG)
async def test_every_kind_of_question_says_why_it_was_not_taken(
    client: Client, key: str, values: dict[str, str], said: str
) -> None:
    await read_on(client)
    page = await (await client.get(f"/c/tok-1/q/{key}")).text()
    response = await press(client, forms_of(page)["answer"], values)
    page = await response.text()
    assert response.status == 422
    assert page.count(said) == 2
    for value in values.values():
        assert value.strip() in page


@pytest.mark.parametrize(("key", "values", "_said"), FILLED)
async def test_a_given_answer_is_shown_in_its_control(
    client: Client, key: str, values: dict[str, str], _said: str
) -> None:
    await read_on(client)
    page = await (await client.get(f"/c/tok-1/q/{key}")).text()
    await press(client, forms_of(page)["answer"], values)
    form = forms_of(await (await client.get(f"/c/tok-1/q/{key}")).text())["answer"]
    for name, value in values.items():
        assert form.ticked == [value] if name == "choice" else form.fields[name] == value


async def test_boxes_that_contradict_are_asked_back_with_every_tick(client: Client) -> None:
    await read_on(client)
    form = forms_of(await (await client.get("/c/tok-1/q/boxes")).text())["answer"]
    both = [*form.fields.items(), ("choice", "therapy"), ("choice", "dk")]
    response = await client.post(form.address, data=both)
    page = await response.text()
    assert response.status == 422
    assert "Some of your answers cannot go together" in page
    assert forms_of(page)["answer"].ticked == ["therapy", "dk"]


async def test_a_constraint_speaks_in_its_own_words(
    client: Client, conversations: MemoryConversations
) -> None:
    year = Question(
        "year",
        QuestionType.INTEGER,
        {"en": "Which year?"},
        constraint=". >= 2014",
        constraint_messages={"en": "The year must be 2014 or later"},
    )
    conversations.questionnaire = questionnaire(year)
    conversations.round = a_round(conversations.questionnaire)
    page = await read_on(client)
    page = await (await press(client, forms_of(page)["answer"], {"text": "1999"})).text()
    assert page.count("The year must be 2014 or later") == 2
    assert forms_of(page)["answer"].fields["text"] == "1999"


async def test_a_choice_is_stored_as_its_state_where_it_is_one(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client)
    await press(client, forms_of(page)["answer"], {"choice": "dk"})
    session = conversations.session()
    assert session is not None
    assert session.answers["rate"] == Answer(KINDS.questions[0].choices[5].state)
