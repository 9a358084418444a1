"""LAIT's lines to figures: a value where a label is a series, a difference where two are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from analysis.indicators.areas import Area
from analysis.indicators.errors import CellProblem, IndicatorRefused
from analysis.indicators.lait_cells import fault_of, read_value
from analysis.indicators.lait_definitions import LaitSeries
from analysis.indicators.lait_rows import SHORT_DESC, VALUES, YEARS, Line
from analysis.indicators.periods import parse_period
from analysis.indicators.symbols import UnknownSymbol
from surveys.records import IndicatorValue, Missing

UNREADABLE = "rows with a cell that could not be read (each is listed)"
NOT_COVERED = "rows of years that no definition covers"

_Cell = tuple[str, str, str]


class Figures:
    """What was read so far: cells by label, area number and year, and the faults of others."""

    def __init__(
        self, series: tuple[LaitSeries, ...], areas: Mapping[str, Area], file: str
    ) -> None:
        self._series = series
        self._labelled: defaultdict[str, list[LaitSeries]] = defaultdict(list)
        for one in series:
            for label in one.labels:
                self._labelled[label].append(one)
        self._areas = areas
        self._file = file
        self._cells: dict[_Cell, float | Missing] = {}
        self._rows: dict[_Cell, int] = {}
        self.problems: list[CellProblem] = []
        self.present: set[str] = set()
        self.labels: set[str] = set()

    def add_all(self, lines: Iterable[Line]) -> Counter[str]:
        """Read lines of wanted areas; how many were left, by reason.

        Raises `IndicatorRefused` for two lines of one figure: neither can be chosen.
        """
        left: Counter[str] = Counter()
        for line in lines:
            self.present.add(line.number)
            self.labels.add(line.short_desc)
            reason = self._add(line)
            if reason:
                left[reason] += 1
        return left

    def _add(self, line: Line) -> str:
        meant = [one for one in self._labelled[line.short_desc] if one.covers(line.years)]
        if not meant:
            return NOT_COVERED
        found = read_value(line.value)
        fault = self._fault(line, found, meant)
        if fault or isinstance(found, UnknownSymbol):
            self.problems += fault
            return UNREADABLE
        cell = (line.short_desc, line.number, line.years)
        if cell in self._cells:
            cause = f"The row repeats the figure, area and year of row {self._rows[cell]}."
            problem = CellProblem(self._file, line.row, SHORT_DESC, cause, "Download it again.")
            raise IndicatorRefused(self._file, (problem,))
        self._cells[cell] = found
        self._rows[cell] = line.row
        return ""

    def _fault(
        self, line: Line, found: float | Missing | UnknownSymbol, meant: list[LaitSeries]
    ) -> list[CellProblem]:
        faults = []
        try:
            parse_period(line.years, meant[0].kind)
        except ValueError as error:
            remedy = "The row was left: ask the publisher which year it is of."
            faults.append(CellProblem(self._file, line.row, YEARS, str(error), remedy))
        units = [one.series.unit for one in meant if not one.less_from]
        cause, remedy = fault_of(line.value, found, units[0] if units else "")
        if cause:
            faults.append(CellProblem(self._file, line.row, VALUES, cause, remedy))
        return faults

    @property
    def first_year(self) -> int:
        """The year in which the earliest period begins, 9999 where there is none."""
        periods = {(years, self._labelled[label][0].kind) for label, _, years in self._cells}
        return min((parse_period(*one).first_year for one in periods), default=9999)

    def values(self) -> tuple[IndicatorValue, ...]:
        """Every figure, series by series, in the order of the file's lines."""
        return tuple(
            self._figure(one, number, years)
            for one in self._series
            for label, number, years in self._cells
            if label == one.short_desc and one.covers(years)
        )

    def _figure(self, one: LaitSeries, number: str, years: str) -> IndicatorValue:
        found, note = self._cells[one.short_desc, number, years], ""
        if one.less_from:
            whole = self._cells.get((one.less_from, number, years))
            found, note = _difference(whole, found)
        area = self._areas[number]
        period = parse_period(years, one.kind)
        is_number = isinstance(found, float)
        if is_number and not area.existed(period.first_year, period.last_year):
            note = f"The publisher's own reckoning: {area.name} was no council in that year."
        return IndicatorValue(
            series=one.series.id,
            measure=one.series.measure,
            area_code=area.code,
            area_name=area.name,
            area_level=area.level,
            period=years,
            period_kind=one.kind,
            unit=one.series.unit,
            value=found if isinstance(found, float) else None,
            missing=found if isinstance(found, Missing) else None,
            note=note,
        )


def _difference(
    whole: float | Missing | None, part: float | Missing
) -> tuple[float | Missing, str]:
    """How far a part lies below the whole; missing, with why, where either is."""
    if whole is None:
        return Missing.UNAVAILABLE, "The figure it would be taken from is not in the file."
    if isinstance(part, Missing):
        return part, ""
    if isinstance(whole, Missing):
        return whole, ""
    return round(whole - part, 10), ""
