"""The strategy view: everything a page, a spreadsheet or another program shows, already decided.

Renderers word and place these; they compute nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.indicators.definitions import Series
from analysis.strategy.model import Measure, Strategy
from surveys.records import IndicatorValue


@dataclass(frozen=True)
class Source:
    """An imported file, numbered from 1 as the view refers to it."""

    number: int
    publisher: str
    title: str
    file_name: str
    sha256: str
    imported_on: date


@dataclass(frozen=True)
class Figure:
    """One published value with the number of its source."""

    value: IndicatorValue
    source: int


@dataclass(frozen=True)
class PeriodRow:
    """One period of a series: the council's own figure, its region's and England's.

    `breaks` says why the figures from this period on do not continue the earlier ones;
    "" where they do. A figure is `None` where no file gave one.
    """

    words: str
    unit: str
    own: Figure | None
    region: Figure | None
    england: Figure | None
    breaks: str


@dataclass(frozen=True)
class Change:
    """How the latest figure stands to the one of the period before.

    `direction` is "up", "down", "no change", "no clear change" or "not known"; `words`
    is the whole sentence, with both figures or the reason why none can be given.
    """

    direction: str
    words: str


@dataclass(frozen=True)
class SeriesView:
    """A series with every period on file, oldest first, and what its latest figure says."""

    series: Series
    rows: tuple[PeriodRow, ...]
    change: Change

    @property
    def latest(self) -> PeriodRow | None:
        """The last period in which anything is known of the council, published or withheld."""
        own = [row for row in self.rows if row.own is not None]
        return own[-1] if own else None


@dataclass(frozen=True)
class Rag:
    """Red, amber, green or none, with the reason in words; `colour` is "" where there is none."""

    colour: str
    words: str


@dataclass(frozen=True)
class SurveyTable:
    """One table of a release, as frozen there. `reason` says why a withheld one has no rows."""

    name: str
    title: str
    published: bool
    reason: str
    definition: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class SurveyView:
    """The release of one round."""

    round_name: str
    opens_on: str
    closes_on: str
    demonstration: bool
    facts: Mapping[str, Any]
    tables: tuple[SurveyTable, ...]

    def table(self, name: str) -> SurveyTable | None:
        """The table of this name, published or withheld."""
        return next((table for table in self.tables if table.name == name), None)


@dataclass(frozen=True)
class MeasureView:
    """A measure with its figures. `gap` says why it has none; "" where it has some."""

    measure: Measure
    series: tuple[SeriesView, ...]
    rag: Rag
    gap: str


@dataclass(frozen=True)
class StrategyView:
    """The whole view. `demonstration` is true where any release holds invented families."""

    strategy: Strategy
    measures: tuple[MeasureView, ...]
    surveys: tuple[SurveyView, ...]
    sources: tuple[Source, ...]
    council: str
    region: str
    demonstration: bool
