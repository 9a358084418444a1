"""`sendvoice comments`: what waits to be read, and that it was read."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import (
    DEFAULT_SETTINGS,
    SettingsOption,
    console,
    reading,
    settings_at,
    show_table,
    writing,
)

if TYPE_CHECKING:
    from bot.ports import CommentToRead

app = typer.Typer(help="Comments: each is read within one working day.", no_args_is_help=True)

ACTOR = "command line"
SHOWN = 200


@app.command("waiting")
def waiting(
    round_name: Annotated[str, typer.Option("--round", help="Only this round.")] = "",
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """The comments to read, the most urgent first. Never shows who wrote them.

    On the staff pages: SEND officer or safeguarding lead.
    """
    from bot import clock, comments, overhearing, rounds  # noqa: PLC0415 - storage is slow to import

    with reading(settings_at(settings)) as db:
        wanted = rounds.find(db, round_name).name if round_name else ""
        found = [
            each for each in comments.waiting(db) if not wanted or each.comment.round == wanted
        ]
        strangers = overhearing.strangers_helped(db, clock.now())
    if strangers:
        console.print(
            f"Help numbers shown to people without an invitation in 30 days: {strangers}."
        )
    if not found:
        console.print("No comments are waiting.")
        return
    show_table(("Id", "Round", "Read by", "Concern", "Question", "Comment"), map(_row, found))


@app.command("read")
def read(
    comment_id: Annotated[str, typer.Argument(metavar="ID", help="The comment's id.")],
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Say that somebody has read a comment. It is written in the audit log.

    On the staff pages: SEND officer or safeguarding lead.
    """
    from bot import comments  # noqa: PLC0415 - storage is slow to import

    with writing(settings_at(settings)) as writer:
        writer.one(lambda db, now: comments.must_mark_read(db, now, comment_id, ACTOR))
    console.print("Marked as read.")


@app.command("read-today")
def read_today(settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """The comments that were read today, the latest first, and who read them.

    On the staff pages: SEND officer or safeguarding lead.
    """
    from bot import clock, comments  # noqa: PLC0415 - storage is slow to import
    from bot.local_time import time_in_words  # noqa: PLC0415

    with reading(settings_at(settings)) as db:
        found = comments.read_today(db, clock.now())
    if not found:
        console.print("No comments were read today.")
        return
    rows = (
        (
            each.read.comment.id,
            each.read.comment.round,
            time_in_words(each.read.at),
            each.by,
            _beginning(each.read.comment.text),
        )
        for each in found
    )
    show_table(("Id", "Round", "Read at", "By", "Comment"), rows)


@app.command("put-back")
def put_back(
    comment_id: Annotated[str, typer.Argument(metavar="ID", help="The comment's id.")],
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Take back that a comment was read, where this command line said so today.

    On the staff pages: whoever said on the page that they had read it.
    """
    from bot import comments  # noqa: PLC0415 - storage is slow to import

    with writing(settings_at(settings)) as writer:
        writer.one(lambda db, now: comments.must_put_back(db, now, comment_id, ACTOR))
    console.print("It waits to be read again.")


def _row(each: "CommentToRead") -> tuple[str, ...]:
    from bot.local_time import date_in_words  # noqa: PLC0415

    comment = each.comment
    concern = comment.concern.tier.value.replace("_", " ")
    return (
        comment.id,
        comment.round,
        date_in_words(comment.due_on),
        concern,
        each.question,
        _beginning(comment.text),
    )


def _beginning(text: str) -> str:
    """One line of a terminal: no line breaks, no control characters, and no more than fits."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
