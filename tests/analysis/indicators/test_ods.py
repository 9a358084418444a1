"""Spreadsheets are read as they are stored, and none can fill the memory."""

import io
import zipfile

import pytest

from analysis.indicators import ods
from analysis.indicators.ods import OdsRefused, looks_like_ods, ods_sheets
from tests.analysis.indicators.moj_files import cell_of, ods_of, row_of, table_of

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


def test_sheets_keep_their_names_rows_and_blank_rows_between() -> None:
    rows = [row_of(("a", "", "b", "")), row_of(("",), repeated=2), row_of(("c",), repeated=2)]
    (sheet,) = ods_sheets(ods_of([table_of("One", rows)]))
    assert sheet.name == "One"
    assert sheet.rows == (("a", "", "b"), (), (), ("c",), ("c",))


def test_numbers_are_read_as_stored_and_percentages_as_percent() -> None:
    (sheet,) = ods_sheets(ods_of([table_of("One", [row_of(("1,640", "2.50%", "-", "x"))])]))
    assert sheet.rows == (("1640", "2.5%", "0", "x"),)


def test_text_keeps_what_it_is_made_of_and_merged_cells_are_blank() -> None:
    cell = (
        "<table:table-cell><text:p>Total<text:s text:c='2'/><text:span>Decisions"
        "<text:span>1</text:span></text:span>,9</text:p><text:p>below</text:p></table:table-cell>"
    )
    covered = "<table:covered-table-cell><text:p>hidden</text:p></table:covered-table-cell>"
    row = f"<table:table-row>{cell}{covered}{cell_of('7')}</table:table-row>"
    (sheet,) = ods_sheets(ods_of([table_of("One", [row])]))
    assert sheet.rows == (("Total  Decisions1,9\nbelow", "", "7"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused_in_any_encoding(encoding: str) -> None:
    data = ods_of([table_of("One", [row_of(("a",))])], before=BOMB)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        made.writestr("content.xml", given.read("content.xml").decode().encode(encoding))
    with pytest.raises(OdsRefused, match="document type"):
        ods_sheets(out.getvalue())


@pytest.mark.parametrize(
    "row",
    [
        row_of(("a",), repeated=10_000_000),
        '<table:table-row><table:table-cell table:number-columns-repeated="9000000"/>'
        + cell_of("a")
        + "</table:table-row>",
        row_of(("",), repeated=9_000_000) + row_of(("a",)),
    ],
)
def test_a_few_bytes_that_stand_for_millions_of_cells_are_refused(row: str) -> None:
    with pytest.raises(OdsRefused, match="cells"):
        ods_sheets(ods_of([table_of("One", [row])]))


def test_a_table_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ods, "LARGEST_CONTENT", 100)
    with pytest.raises(OdsRefused, match="unpacks"):
        ods_sheets(ods_of([table_of("One", [row_of(("a",))])]))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 cut short",
        ods_of(["<table:table>"]),
        ods_of([table_of("One", ['<table:table-row table:number-rows-repeated="q"/>'])]),
        ods_of(["<a>" * 3000 + "</a>" * 3000, table_of("O", [row_of(("a",))])])[:-40],
    ],
)
def test_a_damaged_spreadsheet_is_refused(data: bytes) -> None:
    with pytest.raises(OdsRefused, match="damaged"):
        ods_sheets(data)


def test_only_a_zip_that_names_itself_a_spreadsheet_looks_like_one() -> None:
    assert looks_like_ods(ods_of([]))
    assert not looks_like_ods(b"PK\x03\x04xl/workbook.xml")
