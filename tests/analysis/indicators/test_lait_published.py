"""LAIT as it is published, and the files beside it: the figures known, and every row told."""

from functools import cache
from pathlib import Path

import pytest

from analysis.indicators.areas import shipped_areas
from analysis.indicators.errors import IndicatorRefused
from analysis.indicators.lait import LaitReader
from analysis.indicators.lait_companions import read_dictionary
from analysis.indicators.lait_definitions import lait_series, neighbours
from analysis.indicators.periods import ordered_periods, parse_period
from analysis.indicators.reading import File, Found
from tests.analysis.indicators.files import SHARED

LAIT = SHARED / "lait"
REDCAR, ENGLAND = "E06000003", "E92000001"

KNOWN = {
    ("M1.lait_plans_at_january", "2025"): (1492, 638745),
    ("M5.lait_requests", "2024"): (237, 154489),
    ("M5.lait_requests", "2023"): (249, 138242),
    ("M5.lait_refused", "2024"): (17.3, 25.2),
    ("M6.lait_issued_20_weeks", "2024"): (45.7, 46.4),
    ("M7.lait_meeting_recorded", "2024"): (85.5, 86.5),
    ("M7.lait_decision_4_weeks", "2024"): (4.6, 44.4),
    ("M8.lait_appeal_rate", "2024"): (2.6, 3.2),
    ("M9.lait_ks2_ehcp", "2025"): (14, 9),
    ("M9.lait_ks2_gap_ehcp", "2025"): (64, 65),
    ("M9.lait_ks2_gap_sen_support", "2025"): (48, 45),
    ("M9.lait_attainment_8_gap_ehcp", "2025"): (34.3, 35.4),
    ("M10.lait_in_education_16_17", "2025"): (84.91, 87.4),
    ("M10.lait_destinations", "2023"): (84.7, 85.2),
}
# What a year of LAIT is of, by the dictionary's word for it and the shape of the label.
YEARS = {
    "Academic Year": ("Academic year ending", "Academic year"),
    "Financial Year": ("Financial year ending", "Financial year"),
    "Calendar Year": ("Calendar year", "Calendar year"),
    "Annual": ("Calendar year", "Calendar year"),
    "Annual (end of Sept)": ("Calendar year", "Calendar year"),
    "Annual - January": ("January census", "January census"),
}


def published(path: Path) -> File:
    if not path.is_file():
        pytest.skip("the published files are not beside the repository")
    return File(path.name, path.read_bytes())


@cache
def long_table() -> Found:
    return LaitReader().read(published(LAIT / "bds_long_0.parquet"), REDCAR, None)


def test_the_published_table_gives_the_known_figures() -> None:
    found = long_table()
    figures = {(one.series, one.period, one.area_code): one.value for one in found.values}
    for (series, period), both in KNOWN.items():
        assert tuple(figures[series, period, area] for area in (REDCAR, ENGLAND)) == both, series


def test_every_row_of_the_published_table_is_accounted_for() -> None:
    found = long_table()
    assert found.rows_read == 641_070
    assert found.ignored == {"rows of other figures": 618_120, "rows about other areas": 21_195}
    assert found.rows_used == 1_755
    assert (found.problems, found.unread_symbols) == ((), {})
    areas = {one.area_code for one in found.values}
    near = {shipped_areas().coded(number).code for number in neighbours()["807"]}
    assert areas == {REDCAR, "E12000001", ENGLAND, *near}


def test_each_series_of_the_published_table_can_be_put_in_order() -> None:
    for series in {one.series for one in long_table().values}:
        labels = {(v.period, v.period_kind) for v in long_table().values if v.series == series}
        periods = ordered_periods(labels)
        assert len(periods) == len(labels)


def test_the_extract_of_csv_gives_the_same_figures() -> None:
    path = SHARED / "derived" / "lait_sen_extract_redcar_sn.csv"
    found = LaitReader().read(published(path), "807", None)
    whole = {(v.series, v.period, v.area_code): v.value for v in long_table().values}
    assert found.rows_read == 6591
    assert found.rows_read == found.rows_used + sum(found.ignored.values())
    assert found.values
    for one in found.values:
        if "not in the file" not in one.note:
            assert whole[one.series, one.period, one.area_code] == one.value


def test_our_definitions_are_what_the_published_dictionary_says() -> None:
    dictionary = published(LAIT / "lait_data_dictionary.csv")
    found = LaitReader(dictionary).read(published(LAIT / "bds_long_0.parquet"), REDCAR, None)
    assert found.problems == ()
    entries = read_dictionary(dictionary)
    for one in lait_series():
        assert entries[one.short_desc].year_type == one.year_type
        wanted = {"High": {"up"}, "Low": {"down"}}.get(entries[one.short_desc].polarity)
        assert one.less_from or wanted is None or one.series.good in wanted


def test_every_year_of_the_published_table_is_read_but_0() -> None:
    pa = pytest.importorskip("pyarrow.parquet")
    path = LAIT / "bds_long_0.parquet"
    entries = read_dictionary(published(LAIT / "lait_data_dictionary.csv"))
    columns = ["Short Desc", "Years"]
    pairs = pa.read_table(path, columns=columns).group_by(columns).aggregate([]).to_pylist()
    unread = []
    for pair in pairs:
        years = pair["Years"]
        single, split = YEARS[entries[pair["Short Desc"]].year_type]
        kind = single if years[4:5] in {"", " "} else split
        if (kind == "Calendar year" and years[4:5] == "-") or "/" in years[5:]:
            kind = "Window of years"
        try:
            parse_period(years, kind)
        except ValueError:
            unread.append((pair["Short Desc"], years))
    assert len({pair["Years"] for pair in pairs}) > 60
    assert unread == [("CINPermExclusion", "0")]


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("lait_data_dictionary.csv", "LAIT's dictionary"),
        ("sn_may_2025.xlsx", "statistical neighbours"),
        ("la_code_list.xlsx", "list of councils"),
    ],
)
def test_the_files_beside_the_table_are_refused_for_what_they_are(name: str, cause: str) -> None:
    file = published(LAIT / name)
    assert cause in LaitReader().recognises(file)
    with pytest.raises(IndicatorRefused, match=cause):
        LaitReader().read(file, REDCAR, None)


def test_no_other_published_file_is_taken_for_lait_s() -> None:
    folder = SHARED
    if not folder.is_dir():
        pytest.skip("the published files are not beside the repository")
    known = {path.name for path in LAIT.iterdir()} | {"lait_sen_extract_redcar_sn.csv"}
    files = [path for path in sorted(folder.rglob("*.*")) if path.is_file()]
    for path in files:
        assert bool(LaitReader().recognises(published(path))) == (path.name in known), path.name
