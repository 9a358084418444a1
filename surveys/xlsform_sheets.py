"""The sheets of a form as rows whose headings are understood.

A heading is `column` or `column::Language (code)`. A heading without a language holds
the default language's text. Rows are counted as Excel shows them, the headings being
row 1; a Markdown table has the row numbers it would have in Excel.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from surveys.errors import FormProblem
from surveys.model import Labels

LANGUAGE = re.compile(r"(.*\S)\s*\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\)")
RawRow = Mapping[str | None, str]


@dataclass(frozen=True)
class Layout:
    """What a sheet may hold: `ignored` columns are for other tools or for their authors."""

    name: str
    columns: frozenset[str]
    translated: frozenset[str]
    ignored: frozenset[str]


SURVEY = Layout(
    "survey",
    frozenset(
        {"type", "name", "relevant", "constraint", "calculation", "required", "appearance"}
        | {"construct", "reverse", "index", "anchor", "moment"}
    ),
    frozenset({"label", "hint", "guidance_hint", "constraint_message"}),
    frozenset({"required_message", "rows", "autoplay", "notes", "comments"}),
)
CHOICES = Layout(
    "choices",
    frozenset({"list_name", "name", "score", "state"}),
    frozenset({"label"}),
    frozenset({"notes", "comments"}),
)
SETTINGS = Layout(
    "settings",
    frozenset({"form_title", "form_id", "version", "default_language"}),
    frozenset({"translated_title"}),
    frozenset(
        {"style", "instance_name", "public_key", "submission_url", "auto_send", "auto_delete"}
        | {"allow_choice_duplicates", "namespaces", "name", "notes", "comments"}
    ),
)


@dataclass(frozen=True)
class Place:
    """Where a problem is."""

    sheet: str
    row: int | None = None
    column: str | None = None


@dataclass
class Report:
    """The problems found so far."""

    problems: list[FormProblem] = field(default_factory=list)

    def add(self, code: str, place: Place, cause: str, remedy: str) -> None:
        """Note one problem."""
        self.problems.append(FormProblem(code, place.sheet, place.row, place.column, cause, remedy))


@dataclass(frozen=True)
class Heading:
    """A heading as written, and as understood; `language` is a code, "" where not given."""

    text: str
    column: str
    language: str = ""
    language_name: str = ""


@dataclass(frozen=True)
class Languages:
    """The languages of a form: "English (en)" by code, the default one first."""

    names: Mapping[str, str]

    @property
    def default(self) -> str:
        """The code of the default language."""
        return next(iter(self.names))


@dataclass(frozen=True)
class Row:
    """One row: text by (column, language code); the code is "" for untranslated columns."""

    sheet: str
    number: int
    cells: Mapping[tuple[str, str], str]
    headings: Mapping[tuple[str, str], str]

    def cell(self, column: str, language: str = "") -> str:
        """The text of a cell, "" where it is empty."""
        return self.cells.get((column, language), "")

    def at(self, column: str, language: str = "") -> Place:
        """The place of a cell, its column named by the heading in the file."""
        heading = self.headings.get((column, language))
        return Place(self.sheet, self.number, heading or column)


def near(word: str, known: Iterable[str]) -> str:
    """A sentence that suggests the nearest known spelling, or lists them all."""
    names = sorted(known)
    found = get_close_matches(word.lower(), names, n=1)
    return f"Did you mean {found[0]}?" if found else f"Use one of: {', '.join(names)}."


def read_headings(layout: Layout, texts: Iterable[str], report: Report) -> tuple[Heading, ...]:
    """The headings of the sheet that are in the profile; others are reported or ignored."""
    found = (_heading(layout, text, report) for text in texts)
    return tuple(heading for heading in found if heading is not None)


def _heading(layout: Layout, text: str, report: Report) -> Heading | None:
    base, separator, language = (part.strip() for part in text.partition("::"))
    column = re.sub(r"\s+", "_", base.lower())
    place = Place(layout.name, 1, text)
    if column in layout.ignored:
        return None
    if column not in layout.columns | layout.translated:
        report.add(
            "unknown_column",
            place,
            f"There is no column “{text}” in this profile.",
            near(column, layout.columns | layout.translated),
        )
        return None
    if not separator:
        return Heading(text, column)
    match = LANGUAGE.fullmatch(language)
    if match is None or column not in layout.translated:
        report.add(
            "bad_language",
            place,
            f"The heading “{text}” does not name a language as it must.",
            _language_remedy(layout, column),
        )
        return None
    return Heading(text, column, match[2], language)


def _language_remedy(layout: Layout, column: str) -> str:
    if column in layout.translated:
        return f"Write it like {column}::English (en)."
    if column == "form_title":
        return "Write form_title alone, and other languages like translated_title::Polish (pl)."
    return f"Write {column} alone; it is not translated."


def read_rows(
    layout: Layout,
    headings: Sequence[Heading],
    raw_rows: Iterable[RawRow],
    languages: Languages,
    report: Report,
) -> tuple[Row, ...]:
    """The rows that have anything in them, with their numbers."""
    keyed = _keyed(layout, headings, languages.default, report)
    shown = {key: text for text, key in keyed.items()}
    rows = []
    for number, raw in enumerate(raw_rows, start=2):
        if None in raw:
            report.add(
                "cell_without_heading",
                Place(layout.name, number),
                f"“{raw[None]}” stands under no heading.",
                "Give its column a heading, or clear the cell.",
            )
        cells = {keyed[text]: value for text, value in raw.items() if text and text in keyed}
        if cells:
            rows.append(Row(layout.name, number, cells, shown))
    _check_columns(layout, rows, shown, languages, report)
    return tuple(rows)


def _keyed(
    layout: Layout, headings: Sequence[Heading], default: str, report: Report
) -> dict[str, tuple[str, str]]:
    keyed: dict[str, tuple[str, str]] = {}
    for heading in headings:
        language = heading.language or (default if heading.column in layout.translated else "")
        key = (heading.column, language)
        if key in keyed.values():
            report.add(
                "duplicate_column",
                Place(layout.name, 1, heading.text),
                "Two columns say the same thing.",
                "Keep one of them. A heading without a language holds the default language.",
            )
        keyed[heading.text] = key
    return keyed


def _check_columns(
    layout: Layout,
    rows: Sequence[Row],
    shown: Mapping[tuple[str, str], str],
    languages: Languages,
    report: Report,
) -> None:
    used = {column for row in rows for column, language in row.cells if language}
    if layout is SETTINGS:
        return  # a title without a translation falls back to the default language
    for column in sorted(used):
        for code in languages.names:
            if (column, code) not in shown:
                report.add(
                    "missing_translation",
                    Place(layout.name, 1, f"{column}::{languages.names[code]}"),
                    "The form has this language and this sheet has no such column.",
                    "Add the column and fill it in.",
                )


def texts(row: Row, column: str, languages: Languages, report: Report) -> Labels:
    """The cell's text by language; an empty cell beside a filled one is a problem."""
    found = {code: row.cell(column, code) for code in languages.names if row.cell(column, code)}
    for code in languages.names:
        if found and code not in found and (column, code) in row.headings:
            report.add(
                "missing_translation",
                row.at(column, code),
                "The translation is missing.",
                "Fill in the cell, or clear this text in every language.",
            )
    return found
