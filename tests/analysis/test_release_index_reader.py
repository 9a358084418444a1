"""A reader of the tables about the index, with equations of her own, proves no small count.

She knows who has an index and who rated every question (of three of four, and of all four),
by phase and by way of answering, and how everybody divides.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from surveys.model import Questionnaire
from tests.analysis.answers import Said, confidence, form, rating
from tests.analysis.people import population_of
from tests.analysis.released import release, rows
from tests.analysis.test_disclosure import break_it

PHASES = {"early_years": "Early years", "primary": "Primary", "secondary": "Secondary"}
MODES = {"web": "Web page", "telegram": "Chat", "phone": "Telephone"}
RATED = {"all": 4, "most": 3, "few": 1, "none": 0}
KINDS = list(product(PHASES, MODES, RATED))
ITEMS = ("q1", "q2", "q3", "q4")
FIGURES = population_of({(phase, ""): 90 for phase in (*PHASES, "post_16")})
Block = tuple[str, str, str, int]


def asked() -> Questionnaire:
    phase = confidence().question("phase")
    assert phase is not None
    return form(phase, *(rating(key) for key in ITEMS))


def said(phase: str, rated: str, number: int) -> Said:
    """The skipped question is another for each, so that questions tell nothing of it."""
    order = [ITEMS[(number + place) % 4] for place in range(4)]
    given_ = dict.fromkeys(order, "skip") | dict.fromkeys(order[: RATED[rated]], "4")
    return {"phase": phase, **given_}


def of(phase: str = "", mode: str = "", rated: tuple[str, ...] = tuple(RATED)) -> Any:
    """1 for each kind of people that is counted."""
    return np.array(
        [phase in {"", p} and mode in {"", m} and r in rated for p, m, r in KINDS], float
    )


INDEXED = ("all", "most")


def told(made: dict[str, Any]) -> Iterator[tuple[Any, int | None]]:
    """What she reads: which people, and how many."""
    index, modes, answered = (rows(made, name) for name in ("index", "modes", "response"))
    yield of(rated=INDEXED), index.get("All phases", {}).get("base")
    for phase, name in PHASES.items():
        yield of(phase, rated=INDEXED), _base(index.get(name))
        yield of(phase), answered.get(name, {}).get("answered")
    for mode, name in MODES.items():
        yield of(mode=mode, rated=INDEXED), _base(modes.get(name))
    for row in rows(made, "reliability").values():
        yield of(rated=("all",)), row["base"]
        yield of(rated=("most", "few")), row["left_out"]
    for row in rows(made, "weighted_index").values():
        yield of(rated=INDEXED), row["base"]


def _base(row: dict[str, Any] | None) -> int | None:
    if row is None:
        return None
    base: int | None = 0 if row["status"] == "no_answers" else row["base"]
    return base


def counts() -> Iterator[tuple[str, Any, int]]:
    """Every count of these tables, and what is enough."""
    for phase in PHASES:
        yield f"index {phase}", of(phase, rated=INDEXED), 10
        yield f"answered {phase}", of(phase), 5
    for mode in MODES:
        yield f"index {mode}", of(mode=mode, rated=INDEXED), 10
    yield "rated all", of(rated=("all",)), 10
    yield "rated some", of(rated=("most", "few")), 5


def proved(blocks: list[Block]) -> list[str]:
    """The small counts that follow from the release."""
    people = [block[:3] for block in blocks for _ in range(block[3])]
    answers = [said(phase, rated, n) for n, (phase, _, rated) in enumerate(people)]
    made = release(answers, asked(), stands_for=FIGURES, modes=[mode for _, mode, _ in people])
    equations = [(of(), len(people)), *((row, n) for row, n in told(made) if n is not None)]
    truth = np.bincount([KINDS.index(each) for each in people], minlength=len(KINDS))
    assert all(round(float(row @ truth)) == n for row, n in equations)
    numbers = np.array([n for _, n in equations], dtype="float64")
    known = LinearConstraint(np.array([row for row, _ in equations]), numbers, numbers)
    found = []
    for name, row, enough in counts():
        if 0 < row @ truth < enough:
            low, high = (_end(row, sign, known) for sign in (1, -1))
            if low == high or (low > 0 and high < enough):
                found.append(f"{name}: {low} to {high}")
    return found


def _end(row: Any, sign: int, known: LinearConstraint) -> int:
    solved = milp(sign * row, integrality=np.ones(len(KINDS), int), constraints=known)
    assert solved.x is not None, solved.message
    return round(float(row @ solved.x))


ROUNDS = st.lists(
    st.tuples(
        st.sampled_from(list(PHASES)),
        st.sampled_from(list(MODES)),
        st.sampled_from(list(RATED)),
        st.sampled_from([1, 2, 3, 6, 9, 14, 40]),
    ),
    min_size=3,
    max_size=9,
).filter(lambda blocks: sum(block[3] for block in blocks) >= 30)


@settings(deadline=None, max_examples=15, derandomize=True)
@given(ROUNDS)
def test_no_small_count_of_the_index_follows_from_a_release(blocks: list[Block]) -> None:
    assert proved(blocks) == []


def test_without_complementary_suppression_one_would(monkeypatch: pytest.MonkeyPatch) -> None:
    break_it(monkeypatch, "_hide_all_that_is_needed", "_pass")
    web, chat = ("primary", "web", "all", 40), ("primary", "telegram", "all", 20)
    assert proved([web, chat, ("primary", "phone", "all", 4)])
