"""The tribunal table: councils only, "-" is zero, two rates of one year are two series."""

from collections.abc import Sequence

import pytest

from analysis.indicators import ImportReport, IndicatorRefused, read_indicators
from analysis.indicators.moj_table import without_footnotes
from surveys.records import IndicatorValue, Missing
from tests.analysis.indicators.moj_files import (
    AREA,
    DORSET,
    ENGLAND,
    HEADINGS,
    NOTES,
    OTHER_TOTAL,
    POOLE,
    REDCAR,
    ROWS,
    csv_of,
    ods_of,
    row_of,
    table_of,
    twin,
    with_row,
)


def read(data: bytes, area: str = AREA) -> ImportReport:
    return read_indicators(data, "moor.csv", area)


def figures(report: ImportReport) -> dict[tuple[str, str, str], IndicatorValue]:
    return {(one.series, one.area_name, one.period): one for one in report.values}


def refusal(rows: Sequence[Sequence[str]], area: str = AREA) -> str:
    with pytest.raises(IndicatorRefused) as caught:
        read(csv_of(rows), area)
    return str(caught.value)


def test_count_and_rate_are_read_for_the_council_and_for_england() -> None:
    report = read(csv_of())
    found = figures(report)
    rate = found["M8.rate", "Redcar and Cleveland", "2024"]
    assert (rate.value, rate.numerator, rate.denominator) == (2.5, 41, 1640)
    assert (rate.measure, rate.area_code, rate.unit) == ("M8", AREA, "percent")
    assert found["M8.appeals", "Redcar and Cleveland", "2024"].value == 41
    assert found["M8.appeals", "England", "2024"].value == 1200
    assert {one.area_name for one in report.values} == {"England", "Redcar and Cleveland"}
    assert report.reader == "moj/appeals"
    assert report.publisher == "Ministry of Justice"
    assert "years over columns of appeals" in report.why


def test_both_rates_of_one_year_are_kept_as_two_series() -> None:
    found = figures(read(csv_of()))
    assert found["M8.rate", "England", "2024"].value == 2.0
    newer = found["M8.rate_in_development", "England", "2024"]
    assert (newer.value, newer.denominator) == (6.0, 20000)
    assert ("M8.rate_in_development", "England", "2023") not in found


def test_a_dash_is_zero_and_the_other_symbols_keep_their_reason() -> None:
    found = figures(read(csv_of()))
    assert found["M8.appeals", "Redcar and Cleveland", "2023"].value == 0.0
    assert found["M8.rate", "Redcar and Cleveland", "2023"].value == 0.0
    dorset = figures(read(csv_of(), "838"))
    assert dorset["M8.appeals", "Dorset", "2024"].missing is Missing.SUPPRESSED
    assert dorset["M8.rate_in_development", "Dorset", "2024"].value is None
    poole = figures(read(csv_of(), "E06000029"))
    assert poole["M8.appeals", "Poole", "2024"].missing is Missing.UNAVAILABLE
    assert poole["M8.appeals", "Poole", "2023"].value == 3


def test_decisions_marked_x_are_unavailable() -> None:
    rows = with_row(REDCAR, (*REDCAR[:8], " x ", "x"))
    newer = figures(read(csv_of(rows)))["M8.rate_in_development", "Redcar and Cleveland", "2024"]
    assert newer.missing is Missing.UNAVAILABLE


def test_every_row_is_used_or_counted_with_its_reason() -> None:
    report = read(csv_of())
    assert report.rows_used == 2
    assert report.rows_read == len(ROWS) == 2 + sum(report.ignored.values())
    assert report.ignored == {
        "title and heading rows": 3,
        "blank rows": 3,
        "names of regions, without figures": 2,
        "rows about other areas": 2,
        "other totals, which are never added to councils": 1,
        "sources and notes below the table": len(NOTES) - 1,
    }


def test_the_spreadsheet_twin_gives_the_same_figures_and_counts_its_other_sheets() -> None:
    twins = read(twin())
    assert twins.values == read(csv_of()).values
    assert twins.encoding == "OpenDocument"
    assert twins.ignored["rows of other sheets"] == 1
    assert twins.rows_read == len(ROWS) + 1


def test_a_footnote_on_the_name_of_the_area_is_told() -> None:
    words = [str(one) for one in read(csv_of(), "836").problems]
    assert words[0].startswith("moor.csv, row 10, column Poole: Footnote 5: In 2019 Poole merged.")
    assert "There is no Regional row." in words[1]


@pytest.mark.parametrize(
    ("text", "name", "notes"),
    [
        ("England Total4,9", "England Total", ("4", "9")),
        ("Poole5", "Poole", ("5",)),
        ("Total Appealable Decisions1,9", "Total Appealable Decisions", ("1", "9")),
        ("Bristol, City of", "Bristol, City of", ()),
        ("Area 51", "Area 51", ()),
    ],
)
def test_footnotes_are_digits_glued_to_the_last_letter(
    text: str, name: str, notes: tuple[str, ...]
) -> None:
    assert without_footnotes(text) == (name, notes)


@pytest.mark.parametrize(
    ("cell", "index", "words"),
    [
        ("q", 5, 'row 7, column 2024, Appeals registered: "q" is neither a number nor a symbol'),
        ("41%", 5, 'column 2024, Appeals registered: "41%"'),
        ("1,64", 6, 'column 2024, Total Appealable Decisions: "1,64"'),
        ("0.025", 7, 'column 2024, SEND Tribunal Appeal Rate: "0.025 without %"'),
        ("4.5", 5, "is not a whole number"),
    ],
)
def test_a_cell_that_is_neither_number_nor_symbol_refuses_the_file_by_its_place(
    cell: str, index: int, words: str
) -> None:
    changed = (*REDCAR[:index], cell, *REDCAR[index + 1 :])
    assert words in refusal(with_row(REDCAR, changed))


def test_the_sheet_of_a_refused_cell_is_named() -> None:
    rows = [row_of(("", *row[1:]) if row is ENGLAND else row) for row in ROWS]
    wrong = row_of(("Redcar and Cleveland", "807", "q", *REDCAR[3:]))
    rows[6] = wrong
    with pytest.raises(IndicatorRefused, match=r"moor\.csv, sheet SEND_2, row 7, column 2023"):
        read(ods_of([table_of("SEND_2", rows)]))


def test_a_rate_that_contradicts_its_counts_is_withheld() -> None:
    report = read(csv_of(with_row(REDCAR, (*REDCAR[:7], "3.50%", *REDCAR[8:]))))
    assert figures(report)["M8.rate", "Redcar and Cleveland", "2024"].value is None
    assert figures(report)["M8.appeals", "Redcar and Cleveland", "2024"].value == 41
    assert any("row 7, column 2024, SEND Tribunal Appeal Rate" in str(p) for p in report.problems)


def test_b26_a_code_and_a_name_of_two_councils_refuse_both_of_them() -> None:
    rows = with_row(DORSET, ("Nottingham", "891", *DORSET[2:]))
    for area in ("891", "892"):
        words = refusal(rows, area)
        assert "row 9, column LA code: The row is named Nottingham, but its code 891 is" in words
    assert figures(read(csv_of(rows)))["M8.appeals", "Redcar and Cleveland", "2024"].value == 41


def test_b26_a_council_that_ended_is_not_read_from_the_row_of_the_next() -> None:
    assert "No row is about Dorset (E10000009)" in refusal(ROWS, "835")


def test_a_region_or_an_unknown_code_is_no_council() -> None:
    for area in ("E12000001", "980", "E06009999", ""):
        assert "is not the code of a council" in refusal(ROWS, area)


def test_a_council_that_stands_twice_is_refused() -> None:
    assert "row 9: The row is about Redcar and Cleveland again" in refusal(with_row(DORSET, REDCAR))


def test_a_needed_column_must_stand_once_in_every_year() -> None:
    lacking = tuple("" if text.startswith("Total") else text for text in HEADINGS)
    assert "2023 has the column 0 times" in refusal(with_row(HEADINGS, lacking))
    twice = (*HEADINGS[:8], "Appeals registered4", HEADINGS[9])
    assert "2024 has the column 2 times" in refusal(with_row(HEADINGS, twice))


def test_without_a_total_the_council_is_read_alone_and_it_is_said() -> None:
    report = read(csv_of(with_row(ENGLAND, POOLE[:1])))
    assert {one.area_name for one in report.values} == {"Redcar and Cleveland"}
    assert any("There is no National row." in str(one) for one in report.problems)
    assert OTHER_TOTAL in ROWS


def test_another_measure_is_refused() -> None:
    with pytest.raises(IndicatorRefused, match="holds figures for M8, and not for M5"):
        read_indicators(csv_of(), "moor.csv", AREA, ("M5",))


def test_two_sheets_with_the_table_are_refused() -> None:
    tables = [table_of(name, [row_of(row) for row in ROWS]) for name in ("A", "B")]
    with pytest.raises(IndicatorRefused, match="stands on 2: A, B"):
        read(ods_of(tables))


def test_an_unknown_symbol_in_a_row_we_leave_is_counted_and_changes_nothing() -> None:
    report = read(csv_of(with_row(DORSET, (*DORSET[:2], "q", "q", *DORSET[4:]))))
    assert report.unread_symbols == {"q": 2}
    assert report.values == read(csv_of()).values
    assert read(csv_of()).unread_symbols == {}
