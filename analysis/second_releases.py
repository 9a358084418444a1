"""A second release of a round: what the first has told already, and whether both may stand."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analysis.disclosure import Cell, Draft
from analysis.errors import ReleaseRefused

FEW = range(1, 10)
"""Changes of a base that would show the answers of those few people by subtraction."""


def check_bases(earlier: Mapping[str, Any], release: Mapping[str, Any]) -> None:
    """Nothing where every base that both show is the same or differs by 10 people or more.

    Raises:
        ReleaseRefused: a base differs by 1 to 9; names the tables.
    """
    before, after = dict(_bases(earlier)), dict(_bases(release))
    close = [key for key, base in after.items() if abs(base - before.get(key, base)) in FEW]
    if close:
        names = dict.fromkeys(title for title, _ in close)
        raise ReleaseRefused(
            "A new release of this round is refused: the number of people behind"
            f" {len(names)} of its tables differs from the earlier release by 1 to 9, first"
            f" {next(iter(names))!r}. Whoever has both could take one from the other and see"
            " what those few people answered. The earlier release stands. Make a new one only"
            " when no number of people differs, or when it differs by 10 or more."
        )


def told_by(earlier: Mapping[str, Any], drafts: Sequence[Draft]) -> frozenset[Cell]:
    """Counts that the earlier release shows and that are the same today.

    Where all columns of a figure were shown with the same numbers, its counts are known, as
    if percentages were not rounded; where they differ, so do the people by 10 or more.
    """
    tables = {table["name"]: table for table in earlier["tables"]}
    told: set[Cell] = set()
    for draft in drafts:
        table = tables.get(draft.name, {"rows": [], "bases": {}})
        rows = {row["group"]: row for row in table["rows"]}
        for row in draft.rows:
            before = rows.get(row.group, {})
            for figure in row.figures:
                if _shown(before, figure.values):
                    told.update(figure.tells)
        for note in draft.notes:
            if note.name and table.get("bases", {}).get(note.name) == note.count:
                told.update(note.tells)
    return frozenset(told)


def _shown(before: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    numbers = {key: value for key, value in values.items() if value not in {None, ""}}
    return bool(numbers) and all(before.get(key) == value for key, value in numbers.items())


def _bases(release: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], int]]:
    for table in release["tables"]:
        for row in table["rows"]:
            if row.get("base") is not None:
                yield (table["title"], row["group"]), row["base"]
        for name, base in table.get("bases", {}).items():
            if base is not None:
                yield (table["title"], name), base
