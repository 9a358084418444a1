"""The same application as for the web chat, and somebody signed in to it."""

import pytest

from tests.bot.web.browser_forms import forms_of, press
from tests.bot.web.conftest import Client, accounts, app, client, conversations, desk, rounds

__all__ = ["accounts", "app", "client", "conversations", "desk", "enter", "rounds", "staff"]


async def enter(client: Client, link: str = "link-1", to: str = "") -> None:
    """Open a demonstration's link and press its button."""
    page = await (await client.get(f"/staff/enter/{link}", params={"to": to})).text()
    await press(client, forms_of(page)[""])


@pytest.fixture
async def staff(client: Client) -> Client:
    """A browser signed in to an account of every role."""
    await enter(client)
    return client
