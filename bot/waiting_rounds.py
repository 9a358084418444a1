"""What waits for the team in its rounds: sendings to settle, words to write, days that come."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot import heard, reminding
from bot.local_time import moment_in_words
from bot.round_ports import Due
from storage import mailings, plans, releases, you_said
from storage import rounds as stored
from storage.database import Database
from surveys.records import Round, RoundStatus

SOON = timedelta(days=3)


def due(db: Database, now: datetime) -> tuple[Due, ...]:
    """Everything that waits, of every round."""
    return tuple(
        Due(each.id, each.name, what)
        for each in stored.everything(db)
        for what in _of_round(db, now, each)
    )


def _of_round(db: Database, now: datetime, a_round: Round) -> Iterator[str]:
    match a_round.status:
        case RoundStatus.DRAFT:
            yield "is a draft: nobody is asked until you open it"
        case RoundStatus.OPEN:
            yield from _open(db, now, a_round)
        case RoundStatus.CLOSED:
            has_release = releases.current(db, a_round.id) is not None
            if has_release and not you_said.of_round(db, a_round.id):
                yield "is closed: families have not heard what was done"


def _open(db: Database, now: datetime, a_round: Round) -> Iterator[str]:
    unknown = len(mailings.unknown(db, a_round.id))
    if unknown:
        count = "1 message" if unknown == 1 else f"{unknown:,} messages"
        yield f"has {count} of which nobody knows whether it arrived"
    plan = plans.of_round(db, a_round.id)
    if heard.unheard(db, a_round, plan):
        yield "has groups that are too small to publish yet"
    if reminding.is_due(db, now, a_round, plan):
        yield "has a reminder that is due"
    if now < a_round.closes_at <= now + SOON:
        yield f"closes on {moment_in_words(a_round.closes_at)}"
