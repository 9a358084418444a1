"""A form file written again as a Markdown table, for git, or as a workbook, for Excel.

Cells are copied as they stand, columns of other tools too; blank rows and notes outside
the three sheets are not. A Markdown table made here is the same again after Excel.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO

from surveys.errors import FormProblem, FormRefused
from surveys.xlsform_sheets import CHOICES, SETTINGS, SURVEY
from surveys.xlsform_workbook import Workbook, read_workbook

_SHEETS = (SURVEY.name, CHOICES.name, SETTINGS.name)
_Table = list[list[str]]


def to_markdown(data: bytes, kind: str, source: str) -> str:
    """The form in `data` as Markdown tables with aligned columns.

    Raises:
        FormRefused: the file cannot be read, or a cell has a line break, which a
            Markdown table cannot hold.
    """
    tables = tuple(_tables(read_workbook(data, kind, source)))
    broken = tuple(_line_breaks(tables))
    if broken:
        raise FormRefused(source, broken)
    return "".join(_markdown(name, table) for name, table in tables)


def to_xlsx(data: bytes, kind: str, source: str) -> bytes:
    """The form in `data` as an Excel workbook, every cell a text.

    Raises:
        FormRefused: the file cannot be read.
    """
    from openpyxl import Workbook as Book  # type: ignore[import-untyped]  # noqa: PLC0415  untyped, and slow to import

    book = Book()
    book.remove(book.worksheets[0])
    for name, table in _tables(read_workbook(data, kind, source)):
        sheet = book.create_sheet(name)
        for number, row in enumerate(table, start=1):
            for column, text in enumerate(row, start=1):
                cell = sheet.cell(number, column, text or None)
                if text:
                    cell.data_type = "s"  # a text that begins with = is not a formula
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _tables(workbook: Workbook) -> Iterator[tuple[str, _Table]]:
    for name in _SHEETS:
        rows = [row for row in workbook[name] or () if row]
        if rows:
            headings = list(workbook[f"{name}_header"][0])
            yield name, [headings, *([row.get(each, "") for each in headings] for row in rows)]


def _line_breaks(tables: Sequence[tuple[str, _Table]]) -> Iterator[FormProblem]:
    for name, table in tables:
        for number, row in enumerate(table, start=1):
            for heading, text in zip(table[0], row, strict=True):
                if len(text.splitlines()) > 1:
                    yield FormProblem(
                        "line_break",
                        name,
                        number,
                        heading,
                        "The cell has a line break.",
                        "Write it on one line, or split it over two notes.",
                    )


def _markdown(name: str, table: _Table) -> str:
    escaped = [[text.replace("|", "\\|") for text in row] for row in table]
    widths = [max(map(len, column)) for column in zip(*escaped, strict=True)]
    margin = max(map(len, _SHEETS))
    lines = [f"| {name:{margin}} |"]
    for row in escaped:
        cells = (f"{text:{width}}" for text, width in zip(row, widths, strict=True))
        lines.append(f"| {'':{margin}} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
