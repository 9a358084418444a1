"""The web chat, as a browser without scripts sees it."""

from surveys.model import State
from surveys.session import Answer, Stage
from tests.bot.web.browser_forms import forms_of, press, read_on
from tests.bot.web.conftest import Client
from tests.bot.web.fakes import MemoryConversations

WHOLE = (
    ("choice", "primary"),
    ("choice", "no"),
    ("choice", "4"),
    ("choice", "transport"),
    ("text", "More time"),
)


async def test_a_whole_chat_is_stored_and_thanked(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client, *WHOLE)
    assert "Check your answers" in page
    assert "More time" in page
    page = await (await press(client, forms_of(page)["submit"])).text()
    assert "Thank you" in page
    session = conversations.session()
    assert session is not None
    assert session.stage is Stage.FINISHED
    assert session.answers["topics"] == Answer(State.ANSWERED, ("transport",))
    assert session.answers["change"] == Answer(State.ANSWERED, "More time")
