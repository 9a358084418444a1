"""The reader of the Local Authority Interactive Tool's long table (LAIT).

Every line is one figure: `Short Desc, Data item, Years, LA and Regions, Values, LA Number,
Region`. Lines of one council, its statistical neighbours, its region and England are taken
where their label is one of `lait.toml`; a line that cannot be read is left, listed and
counted, and the others are kept.
"""

from collections import Counter
from dataclasses import dataclass

from analysis.indicators.errors import CellProblem, IndicatorRefused
from analysis.indicators.lait_areas import Placed, place_lines, wanted_areas
from analysis.indicators.lait_cells import read_value
from analysis.indicators.lait_companions import companion_of, disagreements
from analysis.indicators.lait_definitions import LaitSeries, lait_series, lait_source
from analysis.indicators.lait_figures import Figures
from analysis.indicators.lait_rows import COLUMNS, Labels, Lines, headings, read_lines
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
        labels = frozenset(label for one in series for label in one.labels)
        lines = read_lines(file, Labels(labels, frozenset(wanted.areas)))
        placed = place_lines(lines, wanted, file.name)
        figures = Figures(series, wanted.areas, file.name)
        left = figures.add_all(lines.wanted)
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
            rows_used=len(lines.wanted) - left.total(),
            key="long",
            title=lait_source()[1],
            publisher=lait_source()[0],
            why=_why(series, figures.labels),
            encoding=lines.encoding,
            ignored=_counted(lines, placed, left),
            unread_symbols=_unread_symbols(lines),
        )

    def _disagreements(self, series: tuple[LaitSeries, ...], file: str) -> tuple[CellProblem, ...]:
        return disagreements(self.dictionary, series, file) if self.dictionary else ()


def _unread_symbols(lines: Lines) -> dict[str, int]:
    return {
        text: count
        for text, count in lines.values.items()
        if isinstance(read_value(text), UnknownSymbol)
    }


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


def _counted(lines: Lines, placed: Placed, left: Counter[str]) -> dict[str, int]:
    ignored = {
        OTHER_FIGURES: lines.others,
        OTHER_AREAS: lines.elsewhere.total() - placed.rows,
        UNKNOWN_AREAS: placed.rows,
        **left,
        BLANK_ROWS: lines.blank,
    }
    return {why: count for why, count in ignored.items() if count}
