"""Single-use staff links and the sessions they are exchanged for."""

import secrets
from datetime import datetime, timedelta

from storage import staff
from storage.database import Database

LINK_LIFE = timedelta(minutes=30)
SESSION_LIFE = timedelta(hours=8)


def make_link(db: Database, now: datetime) -> str:
    """The secret of a new link, good once within half an hour."""
    secret = secrets.token_urlsafe(24)
    staff.add_link(db, secret, now + LINK_LIFE)
    staff.log(db, now, "command line", "staff link made", "staff")
    return secret


def exchange(db: Database, now: datetime, link_secret: str) -> str | None:
    """Spend a link; returns the secret of a new session, or `None` if it is not good."""
    if not staff.spend_link(db, link_secret, now):
        return None
    secret = secrets.token_urlsafe(24)
    staff.add_session(db, secret, now + SESSION_LIFE)
    staff.log(db, now, "staff link", "signed in", "staff")
    return secret


def link_address(public_url: str, secret: str, to: str) -> str:
    """The link's address; `to` is "rounds" or "strategy"."""
    return f"{public_url}/staff/enter/{secret}?to={to}"
