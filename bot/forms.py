"""Questionnaire files: added as versions, and written out again to be edited."""

from datetime import datetime
from pathlib import PurePath

from bot.errors import FileRefused, RoundRefused
from storage import questionnaires
from storage.database import Database
from surveys.catalogue import shipped, shipped_source
from surveys.model import Questionnaire
from surveys.xlsform import read_form_bytes
from surveys.xlsform_write import to_markdown, to_xlsx


def add(db: Database, now: datetime, data: bytes, name: str) -> tuple[Questionnaire, bool]:
    """Keep the questionnaire in a file as a version; `False` where it was there already.

    Raises:
        FormRefused: the file breaks the profile; every problem is named.
    """
    kind = PurePath(name).suffix.removeprefix(".").lower()
    form = read_form_bytes(data, kind, name)
    added = questionnaires.add(db, form, now)
    questionnaires.keep_source(db, form.hash, kind, data)
    return form, added


def export(db: Database, key: str, suffix: str) -> bytes:
    """The newest version of a questionnaire as a workbook or a Markdown table.

    Raises:
        RoundRefused: there is none with this key, or no file of it was kept.
        FileRefused: `suffix` is neither ".xlsx" nor ".md".
        FormRefused: a cell has a line break, which a Markdown table cannot hold.
    """
    form = questionnaires.latest(db, key)
    if form is None:
        raise RoundRefused(
            f"There is no questionnaire {key!r}. See them with: sendvoice survey list"
        )
    kind, data = questionnaires.source(db, form.hash) or _shipped(form)
    match suffix.lower():
        case ".xlsx":
            return to_xlsx(data, kind, f"{key}.{kind}")
        case ".md":
            return to_markdown(data, kind, f"{key}.{kind}").encode()
        case _:
            raise FileRefused(f"{suffix!r} is not written here. End the file in .xlsx or .md.")


def _shipped(form: Questionnaire) -> tuple[str, bytes]:
    if any(each.hash == form.hash for each in shipped()):
        return "md", shipped_source(form.key).encode()
    raise RoundRefused(
        f"The file of {form.key!r} was not kept when it was added. Add the file again."
    )
