"""A small tribunal table in the published shape, with invented figures, as CSV and as ODS."""

import csv
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

AREA = "E06000003"
YEARS = ("Local Authority", "LA code", "2023", "", "", "20243", "", "", "", "")
BASE = ("Appeals registered4", "Total Appealable Decisions1,9", "SEND Tribunal Appeal Rate2")
NEWER = (
    "In development: Total Appealable Decisions1,8",
    "In development: SEND Tribunal Appeal Rate2",
)
HEADINGS = ("", "", *BASE, *BASE, *NEWER)
REDCAR = (
    "Redcar and Cleveland",
    "807",
    " - ",
    "751",
    "0.00%",
    "41",
    "1,640",
    "2.50%",
    "500",
    "8.20%",
)
DORSET = ("Dorset6", "838", "1", "100", "1.00%", "~", "110", "~", " x ", "x")
POOLE = ("Poole5", "", "3", "538", "0.60%", " .. ", " .. ", "..", "  ", "")
ENGLAND = (
    "England Total4,9",
    "",
    "1,000",
    "50,000",
    "2.00%",
    "1,200",
    "60,000",
    "2.00%",
    "20,000",
    "6.00%",
)
OTHER_TOTAL = (
    "England total excluding suppressed",
    "",
    "",
    "",
    "",
    "1,100",
    "",
    "",
    "20,000",
    "5.50%",
)
NOTES = (
    (),
    ("Sources:", "Appeals - the courts"),
    ("", "Decisions - the department"),
    ("Notes: ",),
    ("1. Decisions are the sum of:\n- assessments refused\n- plans in place",),
    ("5. In 2019 Poole merged.",),
    (".. Not Available",),
)  # fmt: skip
ROWS: tuple[tuple[str, ...], ...] = (
    ("SEND Appeal rate table 1: appeals by council1, 2023-20242,3",),
    (),
    (),
    YEARS,
    HEADINGS,
    ("NORTH EAST",),
    REDCAR,
    ("SOUTH WEST", *[""] * 8, "  "),
    DORSET,
    POOLE,
    ENGLAND,
    OTHER_TOTAL,
    *NOTES,
)


def with_row(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The table with one row changed."""
    return tuple(new if row == old else row for row in ROWS)


def csv_of(rows: Sequence[Sequence[str]] = ROWS) -> bytes:
    out = io.StringIO(newline="")
    width = max(len(row) for row in rows)
    csv.writer(out).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def ods_of(tables: Sequence[str], before: str = "") -> bytes:
    """A spreadsheet of `table:table` elements; `before` stands before the root element."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f"{before}<office:document-content {names}>{''.join(tables)}</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        mimetype = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
    return out.getvalue()


def table_of(name: str, rows: Sequence[str]) -> str:
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def row_of(cells: Sequence[str], repeated: int = 1) -> str:
    body = "".join(map(cell_of, cells))
    return f'<table:table-row table:number-rows-repeated="{repeated}">{body}</table:table-row>'


def cell_of(text: str) -> str:
    """A cell as a spreadsheet stores it: numbers and percentages by value, "-" shown for 0."""
    token = text.strip()
    shown = f"<text:p>{escape(token)}</text:p>"
    plain = token.replace(",", "")
    if plain.isdigit() or token == "-":
        number = "0" if token == "-" else plain
        value = f'office:value-type="float" office:value="{number}"'
        return f"<table:table-cell {value}>{shown}</table:table-cell>"
    if token.endswith("%"):
        value = f'office:value-type="percentage" office:value="{float(token[:-1]) / 100}"'
        return f"<table:table-cell {value}>{shown}</table:table-cell>"
    if not token:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string">{shown}</table:table-cell>'


def twin() -> bytes:
    """The table as a spreadsheet: an index sheet first, no codes, blank rows to the end."""
    rows = [row_of((*row[:1], *row[2:]) if len(row) > 2 else row) for row in ROWS]
    end = row_of(("",) * 3, repeated=1_048_000)
    return ods_of([table_of("Index", [row_of(("Title",))]), table_of("SEND_2", [*rows, end])])
