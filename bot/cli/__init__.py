"""The command line, `sendvoice`: thin words over the same functions that the pages call."""

import sys

import typer

from bot.cli import (
    asking,
    backups,
    cases,
    chat,
    comments,
    contacts,
    exports,
    forgetting,
    indicators,
    keys,
    letters,
    retention,
    rounds,
    serve,
    setup,
    staff,
    strategy,
    surveys,
)
from bot.cli.context import expected_errors

app = typer.Typer(
    name="sendvoice",
    help="Parental confidence surveys by chat, and the SEND strategy view they feed."
    " Commands have this machine's own authority; where a staff page does the same, a command's"
    " --help says which role opens it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("init")(setup.init)
app.add_typer(surveys.app, name="survey")
app.add_typer(rounds.app, name="round")
for command in (
    asking.preview,
    asking.send,
    asking.remind,
    asking.sent,
    asking.settle,
    letters.letters,
    letters.merges,
    asking.reply,
    asking.said,
):
    rounds.app.command()(command)
app.add_typer(retention.app, name="retention")
app.add_typer(comments.app, name="comments")
app.add_typer(cases.app, name="cases")
app.add_typer(contacts.app, name="contacts")
app.add_typer(keys.app, name="keys")
app.command("backup")(backups.backup)
app.command("restore")(backups.restore)
# A code or an id is random, and one in 64 begins with a dash.
app.command("erase", context_settings={"ignore_unknown_options": True})(forgetting.erase)
app.command("serve")(serve.serve)
app.command("chat")(chat.chat)
app.add_typer(indicators.app, name="indicators")
app.add_typer(exports.app, name="export")
app.add_typer(strategy.app, name="strategy")
app.add_typer(staff.app, name="staff")
app.command("demo")(serve.demo)


def main() -> None:
    """Run a command. Exit codes: 0 done, 1 refused (the reason is on standard error), 2 usage."""
    try:
        app(prog_name="sendvoice")
    except Exception as error:
        if not isinstance(error, expected_errors()):
            raise
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
