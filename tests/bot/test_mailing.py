"""Invitations and reminders: to whom, once, at a pace, and what a crash leaves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot import inviting, mailing, reminding
from bot.errors import RoundRefused
from bot.mailing import Mailing, Route
from bot.pace import Pace
from bot.ports import CodeGiven, DeliveryFailed, Outgoing, WebPlace
from storage import contacts, funnel, invitations, mailings, plans
from surveys.commands import Command
from surveys.contacts import Contact
from surveys.inputs import Chosen, CommandGiven, Opened, Skipped, Submitted
from surveys.invitations import Channel, Child, Exclusion
from surveys.model import Question
from surveys.plans import Audience, RoundPlan
from surveys.records import RoundStatus
from tests.bot.conftest import CLOSES, OPENS, TELEGRAM, World

FAST = 100_000.0


class Carrier:
    """A sender that remembers what it was given, and fails as it is told."""

    def __init__(self) -> None:
        self.received: list[Outgoing] = []
        self.failures: list[Exception | None] = []
        self.pace = Pace(FAST, lambda: asyncio.get_running_loop().time())

    async def send(self, outgoing: Outgoing) -> None:
        failure = self.failures.pop(0) if self.failures else None
        if failure is not None:
            raise failure
        self.received.append(outgoing)

    @property
    def addresses(self) -> list[str]:
        return [outgoing.address for outgoing in self.received]


@pytest.fixture
def carrier() -> Carrier:
    return Carrier()


def family(world: World, name: str, **but: object) -> str:
    known = {"email": f"{name}@example.com", "children": (Child("primary"),)} | but
    contact = Contact(**known)  # type: ignore[arg-type]  # one field changed a test
    sealed = contacts.seal(world.vault, contact)
    return world.writer.one(lambda db, now: contacts.add(db, sealed, now))


def families(world: World, count: int) -> list[str]:
    return [family(world, f"parent{number}") for number in range(count)]


def invite(world: World, **but: object) -> int:
    return world.writer.one(
        partial(inviting.invite, vault=world.vault, a_round=world.round, actor="test", **but)  # type: ignore[arg-type]  # the budget's reason alone
    )


def service(world: World, carrier: Carrier) -> Mailing:
    routes = {each: Route(carrier, carrier.pace) for each in ("email", "telegram", "text")}
    return Mailing(world.intake, world.reader, world.vault, world.library, routes, world.clock)


@asynccontextmanager
async def running(sender: Mailing) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(sender.run(stop))
    try:
        yield
    finally:
        stop.set()
        sender.wake()
        await task


async def until_idle(world: World, carrier: Carrier) -> None:
    """Send until nothing is due."""
    async with running(service(world, carrier)), asyncio.timeout(10):
        await asyncio.sleep(0.02)
        while world.rows(
            "SELECT 1 FROM outbox WHERE kind <> 'prompt' AND (status = 'claimed'"
            " OR (status = 'queued' AND due_at <= ?))",
            world.clock().isoformat(timespec="milliseconds"),
        ):
            await asyncio.sleep(0.01)


def statuses(world: World) -> dict[str, int]:
    return dict(world.rows("SELECT status, count(*) FROM outbox GROUP BY status"))


async def answers(world: World, token: str, *, finish: bool) -> None:
    place = await world.begins(token)
    await world.says(place, Chosen("phase", "primary"))
    while finish and (question := await asked(world, place)) is not None:
        choice = next(iter(question.choices), None)
        said = Chosen(question.key, choice.code) if choice else Skipped(question.key)
        await world.says(place, said)
    if finish:
        await world.says(place, Submitted())


async def asked(world: World, place: WebPlace) -> Question | None:
    looked = await world.service.look(place)
    assert looked.session is not None
    assert looked.questionnaire is not None
    key = looked.session.current
    return None if key is None else looked.questionnaire.question(key)


def tokens(carrier: Carrier) -> dict[str, str]:
    return {each.address: each.arguments["token"] for each in carrier.received}


async def test_every_family_gets_one_letter_with_its_own_link(
    world: World, carrier: Carrier
) -> None:
    families(world, 10)
    assert invite(world) == 10
    await until_idle(world, carrier)
    assert len(set(carrier.addresses)) == 10
    for address, token in tokens(carrier).items():
        found = world.writer.one(lambda db, _, token=token: invitations.by_token(db, token))  # type: ignore[misc]  # bound now
        assert found is not None
        stored = world.writer.one(
            lambda db, _, found=found: contacts.by_id(db, world.vault, found.contact_id)  # type: ignore[misc]  # bound now
        )
        assert stored is not None
        assert stored.contact.email == address
    assert statuses(world) == {"sent": 10}


async def test_inviting_again_reaches_only_who_has_come_since(
    world: World, carrier: Carrier
) -> None:
    families(world, 3)
    invite(world)
    family(world, "late")
    assert invite(world) == 1
    await until_idle(world, carrier)
    assert len(carrier.received) == 4
    assert len(set(carrier.addresses)) == 4


async def test_an_audience_accounts_for_every_family(world: World) -> None:
    families(world, 2)
    family(world, "two", children=(Child("primary"), Child("secondary")))
    out = family(world, "out")
    world.writer.one(lambda db, now: contacts.opt_out(db, out, now))
    family(world, "nothing", email="", address="")
    family(world, "older", children=(Child("post_16"),))
    plan = RoundPlan(Audience(phases=("primary", "secondary")))
    world.writer.one(lambda db, _: plans.put(db, world.round.id, plan))
    seen = world.writer.one(partial(inviting.audience, a_round=world.round))
    assert seen.families == 6
    assert seen.by_channel == {Channel.EMAIL: 3}
    assert seen.by_phase == {
        ("primary", Channel.EMAIL): 3,
        ("secondary", Channel.EMAIL): 1,
    }
    assert seen.excluded == {
        Exclusion.OPTED_OUT: 1,
        Exclusion.NO_CHANNEL: 1,
        Exclusion.NOT_IN_AUDIENCE: 1,
    }
    assert world.rows("SELECT * FROM invitation") == []


async def test_only_an_open_round_invites(world: World) -> None:
    world.round = replace(world.round, status=RoundStatus.DRAFT)
    with pytest.raises(RoundRefused, match="not open"):
        invite(world)


async def test_the_contact_budget_is_exceeded_only_with_a_reason_that_is_logged(
    world: World, carrier: Carrier
) -> None:
    (one,) = families(world, 1)
    world.writer.one(
        lambda db, now: db.conn.execute(
            "INSERT INTO round SELECT 'other', 'Other', questionnaire_hash, status, opens_at,"
            " closes_at, moment, phases, linked, threshold, demonstration, 'CODE', created_at,"
            " opened_at, closed_at FROM round"
        )
    )
    world.writer.one(
        lambda db, now: db.conn.execute(
            "INSERT INTO approach VALUES (?, 'other', ?)", (one, now.isoformat())
        )
    )
    assert invite(world) == 0
    assert invite(world, over_budget=" ") == 0
    assert invite(world, over_budget="A second asking was agreed") == 1
    assert world.rows("SELECT detail FROM audit WHERE action = 'contact budget exceeded'") == [
        ("A second asking was agreed",)
    ]


async def test_who_stopped_or_answered_after_it_was_queued_gets_nothing(
    world: World, carrier: Carrier
) -> None:
    families(world, 4)
    invite(world)
    rows = world.rows("SELECT id, contact_id FROM invitation ORDER BY id")
    stopped, answered, out, _ = (str(row[0]) for row in rows)
    token = partial(world.vault.token, generation=1)
    await world.says(WebPlace(token(stopped)), CommandGiven(Command.STOP))
    world.writer.one(lambda db, now: contacts.opt_out(db, str(rows[2][1]), now))
    await answers(world, token(answered), finish=True)
    await until_idle(world, carrier)
    assert len(carrier.received) == 1
    told = dict(world.rows("SELECT reason, count(*) FROM outbox GROUP BY reason"))
    assert told == {
        "": 1,
        "already answered": 1,
        "opted out": 1,
        "stopped by the parent": 1,
    }
    assert out


async def test_nothing_is_sent_after_closing(world: World, carrier: Carrier) -> None:
    families(world, 2)
    invite(world)
    world.clock.now = CLOSES
    await until_idle(world, carrier)
    assert carrier.received == []
    assert world.rows("SELECT DISTINCT reason FROM outbox") == [("round closed",)]


async def test_quiet_hours_put_a_letter_off_to_the_morning(world: World, carrier: Carrier) -> None:
    families(world, 1)
    world.clock.now = OPENS.replace(hour=21)
    invite(world)
    await until_idle(world, carrier)
    assert carrier.received == []
    assert world.rows("SELECT due_at FROM outbox") == [("2027-03-02T08:00:00.000+00:00",)]
    world.clock.now = OPENS.replace(day=2, hour=8)
    await until_idle(world, carrier)
    assert len(carrier.received) == 1


def test_quiet_hours_end_by_the_clock_on_the_wall() -> None:
    night = OPENS.replace(day=28, hour=0, minute=30)
    until = mailing.quiet_until(RoundPlan(), night)
    # The clocks go forward that night: eight in the morning is seven in UTC.
    assert until is not None
    assert (until.day, until.hour) == (28, 7)


async def test_a_crash_while_sending_leaves_it_unknown_and_a_person_decides(
    world: World, carrier: Carrier
) -> None:
    families(world, 3)
    invite(world)
    claimed = world.writer.one(lambda db, now: mailing.claim_next(db, now, "email"))
    assert claimed is not None
    await until_idle(world, carrier)
    assert len(carrier.received) == 2
    assert statuses(world) == {"sent": 2, "unknown": 1}
    (unknown,) = mailings.unknown(world.reader, world.round.id)
    assert world.writer.one(lambda db, _: mailings.settle(db, unknown.id, send_again=True))
    await until_idle(world, carrier)
    assert len(set(carrier.addresses)) == 3
    assert statuses(world) == {"sent": 3}
    assert not world.writer.one(lambda db, _: mailings.settle(db, unknown.id, send_again=True))


async def test_a_letter_that_perhaps_arrived_is_never_sent_again_on_its_own(
    world: World, carrier: Carrier
) -> None:
    families(world, 1)
    invite(world)
    carrier.failures = [DeliveryFailed("timed out", uncertain=True)]
    await until_idle(world, carrier)
    world.clock.forward(hours=5)
    await until_idle(world, carrier)
    assert carrier.received == []
    assert statuses(world) == {"unknown": 1}


async def test_blocked_and_refused_are_counted_and_the_rest_goes_on(
    world: World, carrier: Carrier
) -> None:
    families(world, 6)
    invite(world)
    carrier.failures = [
        DeliveryFailed("blocked", permanent=True),
        None,
        DeliveryFailed("unreached"),
    ]
    await until_idle(world, carrier)
    assert len(carrier.received) == 4
    world.clock.forward(minutes=5)
    await until_idle(world, carrier)
    assert len(carrier.received) == 5
    assert statuses(world) == {"sent": 5, "failed": 1}


async def test_a_carrier_that_asks_to_wait_gets_nothing_meanwhile(
    world: World, carrier: Carrier
) -> None:
    families(world, 10)
    invite(world)
    carrier.failures = [None, None, DeliveryFailed("slow down", retry_after=0.3)]
    sent: list[float] = []
    loop = asyncio.get_running_loop()
    plain = carrier.send

    async def timed(outgoing: Outgoing) -> None:
        sent.append(loop.time())
        await plain(outgoing)

    carrier.send = timed  # type: ignore[method-assign]  # a clock around it
    async with running(service(world, carrier)):
        async with asyncio.timeout(10):
            while len(carrier.received) < 9:
                await asyncio.sleep(0.01)
            world.clock.forward(seconds=1)
            while len(carrier.received) < 10:
                await asyncio.sleep(0.01)
    assert statuses(world) == {"sent": 10}
    refused = sent[2]
    # One more may have been on its way when the refusal came.
    assert sum(refused < at < refused + 0.29 for at in sent) <= 1


async def test_reminders_go_to_those_who_may_still_answer_and_once(
    world: World, carrier: Carrier
) -> None:
    families(world, 6)
    invite(world)
    carrier.failures = [DeliveryFailed("blocked", permanent=True)]
    await until_idle(world, carrier)
    done, reopened, half, withdrawn, silent = tokens(carrier).values()
    for token in (done, reopened):
        await answers(world, token, finish=True)
    await world.says(WebPlace(reopened), Opened())
    await answers(world, half, finish=False)
    await world.says(WebPlace(withdrawn), CommandGiven(Command.STOP))
    carrier.received.clear()
    world.clock.now = OPENS + timedelta(days=7, hours=2)
    remind = partial(reminding.remind_due, a_round=world.round)
    assert world.writer.one(remind) == 2
    assert world.writer.one(remind) == 0
    await until_idle(world, carrier)
    assert sorted(tokens(carrier).values()) == sorted((half, silent))
    assert {each.message_key for each in carrier.received} == {"reminder"}
    world.clock.now = CLOSES
    assert world.writer.one(remind) == 0


async def test_an_officer_reminds_early_and_no_more_than_is_planned(
    world: World, carrier: Carrier
) -> None:
    families(world, 1)
    invite(world)
    remind = partial(reminding.remind_now, a_round=world.round, actor="test")
    for _ in range(2):
        await until_idle(world, carrier)
        world.clock.forward(days=1)
        assert world.writer.one(remind) == 1
    await until_idle(world, carrier)
    world.clock.forward(days=1)
    with pytest.raises(RoundRefused, match="Every reminder of its plan was made"):
        world.writer.one(remind)
    world.clock.now = CLOSES
    with pytest.raises(RoundRefused, match="takes no answers now"):
        world.writer.one(remind)


async def test_a_reminder_goes_to_the_chat_the_family_answers_in(
    world: World, carrier: Carrier
) -> None:
    families(world, 1)
    invite(world)
    await until_idle(world, carrier)
    (token,) = tokens(carrier).values()
    await world.says(TELEGRAM, CodeGiven(token))
    carrier.received.clear()
    world.clock.now = OPENS + timedelta(days=7, hours=2)
    world.writer.one(partial(reminding.remind_due, a_round=world.round))
    await until_idle(world, carrier)
    assert carrier.addresses == [TELEGRAM.address]


async def test_a_family_on_the_list_is_told_that_it_is(world: World, carrier: Carrier) -> None:
    families(world, 1)
    invite(world)
    await until_idle(world, carrier)
    (token,) = tokens(carrier).values()
    assert (await world.service.look(WebPlace(token))).is_listed
    assert not (await world.service.look(WebPlace(world.invite()[0]))).is_listed


async def test_what_is_put_in_a_folder_is_rehearsed_and_reached_nobody(
    world: World, carrier: Carrier
) -> None:
    families(world, 1)
    invite(world)
    route = Route(carrier, carrier.pace, rehearses=True)
    sender = Mailing(
        world.intake, world.reader, world.vault, world.library, {"email": route}, world.clock
    )
    async with running(sender), asyncio.timeout(10):
        while world.rows("SELECT 1 FROM outbox WHERE status <> 'sent'"):
            await asyncio.sleep(0.01)
    [row] = mailings.tally(world.reader, world.round.id)
    assert (row.status, row.reason) == ("rehearsed", mailings.REHEARSED)
    [led] = funnel.of_round(world.reader, world.round.id)
    assert (led.invited, led.delivered) == (1, 0)
