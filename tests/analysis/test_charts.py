"""Charts draw what a release shows, write what it hides, and say in words what they show."""

import subprocess
import sys
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from analysis import tables
from analysis.charts import Chart, change, charts_of, distributions, response
from tests.analysis.answers import Said, parent
from tests.analysis.test_release import release, school, table

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>x</script><img src=x onerror=y>'
FEW = "fewer than 10 answers"
CHANGE = change.columns("0 to 100")


@pytest.fixture(scope="module")
def charts() -> Mapping[str, Chart]:
    # Post-16 has six parents, so it is hidden, and early years with it.
    people: list[Said] = [*school(), *(parent("post_16") for _ in range(6))]
    people += [parent("primary", rate="dk") for _ in range(5)]
    return {chart.name: chart for chart in charts_of(release(people))}


def marks(chart: Chart, kind: str) -> list[dict[str, Any]]:
    """The data of every layer of this kind of mark."""
    spec = chart.spec()
    layers = [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]
    return [row for layer in layers for row in spec["datasets"][layer["data"]["name"]]]


def words(chart: Chart) -> list[str]:
    return [row["words"] for row in marks(chart, "text")]


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own picture


def changed(**cells: Any) -> dict[str, Any]:
    row = {
        "group": "All phases", "base_before": 200, "base_after": 210, "before": 51.0,
        "after": 55.1, "difference": 4.1, "low": 0.6, "high": 7.6, "verdict": "higher",
        "note": "",
    }  # fmt: skip
    return tables.shown(**{**row, **cells})


def test_a_release_has_its_charts_once_each(charts: Mapping[str, Chart]) -> None:
    names = list(charts)
    assert names[:4] == ["index", "anchor", "anchor_by_phase", "distributions"]
    assert "item_c1" in names
    assert "sentiment" in names
    assert len(set(names)) == len(names)


def test_the_index_has_a_point_and_interval_for_every_row_that_is_shown(
    charts: Mapping[str, Chart],
) -> None:
    chart = charts["index"]
    rows = [row for row in chart.table["rows"] if row["status"] == tables.SHOWN]
    assert [point["from"] for point in marks(chart, "point")] == [row["value"] for row in rows]
    lying = [line for line in marks(chart, "rule") if line["from"] != line["to"]]
    assert [(line["from"], line["to"]) for line in lying] == [(r["low"], r["high"]) for r in rows]
    assert {f"{row['base']} people" for row in rows} <= {w.split(".")[0] for w in words(chart)}


def test_b28_what_is_hidden_is_written_and_never_drawn(charts: Mapping[str, Chart]) -> None:
    chart = charts["index"]
    hidden = [row for row in chart.table["rows"] if row["status"] == tables.NOT_PUBLISHED]
    assert hidden
    assert sum(line.startswith("Not shown: ") for line in words(chart)) == len(hidden)
    assert all(point["from"] > 0 for point in marks(chart, "point"))
    assert "Post-16: Not shown" in chart.description


def test_a_withheld_table_is_a_picture_that_says_so() -> None:
    made = release([parent("primary") for _ in range(4)])
    chart = next(each for each in charts_of(made) if each.name == "index")
    assert "Not shown: fewer than 10 answers" in words(chart)
    assert not marks(chart, "rect")
    assert FEW in chart.svg()


def test_distributions_have_disagreement_left_and_agreement_right(
    charts: Mapping[str, Chart],
) -> None:
    chart = charts["distributions"]
    first = chart.table["rows"][0]
    assert first["base"] == 101
    assert (first["disagree"], first["agree"], first["dont_know"]) == (45, 50, 5)
    bars = marks(chart, "rect")
    left = [bar for bar in bars if bar["colour"] == distributions.COLOURS["disagree"]]
    right = [bar for bar in bars if bar["colour"] == distributions.COLOURS["agree"]]
    # The first of each is the key to the colours.
    assert (left[1]["from"], left[1]["to"]) == (pytest.approx(-100 * 45 / 101), pytest.approx(0))
    assert (right[1]["from"], right[1]["to"]) == (0, pytest.approx(100 * 51 / 101))
    unsure = [bar for bar in bars if bar["colour"] == distributions.COLOURS["dont_know"]]
    assert unsure[1]["from"] > right[1]["to"]
    assert unsure[1]["to"] - unsure[1]["from"] == pytest.approx(100 * 5 / 101)


def test_a_question_with_an_answer_of_another_name_is_not_among_the_distributions() -> None:
    made = release(school())
    item = table(made, "item_c1")
    item["rows"].insert(2, {**item["rows"][0], "group": "It depends"})
    charts = {chart.name: chart for chart in charts_of(made)}
    asked = [row["group"] for row in charts["distributions"].table["rows"]]
    assert item["title"] not in asked
    assert "It depends" in words(charts["item_c1"])


def test_a_question_with_a_hidden_answer_has_no_bar_and_no_figure() -> None:
    item = table(release(school()), "item_c1")
    rows = [
        tables.not_shown("Agree", (), tables.NOT_PUBLISHED, "hidden") | {"count": None}
        if row["group"] == "Agree"
        else row
        for row in item["rows"]
    ]
    chart = distributions.chart([{**item, "rows": rows}, table(release(school()), "item_c2")])
    assert chart.table["rows"][0]["status"] == tables.NOT_PUBLISHED
    assert chart.table["rows"][0]["strongly_disagree"] is None
    assert "Not shown: hidden" in words(chart)


def test_a_hidden_cell_is_said_and_its_row_is_not_drawn() -> None:
    made = release(school())
    index, item = table(made, "index"), table(made, "item_c1")
    index["rows"][1] |= dict.fromkeys(("base", "value", "low", "high"))
    index["rows"][1]["hidden"] = ["base", "value", "low", "high"]
    item["rows"][0] |= {"value": None, "hidden": ["value"]}
    item["rows"][1] |= {"count": None, "hidden": ["count"]}
    charts = {chart.name: chart for chart in charts_of(made)}
    assert len(marks(charts["index"], "point")) == 3
    assert words(charts["index"]).count("Not shown: few people") == 1
    said = words(charts["item_c1"])
    assert "0 people. Not shown: few people" in said
    assert "50%" in said


def test_change_is_said_in_words_around_nought() -> None:
    rows = [
        changed(),
        changed(group="Primary", difference=-1.0, low=-5.0, high=3.0, verdict="no clear change"),
        tables.not_shown("Post-16", CHANGE, tables.NOT_PUBLISHED, FEW),
    ]
    chart = change.chart(change.table("Change", rows))
    assert "+4.1 (+0.6 to +7.6)" in words(chart)
    assert "−1.0 (−5.0 to +3.0)" in words(chart)
    assert "Higher: 51.0 (200 people), then 55.1 (210 people)." in words(chart)
    assert chart.spec()["layer"][0]["encoding"]["x"]["scale"]["domain"] == [-10, 10]
    assert len(marks(chart, "point")) == 2
    assert "Post-16: Not shown: fewer than 10 answers" in chart.description


@pytest.mark.parametrize(
    "cells",
    [
        {"verdict": "better"},
        {"verdict": "higher", "low": -0.1},
        {"verdict": "lower"},
        {"verdict": "higher", "low": None, "high": None},
    ],
)
def test_a_verdict_never_says_more_than_its_interval(cells: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="All phases"):
        change.table("Change", [changed(**cells)])


def test_response_stands_beside_the_population() -> None:
    rows = [
        response.row("Primary", 2100, 201, all_population=4500, all_answered=399),
        tables.not_shown("Post-16", response.COLUMNS, tables.NOT_PUBLISHED, FEW),
    ]
    chart = response.chart(response.table("Response", rows))
    assert rows[0]["rate"] == 9.6
    assert "201 of 2,100 answered (9.6%)" in words(chart)
    drawn = {bar["to"] for bar in marks(chart, "rect") if bar["from"] == 0}
    assert drawn == {46.7, 50.4}
    assert "Not shown: fewer than 10 answers" in words(chart)


@pytest.mark.parametrize(
    "counts", [(10, 11, 20, 20), (10, 5, 8, 20), (10, 5, 20, 4), (10, -1, 20, 4)]
)
def test_response_that_cannot_be_true_is_refused(counts: tuple[int, int, int, int]) -> None:
    population, answered, all_population, all_answered = counts
    with pytest.raises(ValueError, match="Check the population"):
        response.row(
            "Primary", population, answered,
            all_population=all_population, all_answered=all_answered,
        )  # fmt: skip


def test_an_svg_is_one_named_picture_that_a_strict_page_shows(charts: Mapping[str, Chart]) -> None:
    chart = charts["index"]
    svg = chart.svg()
    picture = parsed(svg)
    assert picture.get("role") == "img"
    named = picture.get("aria-labelledby", "").split()
    assert [picture[0].get("id"), picture[1].get("id")] == named
    assert (picture[0].tag, picture[0].text) == (f"{SVG}title", chart.title)
    assert (picture[1].tag, picture[1].text) == (
        f"{SVG}desc",
        f"{chart.description} {chart.source}",
    )
    assert not {"style", "script", "image", "a"} & {
        each.tag.removeprefix(SVG) for each in picture.iter()
    }
    attributes = {name for each in picture.iter() for name in each.attrib}
    assert not any(
        name == "style" or name.startswith("on") or "href" in name for name in attributes
    )
    assert svg == chart.svg()


def test_b40_hostile_words_stay_words() -> None:
    made = release(school())
    index = table(made, "index")
    index["title"] = HOSTILE
    index["rows"][0]["group"] = HOSTILE
    svg = charts_of(made)[0].svg()
    assert "<script" not in svg
    assert "<img" not in svg
    assert HOSTILE in "".join(parsed(svg).itertext())


def test_png_is_twice_the_size_of_the_svg(charts: Mapping[str, Chart]) -> None:
    chart = charts["anchor"]
    png, wide = chart.png(), int(parsed(chart.svg()).get("width", ""))
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) == 2 * wide


def test_naming_the_charts_of_a_release_draws_nothing() -> None:
    slow = ("altair", "vl_convert", "pandas")
    code = f"import sys, analysis.charts; print([m for m in {slow} if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
