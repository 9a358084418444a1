"""What a reader of published files is: one module a layout, chosen by looking at the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from analysis.indicators.definitions import Binding, Layout
from analysis.indicators.encodings import Decoded, NotText, decode
from analysis.indicators.errors import CellProblem, IndicatorRefused
from surveys.records import IndicatorValue


@dataclass(frozen=True)
class File:
    """A file as it was handed over: its name, for messages only, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Found:
    """What a reader took from one file, and an account of every row of it.

    `key` names the layout within the reader, such as "requests"; `why` says how it was
    recognised; `encoding` how the bytes were read. The other parts mean what they mean
    in `ImportReport`: `rows_read` is `rows_used` plus the sum of `ignored`.
    """

    values: tuple[IndicatorValue, ...]
    problems: tuple[CellProblem, ...]
    rows_read: int
    rows_used: int
    ignored: Mapping[str, int]
    unread_symbols: Mapping[str, int]
    key: str
    title: str
    publisher: str
    why: str
    encoding: str


class Reader(Protocol):
    """Reads the files of one layout. `name` is short and goes into the record of the import."""

    @property
    def name(self) -> str:
        """The reader's own word, such as "ees"."""
        ...

    def recognises(self, file: File) -> str:
        """Why this reader should read the file, in words; "" where it should not.

        Looks at the bytes and never at the name. Raises nothing.
        """
        ...

    def read(self, file: File, area: str, measures: tuple[str, ...] | None) -> Found:
        """The figures of one council, its region and England.

        `area` is an ONS code (E06000003) or the older three digits (807); `measures`
        limits what is read, such as ("M5",). Raises `IndicatorRefused` with every fault
        of the first stage that has any, and then nothing was taken.
        """
        ...


def decoded_text(file: File) -> Decoded:
    """The text of a file and its encoding. Raises `IndicatorRefused` where it is not text."""
    try:
        return decode(file.data)
    except NotText as error:
        problem = CellProblem(file.name, None, "", error.cause, error.remedy)
        raise IndicatorRefused(file.name, (problem,)) from error


def bindings_asked_for(
    layout: Layout, measures: tuple[str, ...] | None, file: str
) -> tuple[Binding, ...]:
    """The layout's series of these measures, or all of them; `IndicatorRefused` where none is."""
    wanted = tuple(b for b in layout.bindings if measures is None or b.series.measure in measures)
    if not wanted:
        asked = ", ".join(measures or ())
        cause = f"The file holds figures for {', '.join(layout.measures)}, and not for {asked}."
        remedy = "Choose the file of the measure you want."
        raise IndicatorRefused(file, (CellProblem(file, None, "", cause, remedy),))
    return wanted
