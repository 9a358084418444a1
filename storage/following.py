"""Families of an earlier round who are known by their chat alone."""

from storage.database import Database
from storage.times import from_text
from surveys.invitations import Channel, Family

_FINISHED = (
    "EXISTS (SELECT 1 FROM link JOIN response ON response.id = link.response_id"
    " WHERE link.round_id = earlier.round_id AND link.invitation_id = {invitation}"
    " AND response.finished_on IS NOT NULL)"
)
# A contact may use the chat, too, and have come to the earlier round by its poster.
_CONTACT = "SELECT contact_id FROM contact_chat WHERE contact_chat.lookup = chat.lookup"

_FAMILIES = f"""
SELECT earlier.id, max(chat.status = 'active') AS active,
    max(earlier.stopped_at IS NOT NULL OR EXISTS (SELECT 1 FROM contact
        WHERE contact.id IN ({_CONTACT}) AND contact.opted_out_at IS NOT NULL)) AS stopped,
    max(EXISTS (SELECT 1 FROM invitation AS made WHERE made.round_id = :round
        AND (made.earlier_id = earlier.id OR made.contact_id IN ({_CONTACT})))) AS invited,
    (SELECT max(made.created_at) FROM invitation AS made WHERE made.earlier_id = earlier.id
        AND made.round_id <> :round) AS followed_at,
    max((SELECT max(at) FROM approach WHERE contact_id IN ({_CONTACT})
        AND round_id NOT IN (:round, :earlier))) AS asked_at
FROM invitation AS earlier
JOIN chat ON chat.invitation_id = earlier.id AND chat.channel = 'telegram'
WHERE earlier.round_id = :earlier AND earlier.contact_id IS NULL
    AND {_FINISHED.format(invitation="earlier.id")}
    AND NOT EXISTS (SELECT 1 FROM invitation AS own WHERE own.round_id = earlier.round_id
        AND own.contact_id IN ({_CONTACT}) AND {_FINISHED.format(invitation="own.id")})
GROUP BY earlier.id ORDER BY earlier.id
"""  # noqa: S608 - our own words


def families(db: Database, earlier_id: str, round_id: str) -> list[Family]:
    """Who finished the earlier round by a chat and is no contact, as deciding needs it.

    The id of each is that of its earlier invitation. A family that also answered the earlier
    round as a contact is asked as that contact.
    """
    rows = db.conn.execute(_FAMILIES, {"earlier": earlier_id, "round": round_id})
    return [
        Family(
            id=row["id"],
            channels=(Channel.TELEGRAM,) if row["active"] else (),
            opted_out=bool(row["stopped"]),
            blocked=not row["active"],
            invited=bool(row["invited"]),
            approached=tuple(
                from_text(at) for at in (row["followed_at"], row["asked_at"]) if at is not None
            ),
        )
        for row in rows
    ]


def contacts_of(db: Database, earlier_id: str) -> dict[str, str]:
    """By invitation to the earlier round that names no contact, the contact that uses its chat."""
    rows = db.conn.execute(
        "SELECT earlier.id, contact_chat.contact_id FROM invitation AS earlier"
        " JOIN chat ON chat.invitation_id = earlier.id"
        " JOIN contact_chat ON contact_chat.lookup = chat.lookup"
        " WHERE earlier.round_id = ? AND earlier.contact_id IS NULL",
        (earlier_id,),
    )
    return {row["id"]: row["contact_id"] for row in rows}
