"""The shape of a release's tables, as plain data ready for JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]

SHOWN, NOT_PUBLISHED, NO_ANSWERS = "shown", "not_published", "no_answers"
PUBLISHED, WITHHELD = "published", "withheld"


@dataclass(frozen=True)
class Column:
    """One column: its key in every row, its heading, and its unit ("", "people", "percent"...)."""

    key: str
    title: str
    unit: str = ""


def published(
    name: str, title: str, columns: Sequence[Column], rows: Sequence[Row], **about: str
) -> Row:
    """A table that is shown. `about` may hold `definition`, `method` and `base_note`.

    Every row has `status` ("shown", "not_published" or "no_answers") and `reason`; a row
    that is not shown has `None` in every column but the first. A shown row's `hidden` lists
    the columns whose cells are `None` because they would tell of few people: such a cell
    reads "not shown: few people", any other `None` is a figure that there is not.
    """
    return _table(name, title, "published", columns, about, rows=list(rows))


def withheld(name: str, title: str, columns: Sequence[Column], reason: str, **about: str) -> Row:
    """A table that is not shown, with the reason and no rows."""
    return _table(name, title, "withheld", columns, about, reason=reason)


def shown(*, hidden: Sequence[str] = (), **cells: Any) -> Row:
    """A row that is shown, but for the columns in `hidden`."""
    return {**cells, "status": SHOWN, "reason": "", "hidden": list(hidden)}


def not_shown(group: str, columns: Sequence[Column], status: str, reason: str) -> Row:
    """A row of which only the group's name is shown."""
    blank = {column.key: None for column in columns}
    return {**blank, "group": group, "status": status, "reason": reason, "hidden": []}


def whole(number: float) -> int:
    """A whole number, halves away from nought as people round."""
    return int(number + 0.5) if number >= 0 else -int(-number + 0.5)


def rounded(number: float | None, places: int = 0) -> float | int | None:
    """The number for showing; `None` stays `None`."""
    if number is None:
        return None
    return whole(number) if places == 0 else whole(number * 10**places) / 10**places


def percent(count: int, base: int) -> int | None:
    """A whole percentage; `None` of a base of nought."""
    return whole(100 * count / base) if base else None


def _table(
    name: str,
    title: str,
    status: str,
    columns: Sequence[Column],
    about: dict[str, str],
    *,
    reason: str = "",
    rows: Sequence[Row] = (),
) -> Row:
    return {
        "name": name,
        "title": title,
        "status": status,
        "reason": reason,
        "definition": about.get("definition", ""),
        "method": about.get("method", ""),
        "base_note": about.get("base_note", ""),
        "bases": {},
        "columns": [
            {"key": column.key, "title": column.title, "unit": column.unit} for column in columns
        ],
        "rows": list(rows),
    }
