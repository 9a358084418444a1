"""`sendvoice init`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.context import DEFAULT_SETTINGS, SettingsOption, console, settings_at, writing
from bot.settings import TEMPLATE


def init(
    settings: SettingsOption = DEFAULT_SETTINGS,
    council_name: Annotated[str, typer.Option(help="The name parents see.")] = "Your council",
    area: Annotated[str, typer.Option(help="Your area's code, such as E06000003.")] = "",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8080,
) -> None:
    """Make a settings file, a database with the shipped questionnaires, and keys.

    What is there already is left as it is.
    """
    made = write_settings(settings, council_name, area, port)
    prepare(settings)
    console.print(f"Settings: {settings} ({'made' if made else 'left as it was'})")
    console.print(f"Database: {settings_at(settings).database}")
    console.print(f"Keys:     {settings_at(settings).keys}  Keep a safe copy of this folder.")
    console.print("Next:     sendvoice survey list")


def write_settings(path: Path, council_name: str, area: str, port: int) -> bool:
    """Write the commented settings file; `False` where there is one."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    quoted = council_name.replace("\\", "\\\\").replace('"', '\\"')
    path.write_text(TEMPLATE.format(council_name=quoted, area=area, port=port), encoding="utf-8")
    return True


def prepare(path: Path) -> None:
    """Make the database and the keys of these settings, and add the shipped questionnaires."""
    from storage import database, questionnaires  # noqa: PLC0415 - storage is slow to import
    from storage.vault import create_keys  # noqa: PLC0415
    from surveys.catalogue import shipped  # noqa: PLC0415

    loaded = settings_at(path)
    create_keys(loaded.keys)
    database.create(loaded.database)
    forms = shipped()
    with writing(loaded) as writer:
        for form in forms:
            writer.one(lambda db, now, form=form: questionnaires.add(db, form, now))
