"""The release's tables of reliability: alpha and correlations by hand."""

from typing import Any

import pytest

from analysis.reliability import MISREAD
from analysis.reliability_tables import REVERSED as TURNED
from surveys.model import Questionnaire
from tests.analysis.answers import Said, form, rating
from tests.analysis.released import release, rows, table

THREE = form(rating("q1"), rating("q2"), rating("q3"))
REVERSED = form(rating("q1", reverse=True), rating("q2"), rating("q3"))


def said(*answers: str) -> Said:
    return dict(zip(("q1", "q2", "q3"), answers, strict=False))


def forty() -> list[Said]:
    """The first question differs from the two others in ten of forty people."""
    alike = [*[said("5", "5", "5")] * 15, *[said("1", "1", "1")] * 15]
    return [*alike, *[said("5", "1", "1")] * 5, *[said("1", "5", "5")] * 5]


def alpha(people: list[Said], asked: Questionnaire = THREE) -> dict[str, Any]:
    return rows(release(people, asked), "reliability")["All questions of the index"]


def test_alpha_has_its_base_its_interval_and_who_is_left_out() -> None:
    row = alpha([*forty(), *[said("5", "skip", "5")] * 6])
    # Variances 3 x 100,000 / 39, of totals 700,000 / 39: 3 / 2 (1 - 3 / 7) = 0.857.
    assert (row["base"], row["left_out"], row["value"], row["items"]) == (40, 6, 0.86, 3)
    assert row["low"] < 0.86 < row["high"] <= 1
    assert row["interval"] == "Feldt"
    assert "fewer than 100" in row["note"]


def test_each_question_has_its_correlation_with_the_others() -> None:
    found = rows(release(forty(), THREE), "reliability_items")
    # q2 and q3 are one, and agree with q1 in 30 of 40: r = 0.5; 1.5 / sqrt(3) = 0.87.
    assert {group: row["value"] for group, row in found.items()} == {
        "q1": 0.5,
        "q2": 0.87,
        "q3": 0.87,
    }


def test_a_reversed_question_that_looks_misread_is_named_and_stays() -> None:
    found = rows(release(forty(), REVERSED), "reliability_items")
    assert (found["q1"]["value"], found["q1"]["note"]) == (-0.5, f"{TURNED} {MISREAD}")
    assert found["q2"]["note"] == ""
    assert alpha(forty(), REVERSED)["items"] == 3


def test_few_who_rated_only_some_are_not_counted_out_loud() -> None:
    row = alpha([*forty(), *[said("5", "skip", "5")] * 3])
    assert (row["base"], row["left_out"]) == (40, None) or row["base"] is None


@pytest.mark.parametrize("people", [9, 12, 29])
def test_below_thirty_there_is_no_alpha(people: int) -> None:
    made = release(forty()[:people], THREE)
    assert table(made, "reliability_items")["status"] == "withheld"
    if people < 10:
        assert table(made, "reliability")["status"] == "withheld"
    else:
        row = alpha(forty()[:people])
        assert (row["base"], row["value"]) == (people, None)
        assert row["interval"].startswith(f"not available: {people} people rated every question")


def test_a_question_that_everybody_answered_the_same_is_not_named() -> None:
    made = release([*[said("5", "5", "5")] * 20, *[said("5", "1", "1")] * 20], THREE)
    items = table(made, "reliability_items")
    assert items["status"] == "withheld"
    assert "q1" not in items["reason"]
    assert alpha([*[said("5", "5", "5")] * 20, *[said("5", "1", "1")] * 20])["value"] is not None
