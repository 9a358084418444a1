"""The reader of the Local Authority Interactive Tool's long table (LAIT).

Every line is one figure: `Short Desc, Data item, Years, LA and Regions, Values, LA Number,
Region`. Lines of one council, its statistical neighbours, its region and England are taken
where their label is one of `lait.toml`; a line that cannot be read is left, listed and
counted, and the others are kept.
"""

from collections import Counter
from dataclasses import dataclass, field

from analysis.indicators.errors import CellProblem, IndicatorRefused
from analysis.indicators.lait_areas import Placed, Wanted, place_lines, wanted_areas, whole
from analysis.indicators.lait_cells import read_value
from analysis.indicators.lait_companions import companion_of, disagreements
from analysis.indicators.lait_definitions import LaitSeries, lait_series, lait_source
from analysis.indicators.lait_figures import Figures
from analysis.indicators.lait_rows import COLUMNS, Line, Lines, headings, read_lines
from analysis.indicators.reading import File, Found
from analysis.indicators.symbols import UnknownSymbol

OTHER_FIGURES = "rows of other figures"
OTHER_AREAS = "rows about other areas"
UNKNOWN_AREAS = "rows about areas not on our list"
BLANK_ROWS = "blank rows"


@dataclass(frozen=True)
class LaitReader:
    """Reads LAIT's long table; with its dictionary, the definitions are checked against it."""

    dictionary: File | None = None
    name: str = "lait"

    def recognises(self, file: File) -> str:
        """Why this is LAIT's long table or one of the files beside it; "" where it is not."""
        if headings(file):
            return f"it has the headings of LAIT's long table: {', '.join(COLUMNS)}"
        companion = companion_of(file)
        return f"it has the headings of {companion.what}" if companion else ""

    def read(self, file: File, area: str, measures: tuple[str, ...] | None) -> Found:
        """The figures of one council, its ten neighbours, its region and England.

        `area` is an ONS code or three digits. Raises `IndicatorRefused` for a file beside
        the long table, an unknown area or measure, faults of the table's shape, a council's
        line under another's number, and two lines of one figure.
        """
        companion = companion_of(file)
        if companion:
            problem = CellProblem(file.name, None, "", companion.cause, companion.remedy)
            raise IndicatorRefused(file.name, (problem,))
        series = _asked_for(measures, file.name)
        wanted = wanted_areas(area, file.name)
        lines = read_lines(file, frozenset(label for one in series for label in one.labels))
        placed = place_lines(lines.wanted, wanted, file.name)
        done = _sort(lines, wanted, placed)
        figures = Figures(series, wanted.areas, file.name)
        left = figures.add_all(done.here)
        values = figures.values()
        return Found(
            values=values,
            problems=(
                *wanted.notes(figures.first_year, file.name),
                *placed.unknown,
                *figures.problems,
                *wanted.absent(figures.present, file.name),
                *self._disagreements(series, file.name),
            ),
            rows_read=lines.read,
            rows_used=len(done.here) - left.total(),
            key="long",
            title=lait_source()[1],
            publisher=lait_source()[0],
            why=_why(series, figures.labels),
            encoding=lines.encoding,
            ignored=_counted(lines, done, left),
            unread_symbols=done.unread_symbols,
        )

    def _disagreements(self, series: tuple[LaitSeries, ...], file: str) -> tuple[CellProblem, ...]:
        return disagreements(self.dictionary, series, file) if self.dictionary else ()


@dataclass
class _Sorted:
    """Lines of wanted areas with their numbers, and what is to be counted of the others."""

    here: list[tuple[Line, str]] = field(default_factory=list)
    unknown_areas: int = 0
    other_areas: int = 0
    unread_symbols: Counter[str] = field(default_factory=Counter)


def _sort(lines: Lines, wanted: Wanted, placed: Placed) -> _Sorted:
    done = _Sorted()
    for line in lines.wanted:
        number = placed.numbers.get((whole(line.number), line.name), "")
        if number in wanted.areas:
            done.here.append((line, number))
            continue
        if number:
            done.other_areas += 1
        else:
            done.unknown_areas += 1
        if isinstance(read_value(line.value), UnknownSymbol):
            done.unread_symbols[line.value] += 1
    return done


def _asked_for(measures: tuple[str, ...] | None, file: str) -> tuple[LaitSeries, ...]:
    wanted = tuple(
        one for one in lait_series() if measures is None or one.series.measure in measures
    )
    if not wanted:
        held = ", ".join(dict.fromkeys(one.series.measure for one in lait_series()))
        cause = f"The file holds figures for {held}, and not for {', '.join(measures or ())}."
        remedy = "Choose the file of the measure you want."
        raise IndicatorRefused(file, (CellProblem(file, None, "", cause, remedy),))
    return wanted


def _why(series: tuple[LaitSeries, ...], labels: set[str]) -> str:
    lacking = sorted({label for one in series for label in one.labels} - labels)
    found = f"{len(labels)} of the labels this service knows were found."
    return f"{found} Not found: {', '.join(lacking)}." if lacking else found


def _counted(lines: Lines, done: _Sorted, left: Counter[str]) -> dict[str, int]:
    ignored = {
        OTHER_FIGURES: lines.others,
        OTHER_AREAS: done.other_areas,
        UNKNOWN_AREAS: done.unknown_areas,
        **left,
        BLANK_ROWS: lines.blank,
    }
    return {why: count for why, count in ignored.items() if count}
