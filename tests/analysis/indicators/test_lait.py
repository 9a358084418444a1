"""LAIT's long table: the same figures from each format, and every row accounted for."""

import codecs
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.indicators.errors import IndicatorRefused
from analysis.indicators.lait import LaitReader
from analysis.indicators.lait_cells import read_value
from analysis.indicators.reading import File, Found
from analysis.indicators.symbols import UnknownSymbol
from surveys.records import IndicatorValue, Missing
from tests.analysis.indicators.lait_files import (
    ENGLAND,
    HEADER,
    LEAVERS,
    NEIGHBOUR,
    OWN,
    PLAIN,
    REGION,
    REQUESTS,
    STRANGER,
    TIMELY,
    Row,
    as_csv,
    line,
    parquet,
    workbook,
)

Make = Callable[..., File]
EVERY_FORMAT = pytest.mark.parametrize("make", [parquet, as_csv, workbook])
KS2, KS2_NONE = "NEW_KS2_RWM_Sen_Withsta", "NoID_SEN_NEW_KS2_RWM"
A8, A8_NONE = "SEN_Stat_AVG_Attain8_Score", "SEN_NoID_AVG_Attain8_Score"


def read(file: File, area: str = "E06000003", measures: tuple[str, ...] | None = None) -> Found:
    found = LaitReader().read(file, area, measures)
    assert found.rows_read == found.rows_used + sum(found.ignored.values())
    return found


def of(found: Found, series: str) -> dict[tuple[str, str], IndicatorValue]:
    return {(one.area_code, one.period): one for one in found.values if one.series == series}


def refused(*rows: Row, make: Make = parquet) -> list[str]:
    with pytest.raises(IndicatorRefused) as caught:
        read(make(*rows))
    return [str(problem) for problem in caught.value.problems]


@EVERY_FORMAT
def test_each_format_gives_the_same_figures_of_the_council_and_its_comparators(make: Make) -> None:
    file = make(*PLAIN)
    assert "headings of LAIT's long table" in LaitReader().recognises(file)
    found = read(file)
    requests = of(found, "M5.lait_requests")
    assert {key: one.value for key, one in requests.items()} == {
        ("E06000003", "2024"): 237,
        ("E06000003", "2023"): 249,
        ("E08000024", "2024"): 300,
        ("E12000001", "2024"): 6200,
        ("E92000001", "2024"): 154489,
    }
    assert {one.area_level for one in requests.values()} == {
        "Local authority",
        "Regional",
        "National",
    }
    timely = of(found, "M6.lait_issued_20_weeks")["E06000003", "2024"]
    assert (timely.value, timely.unit, timely.period_kind) == (45.7, "percent", "Calendar year")
    assert found.ignored["rows of other figures"] == 1
    assert found.ignored["rows about other areas"] == 1
    assert (found.rows_used, found.publisher) == (7, "Department for Education")


def test_the_number_of_a_row_is_the_one_excel_shows() -> None:
    rows = (*PLAIN, line("q"))
    files = ((parquet(*rows), 11), (as_csv(*rows), 11), (workbook(*rows), 13))
    for file, row in files:
        [problem] = [one for one in read(file).problems if one.column == "Values"]
        assert problem.row == row
        assert '"q" is neither a number nor a symbol' in problem.cause
        assert problem.remedy


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("56.1", 56.1),
        ("70.900000000000006", 70.9),
        ("1.7999999999999998", 1.8),
        ("4.7980000000000002E-2", 0.04798),
        ("0", 0),
        ("-", Missing.UNAVAILABLE),
        ("..", Missing.UNAVAILABLE),
        ("c", Missing.SUPPRESSED),
        ("[c]", Missing.SUPPRESSED),
        ("z", Missing.NOT_APPLICABLE),
        ("low", Missing.ROUNDS_TO_ZERO),
        ("q", UnknownSymbol("q")),
        ("1,234", UnknownSymbol("1,234")),
        ("NaN", UnknownSymbol("NaN")),
    ],
)
def test_a_cell_is_its_number_or_why_there_is_none(
    text: str, value: float | Missing | UnknownSymbol
) -> None:
    assert read_value(text) == value


def test_a_missing_figure_stays_missing_and_is_never_zero() -> None:
    found = read(parquet(line("-"), line("0", years="2023")))
    figures = of(found, "M5.lait_requests")
    assert figures["E06000003", "2024"].missing is Missing.UNAVAILABLE
    assert figures["E06000003", "2024"].value is None
    assert (figures["E06000003", "2023"].value, figures["E06000003", "2023"].missing) == (0, None)


def test_b27_a_year_of_0_is_refused_with_its_row_and_the_others_are_kept() -> None:
    found = read(parquet(line("237"), line("3", years="0")))
    assert len(found.values) == 1
    [problem] = [one for one in found.problems if one.column == "Years"]
    assert (problem.row, '"0" is not a calendar year' in problem.cause) == (3, True)
    assert found.ignored == {"rows with a cell that could not be read (each is listed)": 1}


@pytest.mark.parametrize(
    ("value", "label", "cause"),
    [
        ("100.1", TIMELY, "above 100"),
        ("-1", REQUESTS, "below zero"),
        ("1.5", REQUESTS, "not a whole number"),
        ("", REQUESTS, "empty, or holds a formula without its value"),
    ],
)
def test_a_number_that_cannot_be_is_left_and_listed(value: str, label: str, cause: str) -> None:
    found = read(parquet(line("50"), line(value, label, "2022")))
    [problem] = [one for one in found.problems if one.column == "Values"]
    assert cause in problem.cause
    assert (found.rows_used, len(found.values)) == (1, 1)


def test_b27_provisional_and_revised_figures_are_both_kept_with_their_marks() -> None:
    found = read(parquet(line("80", LEAVERS, "2024 (prov)"), line("81", LEAVERS, "2024 (Rev)")))
    assert [(one.period, one.value) for one in found.values] == [
        ("2024 (prov)", 80),
        ("2024 (Rev)", 81),
    ]
    assert {one.period_kind for one in found.values} == {"Academic year ending"}


def test_a_gap_is_taken_from_two_figures_of_one_area_and_year() -> None:
    rows = (
        line("14", KS2, "2025"),
        line("78", KS2_NONE, "2025"),
        line("9", KS2, "2025", ENGLAND),
        line("-", KS2_NONE, "2025", ENGLAND),
        line("9", KS2, "2024"),
    )
    gaps = of(read(parquet(*rows)), "M9.lait_ks2_gap_ehcp")
    assert (gaps["E06000003", "2025"].value, gaps["E06000003", "2025"].unit) == (64, "gap")
    assert gaps["E92000001", "2025"].missing is Missing.UNAVAILABLE
    assert gaps["E06000003", "2024"].value is None
    assert "not in the file" in gaps["E06000003", "2024"].note


def test_one_label_with_two_definitions_is_two_series() -> None:
    rows = [
        line(value, label, years)
        for years, value, none in (("2017", "12.4", "47.8"), ("2018", "16.9", "47.4"))
        for label, value in ((A8, value), (A8_NONE, none))
    ]
    found = read(parquet(*rows))
    periods = {one.series: one.period for one in found.values}
    assert periods == {
        "M9.lait_attainment_8_gap_ehcp": "2018",
        "M9.lait_attainment_8_gap_ehcp_to_2017": "2017",
    }


def test_b26_areas_not_on_our_list_are_listed_once_and_counted() -> None:
    avon = ("Avon", 901.0, "South West")
    found = read(parquet(line("237"), line("5", place=avon), line("q", years="2023", place=avon)))
    [problem] = [one for one in found.problems if one.column == "LA and Regions"]
    assert (problem.row, "2 rows are about Avon (901)." in problem.cause) == (3, True)
    assert found.ignored == {"rows about areas not on our list": 2}
    assert found.unread_symbols == {"q": 1}


def test_b26_names_differing_in_spelling_are_one_council() -> None:
    spelt = ("Redcar & Cleveland\u00a0", 807.0, "North East")
    assert [one.area_name for one in read(parquet(line("237", place=spelt))).values] == [OWN[0]]


def test_b26_a_reorganised_council_is_read_alone_and_says_so() -> None:
    old = ("Northamptonshire", 928.0, "East Midlands")
    new = ("North Northamptonshire", 940.0, "East Midlands")
    rows = (line("10", years="2020", place=old), line("4", place=new), line("6", place=old))
    found = read(parquet(*rows), "940")
    assert [(one.area_code, one.value) for one in found.values] == [("E06000061", 4)]
    notes = [one.cause for one in found.problems if one.column == "LA and Regions"]
    assert (
        any("formed on 1 April 2021 from Northamptonshire (928)" in one for one in notes) is False
    )
    early = read(parquet(*rows, line("3", years="2019", place=new)), "E06000061")
    assert "was no council in that year" in of(early, "M5.lait_requests")["E06000061", "2019"].note
    notes = [one.cause for one in early.problems if one.column == "LA and Regions"]
    assert any("formed on 1 April 2021 from Northamptonshire (928)" in one for one in notes)


def test_measures_limit_what_is_read_and_an_unknown_one_is_refused() -> None:
    found = read(parquet(*PLAIN), measures=("M6",))
    assert {one.measure for one in found.values} == {"M6"}
    assert "SEN_EHC_All_20wks" in found.why
    with pytest.raises(IndicatorRefused, match="and not for M2"):
        read(parquet(*PLAIN), measures=("M2",))


def test_absent_comparators_are_listed_and_an_absent_council_is_refused() -> None:
    found = read(parquet(line("237"), line("1", place=REGION)))
    causes = [one.cause for one in found.problems if one.column == "LA Number"]
    assert "There is no row about England (970)." in causes
    assert len(causes) == 11
    [told] = refused(line("7", place=STRANGER), line("1", place=NEIGHBOUR))
    assert "No row of these figures is about Redcar and Cleveland (807)" in told


@pytest.mark.parametrize("area", ["E06000099", "807.0", "Redcar", "", "E12000001", "970"])
def test_a_code_that_is_no_council_is_refused(area: str) -> None:
    with pytest.raises(IndicatorRefused, match="Use the council's code"):
        read(parquet(*PLAIN), area)


def test_a_number_under_another_council_s_name_refuses_the_file() -> None:
    [told] = refused(*PLAIN, line("9", place=("Middlesbrough", 807.0, "North East")))
    assert "row 11" in told
    assert 'is the code of Redcar and Cleveland, not of "Middlesbrough"' in told
    [told] = refused(*PLAIN, line("9", place=("Redcar and Cleveland", 999.0, "North East")))
    assert "999" in told


def test_two_rows_of_one_figure_refuse_the_file() -> None:
    [told] = refused(*PLAIN, line("238"))
    assert "row 11, column Short Desc: The row repeats the figure, area and year of row 3." in told


@EVERY_FORMAT
def test_a_heading_that_stands_twice_refuses_the_file(make: Make) -> None:
    header = [*HEADER[:6], "Values"]
    with pytest.raises(IndicatorRefused, match="stands 2 times"):
        read(make(*PLAIN, header=header))


@EVERY_FORMAT
def test_a_file_without_a_column_is_not_lait_s(make: Make) -> None:
    file = make(*PLAIN, header=[*HEADER[:5], "LA", "Region"])
    assert LaitReader().recognises(file) == ""
    with pytest.raises(IndicatorRefused):
        read(file)


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PK\x03\x04", b"\xff\xfe\x00", b'a,"b\nc'])
def test_what_is_no_table_is_not_recognised_and_is_refused_in_words(data: bytes) -> None:
    assert LaitReader().recognises(File("odd", data)) == ""
    with pytest.raises(IndicatorRefused):
        read(File("odd", data))


def test_blank_rows_and_short_rows_of_a_csv_are_counted_or_refused() -> None:
    file = as_csv(*PLAIN)
    blank = File(file.name, file.data + b",,,,,,\r\n\r\n")
    assert read(blank).ignored["blank rows"] == 2
    with pytest.raises(IndicatorRefused, match=r"row 11: The row has 2 cells, and 6 are needed"):
        read(File(file.name, file.data + b"SEN_INIT_REQ,\r\n"))


def test_a_workbook_s_dates_and_numbers_are_read_as_their_text() -> None:
    cases = "SEN_CASES_JAN"
    day = dt.datetime(2025, 1, 16)  # noqa: DTZ001 - a spreadsheet's day has no zone
    rows = [
        (cases, None, day, *OWN[:1], 1492, 807, "North East"),
        (cases, None, 45309, *OWN[:1], 1491, 807, "North East"),
        (cases, None, 2023, *OWN[:1], 1543, 807, "North East"),
    ]
    found = read(workbook(*rows))
    assert [(one.period, one.value) for one in found.values] == [
        ("2025-01-16", 1492),
        ("45309", 1491),
        ("2023", 1543),
    ]
    assert found.encoding == 'the sheet "Data" of an Excel workbook'


@pytest.mark.parametrize(
    ("encoding", "mark", "named"),
    [
        ("cp1252", b"", "cp1252"),
        ("utf-8", b"", "utf-8"),
        ("utf-8", codecs.BOM_UTF8, "utf-8-sig"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16"),
    ],
)
def test_b25_each_encoding_gives_the_same_and_is_named(
    encoding: str, mark: bytes, named: str
) -> None:
    plain = as_csv(*PLAIN, line("5", place=("St Helens – North", 999.0, "North West")))
    file = File(plain.name, mark + plain.data.decode().encode(encoding))
    assert LaitReader().recognises(file)
    found = read(file)
    assert (found.encoding, found.values) == (named, read(plain).values)
    assert any("St Helens – North" in one.cause for one in found.problems)


def test_a_table_longer_than_what_is_looked_at_is_recognised() -> None:
    rows = [line("5", place=("Stoke–on–Trent", 861.0, "West Midlands"))] * 2000
    assert LaitReader().recognises(as_csv(*rows))


@pytest.mark.parametrize("as_held", [str, lambda one: f"{one:.0f}", int, float])
def test_area_numbers_of_parquet_may_be_of_any_type(
    as_held: Callable[[Any], Any],
) -> None:
    columns = dict(zip(HEADER, map(list, zip(*PLAIN, strict=True)), strict=True))
    held = io.BytesIO()
    columns["LA Number"] = [as_held(row[5]) for row in PLAIN]
    pq.write_table(pa.table(columns), held)
    found = read(File("long.parquet", held.getvalue()))
    assert of(found, "M5.lait_requests") == of(read(parquet(*PLAIN)), "M5.lait_requests")


def test_cells_of_parquet_that_hold_nothing_are_listed_or_left() -> None:
    blank = (REQUESTS, None, "2022", OWN[0], None, 807.0, None)
    nowhere = (REQUESTS, None, "2022", None, "1", None, None)
    found = read(parquet(*PLAIN, blank, nowhere))
    told = {one.row: one.cause for one in found.problems if one.row}
    assert "empty" in told[11]
    assert "not the name of an area" in told[12]
    assert found.ignored["rows about areas not on our list"] == 1
