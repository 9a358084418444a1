"""Who answered, beside whom the round stands for: rates, shares and the under-heard."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis import population as of_population
from analysis.intervals import Z
from analysis.population import WHOLE, Counted, Figures, PopulationUnfit
from surveys.plans import Population

NO_POPULATION = "not available: no population figure"
POPULATION_OF_NONE = "not available: the population figure is 0"
TOO_MANY = "not available: more people answered than the population figure"

SMALLEST_EXPECTED = 5.0
UNDER = 0.8
"""A group whose share is below this part of its population's may be under-heard."""

By = Literal["phase", "provision", "both"]


@dataclass(frozen=True)
class Rate:
    """`answered` of a `population`, and `percent`; `note` says what else must be known.

    `percent` is `None` where there is no rate, and `note` then begins with "not available".
    """

    answered: int
    population: int | None
    percent: float | None
    note: str


@dataclass(frozen=True)
class Representativeness:
    """How the shares of those who answered differ from the population's.

    `table` has one row a group of the population, in the field's order, with the columns
    `phase` and `provision` (str: codes, "" for all of them), `name` (str), `people` and
    `population` (int64), and in percent `share`, `population_share` (float64) and
    `difference` (share less population share, in percentage points), `ratio` (share over
    population share) and `residual` (standardised: the difference of counts over its
    standard deviation, (o - e) / sqrt(e (1 - e / n)), as Haberman (1973), Biometrics 29,
    205-220).

    `chi_square` is Pearson's goodness of fit with `degrees` of freedom and `p_value`, over
    groups joined until 5 are expected in each (Cochran (1954), Biometrics 10, 417-451);
    `joined` names them. They are `None` where one group is left. The test takes people as
    drawn one by one from a large population: brothers and sisters make it find too much,
    and a round that most of the population answered too little. It says whether the mix
    differs by more than chance, not whether those who are silent think otherwise.

    `left_out` counts people in no group of the population by reason. Where there is nothing
    to compare, the table is empty and `notes` says why.
    """

    table: pd.DataFrame
    chi_square: float | None
    degrees: int | None
    p_value: float | None
    joined: tuple[str, ...]
    left_out: Mapping[str, int]
    notes: tuple[str, ...]


def response_rates(people: pd.DataFrame, population: Sequence[Population]) -> pd.DataFrame:
    """How many answered of each phase and provision, of how many.

    `people` are those who count as having answered, with the columns `phase` and
    `provision`. One row for each group that was heard or has a figure, in the field's
    order, "not given" included, with the columns `phase`, `provision` (str: codes; "" for
    the whole phase, whose people stand in the phase's other rows too), `answered` (int64),
    `population` (Int64, missing where nobody gave it), `rate` (Float64, percent, 0 to 100;
    missing where there is none) and `note` (str: why there is no rate).

    Raises:
        PopulationUnfit: a group's figure is given twice.
    """
    known = of_population.by_cell(population)
    heard = _heard(people)
    for phase in {phase for phase, kind in known if kind == WHOLE}:
        heard[phase, WHOLE] = sum(n for (of, kind), n in heard.items() if of == phase and kind)
    order = sorted(
        heard.keys() | known.keys(), key=lambda cell: tuple(map(of_population.place, cell))
    )
    rates = [_rate(heard.get(cell, 0), known.get(cell)) for cell in order]
    frame = pd.DataFrame(
        {
            "phase": [phase for phase, _ in order],
            "provision": [kind for _, kind in order],
            "answered": [rate.answered for rate in rates],
            "population": [rate.population for rate in rates],
            "rate": [rate.percent for rate in rates],
            "note": [rate.note for rate in rates],
        }
    )
    types = {"answered": "int64", "population": "Int64", "rate": "Float64"}
    return frame.astype({**dict.fromkeys(("phase", "provision", "note"), "str"), **types})


def overall_rate(
    people: pd.DataFrame,
    population: Sequence[Population],
    *,
    counted: Mapping[str, Counted] | None = None,
) -> Rate:
    """How many people of the population's groups answered, of all who are in them.

    People in no group are counted in the note. How figures are added, and when not: see
    `analysis.population.figures`.
    """
    try:
        stands = of_population.figures(population, counted)
    except PopulationUnfit as unfit:
        return Rate(len(people), None, None, f"not available: {unfit}")
    left = _counted(of_population.left_out(people, stands))
    rate = _rate(len(people) - sum(left.values()), stands.total)
    counts = "; ".join(f"{count:,} people left out: {why}" for why, count in left.items())
    return Rate(
        rate.answered,
        rate.population,
        rate.percent,
        " ".join(
            filter(None, (rate.note and f"{rate.note}.", counts and f"{counts}.", *stands.notes))
        ),
    )


def representativeness(
    people: pd.DataFrame,
    population: Sequence[Population],
    by: By,
    *,
    counted: Mapping[str, Counted] | None = None,
) -> Representativeness:
    """The shares of those who answered beside those of the population.

    `by` phase, provision, or both crossed. `people` and `counted`: as in `overall_rate`.
    """
    try:
        stands = of_population.figures(population, counted)
    except PopulationUnfit as unfit:
        return _nothing((str(unfit),))
    reasons = of_population.left_out(people, stands, crossed=by != "phase")
    left = _counted(reasons)
    targets = _targets(stands, by)
    if not targets:
        return _nothing(stands.notes, left)
    if sum(left.values()) == len(people):
        return _nothing(("Nobody who answered is in the population's groups.",), left)
    placed = people[reasons == ""]
    table = _compared(_counts(placed, by), targets)
    chi_square, degrees, p_value, names = _goodness(table)
    return Representativeness(table, chi_square, degrees, p_value, names, left, stands.notes)


def under_heard(compared: Representativeness) -> pd.DataFrame:
    """The groups that were heard too little: rows of the table, the least heard first.

    A group is under-heard where nobody of it answered, or where its share is below four
    fifths of its population's share and lower by more than chance alone would often make
    it (standardised residual at or below -1.96). Both limits are ours: a small group can
    be under-heard without our being able to tell.
    """
    table = compared.table
    silent = table["people"] == 0
    fewer = (table["ratio"] < UNDER) & (table["residual"] <= -Z)
    return table[silent | fewer].sort_values("ratio", kind="stable").reset_index(drop=True)


def _heard(people: pd.DataFrame) -> dict[tuple[str, str], int]:
    return Counter(zip(people["phase"].astype(str), people["provision"].astype(str), strict=True))


def _rate(answered: int, population: int | None) -> Rate:
    if population is None:
        return Rate(answered, None, None, NO_POPULATION)
    if answered > population:
        return Rate(answered, population, None, TOO_MANY)
    if not population:
        return Rate(answered, population, None, POPULATION_OF_NONE)
    return Rate(answered, population, 100 * answered / population, "")


def _counted(reasons: pd.Series) -> dict[str, int]:
    return {str(why): int(n) for why, n in reasons[reasons != ""].value_counts().items()}


def _targets(stands: Figures, by: By) -> dict[tuple[str, str], int]:
    if by == "phase":
        return {(phase, ""): count for phase, count in stands.phases.items()}
    if by == "provision":
        return {("", kind): count for kind, count in stands.provisions.items()}
    if not stands.provisions:
        return {}
    return {cell: count for cell, count in stands.cells.items() if cell[1] != WHOLE}


def _counts(placed: pd.DataFrame, by: By) -> dict[tuple[str, str], int]:
    counts: Counter[tuple[str, str]] = Counter()
    for (phase, kind), count in _heard(placed).items():
        counts["" if by == "provision" else phase, "" if by == "phase" else kind] += count
    return counts


def _compared(
    heard: Mapping[tuple[str, str], int], targets: Mapping[tuple[str, str], int]
) -> pd.DataFrame:
    groups = list(targets)
    table = pd.DataFrame(
        {
            "phase": pd.Series([phase for phase, _ in groups], dtype="str"),
            "provision": pd.Series([kind for _, kind in groups], dtype="str"),
            "name": pd.Series([of_population.named(*group) for group in groups], dtype="str"),
            "people": pd.Series([heard.get(group, 0) for group in groups], dtype="int64"),
            "population": pd.Series(list(targets.values()), dtype="int64"),
        }
    )
    people = table["people"].sum()
    part = table["population"] / table["population"].sum()
    table["share"] = 100 * table["people"] / people
    table["population_share"] = 100 * part
    table["difference"] = table["share"] - table["population_share"]
    table["ratio"] = table["share"] / table["population_share"]
    spread = (people * part * (1 - part)) ** 0.5
    table["residual"] = ((table["people"] - people * part) / spread).where(spread > 0)
    return table


def _goodness(
    table: pd.DataFrame,
) -> tuple[float | None, int | None, float | None, tuple[str, ...]]:
    """Pearson's chi-square, its degrees of freedom and p, and the names of joined groups."""
    from scipy.special import chdtrc  # noqa: PLC0415 - what scipy.stats.chi2.sf calls

    expected = table["people"].sum() * table["population"] / table["population"].sum()
    sizes = dict(zip(table["name"], expected.tolist(), strict=True))
    groups = of_population.joined(sizes, SMALLEST_EXPECTED)
    names = tuple(" and ".join(group) for group in groups if len(group) > 1)
    if len(groups) < 2:  # noqa: PLR2004 - one group fits whatever it is
        return None, None, None, names
    heard = dict(zip(table["name"], table["people"].tolist(), strict=True))
    chi_square = math.fsum(
        (sum(heard[n] for n in group) - sum(sizes[n] for n in group)) ** 2
        / sum(sizes[n] for n in group)
        for group in groups
    )
    degrees = len(groups) - 1
    return chi_square, degrees, float(chdtrc(degrees, chi_square)), names


def _nothing(notes: tuple[str, ...], left: Mapping[str, int] | None = None) -> Representativeness:
    return Representativeness(_compared({}, {}), None, None, None, (), left or {}, notes)
