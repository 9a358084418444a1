"""What the figures of a file would change against those kept before: new, the same, revised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveys.records import IndicatorValue


class Kind(StrEnum):
    """How a figure stands to the one kept for its series, area and period."""

    NEW = "new"
    SAME = "the same"
    REVISED = "revised"


@dataclass(frozen=True)
class Change:
    """A figure of the file, and the one kept now; `before` is `None` where there is none."""

    kind: Kind
    value: IndicatorValue
    before: IndicatorValue | None


Key = tuple[str, str, str, str]


def figure_key(value: IndicatorValue) -> Key:
    """What makes two figures the same one: series, area, kind of period, period."""
    return value.series, value.area_code, value.period_kind, value.period


def changes(values: Iterable[IndicatorValue], kept: Iterable[IndicatorValue]) -> tuple[Change, ...]:
    """Each figure against the one kept; `kept` holds one figure a series, area and period."""
    before = {figure_key(one): one for one in kept}
    return tuple(_change(one, before.get(figure_key(one))) for one in values)


def in_order(found: Sequence[Change]) -> list[Change]:
    """By series, then area from England down to the council, then period, oldest first."""
    levels = {"National": 0, "Regional": 1}
    return sorted(
        found,
        key=lambda one: (
            one.value.series,
            levels.get(one.value.area_level, 2),
            one.value.area_code,
            one.value.period,
        ),
    )


def _change(value: IndicatorValue, before: IndicatorValue | None) -> Change:
    if before is None:
        return Change(Kind.NEW, value, None)
    same = _says(value) == _says(before)
    return Change(Kind.SAME if same else Kind.REVISED, value, before)


def _says(value: IndicatorValue) -> tuple[object, ...]:
    """What a figure says, its area's spelling aside."""
    return (
        value.unit,
        value.value,
        value.missing,
        value.numerator,
        value.denominator,
        value.note,
    )
