"""GOV.UK Notify where things go wrong on the way, and what its receipts settle."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import inviting
from bot.channels.notify import send
from bot.channels.notify.receipts import Receipts
from bot.channels.notify.send import Account, NotifyChannel
from bot.letter import House
from bot.mailing import Mailing, Route
from bot.pace import Pace
from bot.ports import DeliveryFailed
from storage import contacts, mailings
from surveys.contacts import Contact
from surveys.invitations import Child
from tests.bot.channels.test_email import LETTER
from tests.bot.channels.test_notify import EMAIL_TEMPLATE, KEY, TEXT_TEMPLATE, TOKEN
from tests.bot.conftest import World

HOUSE = House("Council", "https://voice.example", "01234 567890")
TEXT = replace(LETTER, address="+447700900123")


def channel(api: str, kind: str = "email", key: str = KEY) -> NotifyChannel:
    return NotifyChannel(Account(api, key, EMAIL_TEMPLATE, TEXT_TEMPLATE), kind, HOUSE)


@asynccontextmanager
async def answering(status: int, body: str, kind: str = "application/json") -> AsyncIterator[str]:
    """Whatever is asked, this is answered."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, text=body, content_type=kind)

    app = web.Application()
    app.add_routes([web.route("*", "/{any:.*}", answer)])
    async with TestServer(app) as server:
        yield str(server.make_url(""))


async def failure(api: str, kind: str = "email", key: str = KEY) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as failed:
        await channel(api, kind, key).send(TEXT if kind == "text" else LETTER)
    return failed.value


async def test_a_wrong_number_is_for_good() -> None:
    said = '{"errors": [{"error": "ValidationError", "message": "phone_number Not enough digits"}]}'
    async with answering(400, said) as api:
        failed = await failure(api, "text")
    assert failed.permanent
    assert "700900" not in failed.reason


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "Template has been deleted"),
        (400, "Can’t send to this recipient using a team-only API key"),
        (401, "Unauthorized"),
        (403, "Invalid token: service not found"),
        (404, "Not found"),
    ],
)
async def test_what_is_wrong_with_the_account_loses_no_letter(status: int, message: str) -> None:
    async with answering(
        status, f'{{"errors": [{{"error": "x", "message": "{message}"}}]}}'
    ) as api:
        failed = await failure(api)
    assert (failed.permanent, failed.refused, failed.uncertain) == (False, False, False)
    assert failed.retry_after is None
    assert "check the key" in failed.reason


async def test_a_key_that_is_none_is_told_and_loses_no_letter() -> None:
    failed = await failure("http://127.0.0.1:1", key="short")
    assert "check the key" in failed.reason
    assert not failed.refused
    assert not failed.uncertain


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, "<p>Sign in</p>", "text/html"),
        (201, "", "application/json"),
        (502, "<p>Bad gateway</p>", "text/html"),
    ],
)
async def test_an_answer_that_nobody_can_read_is_doubt(status: int, body: str, kind: str) -> None:
    async with answering(status, body, kind) as api:
        failed = await failure(api)
    assert failed.uncertain
    assert not failed.refused


async def test_no_answer_in_time_is_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        failed = await failure(f"http://127.0.0.1:{silent.getsockname()[1]}")
    assert failed.uncertain


async def test_a_connection_cut_before_an_answer_is_doubt() -> None:
    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.transport.abort()

    server = await asyncio.start_server(cut, "127.0.0.1", 0)
    async with server:
        failed = await failure(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    assert failed.uncertain


async def test_the_client_logs_no_address(caplog: pytest.LogCaptureFixture) -> None:
    said = '{"errors": [{"error": "x", "message": "email_address parent@example.com is not"}]}'
    with caplog.at_level(logging.NOTSET):
        async with answering(400, said) as api:
            await failure(api)
    assert "parent@" not in caplog.text


class Doubtful:
    """Perhaps it takes every letter, and never says."""

    async def send(self, outgoing: object) -> None:
        raise DeliveryFailed("timed out", uncertain=True)


async def invited(world: World) -> Mailing:
    """One invitation by e-mail, of which nobody knows whether it went."""
    family = Contact(email="a@example.com", children=(Child("primary"),))
    sealed = contacts.seal(world.vault, family)
    world.writer.one(lambda db, now: contacts.add(db, sealed, now))
    world.writer.one(partial(inviting.invite, vault=world.vault, a_round=world.round, actor="test"))
    routes = {"email": Route(Doubtful(), Pace(1000, asyncio.get_running_loop().time))}
    mailing = Mailing(world.intake, world.reader, world.vault, world.library, routes, world.clock)
    stop = asyncio.Event()
    running = asyncio.create_task(mailing.run(stop))
    async with asyncio.timeout(5):
        while world.rows("SELECT 1 FROM outbox WHERE status <> 'unknown'"):
            await asyncio.sleep(0.01)
    stop.set()
    await running
    return mailing


async def test_a_receipt_settles_what_was_unknown(world: World) -> None:
    mailing = await invited(world)
    [unknown] = mailings.unknown(world.reader, world.round.id)
    await mailing.receipt(unknown.id, "delivered", "", gone=False)
    assert world.rows("SELECT status, receipt, reason FROM outbox") == [("sent", "delivered", "")]


async def test_a_receipt_stops_a_second_sending(world: World) -> None:
    mailing = await invited(world)
    [unknown] = mailings.unknown(world.reader, world.round.id)
    world.writer.one(lambda db, _: mailings.settle(db, unknown.id, send_again=True))
    await mailing.receipt(unknown.id, "delivered", "", gone=False)
    assert mailings.next_due(world.reader, "email", world.clock()) is None


async def test_a_receipt_that_comes_before_we_recorded_stands(world: World) -> None:
    mailing = await invited(world)
    await mailing.receipt(1, "failed", "Notify: permanent-failure", gone=True)
    for status in ("sent", "unknown", "failed"):
        world.writer.one(lambda db, _, status=status: mailings.mark(db, 1, status, "late"))  # type: ignore[misc]  # bound now
    world.writer.one(lambda db, now: mailings.wait_until(db, 1, now, "late"))
    told = [("sent", "failed", "Notify: permanent-failure")]
    assert world.rows("SELECT status, receipt, reason FROM outbox") == told


async def test_a_token_that_is_no_text_is_refused(world: World) -> None:
    mailing = Mailing(world.intake, world.reader, world.vault, world.library, {}, world.clock)
    app = web.Application()
    app.add_routes(Receipts(mailing, TOKEN).routes())
    async with TestServer(app) as server:
        reader, writer = await asyncio.open_connection(server.host, server.port)
        writer.write(
            b"POST /notify/receipts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \xff\xfe\r\n"
            b"Content-Length: 2\r\nConnection: close\r\n\r\n{}"
        )
        answer = await reader.read()
        writer.close()
    assert answer.startswith(b"HTTP/1.1 403")
