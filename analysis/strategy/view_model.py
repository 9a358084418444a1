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
    is a sentence without its full stop, with both figures or why none can be given.
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
class Estimate:
    """One row of a survey table as a figure: a value of 0-100, its interval, and its base.

    `low` and `high` are `None` where the release gives no interval, `base` where it gives
    no number of answers.
    """

    group: str
    value: float
    low: float | None
    high: float | None
    base: float | None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Both ends of the interval, or `None`."""
        return None if self.low is None or self.high is None else (self.low, self.high)


@dataclass(frozen=True)
class SurveyTable:
    """One table of a release, as frozen there. `reason` says why a withheld one has no rows.

    `is_detail` marks the table of a single question. `headings` has a column's words by its
    key. A row that is not shown has a `status` other than "shown", and its own `reason`.
    """

    name: str
    title: str
    published: bool
    is_detail: bool
    reason: str
    definition: str
    base_note: str
    columns: tuple[str, ...]
    headings: Mapping[str, str]
    rows: tuple[Mapping[str, Any], ...]
    estimates: tuple[Estimate, ...]


@dataclass(frozen=True)
class SurveyView:
    """The release of one round.

    `measures_confidence` is true where it asked measure M2's own question; then `anchor`
    is its figure, or `anchor_reason` says why it is withheld.
    """

    round_name: str
    opens_on: str
    closes_on: str
    demonstration: bool
    facts: Mapping[str, Any]
    tables: tuple[SurveyTable, ...]
    measures_confidence: bool
    anchor: Estimate | None
    anchor_reason: str
    anchor_definition: str


@dataclass(frozen=True)
class MeasureView:
    """A measure with its figures. `gap` says why it has none; "" where it has some.

    `surveys` are the rounds that measure it, newest first, and `survey_change` sets the
    two newest beside each other; both are empty for a measure from published figures.
    """

    measure: Measure
    series: tuple[SeriesView, ...]
    surveys: tuple[SurveyView, ...]
    survey_change: Change | None
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
