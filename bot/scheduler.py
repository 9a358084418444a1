"""What is done by the clock: rounds close when their time comes, old delivery keys go."""

import asyncio
from datetime import timedelta

import structlog

from bot.intake import Clock, Intake
from bot.logs import fault
from bot.office import Office
from storage import deliveries, rounds
from storage.database import Database

EVERY_SECONDS = 15.0
DELIVERY_LIFE = timedelta(days=30)

log = structlog.get_logger()


async def run(
    intake: Intake, reader: Database, office: Office, clock: Clock, stop: asyncio.Event
) -> None:
    """Tick until `stop` is set. A tick that fails is logged, and the next one tries again."""
    while not stop.is_set():
        try:
            await tick(intake, reader, office, clock)
        except Exception as error:  # noqa: BLE001 - the clock must not stop for one bad tick
            log.error("tick_failed", **fault(error))
        try:
            await asyncio.wait_for(stop.wait(), EVERY_SECONDS)
        except TimeoutError:
            continue


async def tick(intake: Intake, reader: Database, office: Office, clock: Clock) -> None:
    """Close what is due, and forget delivery keys that are too old to come again."""
    for due in rounds.due_to_close(reader, clock()):
        await office.close_round(due.id, "clock")
    await intake.run(lambda db, now: deliveries.forget_before(db, now - DELIVERY_LIFE))
