"""`sendvoice init`."""

from typing import Annotated

import typer

from bot.cli.context import DEFAULT_SETTINGS, SettingsOption, console, settings_at


def init(
    settings: SettingsOption = DEFAULT_SETTINGS,
    council_name: Annotated[str, typer.Option(help="The name parents see.")] = "Your council",
    area: Annotated[str, typer.Option(help="Your area's code, such as E06000003.")] = "",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8080,
) -> None:
    """Make settings, a database and keys.

    The settings file has comments, and the database the shipped questionnaires. What is
    there already is left as it is.
    """
    from bot import beginning  # noqa: PLC0415 - storage is slow to import

    made = beginning.write_settings(settings, council_name, area, port)
    beginning.prepare(settings_at(settings))
    console.print(f"Settings: {settings} ({'made' if made else 'left as it was'})")
    console.print(f"Database: {settings_at(settings).database}")
    console.print(f"Keys:     {settings_at(settings).keys}  Keep a safe copy of this folder.")
    console.print("Next:     sendvoice survey list")
