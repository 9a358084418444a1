"""The rows of a table of change: what two releases show of a group, and what may be said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis import tables
from analysis.change import Change, Verdict, not_comparable
from analysis.disclosure import low_base_note
from analysis.tables import Column, Row

HIDDEN = "one of the rounds, or both, hide it: few people, or so that few people do not follow"
HIDDEN_PAIRS = "few pairs, or hidden so that few people do not follow"
GONE = (
    "the answers of the earlier round that are still kept are not those of its release,"
    " so no interval can be made"
)
ADJUSTED, PLAIN = "after Holm's adjustment over the rows shown", "tested by itself"
BEFORE, AFTER = ("base_before", "before"), ("base_after", "after")
LEAST_P = 0.001


def columns(unit: str, group: str = "Phase") -> tuple[Column, ...]:
    """The columns of a table of change; differences are in points."""
    points = "points"
    return (
        Column("group", group),
        Column("verdict", "In words"),
        Column("base_before", "People before", "people"),
        Column("base_after", "People after", "people"),
        Column("before", "Before", unit),
        Column("after", "After", unit),
        Column("difference", "Difference in points", points),
        Column("low", "From", points),
        Column("high", "To", points),
        Column("design", "Compared as"),
        Column("interval", "Interval by"),
        Column("note", "Note"),
    )


@dataclass(frozen=True)
class Seen:
    """What a release shows of a group: the row of its table, `None` where there is none."""

    row: Mapping[str, Any] | None

    @property
    def is_empty(self) -> bool:
        """Nobody answered."""
        return self.row is not None and self.row["status"] == tables.NO_ANSWERS

    @property
    def is_shown(self) -> bool:
        """Base and value are there."""
        return self.row is not None and None not in {self.row["base"], self.row["value"]}

    def cells(self, keys: tuple[str, str]) -> Row:
        """Its base and value under these names, as it shows them."""
        row = self.row or {}
        base = 0 if self.is_empty else row.get("base")
        return dict(zip(keys, (base, row.get("value")), strict=True))


def seen(release_tables: Mapping[str, Row], name: str, group: str) -> Seen:
    """What these tables show of the group in the table of this name."""
    rows = release_tables[name]["rows"] if name in release_tables else []
    return Seen(next((row for row in rows if row["group"] == group), None))


def side_by_side(group: str, before: Seen, after: Seen, about: tuple[Column, ...]) -> Row:
    """A group that cannot be compared: what each release shows of it, and no difference."""
    if before.is_empty and after.is_empty:
        return tables.not_shown(group, about, tables.NO_ANSWERS, "no answers")
    known = [each.is_shown or each.is_empty for each in (before, after)]
    if not any(each.is_shown for each in (before, after)):
        return tables.not_shown(group, about, tables.NOT_PUBLISHED, HIDDEN)
    nobody = [
        f"nobody answered in the {which} round"
        for which, each in (("earlier", before), ("later", after))
        if each.is_empty
    ]
    hidden = [key for keys, is_known in zip((BEFORE, AFTER), known, strict=True)
              for key in keys if not is_known]  # fmt: skip
    if hidden:
        hidden += ["difference", "low", "high"]
    return _row(
        group,
        {**before.cells(BEFORE), **after.cells(AFTER)},
        Verdict.NOT_AVAILABLE,
        "; ".join(nobody) or HIDDEN,
        hidden=hidden,
    )


def unavailable(group: str, before: Seen, after: Seen, why: str) -> Row:
    """Both releases show the group, and there is a reason why no difference can be made."""
    cells = {**before.cells(BEFORE), **after.cells(AFTER)}
    return _row(group, cells, Verdict.NOT_AVAILABLE, why)


def incomparable(group: str, why: str) -> Row:
    """Figures that may not be compared are not put side by side."""
    return compared(group, not_comparable(group, why), 0, family=False)


def compared(
    group: str, change: Change, places: int, *, family: bool, shown: Row | None = None
) -> Row:
    """The change of a group; `shown` are the figures of the releases, where it is made of those."""
    before, after = change.before, change.after
    found = change.difference
    cells = shown or {
        "base_before": before.base,
        "base_after": after.base,
        "before": tables.rounded(before.figure, places),
        "after": tables.rounded(after.figure, places),
    }
    if change.verdict is Verdict.NOT_COMPARABLE:
        cells = {}
    cells = {
        **cells,
        "difference": tables.rounded(found.value, places),
        "low": tables.rounded(found.interval.low, places),
        "high": tables.rounded(found.interval.high, places),
        "design": change.design.value,
        "interval": found.interval.method,
    }
    return _row(group, cells, change.verdict, _note(change, family=family))


def _note(change: Change, *, family: bool) -> str:
    bases = [base for base in (change.before.base, change.after.base) if base]
    said = [
        change.reason,
        change.smallest_words,
        _p_words(change.p_holm, family=family),
        low_base_note(min(bases)) if bases else "",
    ]
    return " ".join(f"{each[:1].upper()}{each[1:]}." for each in said if each)


def _p_words(p_value: float | None, *, family: bool) -> str:
    if p_value is None:
        return ""
    number = f"{p_value:.3f}" if p_value >= LEAST_P else f"below {LEAST_P}"
    return f"p-value {number}, {ADJUSTED if family else PLAIN}"


def _row(
    group: str, cells: Row, verdict: Verdict, note: str, hidden: list[str] | None = None
) -> Row:
    empty = {column.key: None for column in columns("")}
    words = {"design": "", "interval": "", "verdict": verdict.value, "note": _sentence(note)}
    return tables.shown(hidden=hidden or [], **{**empty, **words, **cells, "group": group})


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
