"""B26: every area by its codes and names, and no series continued across a reorganisation."""

import csv

import pytest

from analysis.indicators.areas import (
    COUNCIL,
    REGION,
    AreaUnknown,
    Place,
    match_places,
    read_areas,
    shipped_areas,
)
from tests.analysis.indicators.files import SHARED

HEADER = "number,code,name,level,region,from,to,became,other_names"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Bristol", "801"),
        ("Bristol, City of", "801"),
        ("Hull", "810"),
        ("Kingston upon Hull, City of", "810"),
        ("Kingston Upon Hull, City of", "810"),
        ("Telford & Wrekin", "894"),
        ("Telford and Wrekin\u00a0", "894"),
        ("County Durham", "840"),
        ("Durham", "840"),
        ("St. Helens", "342"),
        ("St Helens", "342"),
        ("Stockton on Tees", "808"),
        ("Bedford Borough", "822"),
        ("Dorset (Pre LG)", "835"),
    ],
)
def test_b26_each_variant_of_a_name_is_one_council(name: str, number: str) -> None:
    assert shipped_areas().named(name, COUNCIL).number == number


def test_both_kinds_of_code_are_one_council_also_where_the_code_changed() -> None:
    areas = shipped_areas()
    assert areas.coded("807") is areas.coded("E06000003")
    somerset = areas.coded("933")
    assert areas.coded("E10000027") is somerset is areas.coded("E06000066")
    assert (somerset.code, areas.break_note(somerset)) == ("E06000066", "")
    assert areas.coded("E92000001").name == "England"


def test_b26_rows_in_are_rows_matched_and_rows_listed() -> None:
    places = [
        Place(2, "928", "Northamptonshire", year=2020),
        Place(3, "940", "North Northamptonshire", year=2022),
        Place(4, "E06000062", "West Northamptonshire", year=2022),
        *(Place(n, name=one) for n, one in enumerate(("Bristol", "Telford & Wrekin\u00a0"), 5)),
        Place(7, name="Avon", level=COUNCIL),
        Place(8, name="Avon", level=REGION),
        Place(9, "807", "Middlesbrough"),
        Place(10, "E06000003", level=REGION),
        Place(11),
    ]
    found = match_places(places, shipped_areas())
    assert [place.row for place, _ in found.matched] == [2, 3, 4, 5, 6]
    assert [area.number for _, area in found.matched] == ["928", "940", "941", "801", "894"]
    assert [place.row for place, _ in found.unmatched] == [7, 8, 9, 10, 11]
    assert "is the code of Redcar and Cleveland, not of" in found.unmatched[2][1]
    assert "not Regional" in found.unmatched[3][1]


def test_b26_a_reorganised_council_is_not_continued_without_a_note() -> None:
    areas = shipped_areas()
    old, north, west = (areas.coded(one) for one in ("928", "940", "941"))
    assert len({old.number, north.number, west.number}) == 3
    assert "North Northamptonshire (940) and West Northamptonshire (941)" in areas.break_note(old)
    assert "ended on 31 March 2021" in areas.break_note(old)
    for new in (north, west):
        assert "formed on 1 April 2021 from Northamptonshire (928)" in areas.break_note(new)
        assert not new.existed(2020)
        assert new.existed(2021)
    assert not old.existed(2022)
    assert areas.break_note(areas.coded("807")) == ""


def test_b26_two_areas_of_one_name_are_kept_apart_by_level_or_refused() -> None:
    lines = ["901,E06000098,Avon,Local authority,,,,,", "991,E12000098,Avon,Regional,,,,,"]
    areas = read_areas("\n".join((HEADER, *lines)))
    assert areas.named("Avon", COUNCIL).number == "901"
    assert areas.named("Avon", REGION).number == "991"
    with pytest.raises(AreaUnknown, match=r"Local authority Avon \(901\); Regional Avon \(991\)"):
        areas.named("Avon")


def test_two_councils_of_one_name_are_told_by_the_year_or_refused() -> None:
    areas = shipped_areas()
    assert areas.named("Dorset", COUNCIL, 2018).number == "835"
    assert areas.named("Dorset", COUNCIL, 2020).number == "838"
    with pytest.raises(AreaUnknown, match="could be any"):
        areas.named("Dorset", COUNCIL)


def test_the_table_is_whole() -> None:
    areas = shipped_areas()
    codes = [code for area in areas.all for code in area.codes]
    assert len(codes) == len(set(codes))
    councils = [area for area in areas.all if area.level == COUNCIL]
    assert len([area for area in councils if area.end is None]) == 153
    assert {areas.coded(area.region).level for area in councils} == {REGION}
    for area in councils:
        assert (area.end is not None) == bool(area.became)
        starts = {areas.coded(number).start for number in area.became}
        assert all(start and area.end and (start - area.end).days == 1 for start in starts)


def test_every_area_of_lait_is_on_the_table() -> None:
    path = SHARED / "lait" / "bds_long_0.parquet"
    if not path.is_file():
        pytest.skip("the published files are not beside the repository")
    import pyarrow.parquet as pq  # noqa: PLC0415 - only where the file is

    columns = ["LA Number", "LA and Regions"]
    rows = pq.read_table(path, columns=columns).group_by(columns).aggregate([]).to_pylist()
    places = [Place(n, f"{one[columns[0]]:.0f}", one[columns[1]]) for n, one in enumerate(rows, 2)]
    found = match_places(places, shipped_areas())
    assert (len(found.matched), found.unmatched) == (170, ())


@pytest.mark.parametrize(
    "path",
    [
        "ees_ehcp_2025/requests.csv",
        "ees_ehcp_2025/timeliness_20_week.csv",
        "ees_ehcp_2022/sen2_mi.csv",
        "nccis/UD_NEETNK_LA_dashboard_2023_final.csv",
        "nccis/UD_NEETNK_LA_dashboard_final.csv",
    ],
)
def test_every_council_of_the_published_files_is_on_the_table(path: str) -> None:
    file = SHARED / path
    if not file.is_file():
        pytest.skip("the published files are not beside the repository")
    with file.open(encoding="utf-8-sig", newline="") as held:
        rows = [one for one in csv.DictReader(held) if one["geographic_level"] == COUNCIL]
    for code in ("new_la_code", "old_la_code"):
        pairs = dict.fromkeys((one[code], one["la_name"]) for one in rows)
        found = match_places((Place(0, *pair, COUNCIL) for pair in pairs), shipped_areas())
        assert found.unmatched == ()
        assert {area.number for _, area in found.matched} == {one["old_la_code"] for one in rows}
