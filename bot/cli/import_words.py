"""What an import understood, refused and would change, on a terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from bot.cli.context import console, show_table
from surveys.records import IndicatorValue

if TYPE_CHECKING:
    from analysis.indicators import ImportReport
    from analysis.indicators.changes import Change
    from bot.figures import Preview

_MOST_NEW = 120
"""New figures shown one by one; revised ones always are."""


def show_report(report: "ImportReport") -> None:
    """The reader and its reason, every row accounted for, and what could not be used."""
    console.print(f"Read as {report.reader}, {report.encoding}. {report.why}", markup=False)
    console.print(f"{report.title} ({report.publisher}).", markup=False)
    console.print(f"{report.rows_read:,} rows read, {report.rows_used:,} used.")
    for reason, count in report.ignored.items():
        console.print(f"  ignored: {count:,} {reason}", markup=False)
    for symbol, count in report.unread_symbols.items():
        words = f"  unknown symbol in ignored rows: {symbol!r}, {count:,} times"
        console.print(words, markup=False)
    for problem in report.problems:
        console.print(f"  problem: {problem}", markup=False)
    _show_notes(report.values)


def show_preview(preview: "Preview") -> None:
    """Every figure that is new or revised, and how many stay as they are."""
    from analysis.indicators.changes import Kind  # noqa: PLC0415 - brings the readers

    counts = Counter(one.kind for one in preview.found)
    console.print(", ".join(f"{counts[kind]:,} {kind.value}" for kind in Kind) + " figures.")
    if preview.kept_before:
        console.print(f"{preview.kept_before:,} more were kept from this very file before.")
    rows = [_row(one) for one in preview.found if one.kind is Kind.REVISED]
    new = [one for one in preview.found if one.kind is Kind.NEW]
    rows += [_row(one) for one in new] if len(new) <= _MOST_NEW else list(_grouped(new))
    if rows:
        show_table(("Change", "Series", "Area", "Period", "Kept now", "In the file"), rows)


def _row(one: "Change") -> tuple[str, ...]:
    before = _words(one.before) if one.before else ""
    where = (one.value.series, one.value.area_name, _period(one.value))
    return (one.kind.value, *where, before, _words(one.value))


def _grouped(new: "Sequence[Change]") -> Iterator[tuple[str, ...]]:
    """A line a series and area instead of a line a period."""
    for (series, area), found in groupby(new, lambda one: (one.value.series, one.value.area_name)):
        values = [one.value for one in found]
        first, last = _period(values[0]), _period(values[-1])
        periods = first if first == last else f"{first} to {last}"
        count = f"{len(values):,} figures, the last {_words(values[-1])}"
        yield ("new", series, area, periods, "", count)


def _show_notes(values: Sequence[IndicatorValue]) -> None:
    """Figures that were withheld one by one; a remark on several figures once, with how many."""
    remarks = Counter(
        (one.series, one.note) for one in values if one.note and one.value is not None
    )
    for one in values:
        if one.note and one.value is None:
            where = f"{one.series}, {one.area_name}, {_period(one)}"
            console.print(f"  withheld: {where}: {one.note}", markup=False)
    for (series, note), count in remarks.items():
        console.print(f"  note: {series}, {count:,} figures: {note}", markup=False)


def _rows(found: "tuple[Change, ...]") -> Iterator[tuple[str, ...]]:
    from analysis.indicators.changes import Kind  # noqa: PLC0415

    for one in found:
        if one.kind is not Kind.SAME:
            before = _words(one.before) if one.before else ""
            where = (one.value.series, one.value.area_name, _period(one.value))
            yield (one.kind.value, *where, before, _words(one.value))


def _words(value: IndicatorValue) -> str:
    from analysis.strategy.wording import base_words, value_words  # noqa: PLC0415

    base = base_words(value)
    shown = value_words(value)
    return f"{shown} ({base})" if base and value.value is not None else shown


def _period(value: IndicatorValue) -> str:
    from analysis.indicators import period_words  # noqa: PLC0415

    return period_words(value.period, value.period_kind)
