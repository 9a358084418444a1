"""The outbox sender: claims what is due, lets a channel send it, records what came of it.

A turn's own message is mostly claimed in the turn's transaction and handed over after it.
A message that a crash left claimed is sent again if it is a prompt or an alert; what became
of an invitation or reminder is then unknown, and a person decides.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.intake import Clock, Intake
from bot.library import Library
from bot.links import GENERATION, WEB_LINK
from bot.logs import fault
from bot.ports import DeliveryFailed, Outgoing, Sender
from bot.staff_chat import StaffChat
from storage import asides, chats, conversations, outbox, rounds, seats
from storage.database import Database
from storage.outbox import Claimed
from storage.seats import Seat
from storage.times import from_text
from storage.vault import Vault
from surveys.commands import Command
from surveys.events import CommandTaken, event_from_dict
from surveys.records import Round

MOST_UNDER_WAY = 200
MOST_REFUSALS = 6
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=1)
IDLE_SECONDS = 5.0

log = structlog.get_logger()


class OutboxSender:
    """Sends queued messages until it is stopped."""

    def __init__(
        self,
        intake: Intake,
        reader: Database,
        vault: Vault,
        library: Library,
        senders: Mapping[str, Sender],
        clock: Clock,
        *,
        staff_chat: StaffChat | None = None,
    ) -> None:
        self._intake = intake
        self._reader = reader
        self._vault = vault
        self._library = library
        self._senders = senders
        self._clock = clock
        self._staff_chat = staff_chat or StaffChat()
        self._wake = asyncio.Event()
        self._is_running = False
        self._under_way: set[asyncio.Task[None]] = set()
        self._sent: list[Claimed] = []
        self._recording: asyncio.Future[None] | None = None

    @property
    def is_taking(self) -> bool:
        """Whether a message may be claimed as it is queued. The writer's thread asks, too."""
        return self._is_running and len(self._under_way) < MOST_UNDER_WAY

    def hand_over(self, claimed: Claimed | None) -> None:
        """A turn is committed: send what it claimed, and look for what else is due."""
        # Handed over too late, it is claimed for nobody, and the next start recovers it.
        if claimed is not None and self._is_running:
            self._begin(claimed)
        self.wake()

    def wake(self) -> None:
        """Something may be due: look now."""
        self._wake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set. What is being sent then is finished first."""
        await self._intake.run_until_kept(self._recover)
        # Only now: what was claimed before is recovered, and would be sent twice.
        self._is_running = True
        while not stop.is_set():
            self._wake.clear()
            claimed = await self._claim(MOST_UNDER_WAY - len(self._under_way))
            for item in claimed:
                self._begin(item)
            if not claimed:
                await self._wait(stop)
        self._is_running = False
        if self._under_way:
            await asyncio.wait(self._under_way)

    def _recover(self, db: Database, now: datetime) -> None:
        outbox.recover(db)
        self._staff_chat.begin(db, now)

    def _begin(self, item: Claimed) -> None:
        task = asyncio.create_task(self._send(item))
        self._under_way.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self.wake()

    async def _claim(self, limit: int) -> list[Claimed]:
        due = outbox.next_due(self._reader)
        if limit <= 0 or due is None or from_text(due) > self._clock():
            return []
        return await self._intake.run_until_kept(lambda db, now: outbox.claim(db, now, limit))

    async def _wait(self, stop: asyncio.Event) -> None:
        waiting = [asyncio.create_task(self._wake.wait()), asyncio.create_task(stop.wait())]
        await asyncio.wait(waiting, timeout=self._until_due(), return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()

    def _until_due(self) -> float:
        due = outbox.next_due(self._reader)
        if due is None:
            return IDLE_SECONDS
        seconds = (from_text(due) - self._clock()).total_seconds()
        return min(max(seconds, 0.05), IDLE_SECONDS)

    async def _send(self, item: Claimed) -> None:
        try:
            await self._senders[item.message.channel].send(self._outgoing(item))
        except DeliveryFailed as failure:
            log.warning("message_not_sent", message=item.id, permanent=failure.permanent)
            await self._record_failure(item, failure)
        except Exception as error:  # noqa: BLE001 - one message that cannot be worded must not stop the rest
            log.error("message_not_worded", message=item.id, **fault(error))
            await self._record_unworded(item, type(error).__name__)
        else:
            await self._record_sent(item)

    async def _record_failure(self, item: Claimed, failure: DeliveryFailed) -> None:
        is_alert = item.message.kind == "alert"
        keep = self._staff_chat.keep_failure if is_alert else _keep_failure
        await self._intake.run_until_kept(lambda db, now: keep(db, now, item, failure))

    async def _record_unworded(self, item: Claimed, reason: str) -> None:
        if item.message.kind == "alert":
            await self._record_failure(item, DeliveryFailed(reason, refused=True))
            return
        await self._intake.run_until_kept(lambda db, _: outbox.mark_failed(db, item.id, reason))

    async def _record_sent(self, item: Claimed) -> None:
        """Record it, with all that are sent in the same moment, as one change."""
        if self._recording is None:
            self._recording = asyncio.ensure_future(self._record_all_sent())
        self._sent.append(item)
        await self._recording

    async def _record_all_sent(self) -> None:
        sent, self._sent, self._recording = self._sent, [], None
        await self._intake.run_until_kept(lambda db, _: outbox.mark_sent(db, sent))

    def _outgoing(self, item: Claimed) -> Outgoing:
        """The message with what its wording needs, as it stands at this moment."""
        message, arguments = item.message, item.message.arguments
        seat = self._seat(message.invitation_id)
        a_round = self._round(arguments.get("round_id", ""), seat)
        questionnaire = (
            self._library.get(self._reader, a_round.questionnaire_hash) if a_round else None
        )
        run, session = (seat.run, seat.session) if seat else (None, None)
        events = tuple(event_from_dict(event) for event in arguments.get("events", ()))
        fallback = questionnaire.default_language if questionnaire else "en"
        outgoing = Outgoing(
            id=item.id,
            address=self._address(message),
            message_key=message.message_key,
            language=session.language if session else arguments.get("language", fallback),
            arguments={**arguments, **self._token(message)},
            events=events,
            questionnaire=questionnaire,
            session=session,
            round=a_round,
            run=run,
        )
        if seat is None or CommandTaken(Command.MY_DATA) not in events:
            return outgoing
        return self._with_what_is_held(outgoing, seat)

    def _address(self, message: outbox.Message) -> str:
        if message.kind == "alert":
            return self._staff_chat.address(self._reader)
        return self._vault.unseal(message.address)

    def _seat(self, invitation_id: str | None) -> Seat | None:
        return None if invitation_id is None else seats.by_invitation(self._reader, invitation_id)

    def _round(self, round_id: str, seat: Seat | None) -> Round | None:
        if seat is not None and seat.round.id == round_id:
            return seat.round
        return rounds.by_id(self._reader, round_id)

    def _with_what_is_held(self, outgoing: Outgoing, seat: Seat) -> Outgoing:
        """The same, for a parent who asked what we hold."""
        invitation = seat.place.invitation
        return replace(
            outgoing,
            held=tuple(conversations.sessions(self._reader, invitation.id)),
            notice_read=seat.notice.acknowledged,
            is_listed=invitation.contact_id is not None,
            asides=tuple(asides.held(self._reader, invitation.id)),
        )

    def _token(self, message: outbox.Message) -> dict[str, str]:
        """The token of a personal link, which is in no table."""
        if message.message_key != WEB_LINK or message.invitation_id is None:
            return {}
        return {"token": self._vault.token(message.invitation_id, GENERATION)}


def _keep_failure(db: Database, now: datetime, item: Claimed, failure: DeliveryFailed) -> None:
    if failure.permanent:
        outbox.mark_failed(db, item.id, failure.reason)
        outbox.fail_waiting(db, item.message.lookup, failure.reason)
        chats.mark(db, item.message.lookup, "blocked")
    elif failure.retry_after is not None:
        outbox.put_back(db, item.id, now + timedelta(seconds=failure.retry_after))
    elif failure.refused and item.attempts >= MOST_REFUSALS:
        outbox.mark_failed(db, item.id, failure.reason)
    else:
        # However long the network is gone, the next question must reach the parent at last.
        wait = FIRST_WAIT * 2 ** min(item.attempts - 1, 10)
        outbox.put_back(db, item.id, now + min(wait, LONGEST_WAIT))
