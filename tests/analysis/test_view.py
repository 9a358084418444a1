"""The view as page, CSV and JSON: complete, honest about gaps, and safe to open."""

import csv
import io
import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from analysis.strategy import StrategyView, build_view, load_strategy
from analysis.view import render_csv, render_html, render_json
from analysis.view.as_csv import COLUMNS
from tests.analysis.strategies import aiming, figure, shipped_figures

HOSTILE = '"><img src=x onerror=alert(1)><script>x</script>'


class Page(HTMLParser):
    """The tags, ids and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def view() -> StrategyView:
    return build_view(load_strategy(), shipped_figures(), ())


@pytest.fixture(scope="module")
def page(view: StrategyView) -> Page:
    return Page(render_html(view))


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_page_shows_the_published_figures(page: Page) -> None:
    words = " ".join(page.text.split())
    assert "237 in 2024. Down from 249 in 2023." in words
    assert "45.7% (75 of 164) in 2024. Down from 48.4% in 2023." in words
    assert "41.0% (611 of 1,492) in 2024/25." in words
    assert "63% of placements were unknown (972 of 1,543), so no figure can be given." in words
    assert "20.5%" not in words
    assert "No RAG: no target set" in words


def test_the_page_shows_the_whole_strategy(page: Page, view: StrategyView) -> None:
    words = " ".join(page.text.split())
    strategy = view.strategy
    texts = [one.text for one in strategy.measures]
    texts += [one.text for one in strategy.actions]
    texts += [one.text for one in strategy.principles]
    texts += [one.narrative for one in strategy.priorities]
    texts += [one.text or one.reason for action in strategy.actions for one in action.deliveries]
    missing = [text for text in texts if text.casefold() not in words.casefold()]
    assert missing == []


def test_the_page_stands_alone(page: Page) -> None:
    assert not page.all("script")
    assert not page.all("link")
    assert not page.all("img")
    assert all((a.get("href") or "").startswith("#") for a in page.all("a"))


def test_the_page_can_be_read_by_everyone(page: Page) -> None:
    assert page.all("html") == [{"lang": "en"}]
    ids = [one["id"] for _, one in page.tags if "id" in one]
    assert len(ids) == len(set(ids))
    assert all((a["href"] or "")[1:] in ids for a in page.all("a"))
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(one.get("scope") for one in page.all("th"))
    for picture in page.all("svg"):
        assert picture["role"] == "img"
        assert all(one in ids for one in (picture["aria-labelledby"] or "").split())
    assert [tag for tag, _ in page.tags].count("h1") == 1


def test_b40_hostile_words_stay_words(view: StrategyView) -> None:
    strategy = load_strategy()
    measures = tuple(
        replace(one, text=HOSTILE, caveats=(HOSTILE,), proposed_actions=(HOSTILE,))
        for one in strategy.measures
    )
    hostile = replace(strategy, title=HOSTILE, council=HOSTILE, aims=(HOSTILE,), measures=measures)
    figures = [figure(year, 40.0, area_name=HOSTILE, note=HOSTILE) for year in ("2023", "2024")]
    html = render_html(build_view(hostile, figures, ()))
    assert not Page(html).all("img")
    assert not Page(html).all("script")
    assert "&lt;img" in html
    assert html.count(HOSTILE) == 0


def test_a_view_without_figures_or_surveys_is_still_a_page() -> None:
    words = " ".join(Page(render_html(build_view(load_strategy(), (), ()))).text.split())
    assert "No published figure has been imported yet." in words
    assert "No survey has been closed yet" in words
    assert "No published figures have been imported yet." in words


def test_baseline_target_and_colour_are_shown_where_they_exist() -> None:
    strategy = aiming(load_strategy(), "M6", 40.0, 60.0)
    words = Page(render_html(build_view(strategy, [figure("2024", 45.7)], ()))).text
    assert "Amber: moves towards the Survive target of 60.0%" in " ".join(words.split())


def test_csv_opens_in_excel_and_keeps_every_figure(view: StrategyView) -> None:
    text = render_csv(view)
    assert text.encode().startswith(b"\xef\xbb\xbfkind,")
    assert text.count("\r\n") == text.count("\n")
    rows = rows_of(text)
    assert tuple(rows[0]) == COLUMNS
    assert {row["measure"] for row in rows} == {f"M{n}" for n in range(1, 11)}
    requests = next(
        row
        for row in rows
        if (row["series"], row["area_code"], row["period"]) == ("M5.requests", "E06000003", "2024")
    )
    assert requests["value"] == "237"
    assert requests["publisher"] == "Department for Education"
    assert requests["baseline"] == ""
    assert requests["rag"] == "No RAG: no target set"
    assert "harder to ask" in requests["caveats"]


def test_csv_never_writes_a_missing_figure_as_a_number(view: StrategyView) -> None:
    rows = [row for row in rows_of(render_csv(view)) if row["kind"] == "figure"]
    assert all(bool(row["value"]) != bool(row["missing"]) for row in rows)
    refused = [row for row in rows if row["missing"] and row["area_code"] == "E06000003"]
    assert {row["note"] for row in refused if row["measure"] == "M1"} == {
        "63% of placements were unknown (972 of 1,543), so no figure can be given."
    }


def test_b18_no_words_of_the_view_run_as_a_formula() -> None:
    figures = [figure("2024", -1.5, area_name="=1+1")]
    text = render_csv(build_view(load_strategy(), figures, ()))
    [row] = [row for row in rows_of(text) if row["kind"] == "figure"]
    assert row["area_name"] == "'=1+1"
    assert row["value"] == "-1.5"


def test_json_is_strict_and_missing_is_null(view: StrategyView) -> None:
    def refuse(name: str) -> None:
        raise AssertionError(name)

    data = json.loads(render_json(view), parse_constant=refuse)
    measures = {one["id"]: one for one in data["measures"]}
    assert len(measures) == 10
    assert measures["M6"]["rag"] is None
    mainstream = measures["M1"]["series"][0]["periods"]
    refused = next(one for one in mainstream if one["period"] == "2022/23")["own"]
    assert (refused["value"], refused["missing"]) == (None, "unavailable")
    assert data["sources"][refused["source"] - 1]["publisher"] == "Department for Education"
    assert data["strategy"]["measures"][0]["baseline"]["value"] is None
    assert data["sources"][0]["imported_on"] == "2025-11-25"


def test_json_refuses_what_it_has_no_words_for(view: StrategyView) -> None:
    broken = replace(view, council=object())  # type: ignore[arg-type] # a value of no known kind
    with pytest.raises(TypeError, match="no place"):
        render_json(broken)
