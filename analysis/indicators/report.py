"""What an import took, what it left, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.indicators.errors import CellProblem
from surveys.records import IndicatorSource, IndicatorValue


@dataclass(frozen=True)
class ImportReport:
    """The figures of one file, and an account of every row of it.

    `rows_read` counts rows below the header, blank ones included; it is always
    `rows_used` plus the sum of `ignored`, which counts rows by the reason they were
    left. `problems` are faults that did not make the file unusable: a heading that
    occurs twice, a percentage that contradicts its own counts. `unread_symbols` counts
    the unknown symbols in rows that were left, by symbol. `why` says how the layout
    was recognised.
    """

    file_name: str
    sha256: str
    reader: str
    why: str
    encoding: str
    publisher: str
    title: str
    values: tuple[IndicatorValue, ...]
    problems: tuple[CellProblem, ...]
    rows_read: int
    rows_used: int
    ignored: Mapping[str, int] = field(default_factory=dict)
    unread_symbols: Mapping[str, int] = field(default_factory=dict)

    @property
    def source(self) -> IndicatorSource:
        """Where these figures came from, as it is stored with them."""
        return IndicatorSource(
            file_name=self.file_name,
            sha256=self.sha256,
            reader=self.reader,
            encoding=self.encoding,
            publisher=self.publisher,
            title=self.title,
        )
