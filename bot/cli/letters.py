"""`sendvoice round letters`, `merges`: letters by post, made once and had again."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import track

from bot.cli.asking import ACTOR, Name
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
    from collections.abc import Mapping
    from datetime import datetime

    from bot.merging import Page
    from bot.settings import Settings
    from storage.database import Database


def letters(
    name: Name,
    out: Annotated[Path, typer.Option(help="A new folder for the list and the codes.")],
    again: Annotated[
        int | None, typer.Option(help="The number of a mail merge that `round merges` lists.")
    ] = None,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Write the letters that wait as a list for mail merge, with a code to scan for each.

    They count as made from now on. The list has names and addresses: look after it.
    With --again, an earlier mail merge is made once more, with the same links and codes,
    and nothing else is marked. Who answered, stopped or was erased since is left out.
    """
    from bot import merging, rounds  # noqa: PLC0415 - storage is slow to import
    from bot.errors import FileRefused  # noqa: PLC0415
    from bot.files import write_bytes  # noqa: PLC0415

    loaded = settings_at(settings)
    if out.exists():
        raise FileRefused(f"{out} is there already and is not overwritten.")
    pages = _ready(loaded, name, again)
    if not pages:
        _say_none(loaded, name, again)
        return
    out.mkdir(mode=0o700, parents=True)
    for page in track(pages, "Codes", console=console, transient=True):
        write_bytes(out / page.code_file, merging.code(page.link))

    def send(db: "Database", now: "datetime") -> "tuple[list[Page], Mapping[str, int]]":
        found, left_out = rounds.find(db, name), {}
        if again is None:
            sent = merging.send(db, now, found, pages, ACTOR)
        else:
            sent, standing = merging.send_again(db, now, found, again, pages, ACTOR)
            left_out = dict(standing.left_out)
        # Inside the transaction: no letter counts as sent that is not in the file.
        write_bytes(out / "letters.csv", merging.table(sent).encode())
        return sent, left_out

    with writing(loaded) as writer:
        sent, left_out = writer.one(send)
    for page in set(pages) - set(sent):
        (out / page.code_file).unlink()
    console.print(f"{len(sent):,} letters written to {out}.")
    if left_out:
        console.print(f"Left out: {_in_words(left_out)}.")


def _say_none(loaded: "Settings", name: str, again: int | None) -> None:
    """Nothing is written; what waited and may not go any more is put aside."""
    from bot import merging, rounds  # noqa: PLC0415 - storage is slow to import

    if again is not None:
        console.print("None of these letters may go again. Nothing is written.")
        return
    with writing(loaded) as writer:
        writer.one(lambda db, now: merging.send(db, now, rounds.find(db, name), [], ACTOR))
    console.print("No letters wait. Nothing is written.")


def merges(name: Name, settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """The mail merges made for the round, and how many letters of each may go again."""
    from bot import clock, local_time, merging, rounds  # noqa: PLC0415 - storage is slow to import

    with reading(settings_at(settings)) as db:
        made = merging.made(db, clock.now(), rounds.find(db, name))
    show_table(
        ("Number", "Made", "Letters", "May go again", "Left out"),
        (
            (
                str(each.merge.id),
                local_time.moment_in_words(each.merge.made_at),
                f"{each.merge.letters:,}",
                f"{each.again:,}",
                _in_words(each.left_out),
            )
            for each in made
        ),
    )


def _ready(loaded: "Settings", name: str, again: int | None) -> "list[Page]":
    from bot import clock, merging, rounds  # noqa: PLC0415 - storage is slow to import
    from bot.letter import House  # noqa: PLC0415
    from storage.vault import Vault  # noqa: PLC0415

    vault = Vault.from_folder(loaded.keys)
    house = House(loaded.council_name, loaded.public_url, loaded.contact)
    with reading(loaded) as db:
        found, now = rounds.find(db, name), clock.now()
        if again is None:
            return merging.ready(db, now, vault, found, house)
        return merging.ready_again(db, now, vault, found, house, again)


def _in_words(left_out: "Mapping[str, int]") -> str:
    return "; ".join(f"{count:,} {reason}" for reason, count in left_out.items())
