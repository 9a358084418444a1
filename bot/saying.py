"""What families said, what is done about it, and what of that can still be changed."""

from dataclasses import replace
from datetime import datetime

from bot.errors import RoundRefused
from storage import rounds, staff, you_said
from storage.database import Database
from storage.you_said import YouSaid
from surveys.records import Round, RoundStatus

LONGEST = 2_000
LABELS = {
    "said": "What families said",
    "done": "What is done about it",
    "owner": "Who sees to it",
    "due_on": "By when",
}
"""What each part of an entry is called where it is filled in."""


def write(db: Database, now: datetime, entry: YouSaid, actor: str) -> None:
    """Write what families said in a round and what is done about it.

    Raises:
        RoundRefused: the round is not closed, or something is not filled in.
    """
    found = _closed(db, entry.round_id)
    _check(entry)
    you_said.add(db, entry, now)
    staff.log(db, now, actor, "you said, we did", found.name, entry.owner)


def correct(db: Database, now: datetime, entry: YouSaid, actor: str) -> None:
    """The entry with this id says this from now on.

    Raises:
        RoundRefused: it is not there, families were told, or something is not filled in.
    """
    found = _changeable(db, entry.round_id, entry.id)
    _check(entry)
    you_said.change(db, entry)
    staff.log(db, now, actor, "you said, we did: corrected", found.name, entry.owner)


def remove(db: Database, now: datetime, round_id: str, entry_id: str, actor: str) -> None:
    """Take an entry away.

    Raises:
        RoundRefused: it is not there, or families were told.
    """
    found = _changeable(db, round_id, entry_id)
    you_said.remove(db, entry_id)
    staff.log(db, now, actor, "you said, we did: removed", found.name)


def told_with(db: Database, entry: YouSaid) -> str:
    """The round whose families were told of this entry, or "" while it can be changed.

    They are told before the next round of the questionnaire opens, which waits for it.
    """
    return you_said.opened_since(db, entry.id) or ""


def numbered(db: Database, a_round: Round, number: int) -> YouSaid:
    """The round's entry with this number, counted from 1 in the order they were written.

    Raises:
        RoundRefused: there is none.
    """
    entries = you_said.of_round(db, a_round.id)
    if not 1 <= number <= len(entries):
        raise RoundRefused(f"The round {a_round.name!r} has no entry number {number}.")
    return entries[number - 1]


def changed(entry: YouSaid, **but: object) -> YouSaid:
    """The entry with what is given in place of what it says; "" and `None` leave it."""
    given = {name: value for name, value in but.items() if value}
    return replace(entry, **given)  # type: ignore[arg-type]  # fields by name


def _closed(db: Database, round_id: str) -> Round:
    found = rounds.by_id(db, round_id)
    if found is None or found.status is not RoundStatus.CLOSED:
        raise RoundRefused("Only of a closed round can you say what was done about it.")
    return found


def _changeable(db: Database, round_id: str, entry_id: str) -> Round:
    found = _closed(db, round_id)
    entry = next((each for each in you_said.of_round(db, round_id) if each.id == entry_id), None)
    if entry is None:
        raise RoundRefused("This entry is not there any more.")
    if told := told_with(db, entry):
        raise RoundRefused(
            f"Families were told this when the round {told!r} opened, so it stands as it is."
            " Write another entry instead."
        )
    return found


def _check(entry: YouSaid) -> None:
    for name in ("said", "done", "owner"):
        words = getattr(entry, name)
        if not words.strip() or len(words) > LONGEST:
            raise RoundRefused(f"{LABELS[name]}: fill it in, with 1 to {LONGEST:,} characters.")
