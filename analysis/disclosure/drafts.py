"""Tables before it is decided what of them may be shown: every figure names the counts it tells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis import tables
from analysis.disclosure.cells import Cell
from analysis.disclosure.rules import FEW, SMALL, TOO_FEW
from analysis.tables import Column, Row

NOBODY = "no answers"


@dataclass(frozen=True)
class Figure:
    """Cells of one row, by column, that are shown or hidden together.

    `tells` are all the counts that follow from them, as if percentages were not rounded;
    the figure is shown where all of those may be known. `weight` is what hiding it costs.
    """

    values: Mapping[str, Any]
    tells: tuple[Cell, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class DraftRow:
    """A row: its group, its figures, and the people it is about, where it has a base.

    `plain` are cells that belong to no figure: they say nothing about people.
    """

    group: str
    figures: tuple[Figure, ...]
    base: Cell | None = None
    plain: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Note:
    """A sentence of the base note with counts in it, and what to say where they are hidden.

    `name` and `count` also go into the table's `bases`, where there is a name.
    """

    text: str
    tells: tuple[Cell, ...]
    instead: str = ""
    name: str = ""
    count: int | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class Draft:
    """A table. `protects` are counts that it does not show and that must not follow if small.

    `keeps_open` are counts that must not follow, small or not.
    Where `base` is below the threshold nothing of the table is shown. `withheld` says why
    there are no rows where none of them may be shown, and `hidden` why one row is not shown.
    `about` is as in `analysis.tables.published`.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[DraftRow, ...]
    about: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    protects: tuple[Cell, ...] = ()
    keeps_open: tuple[Cell, ...] = ()
    base: Cell | None = None
    withheld: str = SMALL
    hidden: str = FEW

    def told(self) -> list[tuple[tuple[Cell, ...], float]]:
        """The counts each of its figures and notes tells, with its weight."""
        figures = [(f.tells, f.weight) for row in self.rows for f in row.figures]
        return figures + [(note.tells, note.weight) for note in self.notes if note.tells]


def publish(
    draft: Draft, count: Callable[[Cell], int], known: frozenset[Cell], threshold: int
) -> Row:
    """The table with what may be known of it."""
    if draft.base is not None and count(draft.base) < threshold:
        return _withheld(draft, TOO_FEW.format(threshold=threshold))
    rows = [_row(row, draft, count, known) for row in draft.rows]
    states = {row["status"] for row in rows}
    if tables.NOT_PUBLISHED in states and tables.SHOWN not in states:
        return _withheld(draft, draft.withheld)
    shown = [(note, known.issuperset(note.tells)) for note in draft.notes]
    sentences = [note.text if is_known else note.instead for note, is_known in shown]
    base_note = " ".join(each for each in [draft.about.get("base_note", ""), *sentences] if each)
    about = {**draft.about, "base_note": base_note}
    made = tables.published(draft.name, draft.title, draft.columns, rows, **about)
    bases = {note.name: note.count if is_known else None for note, is_known in shown if note.name}
    return {**made, "bases": bases}


def _withheld(draft: Draft, reason: str) -> Row:
    return tables.withheld(draft.name, draft.title, draft.columns, reason, **draft.about)


def _row(row: DraftRow, draft: Draft, count: Callable[[Cell], int], known: frozenset[Cell]) -> Row:
    if row.base is not None and count(row.base) == 0:
        return tables.not_shown(row.group, draft.columns, tables.NO_ANSWERS, NOBODY)
    shown = [figure for figure in row.figures if known.issuperset(figure.tells)]
    if not shown:
        return tables.not_shown(row.group, draft.columns, tables.NOT_PUBLISHED, draft.hidden)
    cells: Row = {column.key: None for column in draft.columns} | dict(row.plain)
    for figure in shown:
        cells |= figure.values
    gone = [key for figure in row.figures if figure not in shown for key in figure.values]
    return tables.shown(**{**cells, "group": row.group}, hidden=gone)
