"""What parents said, from frozen releases into the strategy view."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest

from analysis.strategy import build_view, load_strategy
from analysis.strategy.view_model import Estimate
from analysis.view import render_csv, render_html, render_json
from analysis.view.survey_words import cell, estimate_words
from tests.analysis.answers import Said, parent
from tests.analysis.test_release import release, school

HOSTILE = "<img src=x onerror=alert(1)>"


def round_of(agree: int, disagree: int, name: str = "Spring", **changes: Any) -> dict[str, Any]:
    """A release whose mainstream parents agree and disagree so many times."""
    people: list[Said] = [parent("primary", rate="4") for _ in range(agree)]
    people += [parent("primary", rate="2") for _ in range(disagree)]
    made = release(people)
    return {**made, "round": {**made["round"], "name": name, **changes}}


def change(new: dict[str, Any], old: dict[str, Any]) -> str:
    view = build_view(load_strategy(), (), (new, old))
    html = " ".join(render_html(view).split())
    start = html.index("Increase parental confidence")
    return html[start : start + 1500]


def test_a_clear_change_is_claimed() -> None:
    assert "Up from 40% in Autumn" in change(round_of(140, 60), round_of(80, 120, "Autumn"))
    assert "Down from 70% in Autumn" in change(round_of(80, 120), round_of(140, 60, "Autumn"))


def test_an_unclear_change_is_called_so() -> None:
    assert "No clear change from 50% in Autumn" in change(
        round_of(55, 45), round_of(50, 50, "Autumn")
    )


def test_a_changed_question_is_a_break_and_never_a_change() -> None:
    old = round_of(80, 120, "Autumn")
    old = {**old, "questionnaire": {**old["questionnaire"], "hash": "another"}}
    assert "the question or its definition changed" in change(round_of(140, 60), old)


def test_a_round_without_a_figure_is_not_compared() -> None:
    assert "one of the last two rounds has no figure" in change(
        round_of(140, 60), round_of(3, 2, "Autumn")
    )


def test_a_demonstration_is_never_compared_with_a_real_round() -> None:
    words = change(round_of(140, 60), round_of(80, 120, "Show", demonstration=True))
    assert "There is no earlier round to compare with" in words


def test_a_hidden_measure_is_never_filled_from_another_group() -> None:
    made = round_of(140, 60)
    anchor = next(table for table in made["tables"] if table["name"] == "anchor")
    first = anchor["rows"][0]
    hidden = {**dict.fromkeys(first), "group": first["group"], "status": "hidden"}
    rows = [{**hidden, "reason": "too few answers"}, {**first, "group": "Primary"}]
    tables = [{**anchor, "rows": rows}]
    survey = build_view(load_strategy(), (), ({**made, "tables": tables},)).surveys[0]
    assert (survey.anchor, survey.anchor_reason) == (None, "too few answers")
    assert [one.group for one in survey.tables[0].estimates] == ["Primary"]


@pytest.mark.parametrize(
    ("estimate", "words"),
    [
        (Estimate("a", 62, 50, 73, 1058), "62% (50 to 73), 1,058 answers"),
        (Estimate("a", 50.0, None, None, 12), "50.0%, 12 answers"),
        (Estimate("a", 50.0, None, None, None), "50.0%"),
    ],
)
def test_a_survey_figure_is_worded_with_its_proof(estimate: Estimate, words: str) -> None:
    assert estimate_words(estimate) == words


def test_every_table_is_there_and_a_withheld_one_says_why() -> None:
    people = [*school(40, 30, 6), *(parent("primary", rate="4", c1="5") for _ in range(3))]
    html = " ".join(render_html(build_view(load_strategy(), (), (release(people),))).split())
    for words in (
        "Confidence index by phase",
        "Who answered: Primary",
        "Confidence in local mainstream schools, by phase",
        "How comments sound, by phase (a machine&#39;s guess)",
        "Every question",
        "Not published: fewer than 10 answers",
        "Not published: few people, or hidden so that a count of few people does not follow",
        "People with an index.",
    ):
        assert words in html, words


def test_b40_a_rounds_name_is_never_markup() -> None:
    view = build_view(load_strategy(), (), (round_of(140, 60, HOSTILE),))
    assert HOSTILE not in render_html(view)
    assert "&lt;img" in render_html(view)


def test_files_hold_the_survey_beside_the_measures() -> None:
    view = build_view(load_strategy(), (), (round_of(140, 60),))
    assert "survey,M2," in render_csv(view)
    assert ",anchor," in render_csv(view)
    assert '"round_name": "Spring"' in render_json(view)


def test_a_hidden_cell_says_so_on_every_page_and_is_never_blank() -> None:
    people = [parent(phase) for phase in ("primary", "secondary") for _ in range(30)]
    people += [parent(phase, c10="1") for phase in ["primary"] * 3 + ["secondary"] * 10]
    made = release(people)
    anchor = next(each for each in made["tables"] if each["name"] == "anchor_by_phase")
    row = next(each for each in anchor["rows"] if each["hidden"])
    assert row["value"] is None
    assert cell(row, "value") == "not shown: few people"
    assert cell(row, "base") == str(row["base"])
    assert "not shown: few people" in render_html(build_view(load_strategy(), (), (made,)))
    view = build_view(load_strategy(), (), (made,))
    [missing] = [
        line
        for line in csv.DictReader(io.StringIO(render_csv(view).lstrip("\ufeff")))
        if line["group"] == row["group"]
        and line["statistic"] == "value"
        and line["series"] == "anchor_by_phase"
    ]
    assert (missing["value"], missing["missing"]) == ("", "withheld")


def test_a_round_that_was_closed_early_says_when_it_really_closed() -> None:
    early = release(school(), closed_at=datetime(2027, 3, 9, 12, tzinfo=UTC))
    late = release(school(), closed_at=datetime(2027, 3, 28, 23, 0, 5, tzinfo=UTC))
    for made, day in ((early, "9 March 2027"), (late, "28 March 2027")):
        html = render_html(build_view(load_strategy(), (), (made,)))
        assert f"Open from 1 March 2027 to {day}." in html


def test_the_base_of_the_anchor_measure_is_said_once_and_rightly() -> None:
    html = " ".join(render_html(build_view(load_strategy(), (), (release(school()),))).split())
    assert "Base: those who gave a rating or said don&#39;t know." in html
    assert "gave a rating. Those who gave a rating" not in html


def test_no_sentence_of_the_view_has_two_full_stops() -> None:
    figures = build_view(load_strategy(), (), (round_of(140, 60),))
    assert ".." not in render_html(figures).replace("...", "")
