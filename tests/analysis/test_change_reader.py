"""A reader of the releases of two linked rounds, with equations of her own, proves no small count.

She knows how many answered each round, both tables of the index and every row of pairs, and
nothing of the product's own checking.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from analysis import paired_tables
from analysis.earlier_round import EarlierRound
from analysis.release import build_release
from tests.analysis.answers import (
    MADE_ON,
    Said,
    a_round,
    answers_of,
    columns_of,
    form,
    rating,
    responses_of,
)
from tests.builders import PHASES, question

NAMES = {"early_years": "Early years", "primary": "Primary", "secondary": "Secondary"}
CODES = tuple(NAMES)
SIDES = [None, *product(CODES, (True, False))]
"""Not in the round, or in this phase, with an index or without."""
KINDS = [each for each in product(SIDES, SIDES) if each != (None, None)]
THRESHOLD = 10
Kind = tuple[Any, Any]
ASKED = form(question("phase", offered=PHASES), rating("c1"), rating("c2"))


def person(side: tuple[str, bool], number: int) -> Said:
    phase, has_index = side
    rate = "12345"[number % 5] if has_index else "dk"
    return {"phase": phase, "c1": rate, "c2": rate}


def two_releases(counts: dict[Kind, int]) -> tuple[dict[str, Any], dict[str, Any]]:
    people = [kind for kind, count in counts.items() for _ in range(count)]
    sides = []
    for place, shift in ((0, 0), (1, 1)):
        here = [(f"s{n}", each[place]) for n, each in enumerate(people) if each[place]]
        said = [person(side, n + shift * (n % 3)) for n, (_, side) in enumerate(here)]
        series = [name for name, _ in here]
        sides.append(columns_of(responses_of(said, ASKED), answers_of(said), series=series))
    a, b = replace(a_round(ASKED), linked=True, name="A"), replace(a_round(ASKED), linked=True)
    first = release(a, sides[0])
    earlier = EarlierRound(a, ASKED, sides[0], (first,), is_followed=True)
    return first, release(replace(b, moment="after"), sides[1], before=earlier)


def release(a_round: Any, columns: Any, **about: Any) -> dict[str, Any]:
    return build_release(a_round, ASKED, columns, made_on=MADE_ON, code_version="1", **about)


def of(inside: Callable[[Any, Any], bool]) -> Any:
    return np.array([inside(*kind) for kind in KINDS], float)


def indexed(side: Any, phase: str = "") -> bool:
    return side is not None and side[1] and phase in {"", side[0]}


def based(place: int, phase: str = "") -> Any:
    return of(lambda *kind: indexed(kind[place], phase))


def paired(old: str = "", new: str = "") -> Any:
    return of(lambda before, after: indexed(before, old) and indexed(after, new))


def rows_of(made: dict[str, Any], name: str) -> dict[str, dict[str, Any]]:
    [table] = [each for each in made["tables"] if each["name"] == name]
    return {row["group"]: row for row in table["rows"]}


def read(first: dict[str, Any], second: dict[str, Any]) -> list[tuple[Any, int, float]]:
    """What she knows: a row of weights, and from what to what number it comes."""
    known = []
    phases = [("", "All phases"), *NAMES.items()]
    for place, made in enumerate((first, second)):
        rows = rows_of(made, "index")
        known += [(based(place, code), rows.get(name)) for code, name in phases]
    changes = rows_of(second, "index_change")
    for code, name in phases:
        row = changes.get(name)
        if row and row["design"] == "paired":
            known.append((paired(code, code), {**row, "base": row["base_after"]}))
    moves = rows_of(second, "transitions")
    for old, new in (CODES[:2], CODES[1:]):
        row = moves.get(f"{NAMES[old]} to {NAMES[new]}")
        known.append((paired(old, new), row and {**row, "base": row["base_after"]}))
    return [(weights, *_between(row)) for weights, row in known if row]


def _between(row: dict[str, Any]) -> tuple[int, float]:
    """A row that is not shown has somebody: one without says that there are no answers."""
    if row["status"] == "no_answers":
        return 0, 0
    base = row["base"]
    return (1, np.inf) if base is None else (base, base)


def sought() -> dict[str, Any]:
    """The counts that must not follow where they are small, those left by subtraction too."""
    counts = {f"{place} {code}": based(place, code) for place in (0, 1) for code in ("", *CODES)}
    for code in ("", *CODES):
        counts[f"pairs {code}"] = paired(code, code)
        for place in (0, 1):
            counts[f"{place} {code} less pairs"] = based(place, code) - paired(code, code)
    counts["moves"] = paired() - sum(paired(code, code) for code in CODES)
    for old, new in (CODES[:2], CODES[1:]):
        counts[f"{old} to {new}"] = paired(old, new)
        counts["other moves"] = counts.get("other moves", counts["moves"]) - paired(old, new)
    return counts


def proved(counts: dict[Kind, int]) -> list[str]:
    """The small counts that follow from both releases."""
    truth = np.array([counts.get(kind, 0) for kind in KINDS])
    known = read(*two_releases(counts))
    for place in (0, 1):
        answered = of(lambda *kind, place=place: kind[place] is not None)
        known.append((answered, int(answered @ truth), int(answered @ truth)))
    rows, low, high = map(np.array, zip(*known, strict=True))
    assert ((low <= rows @ truth) & (rows @ truth <= high)).all(), "what is shown is true"
    limits = LinearConstraint(rows, low, high)
    found = []
    for name, weights in sought().items():
        true = int(weights @ truth)
        if 0 < true < THRESHOLD:
            least, most = (end(weights, limits, sign) for sign in (1, -1))
            if least == most or (least > 0 and most < THRESHOLD):
                found.append(f"{name}: {least} to {most}")
    return found


def end(weights: Any, limits: LinearConstraint, sign: int) -> int:
    solved = milp(sign * weights, integrality=np.ones(len(KINDS), int), constraints=limits)
    assert solved.x is not None, solved.message
    return round(float(weights @ solved.x))


def both(old: str, new: str) -> Kind:
    return (old, True), (new, True)


STAYED = [both(code, code) for code in CODES]
MOVED = [both("early_years", "primary"), both("primary", "secondary"), both("secondary", "primary")]
ALONE: list[Kind] = [((code, True), None) for code in CODES]
UNSURE: list[Kind] = [(("primary", True), ("primary", False)), (None, ("secondary", True))]
ROUNDS = st.fixed_dictionaries(
    {kind: st.sampled_from([0, 3, 9, 12, 20, 30]) for kind in STAYED}
    | {kind: st.sampled_from([0, 2, 7, 11]) for kind in [*MOVED, *ALONE, *UNSURE]}
)


@settings(deadline=None, max_examples=12, derandomize=True)
@given(ROUNDS.filter(lambda counts: sum(counts.values()) >= THRESHOLD))
def test_no_small_count_follows_from_the_releases_of_two_linked_rounds(
    counts: dict[Kind, int],
) -> None:
    assert proved(counts) == []


FEW_LEFT: dict[Kind, int] = {STAYED[1]: 40, STAYED[2]: 30, MOVED[1]: 3, ALONE[1]: 4}


def test_pairs_that_leave_a_few_by_subtraction_are_not_shown() -> None:
    _, second = two_releases(FEW_LEFT)
    rows = rows_of(second, "index_change")
    assert rows["Primary"]["design"] != "paired"


def test_were_all_pairs_shown_she_would_prove_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paired_tables, "shown_pairs", lambda *args: frozenset(args[3]))
    assert proved(FEW_LEFT)
