"""The readers this service has: a new layout is one module and one line here."""

from dataclasses import dataclass

from analysis.indicators.ees import EesReader
from analysis.indicators.lait import LaitReader
from analysis.indicators.moj import MojReader
from analysis.indicators.reading import File, Reader


@dataclass(frozen=True)
class Known:
    """A reader, the files it reads, and what it looks for, in words for who holds a file."""

    reader: Reader
    reads: str
    looks_for: str


READERS: tuple[Known, ...] = (
    Known(
        EesReader(),
        "Explore Education Statistics, and files with its columns (CSV)",
        "headings time_period and time_identifier in the first row",
    ),
    Known(
        MojReader(),
        "The Ministry of Justice's SEND tribunal table (CSV or ODS)",
        "row of years above columns of appeals registered",
    ),
    Known(
        LaitReader(),
        "The Local Authority Interactive Tool's long table (Parquet, CSV or XLSX)",
        "headings Short Desc, Years, LA and Regions, Values, LA Number",
    ),
)
"""In the order they are asked."""


def choose(file: File) -> tuple[Reader, str] | None:
    """The first reader that recognises the file and why; `None` where none does."""
    for known in READERS:
        why = known.reader.recognises(file)
        if why:
            return known.reader, why
    return None


def what_each_lacks() -> str:
    """What every reader looked for and did not find, in one sentence each."""
    return " ".join(f"{known.reads}: no {known.looks_for}." for known in READERS)
