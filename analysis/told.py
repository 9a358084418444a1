"""What releases have told, where the drafts of today say of whom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from analysis.disclosure import Cell, Draft, DraftRow, Figure, Where
from analysis.tables import PUBLISHED, SHOWN

Release = Mapping[str, Any]

COUNTS = ("base", "count", "value")
"""The cells by which it is seen whether the answers of a release are those of today."""


def told_by_all(releases: Sequence[Release], drafts: Sequence[Draft]) -> frozenset[Cell] | None:
    """The counts that any of these releases has told, or `None` where one had other answers.

    A figure of which any cell was shown told its counts, however it was worked out then.
    """
    told: set[Cell] = set()
    for release in releases:
        tables = {each["name"]: each for each in release["tables"] if each["status"] == PUBLISHED}
        for draft in drafts:
            cells = _told(tables[draft.name], draft) if draft.name in tables else frozenset()
            if cells is None:
                return None
            told |= cells
    return frozenset(told)


def _told(table: Mapping[str, Any], draft: Draft) -> frozenset[Cell] | None:
    told: set[Cell] = set()
    rows = {row["group"]: row for row in table["rows"] if row["status"] == SHOWN}
    if rows.keys() - {row.group for row in draft.rows}:
        return None
    for row in draft.rows:
        before = rows.get(row.group, {})
        for figure in row.figures:
            shown = [key for key in figure.values if before.get(key) not in {None, ""}]
            if any(before[key] != figure.values[key] for key in shown if key in COUNTS):
                return None
            told.update(figure.tells if shown else ())
    for note in draft.notes:
        count = table.get("bases", {}).get(note.name) if note.name else None
        if count is not None and count != note.count:
            return None
        if count is not None or (note.text and note.text in table["base_note"]):
            told.update(note.tells)
    return frozenset(told)


def named(draft: Draft, prefix: str) -> Draft:
    """The same draft of another crowd, whose variables' names begin so."""

    def cell(one: Cell) -> Cell:
        return Cell(one.kind, tuple(named_where(part, prefix) for part in one.parts))

    return replace(
        draft,
        rows=tuple(_row(row, cell) for row in draft.rows),
        notes=tuple(replace(note, tells=tuple(map(cell, note.tells))) for note in draft.notes),
        protects=tuple(map(cell, draft.protects)),
        keeps_open=tuple(map(cell, draft.keeps_open)),
        base=draft.base and cell(draft.base),
    )


def named_where(part: Where, prefix: str) -> Where:
    """The same people by variables whose names begin so."""
    return frozenset((prefix + name, groups) for name, groups in part)


def _row(row: DraftRow, cell: Callable[[Cell], Cell]) -> DraftRow:
    figures: list[Figure] = [
        replace(figure, tells=tuple(map(cell, figure.tells))) for figure in row.figures
    ]
    return replace(row, figures=tuple(figures), base=row.base and cell(row.base))
