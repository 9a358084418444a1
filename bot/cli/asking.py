"""`sendvoice round ...`: whom a round asks, what went out, and what came of it for families."""

import time
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress

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
    from collections.abc import Sequence

    from bot.round_ports import AudienceSeen, ReminderSeen
    from storage.database import Database
    from storage.you_said import YouSaid

ACTOR = "command line"

Name = Annotated[str, typer.Argument(help="The round's name.")]


def preview(name: Name, settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """Whom the round would ask now, by which channel, and who is left out and why."""
    from bot import clock, inviting, rounds  # noqa: PLC0415 - storage is slow to import

    with reading(settings_at(settings)) as db:
        seen = inviting.audience(db, clock.now(), rounds.find(db, name))
    _show(seen)


def send(
    name: Name,
    over_budget: Annotated[
        str, typer.Option(help="The reason to ask families more often than they should be.")
    ] = "",
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Invite every family that is due an invitation; nobody twice. The running service sends.

    The page of this needs the officer's role, and --over-budget the administrator's.
    """
    from bot import inviting, rounds  # noqa: PLC0415 - storage is slow to import
    from storage.vault import Vault  # noqa: PLC0415

    loaded = settings_at(settings)
    vault = Vault.from_folder(loaded.keys)
    with writing(loaded) as writer, console.status("Inviting"):
        found = writer.one(lambda db, _: rounds.find(db, name))
        count = writer.one(
            lambda db, now: inviting.invite(db, now, vault, found, ACTOR, over_budget=over_budget)
        )
    console.print(f"{count:,} invitations queued. sendvoice serve sends them.")


def remind(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Queue the next planned reminder now, for those who have not answered or stopped.

    Says who would get one and asks first. Refused while messages of the round are on their
    way; whose last message is less than a day old gets none.
    """
    from bot import reminding, rounds  # noqa: PLC0415 - storage is slow to import

    with writing(settings_at(settings)) as writer:
        found = writer.one(lambda db, _: rounds.find(db, name))
        _show_reminder(writer.one(lambda db, now: reminding.look(db, now, found)))
        if not yes:
            typer.confirm("Remind them now?", abort=True)
        count = writer.one(lambda db, now: reminding.remind_now(db, now, found, ACTOR))
    console.print(f"{count:,} reminders queued.")


def _show_reminder(seen: "ReminderSeen") -> None:
    """Who would be reminded.

    Raises:
        RoundRefused: nobody can be.
    """
    from bot.errors import RoundRefused  # noqa: PLC0415
    from bot.local_time import moment_in_words  # noqa: PLC0415

    if seen.why_not:
        raise RoundRefused(seen.why_not)
    show_table(
        ("Reminded by", "Families"),
        ((channel.value, f"{count:,}") for channel, count in sorted(seen.by_channel.items())),
    )
    console.print(
        f"Left out: {seen.unreachable:,} nobody can reach, {seen.held_back:,} who had a message"
        " less than a day ago."
    )
    last = moment_in_words(seen.last_at) if seen.last_at else "never"
    console.print(f"The last reminder went: {last}.")


def sent(
    name: Name,
    watch: Annotated[
        bool, typer.Option("--watch", help="Show how sending goes, until all have left.")
    ] = False,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """What came of the round's invitations and reminders, and those nobody knows about."""
    from bot import rounds  # noqa: PLC0415 - storage is slow to import
    from storage import mailings  # noqa: PLC0415

    with reading(settings_at(settings)) as db:
        found = rounds.find(db, name)
        if watch:
            _watch(db, found.id)
        tally, unknown = mailings.tally(db, found.id), mailings.unknown(db, found.id)
    show_table(
        ("What", "Channel", "Came to", "Receipt", "Why", "How many"),
        (
            (row.kind, row.channel, row.status, row.receipt, row.reason, f"{row.count:,}")
            for row in tally
        ),
    )
    if unknown:
        numbers = ", ".join(str(each.id) for each in unknown)
        console.print(
            f"Unknown whether they arrived: {numbers}."
            " Decide with: sendvoice round settle NUMBER --arrived or --send-again"
        )


def _watch(db: "Database", round_id: str) -> None:
    from storage import mailings  # noqa: PLC0415

    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("Messages", total=None)
        while True:
            left, gone = mailings.progress(db, round_id)
            bar.update(task, total=left + gone, completed=gone)
            if not left:
                return
            time.sleep(0.5)


def settle(
    number: Annotated[int, typer.Argument(help="The number that `round sent` shows.")],
    send_again: Annotated[
        bool, typer.Option("--send-again/--arrived", help="Send it again, or take it as arrived.")
    ],
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Decide about one invitation or reminder of which nobody knows whether it arrived."""
    from bot.errors import RoundRefused  # noqa: PLC0415
    from storage import mailings, staff  # noqa: PLC0415 - storage is slow to import

    with writing(settings_at(settings)) as writer:
        settled = writer.one(lambda db, _: mailings.settle(db, number, send_again=send_again))
        if not settled:
            raise RoundRefused(f"{number} is not one of those that are unknown.")
        decided = "send again" if send_again else "arrived"
        writer.one(lambda db, now: staff.log(db, now, ACTOR, "sending settled", decided))
    console.print(f"{number}: {decided}.")


def reply(
    name: Name,
    mode: Annotated[str, typer.Option(help='How the reply came: "phone" or "paper".')],
    family: Annotated[
        str, typer.Option(help="The family's email, mobile or reference, so that it is known.")
    ] = "",
    code: Annotated[str, typer.Option(help="Or the code or link on its letter.")] = "",
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Make a link to enter a reply that came by phone or on paper.

    With --family or --code it is that family's reply: it gets no reminder, and is counted once.
    """
    from bot import assisting, links, rounds  # noqa: PLC0415 - storage is slow to import
    from bot.round_ports import Reply  # noqa: PLC0415
    from storage.vault import Vault  # noqa: PLC0415

    loaded = settings_at(settings)
    vault = Vault.from_folder(loaded.keys)
    given = Reply(mode, family, code)
    with writing(loaded) as writer:
        token = writer.one(
            lambda db, now: assisting.begin(db, now, vault, rounds.find(db, name), given, ACTOR)
        )
    console.print(f"Enter it here: {links.web(loaded.public_url, token)}", soft_wrap=True)


def said(
    name: Name,
    families_said: Annotated[str, typer.Option("--said", help="What families said.")] = "",
    done: Annotated[str, typer.Option(help="What is done about it.")] = "",
    owner: Annotated[str, typer.Option(help="Who sees to it.")] = "",
    due: Annotated[str, typer.Option(help='By when, such as "30/6/2027" or "2027-06-30".')] = "",
    correct: Annotated[
        int, typer.Option(help="The number of the entry in place of which it is written.")
    ] = 0,
    remove: Annotated[int, typer.Option(help="The number of the entry to take away.")] = 0,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Write "you said, we did" of a closed round. The next waits for it, but no follow-up.

    With none of these options it lists what is written, with its numbers. With --correct,
    what is not given stays. An entry can be changed until the next round opens.
    """
    from bot import local_time, rounds, saying  # noqa: PLC0415 - storage is slow to import
    from storage import you_said  # noqa: PLC0415
    from storage.vault import new_id  # noqa: PLC0415
    from storage.you_said import YouSaid  # noqa: PLC0415

    with writing(settings_at(settings)) as writer:
        found = writer.one(lambda db, _: rounds.find(db, name))
        if remove:
            entry = writer.one(lambda db, _: saying.numbered(db, found, remove))
            writer.one(lambda db, now: saying.remove(db, now, found.id, entry.id, ACTOR))
            console.print(f"Entry {remove} of {found.name} is removed.")
        elif correct or families_said or done or owner or due:
            day = local_time.parse_day(due, "By when") if due or not correct else None
            before = (
                writer.one(lambda db, _: saying.numbered(db, found, correct))
                if correct
                else YouSaid(new_id(), found.id, "", "", "", date.min)
            )
            entry = saying.changed(before, said=families_said, done=done, owner=owner, due_on=day)
            put = saying.correct if correct else saying.write
            writer.one(lambda db, now: put(db, now, entry, ACTOR))
            console.print(f"Written for {found.name}.")
        else:
            _show_said(writer.one(lambda db, _: you_said.of_round(db, found.id)))


def _show_said(entries: "Sequence[YouSaid]") -> None:
    from bot.local_time import date_in_words  # noqa: PLC0415

    show_table(
        ("Number", "Families said", "We do", "Who sees to it", "By when"),
        (
            (str(number), each.said, each.done, each.owner, date_in_words(each.due_on))
            for number, each in enumerate(entries, 1)
        ),
    )


def _show(seen: "AudienceSeen") -> None:
    from surveys.phases import PHASE_NAMES, Phase  # noqa: PLC0415

    console.print(f"{seen.families:,} families in the contacts")
    show_table(
        ("Asked by", "Families"),
        ((channel.value, f"{count:,}") for channel, count in sorted(seen.by_channel.items())),
    )
    show_table(
        ("Phase", "Channel", "Children"),
        (
            (PHASE_NAMES[Phase(phase)] if phase else "Not given", channel.value, f"{count:,}")
            for (phase, channel), count in sorted(seen.by_phase.items())
        ),
    )
    show_table(
        ("Not asked because", "Families"),
        (
            (reason.value.replace("_", " "), f"{count:,}")
            for reason, count in sorted(seen.excluded.items())
        ),
    )
