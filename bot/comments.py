"""Reading comments: what waits, in words for staff, and that one was read."""

from datetime import datetime

from bot.errors import CommentRefused
from bot.local_time import LONDON
from bot.ports import CommentRead, CommentToRead
from bot.staff_ports import account_of_actor
from storage import accounts, cases, comments, questionnaires, staff
from storage.database import Database
from surveys.model import Questionnaire, in_language

OUTSIDE = "Typed outside a question"
"""What stands in place of a question where there was none."""


def waiting(db: Database) -> tuple[CommentToRead, ...]:
    """Every comment to read, the most urgent first, with its question's words."""
    found = comments.waiting(db)
    hashes = {each.questionnaire_hash for each in found}
    forms = {each: questionnaires.by_hash(db, each) for each in hashes}
    open_cases = cases.of_comments(db)
    return tuple(
        CommentToRead(
            each,
            question_words(each.question_key, forms[each.questionnaire_hash]),
            open_cases.get(each.id, ""),
        )
        for each in found
    )


def mark_read(db: Database, now: datetime, comment_id: str, actor: str) -> bool:
    """A person read this wording; `False` where it is not waiting, perhaps changed since."""
    marked = comments.mark_read(db, comment_id)
    if marked:
        staff.log(db, now, actor, "comment read", comment_id)
    return marked


def must_mark_read(db: Database, now: datetime, comment_id: str, actor: str) -> None:
    """The same.

    Raises:
        CommentRefused: no comment with this id waits.
    """
    if not mark_read(db, now, comment_id, actor):
        raise CommentRefused(
            f"No comment {comment_id!r} is waiting: it was read, changed or removed."
            " See what waits with: sendvoice comments waiting"
        )


def read_today(db: Database, now: datetime) -> tuple[CommentRead, ...]:
    """What was read today in England and waits no more, the latest first, with who read it."""
    midnight = now.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    found = comments.read_since(db, midnight)
    hashes = {each.comment.questionnaire_hash for each in found}
    forms = {each: questionnaires.by_hash(db, each) for each in hashes}
    return tuple(
        CommentRead(
            each,
            question_words(each.comment.question_key, forms[each.comment.questionnaire_hash]),
            name_of(db, each.actor),
        )
        for each in found
    )


def put_back(db: Database, now: datetime, comment_id: str, actor: str) -> bool:
    """Whoever read a comment today takes that back: it waits again.

    `False` where it was not read today, was read by somebody else, or is gone.
    """
    read = {each.read.comment.id: each.read.actor for each in read_today(db, now)}
    if read.get(comment_id) != actor or not comments.put_back(db, comment_id):
        return False
    staff.log(db, now, actor, "comment put back", comment_id)
    return True


def must_put_back(db: Database, now: datetime, comment_id: str, actor: str) -> None:
    """The same.

    Raises:
        CommentRefused: this comment was not read by this actor today.
    """
    if not put_back(db, now, comment_id, actor):
        raise CommentRefused(
            f"No comment {comment_id!r} was read here today: it waits already, somebody else"
            " read it, or it is gone. See what was read with: sendvoice comments read-today"
        )


def name_of(db: Database, actor: str) -> str:
    """Whoever acted, by name where it is an account."""
    account = accounts.by_id(db, account_of_actor(actor))
    return actor if account is None else account.name


def question_words(key: str, form: Questionnaire | None) -> str:
    """The question in its questionnaire's own language; its key where that is not here."""
    if not key:
        return OUTSIDE
    question = form.question(key) if form else None
    if form is None or question is None:
        return key
    return in_language(question.labels, form.default_language, form.default_language)
