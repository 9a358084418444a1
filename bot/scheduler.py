"""What is done by the clock: rounds close, families are reminded, the database is looked after."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from bot import reminding
from bot.intake import Clock, Intake
from bot.logs import fault
from bot.mailing import Mailing
from bot.office import Office
from bot.upkeep import Upkeep
from storage import plans, rounds
from storage.database import Database
from surveys.records import RoundStatus

EVERY_SECONDS = 15.0
UPKEEP_SECONDS = 60.0
REMIND_SECONDS = 600.0

log = structlog.get_logger()


async def run(reader: Database, office: Office, clock: Clock, stop: asyncio.Event) -> None:
    """Close rounds in time until `stop` is set."""
    await _every(EVERY_SECONDS, lambda: tick(reader, office, clock), stop)


async def remind(
    intake: Intake, reader: Database, mailing: Mailing, clock: Clock, stop: asyncio.Event
) -> None:
    """Queue reminders whose day has come until `stop` is set."""
    await _every(REMIND_SECONDS, lambda: remind_due(intake, reader, mailing, clock), stop)


async def remind_due(intake: Intake, reader: Database, mailing: Mailing, clock: Clock) -> None:
    """Queue what is due in each open round, once for each family."""
    for each in rounds.everything(reader):
        plan = plans.of_round(reader, each.id)
        if each.status is RoundStatus.OPEN and reminding.due_slot(each, plan, clock()):
            await intake.run(partial(reminding.remind_due, a_round=each))
            mailing.wake()


async def keep_up(upkeep: Upkeep, stop: asyncio.Event) -> None:
    """Look after the database until `stop` is set. A long backup delays no closing."""
    await _every(UPKEEP_SECONDS, upkeep.tick, stop)


async def tick(reader: Database, office: Office, clock: Clock) -> None:
    """Close what is due."""
    for due in rounds.due_to_close(reader, clock()):
        await office.close_round(due.id, "clock")


async def _every(seconds: float, work: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
    """A tick that fails is logged, and the next one tries again."""
    while not stop.is_set():
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the clock must not stop for one bad tick
            log.error("tick_failed", **fault(error))
        try:
            await asyncio.wait_for(stop.wait(), seconds)
        except TimeoutError:
            continue
