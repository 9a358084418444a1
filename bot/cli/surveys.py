"""`sendvoice survey`: questionnaires."""

from pathlib import Path
from typing import Annotated

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

app = typer.Typer(help="Questionnaires.", no_args_is_help=True)

FormFile = Annotated[Path, typer.Argument(help="An XLSForm: .xlsx or .md")]


@app.command("list")
def list_surveys(settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """Every questionnaire version in the database."""
    from storage import questionnaires  # noqa: PLC0415 - storage is slow to import
    from surveys.model import in_language  # noqa: PLC0415

    with reading(settings_at(settings)) as db:
        forms = questionnaires.everything(db)
    show_table(
        ("Key", "Version", "Title", "Questions", "Languages", "Content"),
        (
            (
                form.key,
                form.version,
                in_language(form.titles, form.default_language, form.default_language),
                str(sum(question.is_answerable for question in form.questions)),
                ", ".join(form.languages),
                form.hash[:12],
            )
            for form in forms
        ),
    )


@app.command("check")
def check(file: FormFile) -> None:
    """Read a questionnaire file and name every problem. Changes nothing."""
    from surveys.xlsform import read_form  # noqa: PLC0415 - brings pyxform

    form = read_form(file)
    asked = sum(question.is_answerable for question in form.questions)
    console.print(f"{file}: no problems. {form.key}, version {form.version}, {asked} questions.")


@app.command("add")
def add(file: FormFile, settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """Check a questionnaire file and keep it as a version for new rounds."""
    from bot import forms  # noqa: PLC0415 - storage is slow to import
    from bot.files import read_bytes  # noqa: PLC0415

    data = read_bytes(file)
    with writing(settings_at(settings)) as writer:
        form, added = writer.one(lambda db, now: forms.add(db, now, data, file.name))
    state = "added" if added else "is there already, unchanged"
    console.print(f"{form.key}, version {form.version} ({form.hash[:12]}) {state}.")


@app.command("export")
def export(
    key: Annotated[str, typer.Argument(help="The questionnaire's key.")],
    file: Annotated[Path, typer.Argument(help="The file to write, ending in .xlsx or .md.")],
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Write the newest version of a questionnaire as a file, to edit and add again."""
    from bot import forms  # noqa: PLC0415 - storage is slow to import
    from bot.files import write_bytes  # noqa: PLC0415

    with reading(settings_at(settings)) as db:
        data = forms.export(db, key, file.suffix)
    write_bytes(file, data)
    console.print(f"{key} written to {file}. Edit it, then: sendvoice survey add {file}")
