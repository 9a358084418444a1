"""LAIT's definition data is whole, and is checked against LAIT's own dictionary."""

import pytest

from analysis.indicators.areas import COUNCIL, shipped_areas
from analysis.indicators.errors import IndicatorRefused
from analysis.indicators.lait import LaitReader
from analysis.indicators.lait_companions import companion_of, read_dictionary
from analysis.indicators.lait_definitions import lait_series, neighbours
from analysis.indicators.periods import parse_period
from analysis.indicators.reading import File
from tests.analysis.indicators.lait_files import PLAIN, parquet, workbook

HEADER = "Measure_code,Measure,Measure_short,Polarity,Year_Type"
REQUESTS = "1,Requests,SEN_INIT_REQ,-,Calendar Year"
REFUSED = "2,Refused,EHCP_Initial_req_refused,-,Calendar Year"


def dictionary(*lines: str) -> File:
    return File("dictionary.csv", "\n".join((HEADER, *lines)).encode())


def test_every_series_says_what_it_is_and_years_mean_one_thing_for_a_label() -> None:
    kinds: dict[str, str] = {}
    for one in lait_series():
        assert one.series.definition.endswith(".")
        assert one.series.version
        assert one.series.id.startswith(f"{one.series.measure}.lait_")
        assert one.series.unit in {"percent", "count", "gap"}
        assert (one.series.unit == "gap") == bool(one.less_from)
        assert one.series.good in {"up", "down", "none"}
        for label in one.labels:
            assert kinds.setdefault(label, one.kind) == one.kind
        for each in one.series.breaks:
            assert parse_period(each.start, one.kind)
            assert one.covers(each.start)


def test_no_year_of_a_label_has_two_figures_of_one_kind() -> None:
    for year in map(str, range(2014, 2030)):
        pairs = [(one.short_desc, one.less_from) for one in lait_series() if one.covers(year)]
        assert len(pairs) == len(set(pairs))


def test_neighbours_are_ten_councils_that_exist() -> None:
    areas = shipped_areas()
    assert neighbours()["807"][:3] == ("394", "393", "805")
    for number, near in neighbours().items():
        councils = [areas.coded(one) for one in (number, *near)]
        assert len({one.number for one in councils}) == 11
        assert all(one.level == COUNCIL and one.end is None for one in councils)


def test_a_definition_that_the_dictionary_contradicts_is_reported() -> None:
    changed = REFUSED.replace("-,Cal", "Low,Cal")
    for entries, told in (
        ((REQUESTS, REFUSED), ()),
        ((REQUESTS, changed), ('says "Low", where our definition has "-"',)),
        ((REQUESTS.replace("Calendar", "Academic"), REFUSED), ('says "Academic Year"',)),
        ((REQUESTS,), ("has no entry for it",)),
    ):
        found = LaitReader(dictionary(*entries)).read(parquet(*PLAIN), "807", ("M5",))
        problems = [one for one in found.problems if "dictionary" in one.cause]
        assert len(problems) == len(told)
        assert all(words in one.cause for words, one in zip(told, problems, strict=True))


def test_an_entry_says_which_way_is_good_and_what_a_year_is() -> None:
    entry = read_dictionary(dictionary(REQUESTS))["SEN_INIT_REQ"]
    assert (entry.polarity, entry.year_type) == ("-", "Calendar Year")


@pytest.mark.parametrize(
    ("file", "what"),
    [
        (dictionary(REQUESTS), "dictionary"),
        (workbook(header=["LA num", "LA Name", "SN1", "SNP", "SN10"]), "neighbours"),
        (workbook(header=["LA Number", "LA Name", "Region", "Type"]), "councils"),
    ],
)
def test_files_beside_the_table_are_known_and_refused(file: File, what: str) -> None:
    assert what in LaitReader().recognises(file)
    with pytest.raises(IndicatorRefused, match=f"{what}.*Import the long table"):
        LaitReader().read(file, "807", None)
    assert companion_of(parquet(*PLAIN)) is None
