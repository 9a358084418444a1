"""`sendvoice round`: rounds from making to closing."""

import csv
from dataclasses import astuple, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from rich.progress import Progress

from bot import links
from bot.cli.context import (
    DEFAULT_SETTINGS,
    SettingsOption,
    console,
    reading,
    settings_at,
    show_table,
    writing,
)
from bot.errors import RoundRefused
from bot.help_numbers import lacking

if TYPE_CHECKING:
    from bot.ports import RoundCounts
    from bot.rounds import Issued
    from bot.settings import Settings
    from storage.database import Database

app = typer.Typer(help="Rounds: one asking of one questionnaire.", no_args_is_help=True)

ACTOR = "command line"
Name = Annotated[str, typer.Argument(help="The round's name.")]


@app.command("create")
def create(
    name: Name,
    survey: Annotated[str, typer.Option(help="The questionnaire's key.")],
    opens: Annotated[str, typer.Option(help='Time in England, such as "2027-03-01 09:00".')],
    closes: Annotated[str, typer.Option(help='Time in England, such as "2027-03-28 17:00".')],
    phase: Annotated[
        list[str] | None, typer.Option(help="Only this phase; may be given again.")
    ] = None,
    moment: Annotated[str, typer.Option(help="before or after, for a survey about a move.")] = "",
    linked: Annotated[
        bool, typer.Option("--linked", help="Keep who answered, to compare rounds.")
    ] = False,
    channel: Annotated[
        list[str] | None,
        typer.Option(help="telegram, email, text or letter, in the order to try them."),
    ] = None,
    setting: Annotated[
        list[str] | None, typer.Option(help="Ask only about children in this kind of setting.")
    ] = None,
    provision: Annotated[
        list[str] | None, typer.Option(help="Ask only about children with this kind of help.")
    ] = None,
    remind_after: Annotated[
        list[int] | None, typer.Option(help="Days after opening; at most two.")
    ] = None,
    quiet: Annotated[
        str, typer.Option(help='When nothing is sent, in England, such as "20:00-08:00".')
    ] = "20:00-08:00",
    threshold: Annotated[int, typer.Option(help="No figure of fewer families is shown.")] = 10,
    population: Annotated[
        list[str] | None,
        typer.Option(help="How many children there are, such as primary/ehcp=420 or primary=900."),
    ] = None,
    follows: Annotated[
        str, typer.Option(help="The linked round whose children are asked again.")
    ] = "",
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Make a draft round. Without --linked it is anonymous: closing it forgets who answered."""
    from bot import local_time, planning, rounds  # noqa: PLC0415 - storage is slow to import

    asked = planning.Asked(
        settings=setting or (),
        provisions=provision or (),
        channels=channel or (),
        reminder_days=remind_after,
        quiet=quiet,
        population=population or (),
        follows=follows,
    )
    plan = rounds.Plan(
        name=name,
        survey=survey,
        opens_at=local_time.parse(opens),
        closes_at=local_time.parse(closes),
        phases=tuple(phase or ()),
        moment=moment,
        linked=linked,
        threshold=threshold,
    )
    with writing(settings_at(settings)) as writer:
        asking = writer.one(lambda db, _: planning.plan_of(db, asked))
        whole = replace(plan, asking=asking)
        made = writer.one(lambda db, now: rounds.create(db, now, whole, ACTOR))
    console.print(
        f"Round {made.name} made: opens {local_time.moment_in_words(made.opens_at)},"
        f" closes {local_time.moment_in_words(made.closes_at)}. Open it with: sendvoice round open"
    )


@app.command("list")
def list_rounds(settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """Every round, newest first. On the staff pages: SEND officer."""
    from bot.local_time import moment_in_words  # noqa: PLC0415
    from storage import rounds  # noqa: PLC0415 - storage is slow to import

    with reading(settings_at(settings)) as db:
        every = rounds.everything(db)
    show_table(
        ("Name", "Survey", "Status", "Opens", "Closes"),
        (
            (
                a_round.name,
                a_round.questionnaire_key,
                a_round.status.value,
                moment_in_words(a_round.opens_at),
                moment_in_words(a_round.closes_at),
            )
            for a_round in every
        ),
    )


@app.command("open")
def open_round(
    name: Name,
    override: Annotated[
        str, typer.Option(help="The reason to open before families hear of the last round.")
    ] = "",
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Open a draft round; it takes answers from its opening time on.

    Invite the families of the contacts with: sendvoice round send. --override is logged;
    on the staff pages it needs the administrator's role.
    """
    from bot import follow_ups, rounds  # noqa: PLC0415 - storage is slow to import
    from storage.rounds import open_code  # noqa: PLC0415

    loaded = settings_at(settings)
    with writing(loaded) as writer:
        if not writer.one(lambda db, _: rounds.find(db, name)).demonstration:
            for warning in lacking(loaded.help_numbers, loaded.contact):
                console.print(f"Warning: {warning}")
        if exempt := writer.one(lambda db, _: follow_ups.exemption(db, rounds.find(db, name))):
            console.print(exempt)
        opened = writer.one(
            lambda db, now: rounds.open_round(db, now, name, ACTOR, override=override)
        )
        code = writer.one(lambda db, _: open_code(db, opened.id))
    console.print(f"Round {opened.name} is open. Anybody may answer at:")
    console.print(f"  {links.open_web(loaded.public_url, code)}")


@app.command("delete")
def delete(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Delete a draft round that nobody was asked to. On the staff pages: SEND officer."""
    from bot import rounds  # noqa: PLC0415 - storage is slow to import

    with writing(settings_at(settings)) as writer:
        found = writer.one(lambda db, _: rounds.find(db, name))
        if not yes:
            typer.confirm(f"Delete the round {found.name}, which is a draft?", abort=True)
        writer.one(lambda db, now: rounds.delete(db, now, name, ACTOR))
    console.print(f"Round {found.name} is deleted.")


@app.command("status")
def status(name: Name, settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """How many have been heard, by phase. These are counts, not results.

    On the staff pages: SEND officer.
    """
    from bot import rounds  # noqa: PLC0415 - storage is slow to import
    from storage import funnel  # noqa: PLC0415

    with reading(settings_at(settings)) as db:
        found = rounds.find(db, name)
        counts, led = rounds.counts(db, found), funnel.of_round(db, found.id)
    _show(counts)
    if counts.round.status.value == "closed":
        show_table(
            ("Asked by", "Invited", "Delivered", "Came in", "Started", "Finished"),
            ((row.channel or "no message", *map(_known, astuple(row)[1:])) for row in led),
        )


@app.command("invite")
def invite(
    name: Name,
    count: Annotated[int, typer.Option(min=1, max=100_000, help="How many invitations.")],
    out: Annotated[Path, typer.Option(help="The CSV file to write; it must not exist yet.")],
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Make personal links, in a file.

    They hold no contact details. The links are shown this once: the database keeps only
    their hashes.
    """
    from bot import rounds  # noqa: PLC0415 - storage is slow to import
    from bot.files import new_file  # noqa: PLC0415
    from storage.vault import Vault  # noqa: PLC0415

    loaded = settings_at(settings)
    vault = Vault.from_folder(loaded.keys)
    with (
        new_file(out) as file,
        writing(loaded) as writer,
        Progress(console=console, transient=True) as bar,
    ):
        task = bar.add_task("Invitations", total=count)

        def issue(db: "Database", now: datetime) -> None:
            a_round = rounds.find(db, name)
            issued = rounds.invite(
                db, now, vault, a_round, count, lambda made: bar.advance(task, made)
            )
            # Inside the transaction: no links are issued that are not in the file.
            _write_links(file, loaded, issued)

        writer.one(issue)
    console.print(f"{count:,} invitations written to {out}.")


@app.command("poster")
def poster(
    name: Name,
    out: Annotated[Path, typer.Option(help="The file to write, ending in .svg or .pdf.")],
    language: Annotated[str, typer.Option(help="The code of a language the round offers.")] = "",
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Make a poster, A4, with codes to scan and the address and code to type."""
    from bot import posters, rounds  # noqa: PLC0415 - storage is slow to import
    from bot.files import write_bytes  # noqa: PLC0415
    from storage import questionnaires  # noqa: PLC0415
    from storage.rounds import open_code  # noqa: PLC0415

    loaded = settings_at(settings)
    with reading(loaded) as db:
        found = rounds.find(db, name)
        questionnaire = questionnaires.by_hash(db, found.questionnaire_hash)
        assert questionnaire is not None  # noqa: S101 - a foreign key holds it
        content = posters.content(
            found,
            questionnaire,
            open_code(db, found.id),
            council_name=loaded.council_name,
            public_url=loaded.public_url,
            bot_name=loaded.telegram_bot_name,
            contact=loaded.contact,
            language=language,
        )
    write_bytes(out, posters.file(content, out.suffix))
    console.print(f"Poster of {found.name} written to {out}.")
    if links.is_on_this_machine(loaded.public_url):
        console.print(
            f"public_url is {loaded.public_url}: only this machine can open it."
            " Set public_url and make the poster again before you print it."
        )


@app.command("close")
def close(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Close a round and make its release.

    Answers stop, and an anonymous round forgets who gave which. Says so and asks first. On the
    staff pages: SEND officer.
    """
    from bot import closing, rounds  # noqa: PLC0415 - storage is slow to import
    from bot.ports import CloseOutcome  # noqa: PLC0415
    from storage import database  # noqa: PLC0415

    loaded = settings_at(settings)
    with writing(loaded) as writer:
        found = writer.one(lambda db, _: rounds.find(db, name))
        if found.status.value == "open":
            _say_what_closing_does(writer.one(lambda db, _: rounds.counts(db, found)))
            if not yes:
                typer.confirm("Close it now, for good?", abort=True)
        outcome = writer.one(lambda db, now: closing.stop_answers(db, now, found.id, ACTOR))
        if outcome is CloseOutcome.NOT_OPEN:
            raise RoundRefused(f"The round {found.name!r} was never opened.")
        material = writer.one(lambda db, now: closing.gather(db, now, found.id))
        if material is None:
            raise RoundRefused(f"The round {found.name!r} is closed and has its release already.")
        with console.status("Making the release"):
            release = closing.build(material)
        writer.one(lambda db, now: closing.keep(db, now, found.id, release))
    database.truncate_log(loaded.database)
    published = sum(table["status"] == "published" for table in release["tables"])
    console.print(
        f"Round {found.name} is closed. Its release has {published} of"
        f" {len(release['tables'])} tables; the others are withheld, each with its reason."
    )


@app.command("release")
def release_again(
    name: Name,
    reason: Annotated[str, typer.Option(help="Why, in a sentence that readers will see.")],
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Make a new release of a closed round: it replaces every table, and the old one is kept.

    Refused where any number of people differs from the old release by 1 to 9.
    """
    from bot import closing, releasing, rounds  # noqa: PLC0415 - storage is slow to import

    with writing(settings_at(settings)) as writer:
        found = writer.one(lambda db, _: rounds.find(db, name))
        material = writer.one(lambda db, now: releasing.gather(db, now, found.id, reason))
        with console.status("Making the release"):
            made = closing.build(material)
        number = writer.one(lambda db, now: releasing.keep(db, now, material, made, ACTOR))
    console.print(f"Round {found.name} has release {number}. The earlier ones are kept.")


def _say_what_closing_does(counts: "RoundCounts") -> None:
    from bot.local_time import moment_in_words  # noqa: PLC0415

    by_itself = moment_in_words(counts.round.closes_at)
    console.print(
        f"{counts.round.name}: {counts.invited:,} invited, {counts.started:,} started,"
        f" {counts.finished:,} finished. It would close by itself on {by_itself}."
    )
    console.print("No more answers are taken, not even from people who are half way.")
    console.print("Its results are worked out once and kept as a release.")
    if not counts.round.linked:
        console.print("The link between families and their answers is cut for ever.")
    console.print("It cannot be opened again.")


def _show(counts: "RoundCounts") -> None:
    console.print(f"{counts.round.name}: {counts.round.status.value}")
    console.print(
        f"invited {counts.invited:,}, started {counts.started:,}, finished {counts.finished:,}"
    )
    show_table(
        ("Phase", "Started", "Finished"),
        ((_phase(row.phase), f"{row.started:,}", f"{row.finished:,}") for row in counts.phases),
    )


def _known(count: int | None) -> str:
    return "not known" if count is None else f"{count:,}"


def _phase(code: str | None) -> str:
    from surveys.phases import PHASE_NAMES, Phase  # noqa: PLC0415

    return PHASE_NAMES[Phase(code)] if code else "Phase not given yet"


def _write_links(file: TextIO, settings: "Settings", issued: "list[Issued]") -> None:
    bot_name = settings.telegram_bot_name
    rows = csv.writer(file)
    rows.writerow(["number", "code", "web_link", "telegram_link"])
    for one in issued:
        chat = links.telegram(bot_name, one.token)
        rows.writerow([one.number, one.token, links.web(settings.public_url, one.token), chat])
    file.flush()
