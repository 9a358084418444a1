"""Published figures: one reader a layout, every cell's meaning kept.

`from analysis.indicators import read_indicators`; pandas is loaded when a file is read.
"""

from analysis.indicators.definitions import Series, known_series
from analysis.indicators.errors import CellProblem, IndicatorRefused
from analysis.indicators.importing import read_indicators
from analysis.indicators.periods import Period, ordered_periods, parse_period, period_words
from analysis.indicators.report import ImportReport
from analysis.indicators.symbols import MISSING_WORDS

__all__ = [
    "MISSING_WORDS",
    "CellProblem",
    "ImportReport",
    "IndicatorRefused",
    "Period",
    "Series",
    "known_series",
    "ordered_periods",
    "parse_period",
    "period_words",
    "read_indicators",
]
