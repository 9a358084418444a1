"""Change in a release: numbers derived by hand, and nothing that the earlier release hid."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from analysis import pair_disclosure
from analysis.change_figures import OTHER_PHASES
from analysis.change_rows import GONE, HIDDEN
from analysis.change_tables import NONE, REMOVED
from analysis.charts.choosing import charts_of
from analysis.earlier_round import EarlierRound
from analysis.paired_tables import NO_PAIRS, NOT_PROVED
from analysis.release import build_release
from surveys.model import Questionnaire
from surveys.records import Round
from tests.analysis.answers import (
    MADE_ON,
    Said,
    a_round,
    answers_of,
    columns_of,
    confidence,
    parent,
    responses_of,
)
from tests.analysis.test_phase_change import reworded
from tests.analysis.test_release import rows, table

ALL, MAINSTREAM = "All phases", "All mainstream parents"


class Spring:
    """A round with the release that it has."""

    def __init__(
        self,
        people: Sequence[Said],
        before: "Spring | None" = None,
        *,
        form: Questionnaire | None = None,
        series: Sequence[str | None] = (),
        about: dict[str, Any] | None = None,
        kept: Sequence[Said] | None = None,
        again: "Spring | None" = None,
        **earlier: Any,
    ) -> None:
        self.form = form or confidence()
        self.round: Round = replace(a_round(self.form), **about or {})
        known = people if kept is None else kept
        self.columns = self._columns(known, series[: len(known)])
        with_round = replace(before.earlier, **earlier) if before else None
        self.release: dict[str, Any] = build_release(
            self.round,
            self.form,
            self._columns(people, series),
            made_on=MADE_ON,
            code_version="1",
            before=with_round,
            earlier=again.release if again else None,
        )

    @property
    def earlier(self) -> EarlierRound:
        return EarlierRound(self.round, self.form, self.columns, (self.release,))

    def rows(self, name: str) -> dict[str, dict[str, Any]]:
        return rows(self.release, name)

    def _columns(self, people: Sequence[Said], series: Sequence[str | None]) -> Any:
        return columns_of(responses_of(people, self.form), answers_of(people), series=series)


def said(phase: str, **counts: int) -> list[Said]:
    """So many parents of a phase who rate everything 2 (`low`) or 4 (`high`): 25 or 75."""
    return [
        parent(phase, rate=rate)
        for name, rate in (("low", "2"), ("high", "4"))
        for _ in range(counts.get(name, 0))
    ]


FIRST = Spring(said("primary", low=10, high=10), about={"name": "Autumn"})


def test_the_change_of_the_index_is_welchs() -> None:
    """Two of 14 questions are reversed: 2 gives 32.14, 4 gives 67.86.

    So 50.00 to 58.93; standard error 5.419, 37.2 degrees of freedom, so 10.98 either way.
    """
    made = Spring(said("primary", low=5, high=15), FIRST).rows("index_change")
    for row in (made[ALL], made["Primary"]):
        assert (row["base_before"], row["base_after"]) == (20, 20)
        assert (row["before"], row["after"], row["difference"]) == (50.0, 58.9, 8.9)
        assert (row["low"], row["high"]) == (-2.0, 19.9)
        assert (row["verdict"], row["design"]) == ("no clear change", "independent")
        assert "Could have shown a change of 11 points or more. P-value 0.108" in row["note"]
        assert "Low base: under 30" in row["note"]
    assert made["Secondary"]["status"] == "no_answers"


def test_the_change_of_the_anchor_is_newcombes() -> None:
    """50% to 75%; Wilson 29.9 to 70.1 and 53.1 to 88.8, so 29.7 below and 24.4 above 25."""
    row = Spring(said("primary", low=5, high=15), FIRST).rows("anchor_change")[MAINSTREAM]
    assert (row["base_before"], row["before"], row["after"]) == (20, 50, 75)
    assert (row["difference"], row["low"], row["high"]) == (25, -5, 49)
    assert row["verdict"] == "no clear change"


def test_only_the_phases_shown_are_tested_together() -> None:
    first = Spring([*said("primary", low=30, high=30), *said("secondary", low=30, high=30)])
    made = Spring([*said("primary", low=10, high=50), *said("secondary", low=28, high=32)], first)
    shown = made.rows("anchor_change")
    assert shown["Primary"]["verdict"] == "higher"
    assert shown["Secondary"]["verdict"] == "no clear change"
    assert "after Holm's adjustment over the rows shown" in shown["Primary"]["note"]
    # Chi-squared of 30 and 32 of 60 is 0.13: a p-value of 0.715, the larger of two.
    assert "P-value 0.715, after Holm" in shown["Secondary"]["note"]


def test_what_the_earlier_release_hid_stays_hidden() -> None:
    small = [*said("primary", low=20, high=20), *said("secondary", low=3, high=3)]
    first = Spring([*small, *said("post_16", low=10, high=10)])
    assert first.rows("index")["Secondary"]["status"] == "not_published"
    later = [*said("primary", low=20, high=20), *said("secondary", low=20, high=20)]
    made = Spring([*later, *said("post_16", low=10, high=10)], first)
    row = made.rows("index_change")["Secondary"]
    assert (row["base_before"], row["before"], row["difference"], row["low"]) == (None,) * 4
    assert (row["base_after"], row["after"]) == (40, 50.0)
    assert {"base_before", "before", "difference", "low", "high"} == set(row["hidden"])
    assert (row["verdict"], row["note"].lower()) == ("not available", f"{HIDDEN}.")
    hidden = {n for n, row in first.rows("index").items() if row["status"] == "not_published"}
    for name in hidden:
        assert made.rows("index_change")[name]["difference"] is None


def test_a_changed_question_is_a_break_and_never_a_change() -> None:
    made = Spring(said("primary", low=5, high=15), FIRST, form=reworded())
    [row] = made.rows("index_change").values()
    assert (row["verdict"], row["note"]) == ("not comparable", "Changed: c4.")
    assert row["before"] is row["after"] is row["difference"] is None
    assert made.rows("anchor_change")[MAINSTREAM]["difference"] == 25


def test_without_an_earlier_round_the_tables_say_so() -> None:
    for name in ("index_change", "anchor_change"):
        found = table(FIRST.release, name)
        assert (found["status"], found["reason"], found["rows"]) == ("withheld", NONE, [])


def test_where_the_earlier_answers_are_gone_nothing_is_worked_out() -> None:
    first = Spring(said("primary", low=10, high=10), kept=[])
    found = table(Spring(said("primary", low=5, high=15), first).release, "index_change")
    assert (found["status"], found["reason"]) == ("withheld", REMOVED)


def test_one_erased_answer_does_not_follow_from_a_difference() -> None:
    people = said("primary", low=10, high=10)
    row = Spring(people, Spring(people, kept=people[1:])).rows("index_change")[ALL]
    assert (row["base_before"], row["before"], row["after"]) == (20, 50.0, 50.0)
    assert (row["difference"], row["verdict"]) == (None, "not available")
    assert row["note"].lower() == f"{GONE}.".lower()


def test_rounds_of_different_phases_have_no_change_over_all() -> None:
    made = Spring(said("primary", low=5, high=15), FIRST, about={"phases": ("primary",)})
    found = made.rows("index_change")
    assert found[ALL]["verdict"] == "not comparable"
    assert found[ALL]["note"].lower() == f"{OTHER_PHASES}."
    assert found["Primary"]["difference"] == 8.9


def test_a_phase_that_nobody_answered_once_has_no_change() -> None:
    later = [*said("primary", low=10, high=10), *said("secondary", low=10, high=10)]
    row = Spring(later, FIRST).rows("index_change")["Secondary"]
    assert (row["base_before"], row["base_after"], row["after"]) == (0, 20, 50.0)
    assert row["note"] == "Nobody answered in the earlier round."
    assert row["hidden"] == []


def test_every_table_of_change_has_a_picture() -> None:
    same = Spring([parent("primary")] * 20)
    for made in (
        Spring([parent("primary")] * 20, same),
        Spring(said("primary", low=5, high=15), FIRST),
    ):
        charts = {chart.name: chart for chart in charts_of(made.release)}
        row = made.rows("index_change")["Primary"]
        assert f"Primary: {row['verdict']}" in charts["index_change"].description
        assert "<svg" in charts["index_change"].svg()


# Linked rounds.

SERIES = [f"s{number}" for number in range(60)]
LINKED = {"linked": True, "moment": "after"}
BEFORE = [parent("primary", rate="3") for _ in range(24)]
AFTER = [parent("primary", rate="4" if number % 2 else "3") for number in range(24)]


def followed(
    before: Sequence[Said] = BEFORE, after: Sequence[Said] = AFTER, **about: Any
) -> Spring:
    first = Spring(before, series=SERIES[: len(before)], about={"linked": True})
    known = {"is_followed": True, **about}
    return Spring(after, first, series=SERIES[: len(after)], about=LINKED, **known)


def test_pairs_are_compared_child_by_child() -> None:
    """Half rose by 17.86: 8.93, standard deviation 9.12, error 1.862, t of 23 is 2.069: 3.85."""
    row = followed().rows("index_change")["Primary"]
    assert (row["design"], row["base_before"], row["base_after"]) == ("paired", 24, 24)
    assert (row["before"], row["after"], row["difference"]) == (50.0, 58.9, 8.9)
    assert (row["low"], row["high"], row["verdict"]) == (5.1, 12.8, "higher")


def test_a_move_is_compared_on_the_questions_of_both_moments() -> None:
    moved = [{**said, "phase": "secondary"} for said in AFTER]
    made = followed(after=moved)
    found = made.rows("transitions")
    row = found["Primary to Secondary"]
    assert (row["base_before"], row["difference"], row["low"], row["high"]) == (24, 8.9, 5.1, 12.8)
    assert found["Early years to Primary"]["status"] == "no_answers"
    assert "Compared on c1, c2" in table(made.release, "transitions")["base_note"]


def test_a_round_that_follows_none_has_no_pairs() -> None:
    made = followed(is_followed=False)
    assert made.rows("index_change")["Primary"]["design"] == "independent"
    assert table(made.release, "transitions")["reason"] == NO_PAIRS


def test_pairs_are_shown_by_one_round_alone() -> None:
    made = followed(has_told_pairs=True)
    assert made.rows("index_change")["Primary"]["design"] == "independent"


def test_what_cannot_be_proved_is_withheld_and_the_release_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pair_disclosure, "SECONDS", 0.0)
    made = followed(before=[*BEFORE, *BEFORE[:4]])
    assert made.rows("index_change")["Primary"]["design"] == "independent"
    assert table(made.release, "transitions")["reason"] == NOT_PROVED
    assert made.rows("index")["Primary"]["base"] == 24


def test_a_series_that_occurs_twice_withholds_the_change_alone() -> None:
    first = Spring(BEFORE, series=["s"] * 24, about={"linked": True})
    made = Spring(AFTER, first, series=SERIES[:24], about=LINKED, is_followed=True)
    assert "share a series" in table(made.release, "index_change")["reason"]
    assert table(made.release, "index")["status"] == "published"


def test_a_second_release_of_the_same_pairs_shows_the_same() -> None:
    made = followed()
    first = Spring(BEFORE, series=SERIES[:24], about={"linked": True})
    again = Spring(AFTER, first, series=SERIES[:24], about=LINKED, is_followed=True, again=made)
    assert again.release["tables"] == made.release["tables"]


def test_a_second_release_with_other_pairs_shows_none() -> None:
    made = followed()
    first = Spring(BEFORE, series=SERIES[:24], about={"linked": True})
    series = [*SERIES[:22], "x1", "x2"]
    again = Spring(AFTER, first, series=series, about=LINKED, is_followed=True, again=made)
    assert again.rows("index_change")["Primary"]["design"] == "independent"
    assert table(again.release, "transitions")["reason"] == NOT_PROVED
