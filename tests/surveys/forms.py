"""Small forms for the tests, laid out as the Markdown tables pyxform reads."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook  # type: ignore[import-untyped]  # it ships no types

from surveys.errors import FormProblem, FormRefused
from surveys.model import Questionnaire
from surveys.xlsform import read_form_bytes

Rows = Sequence[Mapping[str, str]]

SURVEY: Rows = (
    {"type": "select_one agree", "name": "c1", "label": "They listen.", "construct": "voice"},
    {"type": "integer", "name": "age", "label": "How old is your child?"},
    {"type": "text", "name": "o1", "label": "Anything else?"},
)
CHOICES: Rows = (
    {"list_name": "agree", "name": "5", "label": "Agree", "score": "5"},
    {"list_name": "agree", "name": "1", "label": "Disagree", "score": "1"},
    {"list_name": "agree", "name": "dk", "label": "Don't know", "state": "dont_know"},
)
SETTINGS: Rows = ({"form_title": "A form", "form_id": "a_form", "version": "1"},)


def with_row(rows: Rows, number: int, **cells: str) -> Rows:
    """The rows with cells changed in the row that Excel would number so."""
    index = number - 2
    return [*rows[:index], {**rows[index], **cells}, *rows[index + 1 :]]


def sheet(name: str, rows: Rows) -> str:
    """One sheet as a Markdown table. A row without cells becomes a row of blanks."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    lines = [f"| {name} |", "| | " + " | ".join(headings) + " |"]
    lines += ["| | " + " | ".join(row.get(each, "") for each in headings) + " |" for row in rows]
    return "\n".join(lines)


def markdown(survey: Rows = SURVEY, choices: Rows = CHOICES, settings: Rows = SETTINGS) -> str:
    """A form; a sheet without rows is left out."""
    sheets = {"survey": survey, "choices": choices, "settings": settings}
    return "\n".join(sheet(name, rows) for name, rows in sheets.items() if rows) + "\n"


def read(
    survey: Rows = SURVEY, choices: Rows = CHOICES, settings: Rows = SETTINGS
) -> Questionnaire:
    """The questionnaire of such a form."""
    return read_form_bytes(markdown(survey, choices, settings).encode(), "md", "form.md")


def problems(
    survey: Rows = SURVEY, choices: Rows = CHOICES, settings: Rows = SETTINGS
) -> tuple[FormProblem, ...]:
    """What is wrong with such a form; nothing if it is accepted."""
    try:
        read(survey, choices, settings)
    except FormRefused as refused:
        return refused.problems
    return ()


def workbook(**sheets: Rows) -> bytes:
    """Sheets as an Excel file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        page.append(headings)
        for row in rows:
            page.append([row.get(heading) for heading in headings])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
