"""One row of a layout to figures: counts as they stand, percentages from their own base.

A percentage is computed only where the publisher gives one or leaves none to give; it is
withheld where its counts contradict the publisher's own percentage, or where too much of
its base is unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from analysis.indicators.definitions import UNKNOWN_LIMIT, Binding
from analysis.indicators.symbols import SymbolTable, UnknownSymbol, read_cell
from analysis.indicators.table import key
from surveys.records import IndicatorValue, Missing

_ALL = 100
_PERCENT_TOLERANCE = 0.1 + 1e-9
Number = float | Missing


@dataclass(frozen=True)
class Fault:
    """One cell that cannot be used: its column, what is wrong, what to do."""

    column: str
    cause: str
    remedy: str


@dataclass
class Faults:
    """What was found while a row was read: fatal to the file, or only to one figure."""

    fatal: list[Fault] = field(default_factory=list)
    minor: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """The cells of one row, by heading as `table.key` spells it."""

    cells: Mapping[str, str]
    symbols: SymbolTable

    def cell(self, column: str) -> str:
        """The text under the layout's own column name."""
        return self.cells[key(column)]

    def number(self, column: str, faults: Faults) -> Number:
        """The cell's number or why there is none; a cell that is neither is a fatal fault."""
        found = read_cell(self.cell(column), self.symbols)
        if isinstance(found, UnknownSymbol):
            faults.fatal.append(_unknown_symbol(column, found.text, self.symbols))
            return Missing.UNAVAILABLE
        if isinstance(found, float) and found < 0:
            cause = f'"{self.cell(column)}" is below zero.'
            faults.fatal.append(Fault(column, cause, "Download the file again."))
        return found


def figure(binding: Binding, row: Row, place: IndicatorValue, faults: Faults) -> IndicatorValue:
    """The figure of one series in one row.

    `place` is the value without its number: series, area and period. Faults are added
    to `faults`; a figure with a minor fault comes back without a number and says why.
    """
    if binding.value:
        found = _count(binding, row, place, faults)
    elif not binding.numerator:
        found = _as_published(binding, row, place, faults)
    else:
        found = _percentage(binding, row, place, faults)
    return _without_unknowns(binding, row, found, faults)


def _count(binding: Binding, row: Row, place: IndicatorValue, faults: Faults) -> IndicatorValue:
    number = row.number(binding.value, faults)
    base = _total(binding.denominator, row, faults) if binding.denominator else None
    if isinstance(number, float) and not number.is_integer():
        cause = f'"{row.cell(binding.value)}" is not a whole number, and a count is.'
        faults.fatal.append(Fault(binding.value, cause, "Download the file again."))
    return _with(place, number, denominator=base if isinstance(base, float) else None)


def _as_published(
    binding: Binding, row: Row, place: IndicatorValue, faults: Faults
) -> IndicatorValue:
    number = row.number(binding.published, faults)
    if isinstance(number, float) and number > _ALL:
        cause = f'"{row.cell(binding.published)}" is more than 100%.'
        faults.fatal.append(Fault(binding.published, cause, "Download the file again."))
    return _with(place, number)


def _percentage(
    binding: Binding, row: Row, place: IndicatorValue, faults: Faults
) -> IndicatorValue:
    part = _total(binding.numerator, row, faults)
    whole = _total(binding.denominator, row, faults)
    own = row.number(binding.published, faults) if binding.published else None
    if isinstance(part, Missing):
        return _with(place, part)
    if isinstance(whole, Missing):
        return _with(place, whole)
    if isinstance(own, Missing):
        return _with(place, own)
    return _share(binding, (part, whole, own), place, faults)


def _share(
    binding: Binding,
    numbers: tuple[float, float, float | None],
    place: IndicatorValue,
    faults: Faults,
) -> IndicatorValue:
    part, whole, own = numbers
    if whole == 0:
        return replace(_with(place, Missing.NOT_APPLICABLE), note="There were none to count.")
    if part > whole:
        column = binding.numerator[0]
        cause = f"The part ({part:,.0f}) is larger than the whole ({whole:,.0f})."
        faults.fatal.append(Fault(column, cause, "Ask the publisher, or download it again."))
    found = _with(place, 100 * part / whole, part, whole)
    if own is not None and abs(own - 100 * part / whole) > _PERCENT_TOLERANCE:
        return _contradicted(binding, own, found, faults)
    return found


def _contradicted(
    binding: Binding, own: float, found: IndicatorValue, faults: Faults
) -> IndicatorValue:
    cause = (
        f"The file gives {own:g}%, but its own counts give {found.value:.1f}% "
        f"({found.numerator:,.0f} of {found.denominator:,.0f})."
    )
    faults.minor.append(Fault(binding.published, cause, "No figure was taken: ask the publisher."))
    note = f"{cause} So no figure can be given."
    return replace(found, value=None, missing=Missing.UNAVAILABLE, note=note)


def _without_unknowns(
    binding: Binding, row: Row, found: IndicatorValue, faults: Faults
) -> IndicatorValue:
    """Withhold a figure where too much of its base is unknown; say where that is not given."""
    if not binding.unknown or found.value is None or not found.denominator:
        return found
    unknown = row.number(binding.unknown, faults)
    if isinstance(unknown, Missing):
        return replace(found, note="The file does not say how many placements were unknown.")
    if unknown <= UNKNOWN_LIMIT * found.denominator:
        return found
    note = (
        f"{100 * unknown / found.denominator:.0f}% of placements were unknown "
        f"({unknown:,.0f} of {found.denominator:,.0f}), so no figure can be given."
    )
    return replace(found, value=None, missing=Missing.UNAVAILABLE, note=note)


def _total(columns: tuple[str, ...], row: Row, faults: Faults) -> Number:
    """The sum of some cells; missing, for the first reason met, where any cell is missing."""
    total = 0.0
    missing: Missing | None = None
    for column in columns:
        number = row.number(column, faults)
        if isinstance(number, Missing):
            missing = missing or number
        else:
            total += number
    return missing or total


def _with(
    place: IndicatorValue,
    number: Number,
    numerator: float | None = None,
    denominator: float | None = None,
) -> IndicatorValue:
    missing = number if isinstance(number, Missing) else None
    value = None if isinstance(number, Missing) else number
    return replace(
        place, value=value, missing=missing, numerator=numerator, denominator=denominator
    )


def _unknown_symbol(column: str, text: str, symbols: SymbolTable) -> Fault:
    known = ", ".join(symbol for symbol in symbols if symbol)
    return Fault(
        column,
        f'"{text}" is neither a number nor a symbol this layout knows ({known}).',
        "Ask the publisher what it means; it was not guessed.",
    )
