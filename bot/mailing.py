"""Sends invitations and reminders: one after another on each channel, at its pace.

Whether one still may go is asked in the transaction that claims it, not when it was
queued. What a crash leaves claimed is unknown, and never sent again on its own.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import structlog

from bot.intake import Clock, Intake
from bot.languages import offered
from bot.library import Library
from bot.links import GENERATION
from bot.local_time import LONDON
from bot.logs import fault
from bot.pace import Pace
from bot.ports import DeliveryFailed, Outgoing, Sender
from storage import chats, contacts, mailings, plans, rounds
from storage.database import Database
from storage.mailings import Waiting
from storage.vault import Vault
from surveys.model import Questionnaire
from surveys.plans import RoundPlan, is_quiet
from surveys.records import Round, RoundStatus

MOST_ATTEMPTS = 12
"""With the waits between them six hours: a full mailbox or a cautious server has time."""

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
LOOK_SECONDS = 5.0
AGAIN_SECONDS = 5.0
AT_ONCE = 20
MOST_PUT_ASIDE = 100

log = structlog.get_logger()


@dataclass(frozen=True)
class Route:
    """A channel's way out and its pace. `rehearses`: nothing leaves by it."""

    sender: Sender
    pace: Pace
    rehearses: bool = False


class Mailing:
    """Sends what is queued for families until it is stopped."""

    def __init__(
        self,
        intake: Intake,
        reader: Database,
        vault: Vault,
        library: Library,
        routes: Mapping[str, Route],
        clock: Clock,
    ) -> None:
        self._intake = intake
        self._reader = reader
        self._vault = vault
        self._library = library
        self._routes = routes
        self._clock = clock
        self._wake = {channel: asyncio.Event() for channel in routes}
        self._under_way: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Something may be due: look now."""
        for event in self._wake.values():
            event.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; what is being sent then is finished first."""
        await self._intake.run_until_kept(lambda db, _: mailings.recover(db))
        async with asyncio.TaskGroup() as tasks:
            for channel in self._routes:
                tasks.create_task(self._serve(channel, stop))
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def receipt(self, message_id: int, receipt: str, reason: str, *, gone: bool) -> None:
        """A carrier tells what became of a letter. `gone`: nothing arrives at this address."""

        def work(db: Database, now: datetime) -> None:
            lookup = mailings.put_receipt(db, message_id, receipt, reason)
            if gone and lookup is not None:
                contacts.give_up(db, lookup, reason, now)

        await self._intake.run(work)

    async def _serve(self, channel: str, stop: asyncio.Event) -> None:
        # Each channel has its own: a slow carrier holds up no other.
        under_way: set[asyncio.Task[None]] = set()
        while not stop.is_set():
            try:
                claimed = await self._next(channel, stop)
            except Exception as error:  # noqa: BLE001 - letters wait then, but the service goes on
                log.error("mailing_not_claimed", **fault(error))
                await _first(stop, seconds=AGAIN_SECONDS)
                continue
            if claimed is not None:
                seconds = self._routes[channel].pace.take()
                task = asyncio.create_task(self._send_in(seconds, claimed))
                for kept in (under_way, self._under_way):
                    kept.add(task)
                    task.add_done_callback(kept.discard)
            if len(under_way) >= AT_ONCE:
                await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)

    async def _next(self, channel: str, stop: asyncio.Event) -> Waiting | None:
        """Wait for the next that is due and for its slot to be near, and claim it, or `None`."""
        self._wake[channel].clear()
        due = mailings.earliest(self._reader, channel)
        if due is None or due > self._clock():
            await _first(stop, self._wake[channel], seconds=self._idle(due))
            return None
        slot = asyncio.create_task(self._routes[channel].pace.near())
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait((slot, stopped), return_when=asyncio.FIRST_COMPLETED)
        for task in (slot, stopped):
            task.cancel()
        if stop.is_set():
            return None
        return await self._intake.run(lambda db, now: claim_next(db, now, channel))

    def _idle(self, due: datetime | None) -> float:
        if due is None:
            return LOOK_SECONDS
        return min(max((due - self._clock()).total_seconds(), 0.05), LOOK_SECONDS)

    async def _send_in(self, seconds: float, item: Waiting) -> None:
        """Send it in its slot. Where the carrier asked to wait meanwhile, it is put back."""
        await asyncio.sleep(seconds)
        held = self._routes[item.letter.channel].pace.held
        if held:
            until = timedelta(seconds=held)
            await self._intake.run_until_kept(
                lambda db, now: mailings.wait_until(db, item.id, now + until)
            )
            return
        await self._send(item)

    async def _send(self, item: Waiting) -> None:
        route = self._routes[item.letter.channel]
        try:
            await route.sender.send(self._outgoing(item))
        except DeliveryFailed as failure:
            if failure.retry_after is not None:
                route.pace.hold(failure.retry_after)
            failed = failure
            log.warning("letter_not_sent", message=item.id, permanent=failure.permanent)
            await self._intake.run_until_kept(lambda db, now: _keep_failure(db, now, item, failed))
        except Exception as error:  # noqa: BLE001 - one letter that cannot be worded must not stop the rest
            log.error("letter_not_worded", message=item.id, **fault(error))
            reason = type(error).__name__
            await self._intake.run_until_kept(
                lambda db, _: mailings.mark(db, item.id, "failed", reason)
            )
        else:
            await self._record_sent(item, mailings.REHEARSED if route.rehearses else "")

    async def _record_sent(self, item: Waiting, reason: str) -> None:
        try:
            await self._intake.run_until_kept(lambda db, now: _keep_sent(db, now, item, reason))
        except Exception as error:  # noqa: BLE001 - whatever fails after sending must not send again
            log.error("letter_not_accounted_for", message=item.id, **fault(error))
            await self._intake.run_until_kept(
                lambda db, _: mailings.mark(db, item.id, "unknown", "sent, but not recorded")
            )

    def _outgoing(self, item: Waiting) -> Outgoing:
        a_round = rounds.by_id(self._reader, item.letter.round_id)
        assert a_round is not None  # noqa: S101 - a foreign key holds it
        questionnaire = self._library.get(self._reader, a_round.questionnaire_hash)
        return outgoing(self._vault, item, a_round, questionnaire)


def outgoing(
    vault: Vault, waiting: Waiting, a_round: Round, questionnaire: Questionnaire
) -> Outgoing:
    """What a letter's wording needs, in the family's language if the round offers it."""
    letter = waiting.letter
    speaks = waiting.language in offered(questionnaire, a_round)
    return Outgoing(
        id=waiting.id,
        address=vault.unseal(letter.address),
        message_key=letter.kind,
        language=waiting.language if speaks else questionnaire.default_language,
        arguments={"token": vault.token(letter.invitation_id, GENERATION)},
        questionnaire=questionnaire,
        round=a_round,
    )


def claim_next(db: Database, now: datetime, channel: str) -> Waiting | None:
    """Claim the first on this channel that still may go; what may not is put aside with why.

    `None`: there is none, or many were put aside, and parents who answer go first.
    """
    for _ in range(MOST_PUT_ASIDE):
        waiting = mailings.next_due(db, channel, now)
        if waiting is None:
            return None
        if not _put_aside(db, now, waiting):
            mailings.claim(db, waiting.id, now)
            return waiting
    return None


def _put_aside(db: Database, now: datetime, waiting: Waiting) -> bool:
    """Whether it may not go now, which is then recorded."""
    a_round = rounds.by_id(db, waiting.letter.round_id)
    assert a_round is not None  # noqa: S101 - a foreign key holds it
    if reason := why_not(waiting, a_round, now):
        mailings.mark(db, waiting.id, "failed", reason)
        return True
    until = quiet_until(plans.of_round(db, a_round.id), now)
    if until is not None:
        mailings.wait_until(db, waiting.id, until)
    return until is not None


def why_not(waiting: Waiting, a_round: Round, now: datetime) -> str:
    """Why this one may not go any more, or ""."""
    reasons = (
        (a_round.status is not RoundStatus.OPEN or now >= a_round.closes_at, "round closed"),
        (waiting.answered, "already answered"),
        (waiting.stopped, "stopped by the parent"),
        (waiting.opted_out, "opted out"),
    )
    return next((reason for holds, reason in reasons if holds), "")


def quiet_until(plan: RoundPlan, now: datetime) -> datetime | None:
    """When the quiet hours around `now` end, or `None` outside them."""
    local = now.astimezone(LONDON)
    if not is_quiet(plan, local.time()):
        return None
    day = local.date() + timedelta(days=local.time() >= plan.quiet_until)
    return datetime.combine(day, _to_minute(plan.quiet_until), LONDON).astimezone(now.tzinfo)


def _to_minute(at: time) -> time:
    return at.replace(second=0, microsecond=0)


def _keep_sent(db: Database, now: datetime, item: Waiting, reason: str) -> None:
    mailings.mark(db, item.id, "sent", reason)
    if item.letter.kind == "invitation":
        contacts.approached_by(db, item.letter.invitation_id, now)


def _keep_failure(db: Database, now: datetime, item: Waiting, failure: DeliveryFailed) -> None:
    if failure.permanent:
        mailings.mark(db, item.id, "failed", failure.reason)
        chats.mark(db, item.letter.lookup, "blocked")
        contacts.give_up(db, item.letter.lookup, failure.reason, now)
    elif failure.retry_after is not None:
        wait = timedelta(seconds=failure.retry_after)
        mailings.wait_until(db, item.id, now + wait, failure.reason)
    elif failure.uncertain:
        mailings.mark(db, item.id, "unknown", failure.reason)
        contacts.approached_by(db, item.letter.invitation_id, now)
    elif failure.refused and item.attempts + 1 >= MOST_ATTEMPTS:
        mailings.mark(db, item.id, "failed", failure.reason)
    else:
        wait = FIRST_WAIT * 2 ** min(item.attempts, 10)
        mailings.wait_until(db, item.id, now + min(wait, LONGEST_WAIT), failure.reason)


async def _first(*events: asyncio.Event, seconds: float) -> None:
    waiting = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
