"""Invitations and reminders in the outbox: each made once, claimed one by one, accounted for."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.database import Database
from storage.times import from_optional, from_text, to_text
from surveys.invitations import Channel, Invited

REHEARSED = "put in the folder for rehearsals"
"""The reason of a message that no carrier was given."""


@dataclass(frozen=True)
class Letter:
    """One invitation or reminder to be queued. `kind` is "invitation" or "reminder".

    `slot` is which of its kind: "1" for the invitation, "1" or "2" for a reminder.
    `lookup` and `address` are of the channel, the address sealed.
    """

    invitation_id: str
    channel: str
    lookup: str
    address: str
    kind: str
    slot: str
    round_id: str


@dataclass(frozen=True)
class Waiting:
    """A queued invitation or reminder, with what decides whether it still may go."""

    id: int
    attempts: int
    letter: Letter
    language: str
    answered: bool
    stopped: bool
    opted_out: bool


@dataclass(frozen=True)
class Tally:
    """How many invitations or reminders of one channel came to what, and for which reason.

    `status` is that of the outbox, but "made" for a letter that was downloaded, and "rehearsed"
    for a message that was put in a folder: nobody knows of them that they left.
    """

    kind: str
    channel: str
    status: str
    receipt: str
    reason: str
    count: int


def queue(db: Database, letters: Iterable[Letter], due_at: datetime) -> int:
    """Queue those that were never made before; returns how many."""
    made = db.conn.executemany(
        "INSERT INTO outbox (channel, lookup, address, invitation_id, kind, slot, message_key,"
        " arguments, status, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)"
        # Any other fault than "made before" must be heard of.
        " ON CONFLICT (invitation_id, kind, slot) WHERE kind <> 'prompt' DO NOTHING",
        (
            (
                each.channel,
                each.lookup,
                each.address,
                each.invitation_id,
                each.kind,
                each.slot,
                each.kind,
                json.dumps({"round_id": each.round_id}),
                to_text(due_at),
            )
            for each in letters
        ),
    )
    return made.rowcount


# The key of a link begins with its round, so that one is named although the other suffices.
_ANSWERED = (
    "EXISTS (SELECT 1 FROM link JOIN response ON response.id = link.response_id"
    " WHERE link.round_id = invitation.round_id AND link.invitation_id = invitation.id"
    " AND response.finished_on IS NOT NULL)"
)

# Where a family is known by its chat alone, it may stop in the round before, where it sits.
_STOPPED = (
    "(invitation.stopped_at IS NOT NULL OR EXISTS (SELECT 1 FROM invitation AS earlier"
    " WHERE earlier.id = invitation.earlier_id AND earlier.contact_id IS NULL"
    " AND earlier.stopped_at IS NOT NULL))"
)

_WAITING = f"""
SELECT outbox.*, outbox.arguments ->> 'round_id' AS round_id,
    coalesce(contact.language, '') AS language,
    {_STOPPED} AS stopped,
    contact.opted_out_at IS NOT NULL AS opted_out,
    {_ANSWERED} AS answered
FROM outbox JOIN invitation ON invitation.id = outbox.invitation_id
LEFT JOIN contact ON contact.id = invitation.contact_id
"""  # noqa: S608 - our own words


def next_due(db: Database, channel: str, now: datetime) -> Waiting | None:
    """The first that is due on this channel, or `None`."""
    row = db.conn.execute(
        f"{_WAITING} WHERE outbox.status = 'queued' AND outbox.kind <> 'prompt'"
        " AND outbox.channel = ? AND outbox.due_at <= ?"
        " ORDER BY outbox.due_at, outbox.id LIMIT 1",
        (channel, to_text(now)),
    ).fetchone()
    return None if row is None else _waiting(row)


def queued(db: Database, channel: str, round_id: str) -> list[Waiting]:
    """All that wait on this channel in this round, for a mail merge."""
    rows = db.conn.execute(
        f"{_WAITING} WHERE outbox.status = 'queued' AND outbox.kind <> 'prompt'"
        " AND outbox.channel = ? AND invitation.round_id = ? ORDER BY outbox.id",
        (channel, round_id),
    )
    return [_waiting(row) for row in rows]


def merged(db: Database, merge_id: int) -> list[tuple[int, Waiting]]:
    """The letters of a mail merge that are still known, each with its number there."""
    rows = db.conn.execute(
        f"{_WAITING} WHERE outbox.merge_id = ? ORDER BY outbox.merge_number", (merge_id,)
    )
    return [(row["merge_number"], _waiting(row)) for row in rows]


def claim(db: Database, message_id: int, now: datetime) -> None:
    """This process sends it now. Were it to crash, what became of it is unknown.

    From then on `due_at` says when it left.
    """
    db.conn.execute(
        "UPDATE outbox SET status = 'claimed', attempts = attempts + 1, due_at = ? WHERE id = ?",
        (to_text(now), message_id),
    )


def wait_until(db: Database, message_id: int, due_at: datetime, reason: str = "") -> None:
    """Not before `due_at`, for this `reason`. One that its carrier told of has gone."""
    db.conn.execute(
        "UPDATE outbox SET status = 'queued', due_at = ?, reason = ? WHERE id = ? AND receipt = ''",
        (to_text(due_at), reason, message_id),
    )


def recover(db: Database) -> None:
    """After a crash: what became of those that were being sent is unknown."""
    db.conn.execute(
        "UPDATE outbox SET status = 'unknown', reason = 'the service stopped while sending'"
        " WHERE status = 'claimed' AND kind IN ('invitation', 'reminder')"
    )


def mark(db: Database, message_id: int, status: str, reason: str = "") -> None:
    """What came of it: "sent", "failed", or "unknown" where perhaps it was delivered.

    What its carrier has told of it stands.
    """
    db.conn.execute(
        "UPDATE outbox SET status = ?, reason = ? WHERE id = ? AND receipt = ''",
        (status, reason, message_id),
    )


def put_receipt(db: Database, message_id: int, receipt: str, reason: str = "") -> str | None:
    """What the carrier says became of it: "delivered" or "failed".

    Returns the lookup of its address, or `None` where there is no such message (any more).
    One that was unknown is known to have left by now.
    """
    row = db.conn.execute(
        "UPDATE outbox SET receipt = ?, reason = ?, status = 'sent'"
        " WHERE id = ? AND kind <> 'prompt' RETURNING lookup",
        (receipt, reason, message_id),
    ).fetchone()
    return None if row is None else str(row["lookup"])


def unknown(db: Database, round_id: str) -> list[Waiting]:
    """Those of which a crash left nobody knowing whether they went out."""
    rows = db.conn.execute(
        f"{_WAITING} WHERE outbox.status = 'unknown' AND invitation.round_id = ?"
        " ORDER BY outbox.id",
        (round_id,),
    )
    return [_waiting(row) for row in rows]


def settle(db: Database, message_id: int, *, send_again: bool) -> bool:
    """A person decided about an unknown one; `False` where it is not unknown any more."""
    status = "queued" if send_again else "sent"
    settled = db.conn.execute(
        "UPDATE outbox SET status = ?, reason = 'a person decided' WHERE id = ?"
        " AND status = 'unknown'",
        (status, message_id),
    )
    return bool(settled.rowcount)


def progress(db: Database, round_id: str) -> tuple[int, int]:
    """How many of the round's invitations and reminders have yet to leave, and have left."""
    row = db.conn.execute(
        "SELECT coalesce(sum(outbox.status IN ('queued', 'claimed')), 0) AS left,"
        " coalesce(sum(outbox.status NOT IN ('queued', 'claimed')), 0) AS gone"
        " FROM outbox JOIN invitation ON invitation.id = outbox.invitation_id"
        " WHERE outbox.kind <> 'prompt' AND invitation.round_id = ?",
        (round_id,),
    ).fetchone()
    return int(row["left"]), int(row["gone"])


def tally(db: Database, round_id: str) -> list[Tally]:
    """What came of the round's invitations and reminders."""
    rows = db.conn.execute(
        "SELECT outbox.kind, outbox.channel, CASE"
        "  WHEN outbox.status = 'sent' AND outbox.channel = 'letter' THEN 'made'"
        "  WHEN outbox.status = 'sent' AND outbox.reason = ? THEN 'rehearsed'"
        "  ELSE outbox.status END AS came_to, outbox.receipt, outbox.reason,"
        " count(*) AS count FROM outbox JOIN invitation ON invitation.id = outbox.invitation_id"
        " WHERE outbox.kind <> 'prompt' AND invitation.round_id = ?"
        " GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5",
        (REHEARSED, round_id),
    )
    return [Tally(*row) for row in rows]


# "No prompt" is what the index of letters is about.
_LETTERS = "FROM outbox WHERE outbox.invitation_id = invitation.id AND outbox.kind <> 'prompt'"


def last_reminder(db: Database, round_id: str) -> datetime | None:
    """When the round's last reminder left, or `None`."""
    row = db.conn.execute(
        "SELECT max(outbox.due_at) AS at FROM outbox"
        " JOIN invitation ON invitation.id = outbox.invitation_id"
        " WHERE outbox.kind <> 'prompt' AND outbox.kind = 'reminder'"
        " AND outbox.status IN ('sent', 'unknown') AND invitation.round_id = ?",
        (round_id,),
    ).fetchone()
    return from_optional(row["at"])


def invited(db: Database, round_id: str) -> list[Invited]:
    """Every invitation of the round as deciding about reminders needs it."""
    rows = db.conn.execute(
        f"SELECT invitation.id, {_ANSWERED} AS answered,"  # noqa: S608 - our own words
        f" {_STOPPED} OR contact.opted_out_at IS NOT NULL AS stopped,"
        " (SELECT group_concat(slot)"
        f"  {_LETTERS} AND outbox.kind = 'reminder') AS slots,"
        f" (SELECT max(due_at) {_LETTERS} AND status IN ('sent', 'unknown')) AS last_at,"
        f" (SELECT min(channel) {_LETTERS} AND status IN ('queued', 'claimed')) AS waiting"
        " FROM invitation LEFT JOIN contact ON contact.id = invitation.contact_id"
        " WHERE invitation.round_id = ? ORDER BY invitation.id",
        (round_id,),
    )
    return [
        Invited(
            id=row["id"],
            answered=bool(row["answered"]),
            stopped=bool(row["stopped"]),
            reminded=frozenset(map(int, (row["slots"] or "").split(",") if row["slots"] else ())),
            last_at=from_optional(row["last_at"]),
            waiting=row["waiting"] or "",
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Reach:
    """One way to reach a family: the address sealed, found by `lookup`."""

    channel: Channel
    lookup: str
    address: str

    def letter(self, invitation_id: str, round_id: str, kind: str, slot: int) -> Letter:
        """A letter of this round that goes this way."""
        return Letter(
            invitation_id=invitation_id,
            channel=self.channel.value,
            lookup=self.lookup,
            address=self.address,
            kind=kind,
            slot=str(slot),
            round_id=round_id,
        )


def reach(db: Database, invitation_id: str) -> list[Reach]:
    """Every way this family is reached now, the chat it answers in first."""
    rows = db.conn.execute(
        "SELECT channel, lookup, address FROM chat WHERE invitation_id = :id"
        "  AND channel = 'telegram' AND status = 'active'"
        # A family without a contact is asked again in the chat it answered the last round in.
        " UNION ALL SELECT chat.channel, chat.lookup, chat.address FROM invitation"
        "  JOIN chat ON chat.invitation_id = invitation.earlier_id"
        "  WHERE invitation.id = :id AND invitation.contact_id IS NULL"
        "  AND chat.channel = 'telegram' AND chat.status = 'active'"
        " UNION ALL SELECT contact_chat.channel, contact_chat.lookup, contact_chat.address"
        "  FROM invitation JOIN contact_chat USING (contact_id)"
        "  WHERE invitation.id = :id AND contact_chat.status = 'active'"
        " UNION ALL SELECT 'email', email_lookup, email FROM invitation"
        "  JOIN contact ON contact.id = invitation.contact_id"
        "  WHERE invitation.id = :id AND email_lookup IS NOT NULL"
        "  AND email_lookup NOT IN (SELECT lookup FROM dead_address)"
        " UNION ALL SELECT 'text', phone_lookup, phone FROM invitation"
        "  JOIN contact ON contact.id = invitation.contact_id"
        "  WHERE invitation.id = :id AND phone_lookup IS NOT NULL"
        "  AND phone_lookup NOT IN (SELECT lookup FROM dead_address)"
        " UNION ALL SELECT 'letter', contact.id, contact.address FROM invitation"
        "  JOIN contact ON contact.id = invitation.contact_id"
        "  WHERE invitation.id = :id AND contact.address <> ''",
        {"id": invitation_id},
    )
    return [Reach(Channel(row["channel"]), row["lookup"], row["address"]) for row in rows]


def used(db: Database, invitation_id: str) -> Channel | None:
    """The channel by which this family came into the conversation; `None`: it has not come.

    A chat it answers in is taken before the message whose link it opened.
    """
    row = db.conn.execute(
        "SELECT channel FROM chat WHERE invitation_id = :id AND status = 'active'"
        " UNION ALL SELECT channel FROM outbox WHERE invitation_id = :id AND kind <> 'prompt'"
        "  AND kind = 'invitation' AND status IN ('sent', 'unknown')"
        "  AND EXISTS (SELECT 1 FROM session WHERE session.invitation_id = :id)"
        " LIMIT 1",
        {"id": invitation_id},
    ).fetchone()
    return None if row is None or row["channel"] not in list(Channel) else Channel(row["channel"])


def preferred(db: Database, invitation_id: str) -> Channel | None:
    """The channel by which the contacts say this family likes to be asked, if they do."""
    row = db.conn.execute(
        "SELECT prefers FROM contact JOIN invitation ON invitation.contact_id = contact.id"
        " WHERE invitation.id = ? AND prefers <> ''",
        (invitation_id,),
    ).fetchone()
    return None if row is None else Channel(row["prefers"])


def earliest(db: Database, channel: str) -> datetime | None:
    """When the next of this channel is due, or `None`."""
    row = db.conn.execute(
        "SELECT due_at FROM outbox WHERE status = 'queued' AND kind IN ('invitation', 'reminder')"
        " AND channel = ? ORDER BY due_at LIMIT 1",
        (channel,),
    ).fetchone()
    return None if row is None else from_text(row["due_at"])


def _waiting(row: sqlite3.Row) -> Waiting:
    return Waiting(
        id=row["id"],
        attempts=row["attempts"],
        letter=Letter(
            invitation_id=row["invitation_id"],
            channel=row["channel"],
            lookup=row["lookup"],
            address=row["address"],
            kind=row["kind"],
            slot=row["slot"],
            round_id=row["round_id"],
        ),
        language=row["language"],
        answered=bool(row["answered"]),
        stopped=bool(row["stopped"]),
        opted_out=bool(row["opted_out"]),
    )
