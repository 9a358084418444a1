"""A release's tables of weighted figures, beside the unweighted ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis import disclosure, tables
from analysis.anchor_tables import TITLE
from analysis.confidence import HIGHEST, LOWEST, anchor_item, in_mainstream
from analysis.disclosure import (
    Cell,
    Crowd,
    Draft,
    DraftRow,
    Figure,
    Kind,
    Note,
    where,
)
from analysis.dividing import INDEX
from analysis.frames import Answers
from analysis.intervals import LABEL
from analysis.mean_tables import Counted, Values
from analysis.represented import Represented
from analysis.tables import Column
from analysis.weighted import EVERYONE, PLACED, WEIGHTED, means_beside, top_two_beside
from analysis.weighted_cells import Told, Weighing, anchor_told, index_told, weight_groups
from analysis.weighting import Cause, NotWeighted, Weights, rake

NAMES = {
    EVERYONE: "Everybody, not weighted",
    PLACED: "People with a weight, not weighted",
    WEIGHTED: "Weighted",
}
NOT_WEIGHTED = "Not weighted: {reason}"
TOLD = "few people, or hidden so that the answers of a few people do not follow"
DEFINITION = (
    "Weights make phases and kinds of help count as in the population. They cannot mend that"
    " those who stayed silent may think otherwise than others of their group. People in no group"
    " of the population have no weight. Effective number: how many people without weights would"
    " be as precise (Kish)."
)
NO_POPULATION = (
    " How many children in mainstream schools there are is not known, so no interval is corrected"
    " for the population."
)


def weigh(answers: Answers, crowd: Crowd, stands: Represented, threshold: int) -> Weighing:
    """Weigh a round's people to its population."""
    found = rake(answers.people, stands.population)
    groups = weight_groups(crowd, stands, found) if isinstance(found, Weights) else None
    return Weighing(found, groups, crowd, stands, threshold)


def weighted_index(answers: Answers, weighing: Weighing, values: Values, counted: Counted) -> Draft:
    """The confidence index of all, unweighted and weighted."""
    has_index, population = where(**{INDEX: "yes"}), weighing.stands.sizes().get("")
    figures = means_beside(
        values.of,
        weighing.weights,
        households=values.households,
        population=population,
        everyone=values.interval(LOWEST, HIGHEST, population) if len(values.of) else None,
    )
    told = index_told(answers, weighing, counted, has_index)
    about = _About("weighted_index", "Confidence index, weighted", "Index", "0 to 100", 1)
    return _table(about, figures, told, weighing)


def weighted_anchor(answers: Answers, weighing: Weighing) -> list[Draft]:
    """The share of mainstream parents who agree, unweighted and weighted."""
    item = anchor_item(answers)
    if item is None:
        return []
    scores = answers.scores[item.key].where(in_mainstream(answers))
    homes = answers.people["household"]
    figures = top_two_beside(scores, weighing.weights, households=homes)
    told = anchor_told(item, weighing)
    title = f"{TITLE}, weighted"
    about = _About("weighted_anchor", title, "Agree or strongly agree", "percent", 0, NO_POPULATION)
    return [_table(about, figures, told, weighing)]


@dataclass(frozen=True)
class _About:
    """A table: its name and title, its value's title, unit and decimal places, what more it is."""

    name: str
    title: str
    value: str
    unit: str
    places: int
    more: str = ""


def _table(about: _About, figures: pd.DataFrame, told: Told, weighing: Weighing) -> Draft:
    columns = (
        Column("group", "People"),
        Column("base", "People", "people"),
        Column("effective", "Effective number", "people"),
        Column("value", about.value, about.unit),
        Column("low", "From", about.unit),
        Column("high", "To", about.unit),
        Column("interval", "Interval by"),
        Column("note", "Note"),
    )
    rows = [_row(each, about.places, told) for each in figures.to_dict("records")]
    if weighing.weights is None:
        rows.append(_refused(weighing))
    method = weighing.weights.method if weighing.weights else ""
    return Draft(
        about.name,
        about.title,
        columns,
        tuple(rows),
        {"definition": DEFINITION + about.more, "method": f"{method} {LABEL}".strip()},
        notes=_joined(weighing),
        base=told.base if weighing.crowd.count(told.base) else None,
        hidden=TOLD,
    )


def _row(each: Mapping[Any, Any], places: int, told: Told) -> DraftRow:
    """A row that is not told has no figure, and so is not shown."""
    name, base = each["estimate"], int(each["base"])
    if name not in told.rows:
        return DraftRow(NAMES[name], ())
    numbers = {key: _number(each[key], places) for key in ("value", "low", "high")}
    cells = {
        "base": base,
        "effective": _number(each["effective"], 1) if name == WEIGHTED else base,
        **numbers,
        "interval": each["method"],
        "note": disclosure.low_base_note(base),
    }
    return DraftRow(NAMES[name], (Figure(cells, told.rows[name]),))


def _number(value: float, places: int) -> float | int | None:
    return None if pd.isna(value) else tables.rounded(float(value), places)


def _refused(weighing: Weighing) -> DraftRow:
    """Why nothing is weighted, where that tells of nobody."""
    assert isinstance(weighing.found, NotWeighted)  # noqa: S101 - asked by the caller
    reason, cause, stands = weighing.found.reason, weighing.found.cause, weighing.stands
    cells: Mapping[tuple[str, str], int] = stands.figures.cells if stands.figures else {}
    groups = [stands.within(phase, (kind,)) for phase, kind in cells]
    every = tuple(Cell(Kind.ANSWER, (part,)) for part in groups if part)
    tells: Mapping[Cause, tuple[Cell, ...]] = {
        Cause.FEW: (Cell(Kind.BASE, stands.everybody()),),
        Cause.NOBODY: tuple(cell for cell in every if not weighing.crowd.count(cell)),
        Cause.FAR: every,
    }
    note = NOT_WEIGHTED.format(reason=reason)
    return DraftRow(NAMES[WEIGHTED], (Figure({"note": note}, tells.get(cause, ())),))


def _joined(weighing: Weighing) -> tuple[Note, ...]:
    if weighing.weights is None or weighing.groups is None:
        return ()
    text = " ".join(weighing.weights.joined)
    return (Note(text, weighing.groups.heads(), weight=0.1),) if text else ()
