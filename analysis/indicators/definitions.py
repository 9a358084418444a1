"""The definition data of `analysis/data/*.toml`, one file a publisher's layout, as records."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

UNKNOWN_LIMIT = 0.05
"""The largest share of unknown cases at which a figure still means anything."""


_FILES = ("ees", "moj", "nccis", "lait")


@dataclass(frozen=True)
class Break:
    """Figures from period `start` (the file's own label) on do not continue earlier ones."""

    start: str
    why: str


@dataclass(frozen=True)
class Series:
    """One line of figures. `unit` is "percent" or "count"; `good` is "up", "down" or "none".

    `version` names the release whose definition this is.
    """

    id: str
    measure: str
    title: str
    unit: str
    good: str
    definition: str
    version: str
    caveats: tuple[str, ...]
    breaks: tuple[Break, ...]


@dataclass(frozen=True)
class Binding:
    """Where a layout's columns hold a series.

    A count stands in `value`. A percentage is the sum of `numerator` over the sum of
    `denominator`, checked against the file's own `published` percentage; where the file has
    no counts it is `published` alone. `unknown` counts cases of the base of which nothing is
    known. "" where there is no column.
    """

    series: Series
    value: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    published: str
    unknown: str
    optional: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column this series is read from, in the layout's own spelling."""
        named = (self.value, *self.numerator, *self.denominator, self.published, self.unknown)
        return tuple(dict.fromkeys(name for name in named if name))


@dataclass(frozen=True)
class Layout:
    """One published file: its columns tell which it is, `breakdown` which rows are totals.

    `symbols` names the layout's table in `analysis.indicators.symbols.SYMBOLS`.
    """

    key: str
    title: str
    publisher: str
    time_identifier: str
    breakdown: Mapping[str, str]
    bindings: tuple[Binding, ...]
    symbols: str

    @property
    def required_columns(self) -> tuple[str, ...]:
        """The columns without which a file is not of this layout."""
        needed = [c for b in self.bindings if not b.optional for c in b.columns]
        return tuple(dict.fromkeys((*self.breakdown, *needed)))

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures this layout holds figures for, such as ("M5",)."""
        return tuple(dict.fromkeys(b.series.measure for b in self.bindings))


@cache
def known_series() -> Mapping[str, Series]:
    """Every series of every layout by its id."""
    return {
        key: _series(key, entry) for name in _FILES for key, entry in _data(name)["series"].items()
    }


@cache
def layouts(name: str) -> tuple[Layout, ...]:
    """The layouts that one file of definition data describes, such as "ees"."""
    publisher = _data(name)["publisher"]
    return tuple(
        Layout(
            key=entry["key"],
            title=entry["title"],
            publisher=publisher,
            time_identifier=entry["time_identifier"],
            breakdown=entry.get("breakdown", {}),
            bindings=tuple(_binding(one) for one in entry["series"]),
            symbols=entry.get("symbols", name),
        )
        for entry in _data(name)["layout"]
    )


def ees_layouts() -> tuple[Layout, ...]:
    """Every layout with the columns of EES that this service reads."""
    return (*layouts("ees"), *layouts("nccis"))


@cache
def _data(name: str) -> dict[str, Any]:
    path = files("analysis").joinpath(f"data/{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _series(key: str, entry: Mapping[str, Any]) -> Series:
    return Series(
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


def _binding(entry: Mapping[str, Any]) -> Binding:
    return Binding(
        series=known_series()[entry["id"]],
        value=entry.get("value", ""),
        numerator=tuple(entry.get("numerator", ())),
        denominator=tuple(entry.get("denominator", ())),
        published=entry.get("published", ""),
        unknown=entry.get("unknown", ""),
        optional=entry.get("optional", False),
    )
