"""A second release of a round: it needs a reason, replaces all tables, and the first is kept.

Between `gather` and `keep` the release is built by `bot.closing.build`, away from the writer;
that refuses it where it would, beside the first, tell of a few people.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot import closing
from bot.closing import Material
from bot.errors import RoundRefused
from storage import releases, rounds, staff
from storage.database import Database


def gather(db: Database, now: datetime, round_id: str, reason: str) -> Material:
    """What the round's next release is made from.

    Raises:
        RoundRefused: there is no reason, or no release that a second one could replace.
    """
    found, earlier = rounds.by_id(db, round_id), releases.current(db, round_id)
    if found is None or earlier is None:
        raise RoundRefused(
            "This round has no release yet, so there is none to replace. Close it with:"
            " sendvoice round close"
        )
    if not reason.strip():
        raise RoundRefused(
            "A new release replaces every table that people have seen, so it needs a reason"
            " that they can read. Say why in a sentence."
        )
    return replace(closing.material(db, now, found), reason=reason.strip(), earlier=earlier)


def keep(
    db: Database, now: datetime, made_from: Material, release: Mapping[str, Any], actor: str
) -> int:
    """Keep the release beside the earlier ones; returns its number.

    Raises:
        RoundRefused: another release came in between, which it was not checked against.
    """
    found = made_from.round
    current = releases.current(db, found.id)
    assert made_from.earlier is not None  # noqa: S101 - gathered for a second release
    if current is None or current["hash"] != made_from.earlier["hash"]:
        raise RoundRefused(
            f"The round {found.name!r} got another release in the meantime. Nothing was"
            " changed. Look at that one first, and make a new one only if it is still needed."
        )
    number = releases.add(db, found.id, release, made_from.reason, now)
    staff.log(
        db, now, actor, f"release {number} made: {made_from.reason}", found.name, release["hash"]
    )
    return number
