"""How far each channel led: numbers of a round, kept before a cut takes what they are counted from.

They are counts for staff, as those of an open round are, and no results. No row is about
fewer than `LEAST` families, so none says whether one family answered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from storage.database import Database
from storage.mailings import REHEARSED

LEAST = 10
SEVERAL = "several"
"""The channel of a row in which channels with too few families stand together."""

_MEASURED = """
WITH asked AS (
    SELECT invitation.id, coalesce((SELECT channel FROM outbox
            WHERE invitation_id = invitation.id AND kind = 'invitation' ORDER BY id LIMIT 1), '')
            AS channel,
        EXISTS (SELECT 1 FROM outbox WHERE invitation_id = invitation.id AND kind = 'invitation'
            AND status = 'sent' AND receipt IN ('', 'delivered') AND reason <> ?) AS delivered,
        EXISTS (SELECT 1 FROM session WHERE invitation_id = invitation.id) AS opened,
        (SELECT count(*) FROM link WHERE invitation_id = invitation.id) AS started,
        (SELECT count(response.finished_on) FROM link JOIN response
            ON response.id = link.response_id WHERE invitation_id = invitation.id) AS finished
    FROM invitation WHERE round_id = ?
)
SELECT channel, count(*) AS invited,
    CASE channel WHEN 'letter' THEN NULL ELSE sum(delivered) END AS delivered,
    sum(opened) AS opened, sum(started) AS started, sum(finished) AS finished
FROM asked GROUP BY channel
"""
_LOOSE = """
SELECT count(*) AS started, count(finished_on) AS finished FROM response
WHERE round_id = ? AND id NOT IN (SELECT response_id FROM link WHERE round_id = response.round_id)
"""


@dataclass(frozen=True)
class Led:
    """How many families were invited by a channel, reached, and came in; and their responses.

    `delivered` counts what a carrier took and did not return: no rehearsal, and of letters
    nobody knows it. `channel` is "" for links given by hand and open links, or `SEVERAL`. Of
    a round that was cut before these were kept nobody knows `delivered` and `opened` any more.
    """

    channel: str
    invited: int
    delivered: int | None
    opened: int | None
    started: int
    finished: int


def keep(db: Database, round_id: str) -> None:
    """Keep the numbers as they are now, unless they were kept before."""
    if not _kept(db, round_id):
        db.conn.executemany(
            "INSERT INTO round_funnel VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(round_id, *astuple(row)) for row in _measured(db, round_id)],
        )


def of_round(db: Database, round_id: str) -> tuple[Led, ...]:
    """The kept numbers, else those of now."""
    return tuple(_kept(db, round_id) or _measured(db, round_id))


def joined(rows: Iterable[Led]) -> list[Led]:
    """The rows, those with the fewest families together until each has `LEAST` or is all."""
    few: list[Led] = []
    many = sorted(rows, key=lambda row: (row.invited, row.channel))
    while many and (many[0].invited < LEAST or 0 < sum(row.invited for row in few) < LEAST):
        few.append(many.pop(0))
    together = [_sum(few)] if len(few) > 1 else few
    return sorted((*many, *together), key=lambda row: row.channel)


def _sum(rows: Sequence[Led]) -> Led:
    return Led(
        SEVERAL,
        sum(row.invited for row in rows),
        sum(row.delivered or 0 for row in rows),
        sum(row.opened or 0 for row in rows),
        sum(row.started for row in rows),
        sum(row.finished for row in rows),
    )


def _kept(db: Database, round_id: str) -> list[Led]:
    rows = db.conn.execute(
        "SELECT channel, invited, delivered, opened, started, finished FROM round_funnel"
        " WHERE round_id = ? ORDER BY channel",
        (round_id,),
    )
    return [Led(*row) for row in rows]


def _measured(db: Database, round_id: str) -> list[Led]:
    rows = [Led(*row) for row in db.conn.execute(_MEASURED, (REHEARSED, round_id))]
    loose = db.conn.execute(_LOOSE, (round_id,)).fetchone()
    if not loose["started"]:
        return joined(rows)
    # The round was cut: only how many there are is known.
    started, finished = loose["started"], loose["finished"]
    return [Led("", sum(row.invited for row in rows), None, None, started, finished)]
