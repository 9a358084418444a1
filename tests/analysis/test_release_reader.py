"""A reader of a whole release, with equations of her own, proves no small count.

She knows the tables of the anchor, of its question and of who answered, that everybody was
asked it and is in the population, and how percentages are rounded. Nothing of the product's own
checking is used.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from analysis.release import build_release
from surveys.model import Questionnaire
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
from tests.analysis.people import population_of
from tests.analysis.test_disclosure import break_it

PHASES = {"early_years": "Early years", "primary": "Primary", "secondary": "Secondary"}
SETTINGS = ("mainstream", "special")
PROVISIONS = {"sen_support": "SEN support", "ehcp": "EHC plan"}
FIGURES = population_of({(p, k): 90 for p in (*PHASES, "post_16") for k in PROVISIONS})
CODES = {
    "5": "Strongly agree",
    "4": "Agree",
    "3": "Neither agree nor disagree",
    "2": "Disagree",
    "1": "Strongly disagree",
    "dk": "Don't know",
    "na": "Does not apply",
    "skip": "Skipped",
}
AGREE, REST = ("5", "4"), ("3", "2", "1")
RATED = (*AGREE, *REST)
KINDS = list(product(PHASES, SETTINGS, CODES, PROVISIONS))
Vector = "np.ndarray[Any, Any]"


def short() -> Questionnaire:
    """The confidence survey with its profile and its anchor alone, which makes no index."""
    form = confidence()
    keys = ("phase", "setting", "provision", "c10")
    kept = [replace(q, index=False) for q in form.questions if q.key in keys]
    return replace(form, questions=tuple(kept))


def release(people: Sequence[Said]) -> dict[str, Any]:
    form = short()
    kept = [{k: v for k, v in each.items() if form.question(k)} for each in people]
    about = {"made_on": MADE_ON, "code_version": "1"}
    return build_release(
        a_round(form),
        form,
        columns_of(responses_of(kept, form), answers_of(kept)),
        population=FIGURES,
        **about,  # type: ignore[arg-type]  # both are named
    )


def of(
    codes: Sequence[str], settings_: Sequence[str] = SETTINGS, phase: str = "", kind: str = ""
) -> Any:
    """1 for each kind of people that is counted."""
    return np.array(
        [
            s in settings_ and c in codes and phase in {"", p} and kind in {"", k}
            for p, s, c, k in KINDS
        ],
        float,
    )


class Equations:
    """What she knows, as rows between a lowest and a highest."""

    def __init__(self, people: int) -> None:
        self.rows, self.low, self.high = [np.ones(len(KINDS))], [float(people)], [float(people)]

    def equal(self, row: Any, number: float | None) -> None:
        if number is not None:
            self._add(row, number, number)

    def percent(self, count: Any, base: Any, percent: float | None) -> None:
        """`percent` is 100 count / base, halves rounded up."""
        if percent is not None:
            self._add(200 * count - (2 * percent - 1) * base, 0, np.inf)
            self._add(200 * count - (2 * percent + 1) * base, -np.inf, -1)

    def tenth(self, count: Any, base: Any, percent: float) -> None:
        """`percent` is 100 count / base, to one decimal place."""
        self._add(2000 * count - (20 * percent - 1) * base, -0.001, np.inf)
        self._add(2000 * count - (20 * percent + 1) * base, -np.inf, 0.001)

    def bounds(self, row: Any) -> tuple[int, int]:
        return self._end(row, 1), self._end(row, -1)

    def _end(self, row: Any, sign: int) -> int:
        known = LinearConstraint(np.array(self.rows), self.low, self.high)
        solved = milp(sign * row, integrality=np.ones(len(KINDS), int), constraints=known)
        assert solved.x is not None, solved.message
        return round(float(row @ solved.x))

    def _add(self, row: Any, low: float, high: float) -> None:
        self.rows.append(row)
        self.low.append(low)
        self.high.append(high)


def read(made: dict[str, Any], people: int) -> Equations:
    known = Equations(people)
    tables = {table["name"]: table for table in made["tables"]}
    item = tables["item_c10"]
    answered, unsure = of(RATED), of(("dk",))
    known.equal(answered, item["bases"].get("answered"))
    labels = {**{label: (code,) for code, label in CODES.items()}, "Agree or strongly agree": AGREE}
    for row in item["rows"]:
        count = of(labels[row["group"]])
        known.equal(count, row["count"])
        known.percent(count, of(tuple(CODES)), row["value"])
        known.percent(count, answered, row["of_answered"])
        known.percent(count, answered + unsure, row["with_dont_know"])
    by_name = {name: phase for phase, name in PHASES.items()}
    for row in (*tables["anchor"]["rows"], *tables["anchor_by_phase"]["rows"]):
        if row["group"] in by_name or row["group"].startswith("All"):
            _read_share(known, row, by_name.get(row["group"], ""))
    for row in tables["anchor_with_dont_know"]["rows"]:
        base = of((*RATED, "dk"), ("mainstream",))
        known.equal(base, row["base"])
        known.percent(of(AGREE, ("mainstream",)), base, row["value"])
        known.percent(of(("dk",), ("mainstream",)), base, row["dont_know"])
    _read_who_answered(known, tables)
    return known


def _read_who_answered(known: Equations, tables: Mapping[str, Any]) -> None:
    for row in tables["response"]["rows"]:
        _read_response(known, row)
    for row in tables["weighted_anchor"]["rows"]:
        if row["group"].startswith("Everybody"):
            _read_share(known, row, "")
        elif row["base"] is not None:
            # Everybody is in the population, so everybody who gave a rating has a weight.
            known.equal(of(RATED, ("mainstream",)), row["base"])


def _read_response(known: Equations, row: dict[str, Any]) -> None:
    phase, _, kind = row["group"].partition(", ")
    codes = {name: code for code, name in (PHASES | PROVISIONS).items()}
    if phase in codes:
        group = of(tuple(CODES), phase=codes[phase], kind=codes.get(kind, ""))
        known.equal(group, row["answered"])
        if row["answered_share"] is not None:
            known.tenth(group, of(tuple(CODES)), row["answered_share"])


def _read_share(known: Equations, row: dict[str, Any], phase: str) -> None:
    base = of(RATED, ("mainstream",), phase)
    if row["status"] == "no_answers":
        known.equal(base, 0)
    known.equal(base, row["base"])
    if row["value"] is not None:
        known.percent(of(AGREE, ("mainstream",), phase), base, row["value"])


def counts() -> Iterator[tuple[str, Any, int]]:
    """Every count of the tables, and those of the other parents: its name and what is enough."""
    for code, label in CODES.items():
        yield label, of((code,)), 5
    for phase in ("", *PHASES):
        yield f"base {phase}", of(RATED, ("mainstream",), phase), 10
        yield f"agree {phase}", of(AGREE, ("mainstream",), phase), 5
        yield f"rest {phase}", of(REST, ("mainstream",), phase), 5
    for phase, kind in product(PHASES, ("", *PROVISIONS)):
        yield f"answered {phase} {kind}", of(tuple(CODES), phase=phase, kind=kind), 5
    for name, codes in (("agree", AGREE), ("rest", REST), ("dk", ("dk",))):
        yield f"others {name}", of(codes, ("special",)), 5


def proved(people: Sequence[Said]) -> list[str]:
    """The small counts that follow from the release."""
    known = read(release(people), len(people))
    kinds = [
        KINDS.index((each["phase"], each["setting"], each["c10"], each["provision"]))
        for each in people
    ]
    truth = np.bincount(kinds, minlength=len(KINDS))
    found = []
    for name, row, enough in counts():
        true = int(row @ truth)
        if 0 < true < enough:
            low, high = known.bounds(row)
            assert low <= true <= high
            if low == high or (low > 0 and high < enough):
                found.append(f"{name}: {low} to {high}")
    return found


def block(phase: str, setting: str, code: str, count: int, kind: str = "sen_support") -> list[Said]:
    return [parent(phase, setting, c10=code, provision=kind)] * count


ROUNDS = st.lists(
    st.builds(
        block,
        st.sampled_from(list(PHASES)),
        st.sampled_from(SETTINGS),
        st.sampled_from(["5", "4", "2", "dk", "skip"]),
        st.sampled_from([1, 2, 3, 6, 9, 14, 40]),
        st.sampled_from(list(PROVISIONS)),
    ),
    min_size=4,
    max_size=10,
).map(lambda blocks: [person for each in blocks for person in each])


@settings(deadline=None, max_examples=12, derandomize=True)
@given(ROUNDS.filter(lambda people: len(people) >= 30))
def test_no_small_count_follows_from_a_release(people: list[Said]) -> None:
    assert proved(people) == []


def test_without_complementary_suppression_one_would(monkeypatch: pytest.MonkeyPatch) -> None:
    break_it(monkeypatch, "_hide_all_that_is_needed", "_pass")
    people = [*block("primary", "mainstream", "5", 20), *block("secondary", "mainstream", "2", 14)]
    assert proved([*people, *block("primary", "mainstream", "1", 3)])
