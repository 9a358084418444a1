"""Young people in nothing, or of whom nothing is known: shares as published, c and z apart."""

import pytest

from analysis.indicators import ImportReport, IndicatorRefused, read_indicators
from surveys.records import Missing

AREA = "E06000099"
HEADER = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
    "region_name,old_la_code,new_la_code,la_name,Age,Cohort_DJFavg,NEET_percent,Notknown_percent,"
    "NEET_NK_noSEN_percent,NEET_NK_EHCP_percent,NEET_NK_SENDsupport_percent,NEET_NK_quintile"
)
ENGLAND = "2025,Calendar year,National,E92000001,England,,,,,,{age},1335160,{figures},z"
COUNCIL = (
    "2025,Calendar year,Local authority,E92000001,England,E12000098,North Moor,899,"
    f"{AREA},Moorside,{{age}},3269,{{figures}},3"
)


def read(figures: str, age: str = "16-17", measure: str = "M10") -> ImportReport:
    england = ENGLAND.format(age="16-17", figures="3.4,2.2,4.9,10.1,9.6")
    text = "\n".join((HEADER, england, COUNCIL.format(age=age, figures=figures))) + "\n"
    return read_indicators(text.encode(), "neet.csv", AREA, (measure,))


def own(report: ImportReport) -> dict[str, float | Missing | None]:
    return {
        one.series.removeprefix("M10."): one.missing or one.value
        for one in report.values
        if one.area_code == AREA
    }


def test_shares_are_taken_as_published_without_a_base() -> None:
    report = read("5.4,0.7,4.1,11.8,9.7")
    assert own(report) == {
        "neet_not_known_ehcp": 11.8,
        "neet_not_known_sen_support": 9.7,
        "neet_not_known_no_sen": 4.1,
        "not_known_all": 0.7,
    }
    assert {(one.numerator, one.denominator) for one in report.values} == {(None, None)}
    assert {(one.period, one.unit, one.measure) for one in report.values} == {
        ("2025", "percent", "M10")
    }
    assert report.reader == "ees/neet"


def test_b23_hidden_and_inapplicable_are_kept_apart_and_zero_is_a_number() -> None:
    found = own(read("5.4,0.0,4.1,c,z"))
    assert found["neet_not_known_ehcp"] is Missing.SUPPRESSED
    assert found["neet_not_known_sen_support"] is Missing.NOT_APPLICABLE
    assert found["not_known_all"] == 0.0


@pytest.mark.parametrize("symbol", ["x", "k", "..", "-", "~", "low"])
def test_a_symbol_of_another_layout_is_not_guessed_here(symbol: str) -> None:
    with pytest.raises(IndicatorRefused, match=r"row 3, column NEET_NK_EHCP_percent: .*\(c, z\)"):
        read(f"5.4,0.7,4.1,{symbol},9.7")


def test_a_share_above_all_refuses_the_file() -> None:
    with pytest.raises(IndicatorRefused, match="more than 100%"):
        read("5.4,0.7,4.1,118,9.7")


def test_only_the_age_of_both_years_together_is_read() -> None:
    with pytest.raises(IndicatorRefused, match="none is the row of totals"):
        read("5.4,0.7,4.1,11.8,9.7", age="16")


def test_another_measure_is_refused() -> None:
    with pytest.raises(IndicatorRefused, match="holds figures for M10, and not for M5"):
        read("5.4,0.7,4.1,11.8,9.7", measure="M5")
