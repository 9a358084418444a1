"""The `settings` sheet: one row that names the form.

pyxform cannot compile a `form_title` with languages, so that column holds the default
language's title and `translated_title::Polish (pl)`, a column of ours, the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from surveys.model import Labels
from surveys.xlsform_cells import NAME
from surveys.xlsform_sheets import Languages, Report, Row


@dataclass(frozen=True)
class Settings:
    """The form's key, version and titles."""

    key: str = ""
    version: str = ""
    titles: Labels = field(default_factory=dict)


def read_settings(rows: Sequence[Row], languages: Languages, report: Report) -> Settings:
    """The settings; what is missing is reported, and an absent row only by its sheet."""
    if not rows:
        return Settings()
    row = rows[0]
    for extra in rows[1:]:
        report.add(
            "extra_settings",
            extra.at("form_id"),
            "There is a second row of settings.",
            "Keep one row under the headings.",
        )
    for column in ("form_title", "form_id", "version"):
        if not row.cell(column):
            report.add(
                "missing_setting",
                row.at(column),
                f"{column} is missing.",
                "Add it to the settings sheet.",
            )
    _check_form_id(row, report)
    titles = _titles(row, languages, report)
    return Settings(row.cell("form_id"), row.cell("version"), titles)


def _titles(row: Row, languages: Languages, report: Report) -> Labels:
    if row.cell("translated_title", languages.default):
        report.add(
            "duplicate_column",
            row.at("translated_title", languages.default),
            "form_title holds the title in the default language.",
            "Remove this column, or name another language in its heading.",
        )
    others = {code: row.cell("translated_title", code) for code in languages.names}
    titles = {**others, languages.default: row.cell("form_title")}
    return {code: title for code, title in titles.items() if title}


def _check_form_id(row: Row, report: Report) -> None:
    written = row.cell("form_id")
    if written and not NAME.fullmatch(written):
        report.add(
            "bad_form_id",
            row.at("form_id"),
            f"“{written}” cannot be a form_id.",
            "Begin with a letter; use the letters A to Z, digits and _ only.",
        )
