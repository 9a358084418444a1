"""Small files in the shape of LAIT's long table, written by hand for the tests."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook  # type: ignore[import-untyped]  # it has no types

from analysis.indicators.reading import File

HEADER = ("Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region")
REQUESTS, TIMELY, LEAVERS = "SEN_INIT_REQ", "SEN_EHC_Excpt_20wks", "KS4_SEN_Des_incSpec"
OWN = ("Redcar and Cleveland", 807.0, "North East")
NEIGHBOUR = ("Sunderland", 394.0, "North East")
REGION = ("North East", 980.0, "NA")
ENGLAND = ("England", 970.0, "NA")
STRANGER = ("Kent", 886.0, "South East")

Row = tuple[str | None, str | None, str, str | None, str | None, float | None, str | None]


def line(
    value: str, label: str = REQUESTS, years: str = "2024", place: tuple[str, float, str] = OWN
) -> Row:
    name, number, region = place
    return (label, None, years, name, value, number, region)


PLAIN: tuple[Row, ...] = (
    line("12", "RTA", "2014-16"),
    line("237"),
    line("249", years="2023"),
    line("45.700000000000003", TIMELY),
    line("300", place=NEIGHBOUR),
    line("6200", place=REGION),
    line("154489", place=ENGLAND),
    line("46.4", TIMELY, place=ENGLAND),
    line("7", place=STRANGER),
)


def parquet(*rows: Row, group: int = 4, header: Sequence[str] = HEADER) -> File:
    columns = [list(column) for column in zip(*rows, strict=True)]
    types = [pa.string()] * 5 + [pa.float64(), pa.string()]
    arrays = [pa.array(one, kind) for one, kind in zip(columns, types, strict=True)]
    held = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, list(header)), held, row_group_size=group)
    return File("long.parquet", held.getvalue())


def as_csv(*rows: Row, header: Sequence[str] = HEADER, above: Sequence[str] = ()) -> File:
    held = io.StringIO(newline="")
    held.writelines(f"{one}\r\n" for one in above)
    csv.writer(held).writerows([header, *rows])
    return File("long.csv", held.getvalue().encode())


def workbook(*rows: Sequence[Any], header: Sequence[str] = HEADER, titles: int = 2) -> File:
    """A workbook with a sheet of notes first, numbers as numbers, and rows above the header."""
    book = Workbook()
    book.active.title = "Notes"
    sheet = book.create_sheet("Data")
    for number in range(titles):
        sheet.append([f"Title {number}"])
    for row in (header, *rows):
        sheet.append([_number(cell) for cell in row])
    held = io.BytesIO()
    book.save(held)
    return File("long.xlsx", held.getvalue())


def _number(cell: Any) -> Any:
    try:
        return float(cell)
    except (TypeError, ValueError):
        return cell
