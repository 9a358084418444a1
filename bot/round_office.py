"""Rounds and contacts as the pages see them: the functions of the command line, awaited."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import asdict
from datetime import datetime
from typing import TypeVar

from bot import (
    assisting,
    follow_ups,
    heard,
    inviting,
    links,
    local_time,
    merging,
    planning,
    reminding,
    rounds,
    saying,
    waiting_rounds,
)
from bot.contacts import importing, looking
from bot.contacts.columns import Field
from bot.contacts.shelf import KEPT_FOR, ListWaiting, Shelf
from bot.errors import ContactsRefused, RoundRefused
from bot.intake import Clock, Intake
from bot.letter import House
from bot.round_ports import (
    ContactsSeen,
    Due,
    LedRow,
    Letters,
    MergeRow,
    ReminderSeen,
    Reply,
    RoundSeen,
    SaidRow,
    SentRow,
    UnknownRow,
    Wanted,
)
from storage import contacts, funnel, mailings, plans, questionnaires, staff, you_said
from storage import rounds as stored
from storage.database import Database
from storage.vault import Vault, new_id
from storage.you_said import YouSaid
from surveys.model import in_language
from surveys.records import Round, RoundStatus

T = TypeVar("T")


class RoundOffice:
    """Everything about rounds and contacts that a page may ask for."""

    def __init__(
        self,
        intake: Intake,
        open_reader: Callable[[], Database],
        worker: Executor,
        vault: Vault,
        clock: Clock,
        house: House,
        *,
        wake: Callable[[], None],
    ) -> None:
        self._intake = intake
        self._open_reader = open_reader
        self._worker = worker
        self._vault = vault
        self._clock = clock
        self._house = house
        self._wake = wake
        self._lists = Shelf(clock)

    async def due(self) -> tuple[Due, ...]:
        """What waits for the team in its rounds."""
        return await self._read(lambda db: waiting_rounds.due(db, self._clock()))

    async def surveys(self) -> tuple[tuple[str, str], ...]:
        """Key and title of every questionnaire."""
        return await self._read(_surveys)

    async def linked_rounds(self) -> tuple[str, ...]:
        """The names of the rounds that another may follow."""
        return await self._read(_linked)

    async def create(self, wanted: Wanted, actor: str) -> str:
        """Make a draft; returns its id."""
        made = await self._intake.run(lambda db, now: _create(db, now, wanted, actor))
        return made.id

    async def delete(self, round_id: str, actor: str) -> None:
        """Forget a draft."""
        await self._intake.run(
            lambda db, now: rounds.delete(db, now, _known(db, round_id).name, actor)
        )

    async def see(self, round_id: str) -> RoundSeen | None:
        """The round, or `None`."""
        return await self._read(lambda db: _see(db, self._clock(), round_id))

    async def progress(self, round_id: str) -> tuple[int, int]:
        """How many messages have yet to leave, and how many have left."""
        return await self._read(lambda db: mailings.progress(db, round_id))

    async def open(self, round_id: str, actor: str, override: str) -> int:
        """Open it and queue its invitations; returns how many."""

        def work(db: Database, now: datetime) -> int:
            draft = _known(db, round_id)
            opened = rounds.open_round(db, now, draft.name, actor, override=override)
            return inviting.invite(db, now, self._vault, opened, actor)

        return await self._and_wake(work)

    async def invite(self, round_id: str, actor: str, over_budget: str) -> int:
        """Invite those who have come since; returns how many."""
        return await self._and_wake(
            lambda db, now: inviting.invite(
                db, now, self._vault, _known(db, round_id), actor, over_budget=over_budget
            )
        )

    async def reminder(self, round_id: str) -> ReminderSeen:
        """What reminding would do, with the channels."""
        return await self._read(lambda db: reminding.look(db, self._clock(), _known(db, round_id)))

    async def remind(self, round_id: str, actor: str) -> int:
        """Queue the next reminder; returns how many."""
        return await self._and_wake(
            lambda db, now: reminding.remind_now(db, now, _known(db, round_id), actor)
        )

    async def settle(self, number: int, actor: str, *, send_again: bool) -> bool:
        """Decide about an unknown sending."""

        def work(db: Database, now: datetime) -> bool:
            settled = mailings.settle(db, number, send_again=send_again)
            if settled:
                decided = "send again" if send_again else "arrived"
                staff.log(db, now, actor, "sending settled", decided)
            return settled

        return await self._and_wake(work)

    async def say(self, round_id: str, entry: SaidRow, actor: str) -> None:
        """Write what was done; of an entry that has an id, in place of what it said."""
        whole = YouSaid(
            entry.id or new_id(), round_id, entry.said, entry.done, entry.owner, entry.due_on
        )
        put = saying.correct if entry.id else saying.write
        await self._intake.run(lambda db, now: put(db, now, whole, actor))

    async def unsay(self, round_id: str, entry_id: str, actor: str) -> None:
        """Take an entry away."""
        await self._intake.run(lambda db, now: saying.remove(db, now, round_id, entry_id, actor))

    async def letters(self, round_id: str, actor: str) -> Letters:
        """Take the letters that wait as a mail merge.

        Their codes are drawn first: until all is made, no letter counts as sent.
        """
        pages = await self._read(
            lambda db: merging.ready(
                db, self._clock(), self._vault, _known(db, round_id), self._house
            )
        )
        drawn = await self._draw(pages)
        sent = await self._intake.run(
            lambda db, now: merging.send(db, now, _known(db, round_id), pages, actor)
        )
        return Letters(len(sent), await asyncio.to_thread(merging.archive, sent, drawn))

    async def letters_again(self, round_id: str, number: int, actor: str) -> Letters:
        """The same mail merge again, without those who may not get a letter any more."""
        pages = await self._read(
            lambda db: merging.ready_again(
                db, self._clock(), self._vault, _known(db, round_id), self._house, number
            )
        )
        drawn = await self._draw(pages)
        sent, _ = await self._intake.run(
            lambda db, now: merging.send_again(db, now, _known(db, round_id), number, pages, actor)
        )
        return Letters(len(sent), await asyncio.to_thread(merging.archive, sent, drawn))

    async def merges(self, round_id: str) -> tuple[MergeRow, ...]:
        """The round's mail merges, the newest first."""
        made = await self._read(lambda db: merging.made(db, self._clock(), _known(db, round_id)))
        return tuple(
            MergeRow(
                each.merge.id, each.merge.made_at, each.merge.letters, each.again, each.left_out
            )
            for each in made
        )

    async def _draw(self, pages: Sequence[merging.Page]) -> dict[str, bytes]:
        links = [page.link for page in pages]
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, merging.codes, links)

    async def assisted(self, round_id: str, reply: Reply, actor: str) -> str:
        """A link for an officer to enter this reply."""
        token = await self._intake.run(
            lambda db, now: assisting.begin(
                db, now, self._vault, _known(db, round_id), reply, actor
            )
        )
        return links.web("", token)

    async def families(self) -> int:
        """How many families are in the contacts."""
        return await self._read(contacts.count)

    async def look_at_list(self, session: str, data: bytes, name: str) -> tuple[ContactsSeen, str]:
        """What keeping this list would do, and the key under which it waits to be kept."""
        seen, waiting = await self._read(lambda db: looking.look(db, self._vault, data, name, {}))
        return seen, self._hold(session, waiting)

    async def look_again(
        self, session: str, key: str, chosen: Mapping[str, str]
    ) -> tuple[ContactsSeen, str]:
        """The same list with its columns chosen."""
        before = self._lists.get(session, key)
        fields = {Field(field): heading for field, heading in chosen.items()}

        def work(db: Database) -> tuple[ContactsSeen, ListWaiting]:
            data = self._vault.unseal_bytes(before.sealed)
            return looking.look(db, self._vault, data, before.name, fields)

        seen, waiting = await self._read(work)
        return seen, self._hold(session, waiting)

    async def keep_list(self, session: str, key: str, actor: str) -> tuple[int, int]:
        """Keep a list as it was seen; returns how many are new and changed."""
        seen = self._lists.get(session, key).preview
        if seen is None:
            raise ContactsRefused("Choose first which column holds what.")
        # Before anything else can run: pressed twice, it is kept once.
        self._lists.drop(session, key)
        await self._intake.run(lambda db, now: importing.keep(db, now, seen, actor))
        return seen.new, seen.changed

    async def give_up_list(self, session: str, key: str) -> None:
        """Forget a list that was looked at."""
        self._lists.drop(session, key)

    async def _read(self, work: Callable[[Database], T]) -> T:
        """Read in a thread, on a connection of its own: some pages take a while."""

        def reading() -> T:
            db = self._open_reader()
            try:
                return work(db)
            finally:
                db.conn.close()

        return await asyncio.to_thread(reading)

    async def _and_wake(self, work: Callable[[Database, datetime], T]) -> T:
        done = await self._intake.run(work)
        self._wake()
        return done

    def _hold(self, session: str, waiting: ListWaiting) -> str:
        key = self._lists.put(session, waiting)
        # A list that nobody comes back to must not stay until the next one.
        after = KEPT_FOR.total_seconds() + 1
        asyncio.get_running_loop().call_later(after, self._lists.forget_old)
        return key


def _known(db: Database, round_id: str) -> Round:
    found = stored.by_id(db, round_id)
    if found is None:
        raise RoundRefused("There is no such round.")
    return found


def _create(db: Database, now: datetime, wanted: Wanted, actor: str) -> Round:
    asked = planning.Asked(
        phases=wanted.phases,
        settings=wanted.settings,
        provisions=wanted.provisions,
        channels=wanted.channels,
        reminder_days=planning.days(wanted.reminder_days),
        quiet=wanted.quiet,
        population=wanted.population.split("\n") if wanted.population.strip() else (),
        follows=wanted.follows,
    )
    plan = rounds.Plan(
        name=wanted.name.strip(),
        survey=wanted.survey,
        opens_at=local_time.parse(wanted.opens),
        closes_at=local_time.parse(wanted.closes),
        phases=tuple(wanted.phases),
        moment=wanted.moment,
        linked=wanted.linked,
        threshold=planning.number("The threshold", wanted.threshold),
        asking=planning.plan_of(db, asked),
    )
    return rounds.create(db, now, plan, actor)


def _surveys(db: Database) -> tuple[tuple[str, str], ...]:
    titles = {
        form.key: in_language(form.titles, form.default_language, form.default_language)
        for form in questionnaires.everything(db)
    }
    return tuple(titles.items())


def _linked(db: Database) -> tuple[str, ...]:
    every = stored.everything(db)
    return tuple(
        each.name for each in every if each.linked and each.status is not RoundStatus.DRAFT
    )


def _see(db: Database, now: datetime, round_id: str) -> RoundSeen | None:
    found = stored.by_id(db, round_id)
    if found is None:
        return None
    plan = plans.of_round(db, found.id)
    waits = rounds.unanswered_before(db, found) if found.status is RoundStatus.DRAFT else None
    led = funnel.of_round(db, found.id)
    came = [row.opened for row in led]
    return RoundSeen(
        counts=rounds.counts(db, found),
        plan=plan,
        came=None if None in came else sum(filter(None, came)),
        audience=inviting.audience(db, now, found),
        sent=tuple(
            SentRow(row.kind, row.channel, row.status, row.receipt, row.reason, row.count)
            for row in mailings.tally(db, found.id)
        ),
        unknown=tuple(
            UnknownRow(each.id, each.letter.kind, each.letter.channel)
            for each in mailings.unknown(db, found.id)
        ),
        heard=heard.heard(db, found, plan),
        said=tuple(
            SaidRow(
                each.said,
                each.done,
                each.owner,
                each.due_on,
                each.id,
                saying.told_with(db, each),
            )
            for each in you_said.of_round(db, found.id)
        ),
        waits_for=waits.name if waits else "",
        reminder=reminding.standing(db, now, found, plan),
        exemption=follow_ups.exemption(db, found) if found.status is RoundStatus.DRAFT else "",
        led=tuple(LedRow(**asdict(row)) for row in led),
    )
