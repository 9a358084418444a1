"""What is erased, cut or stopped for good, even after a restore.

Everything here goes by one way: noted in the ledger, then done. A restore does
the same entries again with `repeat`.
"""

from collections.abc import Iterable
from datetime import datetime

from storage import ageing, comments, contacts, conversations, funnel
from storage.ageing import Ageing
from storage.database import Database
from storage.ledger import Entry, What
from storage.times import from_text, to_text

# A parent who was erased and comes back by the same poster has the same invitation
# again: an entry is only about an invitation that was there when it was written.
_THEN = "id = ? AND created_at <= ?"
_WHO = f"SELECT id FROM invitation WHERE {_THEN}"  # noqa: S608 - our own words
_CHATS = f"SELECT lookup FROM chat WHERE invitation_id IN ({_WHO})"  # noqa: S608 - our own words
_CONTACT = f"id IN (SELECT contact_id FROM invitation WHERE {_THEN})"  # noqa: S608 - our own words
_SCRUBBED = "reference = '', name = '', email = '', phone = '', address = '', language = ''"
# Asked again by the round after, and not come yet.
_ASKED_AGAIN = (
    "DELETE FROM invitation"  # noqa: S608 - our own words
    f" WHERE earlier_id IN ({_WHO}) AND id NOT IN (SELECT invitation_id FROM session)"
)
# The same of one invitation, for showing it before.
_UNUSED = (
    "(invitation.earlier_id = :id AND invitation.id NOT IN (SELECT invitation_id FROM session))"
)
_THEIRS = (
    "invitation.earlier_id = :id"
    " OR invitation.id = (SELECT earlier_id FROM invitation WHERE id = :id)"
    " OR invitation.contact_id = (SELECT contact_id FROM invitation WHERE id = :id)"
)
_RESPONSES = f"SELECT response_id FROM link WHERE invitation_id IN ({_WHO})"  # noqa: S608 - our own words


def erase(db: Database, invitation_id: str, now: datetime) -> None:
    """Remove an invitation, its chats, sessions and messages, and every answer given on it.

    What was cut from the invitation when a round closed cannot be found, and stays.
    """
    _enact(db, Entry(_since(db, invitation_id, now), What.ERASED, invitation_id))


def traces(db: Database, invitation_id: str) -> tuple[dict[str, int], int]:
    """How many rows of what erasing would remove, and how many cases would stay."""
    responses = "(SELECT response_id FROM link WHERE invitation_id = :id)"
    links = f"invitation WHERE id = :id OR {_UNUSED}"
    asides = "(SELECT id FROM aside WHERE invitation_id = :id)"
    counted = {
        "answers": f"answer WHERE state <> 'not_asked' AND response_id IN {responses}",
        "comments among them": f"comment WHERE response_id IN {responses}",
        "conversations": "session WHERE invitation_id = :id",
        "chats": "chat WHERE invitation_id = :id",
        "words typed outside a question": "aside WHERE invitation_id = :id",
        "contact details": "contact WHERE id IN (SELECT contact_id FROM invitation WHERE id = :id)",
        "messages, sent or waiting": f"outbox WHERE invitation_id IN (SELECT id FROM {links})",  # noqa: S608 - our own words
        "links of their own": links,
        "cases": f"safeguarding_case WHERE response_id IN {responses} OR response_id IN {asides}",
    }
    rows = {name: _count(db, what, invitation_id) for name, what in counted.items()}
    return rows, rows.pop("cases")


def rounds_reached(db: Database, invitation_id: str) -> list[str]:
    """The names of other rounds in which erasing would remove a link, the oldest first."""
    return _rounds(db, invitation_id, _UNUSED)


def rounds_left(db: Database, invitation_id: str) -> list[str]:
    """The names of other rounds in which this family has a link that would stay."""
    return _rounds(db, invitation_id, f"({_THEIRS}) AND NOT ({_UNUSED})")


def cut(db: Database, round_id: str, now: datetime) -> None:
    """Forget who gave which response of this round, for ever."""
    _enact(db, Entry(now, What.CUT, round_id))


def stop(db: Database, invitation_id: str, now: datetime) -> None:
    """This family wants no more messages."""
    _enact(db, Entry(_since(db, invitation_id, now), What.STOPPED, invitation_id))


def start_again(db: Database, invitation_id: str, now: datetime) -> None:
    """This family came back of its own accord."""
    _enact(db, Entry(_since(db, invitation_id, now), What.STARTED_AGAIN, invitation_id))


def opt_out(db: Database, contact_id: str, now: datetime) -> None:
    """A family told staff that it is not to be asked again."""
    _enact(db, Entry(now, What.OPTED_OUT, contact_id))


def age(
    db: Database, kind: Ageing, round_id: str, closed_at: datetime, now: datetime, most: int
) -> int:
    """A round that closed long ago loses at most so many rows of a kind; returns how many.

    One entry for each round is enough: a restore does all of it again at once.
    """
    entry = Entry(closed_at, kind.what, round_id)
    if entry not in db.ledger.read().entries:
        db.ledger.note(entry)
    funnel.keep(db, round_id)
    return ageing.remove(db, kind, round_id, now, most)


def forget_case(db: Database, case_id: str, now: datetime) -> None:
    """Forget a safeguarding case that was closed long ago."""
    _enact(db, Entry(now, What.CASE_GONE, case_id))


def repeat(db: Database, entries: Iterable[Entry]) -> dict[What, int]:
    """Do entries of the ledger again; returns how many of each changed something.

    Cases go first: in the backup one may be open still, which holds back its words.
    """
    changed = dict.fromkeys(What, 0)
    for entry in sorted(entries, key=lambda entry: entry.what is not What.CASE_GONE):
        changed[entry.what] += _do(db, entry)
    return changed


def _enact(db: Database, entry: Entry) -> None:
    """Note it in the ledger, on the disk, and only then do it in the transaction under way."""
    db.ledger.note(entry)
    _do(db, entry)


def _since(db: Database, invitation_id: str, now: datetime) -> datetime:
    """Now, and not before the invitation was made, even by a clock that was put back."""
    row = db.conn.execute(
        "SELECT created_at FROM invitation WHERE id = ?", (invitation_id,)
    ).fetchone()
    return now if row is None else max(now, from_text(row["created_at"]))


def _rounds(db: Database, invitation_id: str, which: str) -> list[str]:
    rows = db.conn.execute(
        "SELECT DISTINCT round.name, round.created_at FROM invitation"  # noqa: S608 - our own words
        f" JOIN round ON round.id = invitation.round_id WHERE invitation.id <> :id AND {which}"
        " ORDER BY round.created_at, round.name",
        {"id": invitation_id},
    )
    return [str(row["name"]) for row in rows]


def _count(db: Database, what: str, invitation_id: str) -> int:
    row = db.conn.execute(
        f"SELECT count(*) AS rows FROM {what}",  # noqa: S608 - our own words
        {"id": invitation_id},
    ).fetchone()
    return int(row["rows"])


def _do(db: Database, entry: Entry) -> bool:
    """Do it; whether anything changed."""
    match entry.what:
        case What.ERASED:
            return _erase(db, entry)
        case What.CUT:
            return _cut(db, entry)
        case What.STOPPED | What.STARTED_AGAIN:
            stopped = entry.what is What.STOPPED
            return _set_stopped(db, entry, to_text(entry.at) if stopped else None)
        case What.OPTED_OUT:
            return contacts.opt_out(db, entry.subject, entry.at)
        case What.WORDS_GONE | What.ANSWERS_GONE:
            _close(db, entry)
            funnel.keep(db, entry.subject)
            kinds = (kind for kind in ageing.AGEING if kind.what is entry.what)
            return sum(ageing.remove(db, kind, entry.subject, entry.at) for kind in kinds) > 0
        case What.CASE_GONE:
            return comments.forget_case(db, entry.subject)


def _erase(db: Database, entry: Entry) -> bool:
    """Answers go with their response, all the rest with the invitation: the tables say so.

    Only messages that are about no round name the chat alone.
    """
    who = (entry.subject, to_text(entry.at))
    for statement in (
        f"DELETE FROM outbox WHERE invitation_id IS NULL AND lookup IN ({_CHATS})",  # noqa: S608 - our own words
        f"DELETE FROM second_chat WHERE lookup IN ({_CHATS})",  # noqa: S608 - our own words
        _ASKED_AGAIN,
        f"DELETE FROM response WHERE id IN ({_RESPONSES})",  # noqa: S608 - our own words
    ):
        db.conn.execute(statement, who)
    _forget_contact(db, who)
    gone = db.conn.execute(f"DELETE FROM invitation WHERE {_THEN}", who)  # noqa: S608 - our own words
    return gone.rowcount == 1


def _forget_contact(db: Database, who: tuple[str, str]) -> None:
    """Of the council's list only keyed hashes stay, so that the family is not asked again."""
    for table in ("contact_chat", "contact_child"):
        db.conn.execute(
            f"DELETE FROM {table} WHERE contact_{_CONTACT}",  # noqa: S608 - our own words
            who,
        )
    db.conn.execute(
        f"UPDATE contact SET {_SCRUBBED}, opted_out_at = coalesce(opted_out_at, ?)"  # noqa: S608 - our own words
        f" WHERE {_CONTACT}",
        (who[1], *who),
    )


def _cut(db: Database, entry: Entry) -> bool:
    _close(db, entry)
    funnel.keep(db, entry.subject)
    return conversations.cut(db, entry.subject) > 0


def _close(db: Database, entry: Entry) -> None:
    """Such a round had closed, by then: it takes no answers again, or they would count twice."""
    db.conn.execute(
        "UPDATE round SET status = 'closed', closed_at = :at"
        " WHERE id = :round AND (status <> 'closed' OR closed_at > :at)",
        {"at": to_text(entry.at), "round": entry.subject},
    )


def _set_stopped(db: Database, entry: Entry, stopped_at: str | None) -> bool:
    changed = db.conn.execute(
        f"UPDATE invitation SET stopped_at = ? WHERE {_THEN} AND stopped_at IS NOT ?",  # noqa: S608 - our own words
        (stopped_at, entry.subject, to_text(entry.at), stopped_at),
    )
    # A family that stopped is not asked to another round either.
    db.conn.execute(
        f"UPDATE contact SET opted_out_at = ? WHERE {_CONTACT}",  # noqa: S608 - our own words
        (stopped_at, entry.subject, to_text(entry.at)),
    )
    return changed.rowcount == 1
