"""The definition data of `analysis/data/lait.toml` and of LAIT's statistical neighbours."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.indicators.definitions import Break, Series


@dataclass(frozen=True)
class LaitSeries:
    """A series and where LAIT holds it.

    `short_desc` is LAIT's label; `less_from` the label it is taken from where the series
    is a gap, "" elsewhere. `first` and `last` are the years, as labelled, that the
    definition covers, "" where all are. `kind` is what a year means (`parse_period`);
    `year_type` and `polarity` are what LAIT's dictionary says of the label.
    """

    series: Series
    short_desc: str
    less_from: str
    first: str
    last: str
    kind: str
    year_type: str
    polarity: str

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label this series is read from."""
        return tuple(one for one in (self.short_desc, self.less_from) if one)

    def covers(self, years: str) -> bool:
        """Whether its definition holds for a year, as labelled, a mark after it aside."""
        year = years[:4]
        return (self.first or year) <= year <= (self.last or year)


@cache
def lait_series() -> tuple[LaitSeries, ...]:
    """Every series LAIT gives us."""
    return tuple(_series(key, entry) for key, entry in _data()["series"].items())


def lait_source() -> tuple[str, str]:
    """The publisher and the title of LAIT."""
    return _data()["publisher"], _data()["title"]


def neighbours_version() -> str:
    """When the groups of neighbours were published, such as "May 2025"."""
    return str(_data()["neighbours"])


@cache
def neighbours() -> Mapping[str, tuple[str, ...]]:
    """The ten statistical neighbours of each council, nearest first, by its three digits."""
    text = files("analysis").joinpath("data/lait_neighbours.csv").read_text(encoding="utf-8")
    lines = csv.DictReader(text.splitlines())
    return {line["number"]: tuple(line["neighbours"].split()) for line in lines}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("analysis").joinpath("data/lait.toml").read_text(encoding="utf-8"))


def _series(key: str, entry: Mapping[str, Any]) -> LaitSeries:
    series = Series(
        id=key,
        measure=entry["measure"],
        title=entry["title"],
        unit=entry["unit"],
        good=entry["good"],
        definition=entry["definition"],
        version=entry["version"],
        caveats=tuple(entry["caveats"]),
        breaks=tuple(Break(one["from"], one["why"]) for one in entry["breaks"]),
    )
    return LaitSeries(
        series=series,
        short_desc=entry["short_desc"],
        less_from=entry.get("less_from", ""),
        first=entry.get("first", ""),
        last=entry.get("last", ""),
        kind=entry["kind"],
        year_type=entry["year_type"],
        polarity=entry["polarity"],
    )
