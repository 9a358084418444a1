"""Letters by GOV.UK Notify, with its own client against a strict stand-in over HTTP."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from uuid import uuid4

import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import inviting
from bot.channels.notify.receipts import Receipts
from bot.channels.notify.send import Account, NotifyChannel
from bot.letter import House
from bot.mailing import Mailing
from bot.ports import DeliveryFailed
from storage import contacts
from surveys.contacts import Contact
from surveys.invitations import Child
from tests.bot.channels.test_email import LETTER
from tests.bot.conftest import World

SERVICE, SECRET = str(uuid4()), str(uuid4())
KEY = f"test-{SERVICE}-{SECRET}"
EMAIL_TEMPLATE, TEXT_TEMPLATE = str(uuid4()), str(uuid4())
FIELDS = {
    "email": {"subject", "body", "link", "after"},
    "sms": {"body"},
}
TOKEN = "a-long-bearer-token"


@dataclass
class StandIn:
    """Notify's address for sending: everything is checked, and refused as it is told."""

    taken: list[dict[str, object]] = field(default_factory=list)
    status: int = 201
    message: str = ""

    async def send(self, request: web.Request) -> web.Response:
        bearer = request.headers["Authorization"].removeprefix("Bearer ")
        assert jwt.decode(bearer, SECRET, algorithms=["HS256"])["iss"] == SERVICE
        said = await request.json()
        kind = request.match_info["kind"]
        address = "email_address" if kind == "email" else "phone_number"
        template = EMAIL_TEMPLATE if kind == "email" else TEXT_TEMPLATE
        assert set(said) == {address, "template_id", "personalisation", "reference"}
        assert said["template_id"] == template
        assert set(said["personalisation"]) == FIELDS[kind]
        if self.status >= 400:
            fault = {"error": "BadRequestError", "message": self.message}
            body = {"status_code": self.status, "errors": [fault]}
            return web.json_response(body, status=self.status)
        self.taken.append(said)
        return web.json_response({"id": str(uuid4())}, status=201)


@pytest.fixture
async def notify() -> AsyncIterator[tuple[StandIn, Callable[[str], NotifyChannel]]]:
    stand_in = StandIn()
    app = web.Application()
    app.add_routes([web.post("/v2/notifications/{kind:email|sms}", stand_in.send)])
    async with TestServer(app) as server:
        account = Account(str(server.make_url("")), KEY, EMAIL_TEMPLATE, TEXT_TEMPLATE)
        house = House("Council", "https://voice.example", "01234 567890")
        yield stand_in, lambda channel: NotifyChannel(account, channel, house)


Notify = tuple[StandIn, Callable[[str], NotifyChannel]]


async def test_an_email_is_handed_over_with_its_reference(notify: Notify) -> None:
    stand_in, channel = notify
    await channel("email").send(LETTER)
    (said,) = stand_in.taken
    assert said["email_address"] == "parent@example.com"
    assert said["reference"] == "letter-7"
    words = json.dumps(said["personalisation"])
    assert "https://voice.example/c/tok-1" in words


async def test_a_text_message_has_all_in_one(notify: Notify) -> None:
    stand_in, channel = notify
    await channel("text").send(replace(LETTER, address="+447911123001", message_key="reminder"))
    (said,) = stand_in.taken
    assert said["phone_number"] == "+447911123001"
    assert "https://voice.example/c/tok-1" in json.dumps(said["personalisation"])


@pytest.mark.parametrize(
    ("status", "message", "fate"),
    [
        (400, "email_address Not a valid email address", "permanent"),
        (400, "Template not found", "later"),
        (403, "Invalid token", "later"),
        (429, "Exceeded rate limit", "wait"),
        (500, "Internal server error", "uncertain"),
        (503, "Down", "uncertain"),
    ],
)
async def test_what_notify_says_decides_what_becomes_of_it(
    notify: Notify, status: int, message: str, fate: str
) -> None:
    stand_in, channel = notify
    stand_in.status, stand_in.message = status, message
    with pytest.raises(DeliveryFailed) as failed:
        await channel("email").send(LETTER)
    failure = failed.value
    assert failure.permanent is (fate == "permanent")
    assert failure.refused is (fate in {"permanent", "refused"})
    assert failure.uncertain is (fate == "uncertain")
    assert (failure.retry_after is not None) is (fate == "wait")
    assert "parent@" not in failure.reason


async def test_a_server_that_is_not_there_took_nothing(unused_tcp_port: int) -> None:
    account = Account(f"http://127.0.0.1:{unused_tcp_port}", KEY, EMAIL_TEMPLATE, TEXT_TEMPLATE)
    house = House("Council", "https://voice.example")
    with pytest.raises(DeliveryFailed) as failed:
        await NotifyChannel(account, "email", house).send(LETTER)
    assert not failed.value.uncertain


@dataclass
class Office:
    """The receipts' address, and one e-mail that was sent."""

    world: World
    client: "TestClient[web.Request, web.Application]"

    async def told(self, status: str, reference: str = "letter-1", token: str = TOKEN) -> int:
        response = await self.client.post(
            "/notify/receipts",
            json={"id": "x", "reference": reference, "status": status, "to": "a@example.com"},
            headers={"Authorization": f"Bearer {token}"},
        )
        return response.status

    @property
    def row(self) -> tuple[object, ...]:
        return self.world.rows("SELECT status, receipt, reason FROM outbox")[0]


@pytest.fixture
async def office(world: World) -> AsyncIterator[Office]:
    family = Contact(email="a@example.com", children=(Child("primary"),))
    sealed = contacts.seal(world.vault, family)
    world.writer.one(lambda db, now: contacts.add(db, sealed, now))
    world.writer.one(partial(inviting.invite, vault=world.vault, a_round=world.round, actor="test"))
    world.writer.one(lambda db, _: db.conn.execute("UPDATE outbox SET status = 'sent'"))
    mailing = Mailing(world.intake, world.reader, world.vault, world.library, {}, world.clock)
    app = web.Application()
    app.add_routes(Receipts(mailing, TOKEN).routes())
    async with TestClient(TestServer(app)) as client:
        yield Office(world, client)


async def test_a_receipt_is_kept_once_and_needs_the_token(office: Office) -> None:
    assert await office.told("delivered", token="another") == 403
    assert office.row == ("sent", "", "")
    for _ in range(2):
        assert await office.told("delivered") == 204
        assert office.row == ("sent", "delivered", "")


async def test_an_address_that_will_never_work_is_given_up(office: Office) -> None:
    assert await office.told("permanent-failure") == 204
    assert office.row == ("sent", "failed", "Notify: permanent-failure")
    (family,) = contacts.families(office.world.reader, "another round")
    assert family.channels == ()
    assert family.blocked


async def test_a_passing_failure_gives_nothing_up(office: Office) -> None:
    await office.told("temporary-failure")
    (family,) = contacts.families(office.world.reader, "another round")
    assert family.channels


@pytest.mark.parametrize(
    ("status", "reference"),
    [("sending", "letter-1"), ("delivered", "theirs"), ("delivered", "letter-99")],
)
async def test_what_is_not_ours_changes_nothing(
    office: Office, status: str, reference: str
) -> None:
    assert await office.told(status, reference) == 204
    assert office.row == ("sent", "", "")


async def test_what_is_no_receipt_is_refused(office: Office) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    for body, status in ((b"{", 400), (b"[]", 400), (b"{}", 400), (b"x" * 30_000, 413)):
        response = await office.client.post("/notify/receipts", data=body, headers=headers)
        assert response.status == status
