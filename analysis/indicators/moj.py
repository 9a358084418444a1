"""The reader of the Ministry of Justice's SEND tribunal table, as CSV and as a spreadsheet."""

import csv
import io
from collections import Counter

from analysis.indicators.definitions import Layout, layouts
from analysis.indicators.encodings import NotText, decode
from analysis.indicators.errors import CellProblem, IndicatorRefused
from analysis.indicators.moj_areas import council_asked_for, footnotes, row_of
from analysis.indicators.moj_figures import Place, figures_of, unread_symbols
from analysis.indicators.moj_table import Is, MojTable, find_table
from analysis.indicators.ods import OdsRefused, looks_like_ods, ods_sheets
from analysis.indicators.reading import File, Found, bindings_asked_for, decoded_text
from analysis.indicators.sheets import Sheet, csv_sheet, trimmed
from analysis.indicators.table import key

OTHER_SHEETS = "rows of other sheets"
_WHY = "it has years over columns of appeals registered and appealable decisions"
_HEAD = 20_000
_ENGLAND = ("E92000001", "England", "National")


class MojReader:
    """Reads the tribunal table; see `Reader`."""

    name = "moj"

    def recognises(self, file: File) -> str:
        """Whether a sheet has a row of years above the table's own headings."""
        try:
            sheets = ods_sheets(file.data) if looks_like_ods(file.data) else (_head(file),)
        except (OdsRefused, NotText, csv.Error):
            return ""
        return _WHY if any(find_table(sheet) for sheet in sheets) else ""

    def read(self, file: File, area: str, measures: tuple[str, ...] | None) -> Found:
        """Read the council's row and England's; the table has no figures for regions."""
        sheets, encoding = _opened(file)
        table = _only_table(sheets, file.name)
        place = f"{file.name}, sheet {table.sheet.name}" if table.sheet.name else file.name
        (layout,) = layouts("moj")
        bindings = bindings_asked_for(layout, measures, file.name)
        _check_columns(table, layout, place)
        council = council_asked_for(area, place)
        own = row_of(table, council, place)
        england = table.rows_of(Is.ENGLAND)
        places = [Place(row, *_ENGLAND) for row in england]
        places.append(Place(own, council.code, council.name, "Local authority"))
        values, minor = figures_of(table, bindings, places, place)
        left = Counter(kind.value for n, kind in enumerate(table.kinds) if n not in (own, *england))
        left[OTHER_SHEETS] = sum(len(one.rows) for one in sheets if one is not table.sheet)
        used = len({own, *england})
        return Found(
            values=values,
            problems=(*footnotes(table, own, place), *_absent(england, place), *minor),
            rows_read=used + left.total(),
            rows_used=used,
            ignored={why: count for why, count in left.items() if count},
            unread_symbols=unread_symbols(table, (own, *england), bindings),
            key=layout.key,
            title=layout.title,
            publisher=layout.publisher,
            why=f"The row of {council.name} is row {own + 1}.",
            encoding=encoding,
        )


def _head(file: File) -> Sheet:
    text = decode(file.data).text[:_HEAD]
    rows = csv.reader(io.StringIO(text, newline=""))
    return Sheet("", tuple(trimmed(row) for row in rows))


def _opened(file: File) -> tuple[tuple[Sheet, ...], str]:
    """Every sheet of the file, and how its bytes were read."""
    if looks_like_ods(file.data):
        return ods_sheets(file.data), "OpenDocument"
    decoded = decoded_text(file)
    try:
        return (csv_sheet(decoded.text),), decoded.encoding
    except csv.Error as error:
        cause = f"The table breaks off: {error}."
        remedy = "Look for a quotation mark left open."
        problem = CellProblem(file.name, None, "", cause, remedy)
        raise IndicatorRefused(file.name, (problem,)) from error


def _only_table(sheets: tuple[Sheet, ...], file: str) -> MojTable:
    tables = [table for table in map(find_table, sheets) if table]
    if len(tables) != 1:
        names = ", ".join(table.sheet.name for table in tables)
        cause = f"The table should stand on one sheet, and stands on {len(tables)}: {names}."
        raise IndicatorRefused(file, (CellProblem(file, None, "", cause, "Keep one of them."),))
    return tables[0]


def _check_columns(table: MojTable, layout: Layout, place: str) -> None:
    """Every year must have the needed columns, once each."""
    problems = []
    for year in dict.fromkeys(column.year for column in table.columns):
        counts = Counter(key(c.heading) for c in table.columns if c.year == year)
        for heading in layout.required_columns:
            if counts[key(heading)] != 1:
                cause = f"{year} has the column {counts[key(heading)]} times, and it is due once."
                problems.append(CellProblem(place, None, heading, cause, "Download it again."))
    if problems:
        raise IndicatorRefused(place, tuple(problems))


def _absent(england: tuple[int, ...], place: str) -> tuple[CellProblem, ...]:
    remedy = "The council's own figures were read."
    levels = ["Regional"] if england else ["Regional", "National"]
    return tuple(
        CellProblem(place, None, "", f"There is no {level} row.", remedy) for level in levels
    )
