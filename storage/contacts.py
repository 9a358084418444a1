"""Families' contact details: sealed, found by keyed hashes, joined to no answer."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import Database
from storage.times import from_text, to_text
from storage.vault import Vault, new_id
from surveys.contacts import Contact
from surveys.invitations import Channel, Child, Family

_SEALED = ("reference", "name", "email", "phone", "address")
_FOUND_BY = ("reference", "email", "phone")


@dataclass(frozen=True)
class Stored:
    """A contact with its id and version, and whether it asked not to be contacted again."""

    id: str
    version: str
    contact: Contact
    opted_out: bool

    @property
    def is_scrubbed(self) -> bool:
        """Whether nothing is left of it but keyed hashes."""
        return not (self.contact.email or self.contact.phone or self.contact.address)


@dataclass(frozen=True)
class Sealed:
    """A contact ready to be kept: its columns, and its children in codes."""

    columns: Mapping[str, str | None]
    children: tuple[Child, ...]


def seal(vault: Vault, contact: Contact) -> Sealed:
    """Seal a contact. Slow for many: do it away from the writer."""
    columns: dict[str, str | None] = {
        name: vault.seal(getattr(contact, name)) if getattr(contact, name) else ""
        for name in _SEALED
    }
    for name in _FOUND_BY:
        value = getattr(contact, name)
        columns[f"{name}_lookup"] = vault.lookup(name, value) if value else None
    columns["language"] = contact.language
    columns["prefers"] = contact.prefers.value if contact.prefers else ""
    return Sealed(columns, contact.children)


def add(db: Database, sealed: Sealed, now: datetime) -> str:
    """Keep a new contact; returns its id.

    Raises:
        sqlite3.IntegrityError: one with its reference, e-mail or phone is there already.
    """
    contact_id = new_id()
    columns = {**sealed.columns, "id": contact_id, "added_at": to_text(now), "version": new_id()}
    names = ", ".join(columns)
    marks = ", ".join(f":{name}" for name in columns)
    db.conn.execute(f"INSERT INTO contact ({names}) VALUES ({marks})", columns)  # noqa: S608 - our own column names
    _put_children(db, contact_id, sealed.children)
    return contact_id


def change(db: Database, contact_id: str, version: str, sealed: Sealed) -> bool:
    """The contact is as given from now on; `False` where it is no longer at `version`.

    That a family opted out stays.

    Raises:
        sqlite3.IntegrityError: another contact has its reference, e-mail or phone.
    """
    columns = {**sealed.columns, "version": new_id()}
    sets = ", ".join(f"{name} = :{name}" for name in columns)
    changed = db.conn.execute(
        f"UPDATE contact SET {sets} WHERE id = :id AND version = :was",  # noqa: S608 - our own column names
        {**columns, "id": contact_id, "was": version},
    )
    if changed.rowcount:
        _put_children(db, contact_id, sealed.children)
    return bool(changed.rowcount)


def matches(db: Database, vault: Vault, contact: Contact) -> tuple[str, ...]:
    """The ids of the contacts with this one's reference, e-mail or phone."""
    found: dict[str, None] = {}
    for name in _FOUND_BY:
        value = getattr(contact, name)
        if value:
            row = db.conn.execute(
                f"SELECT id FROM contact WHERE {name}_lookup = ?",  # noqa: S608 - our own column names
                (vault.lookup(name, value),),
            ).fetchone()
            if row is not None:
                found[row["id"]] = None
    return tuple(found)


def by_id(db: Database, vault: Vault, contact_id: str) -> Stored | None:
    """The contact with this id."""
    row = db.conn.execute("SELECT * FROM contact WHERE id = ?", (contact_id,)).fetchone()
    if row is None:
        return None
    return Stored(
        row["id"], row["version"], _opened(db, vault, row), row["opted_out_at"] is not None
    )


def everything(db: Database, vault: Vault) -> Iterator[Stored]:
    """Every contact, in the order they were added."""
    for row in db.conn.execute("SELECT * FROM contact ORDER BY added_at, id").fetchall():
        yield Stored(
            row["id"], row["version"], _opened(db, vault, row), row["opted_out_at"] is not None
        )


def count(db: Database) -> int:
    """How many contacts there are."""
    return int(db.conn.execute("SELECT count(*) AS n FROM contact").fetchone()["n"])


def remove(db: Database, contact_id: str) -> None:
    """Forget a family's contact details; its invitations stay, to nobody known."""
    db.conn.execute("DELETE FROM contact WHERE id = ?", (contact_id,))


def opt_out(db: Database, contact_id: str, now: datetime) -> bool:
    """This family is not to be asked again; whether it was until now. Go by `erasing.opt_out`."""
    changed = db.conn.execute(
        "UPDATE contact SET opted_out_at = ? WHERE id = ? AND opted_out_at IS NULL",
        (to_text(now), contact_id),
    )
    return changed.rowcount == 1


def approached_by(db: Database, invitation_id: str, now: datetime) -> None:
    """This first invitation went out to its family, if it is one of the contacts."""
    db.conn.execute(
        "INSERT OR IGNORE INTO approach SELECT contact_id, round_id, ? FROM invitation"
        " WHERE id = ? AND contact_id IS NOT NULL",
        (to_text(now), invitation_id),
    )


def families(db: Database, round_id: str, pair: tuple[str, ...] = ()) -> list[Family]:
    """Every contact as deciding who is asked to this round needs it.

    `pair` are the ids of the rounds that are one asking with this one; being asked to
    those does not count. An invitation that has yet to leave counts from when it is due.
    """
    children = _children_of_all(db)
    chats = _rows_by_contact(db, "SELECT contact_id, status FROM contact_chat")
    asked = _asked(db, (round_id, *pair))
    invited, dead = _invited(db, round_id), _dead(db)
    return [
        Family(
            id=row["id"],
            children=children.get(row["id"], ()),
            channels=_channels(row, [chat["status"] for chat in chats.get(row["id"], [])], dead),
            opted_out=row["opted_out_at"] is not None,
            blocked=any(chat["status"] == "blocked" for chat in chats.get(row["id"], []))
            or bool(dead & {row["email_lookup"], row["phone_lookup"]}),
            invited=row["id"] in invited,
            answered=invited.get(row["id"], False),
            approached=tuple(each.at for each in asked.get(row["id"], [])),
            paired=tuple(each.at for each in asked.get(row["id"], []) if each.paired),
        )
        for row in db.conn.execute("SELECT * FROM contact ORDER BY added_at, id").fetchall()
    ]


def link_chat(db: Database, contact_id: str, channel: str, lookup: str, address: str) -> None:
    """This chat reaches this family from now on; `address` is sealed."""
    db.conn.execute(
        "INSERT INTO contact_chat VALUES (?, ?, ?, ?, 'active') ON CONFLICT (lookup) DO UPDATE"
        " SET contact_id = excluded.contact_id, address = excluded.address, status = 'active'",
        (lookup, contact_id, channel, address),
    )


def give_up(db: Database, lookup: str, reason: str, now: datetime) -> None:
    """Nothing sent to this address, of whatever channel, arrives: it is not tried again.

    A chat is tried again when its parent writes; another address is another lookup.
    """
    db.conn.execute("UPDATE contact_chat SET status = 'blocked' WHERE lookup = ?", (lookup,))
    db.conn.execute(
        "INSERT OR IGNORE INTO dead_address VALUES (?, ?, ?)", (lookup, reason, to_text(now))
    )


def take_up(db: Database, lookup: str) -> None:
    """Who was given up has written from this chat: it is used again."""
    db.conn.execute(
        "UPDATE contact_chat SET status = 'active' WHERE lookup = ? AND status <> 'active'",
        (lookup,),
    )


def _dead(db: Database) -> frozenset[str]:
    return frozenset(row["lookup"] for row in db.conn.execute("SELECT lookup FROM dead_address"))


def _opened(db: Database, vault: Vault, row: sqlite3.Row) -> Contact:
    def plain(name: str) -> str:
        return vault.unseal(row[name]) if row[name] else ""

    return Contact(
        reference=plain("reference"),
        name=plain("name"),
        email=plain("email"),
        phone=plain("phone"),
        address=plain("address"),
        language=row["language"],
        prefers=Channel(row["prefers"]) if row["prefers"] else None,
        children=_children(db, row["id"]),
    )


def _put_children(db: Database, contact_id: str, children: tuple[Child, ...]) -> None:
    db.conn.execute("DELETE FROM contact_child WHERE contact_id = ?", (contact_id,))
    db.conn.executemany(
        "INSERT INTO contact_child VALUES (?, ?, ?, ?, ?)",
        (
            (contact_id, number, child.phase, child.setting, child.provision)
            for number, child in enumerate(children, start=1)
        ),
    )


def _children(db: Database, contact_id: str) -> tuple[Child, ...]:
    rows = db.conn.execute(
        "SELECT phase, setting, provision FROM contact_child WHERE contact_id = ? ORDER BY number",
        (contact_id,),
    )
    return tuple(Child(*row) for row in rows)


def _children_of_all(db: Database) -> dict[str, tuple[Child, ...]]:
    sql = (
        "SELECT contact_id, phase, setting, provision FROM contact_child"
        " ORDER BY contact_id, number"
    )
    return {
        contact_id: tuple(Child(row["phase"], row["setting"], row["provision"]) for row in rows)
        for contact_id, rows in _rows_by_contact(db, sql).items()
    }


def _rows_by_contact(db: Database, sql: str) -> dict[str, list[sqlite3.Row]]:
    found: dict[str, list[sqlite3.Row]] = {}
    for row in db.conn.execute(sql):
        found.setdefault(row["contact_id"], []).append(row)
    return found


@dataclass(frozen=True)
class _Asked:
    """A first invitation to a round, and whether that round and one before are one asking."""

    at: datetime
    paired: bool


_ASKED = """
SELECT asked.contact_id, asked.round_id, min(asked.at) AS at,
    round_plan.body ->> '$.follows' AS follows FROM (
    SELECT contact_id, round_id, at FROM approach
    UNION ALL SELECT invitation.contact_id, invitation.round_id, outbox.due_at FROM outbox
        JOIN invitation ON invitation.id = outbox.invitation_id
        JOIN round ON round.id = invitation.round_id AND round.status = 'open'
        WHERE outbox.status IN ('queued', 'claimed') AND outbox.kind = 'invitation'
        AND invitation.contact_id IS NOT NULL
) AS asked LEFT JOIN round_plan ON round_plan.round_id = asked.round_id
GROUP BY asked.contact_id, asked.round_id ORDER BY asked.contact_id, min(asked.at)
"""


def _asked(db: Database, but: Sequence[str]) -> dict[str, list[_Asked]]:
    """For each contact its first invitations to rounds, `but` some, the oldest first."""
    return {
        contact_id: _paired(rows, but) for contact_id, rows in _rows_by_contact(db, _ASKED).items()
    }


def _paired(rows: Sequence[sqlite3.Row], but: Sequence[str]) -> list[_Asked]:
    """A pair is two rounds: what follows the second of one, or is another's, counts by itself."""
    first, found = {row["round_id"] for row in rows}, []
    for row in rows:
        paired = row["follows"] in first
        if paired:
            first -= {row["follows"], row["round_id"]}
        if row["round_id"] not in but:
            found.append(_Asked(from_text(row["at"]), paired))
    return found


def _invited(db: Database, round_id: str) -> dict[str, bool]:
    """For each contact invited to the round, whether anything was ever finished."""
    rows = db.conn.execute(
        "SELECT invitation.contact_id AS id, max(response.finished_on IS NOT NULL) AS answered"
        " FROM invitation LEFT JOIN link ON link.round_id = invitation.round_id"
        "  AND link.invitation_id = invitation.id"
        " LEFT JOIN response ON response.id = link.response_id"
        " WHERE invitation.round_id = ? AND invitation.contact_id IS NOT NULL"
        " GROUP BY invitation.contact_id",
        (round_id,),
    )
    return {row["id"]: bool(row["answered"]) for row in rows}


def _channels(row: sqlite3.Row, chats: list[str], dead: frozenset[str]) -> tuple[Channel, ...]:
    """What reaches the family, the preferred first; a chat it uses with us comes before others."""
    reach = (
        (Channel.TELEGRAM, "active" in chats),
        (Channel.EMAIL, bool(row["email"]) and row["email_lookup"] not in dead),
        (Channel.TEXT, bool(row["phone"]) and row["phone_lookup"] not in dead),
        (Channel.LETTER, bool(row["address"])),
    )
    found = [channel for channel, reaches in reach if reaches]
    if row["prefers"] in found:
        preferred = Channel(row["prefers"])
        return (preferred, *(each for each in found if each is not preferred))
    return tuple(found)
