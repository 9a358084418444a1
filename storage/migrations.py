"""The tables, as steps that are each applied once.

Who and what live apart: `invitation`, `chat` and `outbox` know people, `response`
and `answer` do not, and only `link` joins them while a round is open. Tables of
answers have random keys and no rowid, so the order of arrival is nowhere.
"""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from storage import schema

migrations = Migrations("sendvoice")


@migrations()
def first_tables(db: Database) -> None:
    """Questionnaires, rounds, people, answers, indicators and staff."""
    for script in (schema.SURVEYS, schema.WHAT, schema.WHO, schema.INDICATORS, schema.STAFF):
        _run(db, script)


@migrations()
def stopped_invitations(db: Database) -> None:
    """Who asked for no more messages."""
    db.conn.execute("ALTER TABLE invitation ADD COLUMN stopped_at TEXT")


@migrations()
def several_children(db: Database) -> None:
    """Which of a family's children its conversation is about."""
    db.conn.execute("ALTER TABLE invitation ADD COLUMN child_number INTEGER NOT NULL DEFAULT 1")


@migrations()
def second_chats(db: Database) -> None:
    """Chats that were asked whether they mean to take a code over from another chat."""
    db.conn.execute(
        "CREATE TABLE second_chat (invitation_id TEXT NOT NULL REFERENCES invitation (id)"
        " ON DELETE CASCADE, lookup TEXT NOT NULL, asked_at TEXT NOT NULL,"
        " PRIMARY KEY (invitation_id, lookup)) STRICT, WITHOUT ROWID"
    )


@migrations()
def comments_are_read(db: Database) -> None:
    """The queue of comments to read, and safeguarding cases."""
    _run(db, schema.COMMENTS)
    _run(db, schema.COMMENTS_SO_FAR)


@migrations()
def notices_are_read(db: Database) -> None:
    """Which edition of the privacy notice a family acknowledged, and was last told of."""
    db.conn.execute(
        "CREATE TABLE notice_read (invitation_id TEXT PRIMARY KEY REFERENCES invitation (id)"
        " ON DELETE CASCADE, told TEXT NOT NULL, acknowledged TEXT NOT NULL)"
        " STRICT, WITHOUT ROWID"
    )


@migrations()
def asides_are_read(db: Database) -> None:
    """Words outside a question that somebody must read, and how many strangers got help."""
    _run(db, schema.ASIDES)


@migrations()
def staff_accounts(db: Database) -> None:
    """Staff by account, with a password, an authenticator and roles."""
    _run(db, schema.ACCOUNTS)


@migrations()
def contacts_and_sending(db: Database) -> None:
    """Families' contact details, rounds' plans, and what is sent once to whom."""
    _run(db, schema.CONTACTS)
    _run(db, schema.SENDING)


@migrations()
def questionnaire_sources(db: Database) -> None:
    """The file that each questionnaire version was added from, to be edited again."""
    db.conn.execute(
        "CREATE TABLE questionnaire_source (hash TEXT PRIMARY KEY REFERENCES questionnaire (hash),"
        " kind TEXT NOT NULL, data BLOB NOT NULL) STRICT, WITHOUT ROWID"
    )


@migrations()
def staff_alerts(db: Database) -> None:
    """Alerts for the staff's own chat, and where it is now."""
    _run(db, schema.ALERTS)


@migrations()
def mail_merges(db: Database) -> None:
    """Which letters went out in one mail merge, and as which of its numbers."""
    _run(db, schema.MERGES)


@migrations()
def assisted_replies(db: Database) -> None:
    """An officer's own link to a family's invitation, to enter a reply by phone or on paper."""
    db.conn.execute(
        "CREATE TABLE assist (invitation_id TEXT PRIMARY KEY REFERENCES invitation (id)"
        " ON DELETE CASCADE, token_hash TEXT NOT NULL UNIQUE, mode TEXT NOT NULL)"
        " STRICT, WITHOUT ROWID"
    )


@migrations()
def closed_cases(db: Database) -> None:
    """When a safeguarding case was closed; one closed before this is kept."""
    db.conn.execute("ALTER TABLE safeguarding_case ADD COLUMN closed_at TEXT")


@migrations()
def kept_funnels(db: Database) -> None:
    """How far each channel led in a round, without anybody."""
    db.conn.execute(
        "CREATE TABLE round_funnel (round_id TEXT NOT NULL REFERENCES round (id),"
        " channel TEXT NOT NULL, invited INTEGER NOT NULL, delivered INTEGER, opened INTEGER,"
        " started INTEGER NOT NULL, finished INTEGER NOT NULL, PRIMARY KEY (round_id, channel))"
        " STRICT, WITHOUT ROWID"
    )


@migrations()
def worked_cases(db: Database) -> None:
    """Which round a safeguarding case is of, who took it on, who closed it, and their note."""
    _run(db, schema.CASES)


def every_step() -> list[str]:
    """The names of all steps of this version, in their order."""
    return [step.name for step in migrations.pending(Database(memory=True))]


def _run(db: Database, script: str) -> None:
    for statement in script.split(";"):
        if statement.strip():
            db.conn.execute(statement)
