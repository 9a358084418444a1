"""A release's tables of a mean: of everybody who has a value, and of groups of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

import pandas as pd

from analysis import disclosure, tables
from analysis.disclosure import Cell, Draft, DraftRow, Figure, Kind, Note, Where, both
from analysis.intervals import LABEL, Interval, of_mean
from analysis.tables import Column

WEIGHT, HEADLINE = 3.0, 1000.0
"""What it costs to hide one group's mean, a little more for a large one, and that of all."""


@dataclass(frozen=True)
class Measure:
    """How a mean is shown.

    `title` and `unit` head the value's column, `lowest` and `highest` bound it, `places`
    are its decimal places; `by` heads the groups. `beside` is one more column and what
    fills it for some people.
    """

    title: str
    unit: str
    lowest: float
    highest: float
    places: int
    beside: tuple[Column, Callable[[list[str]], float | None]] | None = None
    by: str = "Phase"

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of its table."""
        extra = (self.beside[0],) if self.beside else ()
        return (
            Column("group", self.by),
            Column("base", "People", "people"),
            Column("value", self.title, self.unit),
            Column("low", "From", self.unit),
            Column("high", "To", self.unit),
            *extra,
            Column("interval", "Interval by"),
            Column("note", "Note"),
        )


@dataclass(frozen=True)
class Counted:
    """Which people have a value.

    `everybody` are the people of the round. The `parts` exclude one another. Those in
    `unsure` are counted too, where the table has a column beside the value that tells of them.
    """

    everybody: int
    parts: tuple[Where, ...]
    unsure: tuple[Where, ...] = ()

    def base(self, *groups: Where) -> Cell:
        """Those who have one, in these groups."""
        return Cell(Kind.BASE, self._within(self.parts, groups))

    def beside(self, *groups: Where) -> tuple[Cell, ...]:
        """The cells of the column beside it."""
        parts = self._within(self.unsure, groups)
        return (Cell(Kind.NO_ANSWER, parts),) if parts else ()

    def _within(self, parts: tuple[Where, ...], groups: tuple[Where, ...]) -> tuple[Where, ...]:
        return tuple(reduce(both, groups, part) for part in parts)


@dataclass(frozen=True)
class Values:
    """Persons' values with the household of each, both indexed by response id.

    A person without a value is in neither. `households` is Int64, missing where unknown.
    """

    of: pd.Series
    households: pd.Series
    _found: dict[tuple[float, float, int | None], Interval] = field(
        default_factory=dict, repr=False
    )

    @classmethod
    def beside(cls, values: pd.Series, people: pd.DataFrame) -> "Values":
        """Those of these people who have a value."""
        valued = values.dropna()
        return cls(valued, people.loc[valued.index, "household"])

    def among(self, mask: pd.Series) -> "Values":
        """Those of a group; `mask` has an entry for everybody."""
        chosen = mask.loc[self.of.index].to_numpy(dtype="bool")
        return Values(self.of[chosen], self.households[chosen])

    def interval(self, lowest: float, highest: float, population: int | None) -> Interval:
        """That of their mean; several tables show it, and it takes a second of a region's."""
        asked = lowest, highest, population
        if asked not in self._found:
            self._found[asked] = of_mean(
                self.of, lowest, highest, households=self.households, population=population
            )
        return self._found[asked]


@dataclass(frozen=True)
class Group:
    """One row: its name, the people in it (`where` is empty for everybody), and their values.

    `population` is how many people it stands for, where that is known.
    """

    name: str
    where: tuple[Where, ...]
    heard: Values
    population: int | None = None


def mean_table(
    name: str,
    title: str,
    groups: Sequence[Group],
    measure: Measure,
    counted: Counted,
    *,
    threshold: int,
    about: Mapping[str, str],
    notes: tuple[Note, ...] = (),
) -> Draft:
    """A table of a mean in each of these groups, the first of them everybody.

    `counted` gives the cells of those who have a value; `about` is as in `Draft`.
    """
    return Draft(
        name,
        title,
        measure.columns,
        tuple(_row(group, measure, counted) for group in groups),
        {"method": LABEL, "base_note": "People with a value.", **about},
        notes=notes,
        base=counted.base() if len(groups[0].heard.of) else None,
        withheld=disclosure.rules.FOLLOWS,
        hidden=disclosure.rules.HIDDEN.format(threshold=threshold),
    )


def _row(group: Group, measure: Measure, counted: Counted) -> DraftRow:
    people, base = group.heard.of, counted.base(*group.where)
    if people.empty:
        return DraftRow(group.name, (Figure({"base": 0}, (base,)),), base=base)
    interval = group.heard.interval(measure.lowest, measure.highest, group.population)
    weight = WEIGHT + len(people) / (1 + counted.everybody) if group.where else HEADLINE
    cells = {
        "base": len(people),
        "value": tables.rounded(float(people.mean()), measure.places),
        "low": tables.rounded(interval.low, measure.places),
        "high": tables.rounded(interval.high, measure.places),
        "interval": interval.method,
        "note": disclosure.low_base_note(len(people)),
    }
    figures = [Figure(cells, (base,), weight)]
    if measure.beside:
        column, fill = measure.beside
        value = tables.rounded(fill(list(people.index)))
        figures.append(Figure({column.key: value}, (base, *counted.beside(*group.where))))
    return DraftRow(group.name, tuple(figures), base=base)
