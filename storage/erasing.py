"""Removing one family's every trace from the database."""

from storage.database import Database


def erase(db: Database, invitation_id: str) -> None:
    """Remove an invitation, its chats, sessions and messages, and every answer given on it.

    Answers go with their response, and links, chats, sessions and messages with their
    invitation: the tables say so themselves. What was cut from the invitation when a
    round closed cannot be found, and stays.
    """
    db.conn.execute(
        "DELETE FROM response WHERE id IN (SELECT response_id FROM link WHERE invitation_id = ?)",
        (invitation_id,),
    )
    db.conn.execute("DELETE FROM invitation WHERE id = ?", (invitation_id,))
