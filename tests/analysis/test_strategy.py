"""The strategy is the published one, gaps and all, and a faulty file names every fault."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from analysis.indicators.errors import StrategyRefused
from analysis.strategy import build_view, load_strategy
from analysis.strategy.view_model import MeasureView, SeriesView
from tests.analysis.strategies import aiming, figure, shipped_figures

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SHIPPED = files("analysis").joinpath("data/strategy.toml").read_text(encoding="utf-8")


def test_the_shipped_strategy_has_the_published_parts() -> None:
    strategy = load_strategy()
    assert [one.id for one in strategy.measures] == [f"M{n}" for n in range(1, 11)]
    assert [one.id for one in strategy.actions] == [f"A{n}" for n in range(1, 9)]
    assert [one.id for one in strategy.principles] == [f"P{n}" for n in range(1, 7)]
    assert [one.name for one in strategy.horizons] == ["Survive", "Strive", "Thrive"]
    assert len(strategy.priorities) == 5
    assert [one.id for one in strategy.measures if one.good == "down"] == ["M4", "M5", "M8"]
    assert [one.id for one in strategy.measures if one.survey] == ["M2"]


def test_no_baseline_and_no_target_is_invented() -> None:
    for measure in load_strategy().measures:
        assert measure.baseline.value is None
        assert measure.baseline.reason
        assert measure.baseline.published_as in {"Developing SEND dashboard", "Parental survey"}
        assert [target.value for target in measure.targets] == [None, None, None]
        assert all(target.reason for target in measure.targets)


def test_every_published_sentence_is_kept_word_for_word() -> None:
    path = SHARED / "STRATEGY.txt"
    if not path.is_file():
        pytest.skip("the published strategy is not beside the repository")
    published = " ".join(path.read_text(encoding="utf-8").split())
    strategy = load_strategy()
    texts = [
        strategy.title,
        *strategy.aims,
        *(one.text for one in strategy.principles),
        *(one.text for one in strategy.measures),
        *(one.text for one in strategy.actions),
        *(one.years for one in strategy.horizons),
        *(one.narrative for one in strategy.priorities),
        *(d.text for one in strategy.actions for d in one.deliveries if d.text),
    ]
    assert [text for text in texts if text not in published] == []


def test_the_garbled_priority_is_kept_with_a_note() -> None:
    garbled = load_strategy().priorities[-1]
    assert "for children h is shown" in garbled.narrative
    assert "kept as published" in garbled.note


def test_fuzzy_dates_stay_words_and_may_have_dates_beside_them() -> None:
    first = load_strategy().actions[0].deliveries
    assert first[0].text
    assert first[0].milestones[0].ends == "2025-03"
    assert first[1].text == "To be determined after Yr 1-2 evaluation"
    blank = load_strategy().actions[1].deliveries[1]
    assert (blank.text, blank.reason) == (None, "left blank in the strategy")


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ('title = "Special', 'titel = "Special', "titel", "not known"),
        ('title = "Special', 'titel = "Special', "title", "text is due"),
        ('good = "up"', 'good = "sideways"', "measures.M1.good", '"up" or "down"'),
        ('principles = ["P2"]', 'principles = ["P9"]', "actions.A2.principles", "P9"),
        ("survey = true", 'survey = "yes"', "measures.M2.survey", "true or false"),
        ('ends = "2025-03"', 'ends = "March"', "actions.A1.survive.milestones.1.ends", "date"),
        ('series = ["M1.plans_in_mainstream"]', 'series = ["M1.x"]', "measures.M1.series", "M1.x"),
        ('id = "M3"', 'id = "M1"', "measures.M1", "2 times"),
        ("targets = { reason", 'targets = { thrive = "x", reason', "", "number"),
        ("targets = { reason", "targets = { raeson", "", "not known"),
        ("caveats = []", "caveats = [1]", "measures.M4.caveats", "list of texts"),
        ("baseline = { published_as", "baseline = { value = 1, published_as", "", "period"),
    ],
)  # fmt: skip
def test_a_faulty_strategy_names_file_key_and_remedy(
    tmp_path: Path, old: str, new: str, key: str, words: str
) -> None:
    path = tmp_path / "mine.toml"
    assert old in SHIPPED
    path.write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(StrategyRefused) as caught:
        load_strategy(path)
    assert key in {one.key for one in caught.value.problems} or not key
    assert words in str(caught.value)
    assert all(one.file == "mine.toml" and one.remedy for one in caught.value.problems)


def test_every_fault_is_reported_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('aims = "x"\nhorizons = 3\nmeasures = []\n', encoding="utf-8")
    with pytest.raises(StrategyRefused) as caught:
        load_strategy(path)
    keys = {one.key for one in caught.value.problems}
    assert {"title", "aims", "horizons", "measures", "actions", "principles"} <= keys


@pytest.mark.parametrize("content", [b"title = ", b"\xff\xfe\x00"])
def test_what_is_not_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(StrategyRefused, match="cannot be read as TOML"):
        load_strategy(path)
    with pytest.raises(StrategyRefused, match="cannot be read"):
        load_strategy(tmp_path / "absent.toml")


def measure(key: str, *figures: object, **aims: float | None) -> MeasureView:
    strategy = load_strategy()
    if aims:
        strategy = aiming(strategy, key, aims["baseline"], aims["target"])
    view = build_view(strategy, figures, ())  # type: ignore[arg-type] # figures of any kind
    return next(one for one in view.measures if one.measure.id == key)


def weeks(*figures: object) -> SeriesView:
    return measure("M6", *figures).series[0]


def test_the_latest_is_set_beside_its_region_and_england_in_the_same_period() -> None:
    view = build_view(load_strategy(), shipped_figures(), ())
    series = next(one for one in view.measures if one.measure.id == "M6").series[0]
    latest = series.latest
    assert latest
    assert latest.words == "2024"
    assert latest.own
    assert latest.region
    assert latest.england
    assert latest.region.value.area_name == view.region == "North East"
    assert series.change.words == "Down from 48.4% in 2023"


def test_fewer_requests_are_never_shown_without_the_share_refused() -> None:
    view = build_view(load_strategy(), shipped_figures(), ())
    requests = next(one for one in view.measures if one.measure.id == "M5")
    assert [one.series.id for one in requests.series] == ["M5.requests", "M5.refused"]
    assert any("harder to ask" in caveat for caveat in requests.measure.caveats)


@pytest.mark.parametrize(
    ("then", "now", "direction"),
    [(48.4, 45.7, "down"), (45.7, 48.4, "up"), (45.72, 45.74, "no change")],
)
def test_direction_compares_what_is_shown(then: float, now: float, direction: str) -> None:
    assert weeks(figure("2023", then), figure("2024", now)).change.direction == direction


def test_b27_the_period_before_is_by_order_and_a_gap_is_no_comparison() -> None:
    gap = figure("2023", None)
    change = weeks(figure("2024", 45.7), gap, figure("2022", 31.3)).change
    assert change.direction == "not known"
    assert "no figure for 2023" in change.words


def test_b28_a_missing_latest_is_never_better_or_worse() -> None:
    hidden = figure("2024", None)
    found = measure("M6", figure("2023", 40.0), hidden, baseline=30.0, target=60.0)
    assert found.series[0].change.direction == "not known"
    assert found.rag.colour == ""
    assert found.series[0].latest
    assert found.series[0].latest.words == "2024"


def test_figures_on_two_sides_of_a_break_are_not_compared() -> None:
    change = weeks(figure("2021", 97.6), figure("2022", 31.3)).change
    assert change.direction == "not known"
    assert "Not comparable with 2021" in change.words
    assert not change.words.endswith(".")


@pytest.mark.parametrize(
    ("baseline", "target", "words"),
    [
        (None, None, "No RAG: no target set"),
        (40.0, None, "No RAG: no target set"),
        (None, 60.0, "No RAG: no baseline"),
    ],
)
def test_there_is_no_rag_without_both_ends(
    baseline: float | None, target: float | None, words: str
) -> None:
    found = measure("M6", figure("2024", 45.7), baseline=baseline, target=target)
    assert (found.rag.colour, found.rag.words) == ("", words)


@pytest.mark.parametrize(
    ("value", "colour"), [(60.0, "green"), (59.9, "amber"), (40.0, "red"), (30.0, "red")]
)
def test_rag_where_both_ends_are_set(value: float, colour: str) -> None:
    found = measure("M6", figure("2024", value), baseline=40.0, target=60.0)
    assert found.rag.colour == colour
    assert "Survive target of 60.0%" in found.rag.words


def test_low_is_good_where_the_strategy_says_so() -> None:
    low = figure("202425", 5.0, series="M4.independent", period_kind="Academic year")
    assert measure("M4", low, baseline=8.0, target=5.0).rag.colour == "green"
    high = replace(low, value=replace(low.value, value=9.0))
    assert measure("M4", high, baseline=8.0, target=5.0).rag.colour == "red"


def test_a_target_is_held_against_the_first_series_or_none() -> None:
    rate = figure("2024", 2.6, series="M8.rate")
    found = measure("M8", rate, baseline=20.0, target=10.0)
    assert [one.series.id for one in found.series] == ["M8.rate"]
    assert found.rag.words == "No RAG: no latest figure"


def test_a_series_that_is_good_the_other_way_is_held_against_no_target() -> None:
    gap = figure("2025", 70.0, series="M9.lait_ks2_gap_ehcp", unit="gap")
    found = measure("M9", gap, baseline=50.0, target=60.0)
    assert found.series[0].latest
    assert found.rag.words == "No RAG: no latest figure"


def test_two_rates_of_one_year_stand_beside_each_other_as_two_series() -> None:
    rates = [
        figure("2024", value, series=f"M8.{one}")
        for one, value in (("rate", 2.6), ("rate_in_development", 7.8))
    ]
    found = measure("M8", *rates)
    assert [(one.series.id, len(one.rows)) for one in found.series] == [
        ("M8.rate", 1),
        ("M8.rate_in_development", 1),
    ]


def test_a_measure_without_figures_says_so() -> None:
    view = build_view(load_strategy(), (), ())
    gaps = {one.measure.id: one.gap for one in view.measures}
    assert gaps["M6"] == "No published figure has been imported yet."
    assert gaps["M3"] == "No figure can be shown yet."
    assert gaps["M2"] == "No survey has been closed yet."
    assert measure("M6", baseline=1.0, target=2.0).rag.words == "No RAG: no latest figure"


def test_figures_of_another_council_are_not_shown() -> None:
    other = figure("2024", 1.0, area_code="E06000001", area_name="Hartlepool")
    assert measure("M6", other).series == ()


def test_a_series_without_the_council_still_shows_england() -> None:
    england = figure("2024", 46.4, area_code="E92000001", area_name="England")
    series = weeks(england)
    assert series.latest is None
    assert series.change.direction == "not known"


def test_one_period_has_nothing_before_it() -> None:
    words = weeks(figure("2024", 45.7)).change.words
    assert words == "There is no earlier period to compare with"
