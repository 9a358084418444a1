"""The same application as for the web chat, and somebody signed in to it."""

import pytest

from tests.bot.web.conftest import Client, app, client, conversations, desk

__all__ = ["app", "client", "conversations", "desk", "staff"]


@pytest.fixture
async def staff(client: Client) -> Client:
    """A browser that has spent the single-use link."""
    await client.post("/staff/enter/link-1")
    return client
