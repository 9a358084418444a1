"""Reading comments: what waits, in words for staff, and that one was read."""

from datetime import datetime

from bot.errors import CommentRefused
from bot.ports import CommentToRead
from storage import cases, comments, questionnaires, staff
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


def question_words(key: str, form: Questionnaire | None) -> str:
    """The question in its questionnaire's own language; its key where that is not here."""
    if not key:
        return OUTSIDE
    question = form.question(key) if form else None
    if form is None or question is None:
        return key
    return in_language(question.labels, form.default_language, form.default_language)
