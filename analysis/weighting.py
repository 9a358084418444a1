"""Weights that make a round's people match its population's phases and provisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis import population as of_population
from analysis.population import Counted, Figures, PopulationUnfit
from analysis.sums import Numbers
from surveys.plans import Population

FEWEST = 100
"""Below this many people nothing is weighted."""

SMALLEST_GROUP = 20
LEAST, MOST = 0.3, 3.0
PASSES = 10_000
STILL = 1e-10
"""A pass that moves no weight by more than this, relative to itself, was the last."""

NEAR = 0.5
"""How far, in percentage points, a weighted share may stay from the population's."""

METHOD = (
    "Raking (iterative proportional fitting) to the population's {margins}; groups under 20"
    " people joined with a neighbour; weights kept from 0.3 to 3 after each pass."
)


@dataclass(frozen=True)
class Weights:
    """Weights of the people who are in the population's groups.

    `weights` (float64, named "weight") is indexed by response id, 0.3 to 3, with a mean
    of 1 (as near as the limits let it come). `left_out` counts the other people by reason:
    they have no weight and are in no weighted figure. `margins` has one row a group raked
    to, with the columns `margin` ("phase" or "provision"), `group` (str), `people` (int64),
    `population` (int64), and in percent `share`, `population_share` and `weighted_share`
    (float64). `joined` are sentences, one for each group that was joined. `passes` is how
    many were needed until no weight moved (`converged`; without that there are no weights).

    `effective` is Kish's effective number of people, (sum w)^2 / sum w^2, and
    `design_effect` people / effective (Kish (1965), Survey Sampling): what unequal
    weights alone cost. `trimmed` is how many people are at a limit.
    """

    weights: pd.Series
    left_out: Mapping[str, int]
    margins: pd.DataFrame
    joined: tuple[str, ...]
    passes: int
    converged: bool
    effective: float
    design_effect: float
    trimmed: int
    method: str


@dataclass(frozen=True)
class NotWeighted:
    """Why nothing is weighted, with who was left out before that was known."""

    reason: str
    left_out: Mapping[str, int]
    passes: int = 0
    converged: bool = False


class _Refused(Exception):
    def __init__(self, reason: str, passes: int = 0) -> None:
        super().__init__(reason)
        self.passes = passes


@dataclass(frozen=True)
class _Margin:
    """One way of grouping: `targets` are the population's counts of `groups`."""

    name: str
    groups: tuple[tuple[str, ...], ...]
    targets: Numbers

    def codes(self, people: pd.DataFrame) -> NDArray[np.int64]:
        at = {code: n for n, group in enumerate(self.groups) for code in group}
        return np.array([at[code] for code in people[self.name]], dtype="int64")


def rake(
    people: pd.DataFrame,
    population: Sequence[Population],
    *,
    counted: Mapping[str, Counted] | None = None,
) -> Weights | NotWeighted:
    """Weights of people so that their phases and provisions are shared as the population's.

    Iterative proportional fitting: Deming and Stephan (1940), Ann. Math. Stat. 11,
    427-444. `people` has the columns `phase` and `provision`, indexed by response id.
    Provision is a margin only where the population is given by provision for every phase.
    A margin's group of fewer than 20 people is joined with a neighbour, the smallest
    first, in the order early years, primary, secondary, post-16, and SEN support, EHC
    plan, applying, not sure (see `analysis.population.joined`). After each pass over the
    margins weights are kept from 0.3 to 3.

    `counted`, and how figures are added: see `analysis.population.figures`.

    Refused, with the reason: no population figures, or figures that cannot be added; fewer
    than 100 people in its groups; a group of the population (of a phase and provision, or
    of a whole phase) of which nobody answered; nothing left to weight by once groups are
    joined; weights that still move after 10,000 passes, or that cannot bring a share within
    half a percentage point of the population's between 0.3 and 3.
    """
    left: Mapping[str, int] = {}
    try:
        stands = of_population.figures(population, counted)
        reasons = of_population.left_out(people, stands, crossed=True)
        left = {str(why): int(n) for why, n in reasons[reasons != ""].value_counts().items()}
        return _raked(people[reasons == ""], stands, left)
    except PopulationUnfit as unfit:
        return NotWeighted(str(unfit), left)
    except _Refused as refused:
        return NotWeighted(str(refused), left, refused.passes)


def kish(weights: "pd.Series | Numbers") -> float:
    """Kish's effective number of people, (sum w)^2 / sum w^2."""
    numbers = np.asarray(weights, dtype="float64")
    return float(numbers.sum() ** 2 / (numbers**2).sum())


def _raked(placed: pd.DataFrame, stands: Figures, left: Mapping[str, int]) -> Weights:
    _check_heard(placed, stands)
    wanted = [("phase", stands.phases), ("provision", stands.provisions)]
    every = [_margin(name, placed, targets) for name, targets in wanted if targets]
    margins = [margin for margin in every if len(margin.groups) > 1]
    if not margins:
        raise _Refused("Nothing is left to weight by: too few answered outside one group.")
    codes = [margin.codes(placed) for margin in margins]
    shape = tuple(len(margin.groups) for margin in margins)
    cells = np.ravel_multi_index(codes, shape)
    heads = np.bincount(cells, minlength=int(np.prod(shape))).reshape(shape).astype("float64")
    table, passes = fit(heads, [margin.targets for margin in margins])
    shown = _shares(margins, heads, table)
    _check_near(shown, passes)
    weights = pd.Series(table.ravel()[cells], index=placed.index, name="weight")
    effective = kish(weights)
    return Weights(
        weights=weights,
        left_out=left,
        margins=shown,
        joined=tuple(sentence for margin in every for sentence in _joined(margin, placed)),
        passes=passes,
        converged=True,
        effective=effective,
        design_effect=len(weights) / effective,
        trimmed=int(((weights <= LEAST) | (weights >= MOST)).sum()),
        method=" ".join((METHOD.format(margins=_listed(margins)), *stands.notes)),
    )


def fit(
    heads: Numbers, targets: Sequence[Numbers], *, least: float = LEAST, most: float = MOST
) -> tuple[Numbers, int]:
    """Weights of each cell of a table of people, and how many passes found them.

    `heads` counts people, one axis a margin; `targets` are each margin's population counts,
    only their shares matter. People of one cell always have one weight.
    """
    people = heads.sum()
    weights = np.ones_like(heads)
    for done in range(1, PASSES + 1):
        before = weights
        for axis, counts in enumerate(targets):
            others = tuple(n for n in range(heads.ndim) if n != axis)
            factor = people * counts / counts.sum() / (weights * heads).sum(axis=others)
            weights = weights * np.expand_dims(factor, others)
        weights = weights.clip(least, most)
        if (np.abs(weights - before) <= STILL * before)[heads > 0].all():
            return weights, done
    raise _Refused(f"Not converged: weights still moved after {PASSES:,} passes.", PASSES)


def _margin(name: str, placed: pd.DataFrame, targets: Mapping[str, int]) -> _Margin:
    heard = placed[name].astype(object).value_counts()
    groups = of_population.joined(
        {code: int(heard.get(code, 0)) for code in targets}, SMALLEST_GROUP
    )
    counts = np.array([sum(targets[code] for code in group) for group in groups], dtype="float64")
    return _Margin(name, tuple(groups), counts)


def _check_heard(placed: pd.DataFrame, stands: Figures) -> None:
    if len(placed) < FEWEST:
        raise _Refused(
            f"{len(placed)} people are in the population's groups; weighting needs {FEWEST}."
        )
    cells = set(
        zip(placed["phase"].astype(object), placed["provision"].astype(object), strict=True)
    )
    heard = cells | {(phase, of_population.WHOLE) for phase, _ in cells}
    missing = [of_population.named(*cell) for cell in stands.cells if cell not in heard]
    if missing:
        raise _Refused(
            f"Nobody answered of: {'; '.join(missing)}. No weight can make others speak for them."
        )


def _shares(margins: Sequence[_Margin], heads: Numbers, weights: Numbers) -> pd.DataFrame:
    rows = []
    for axis, margin in enumerate(margins):
        others = tuple(n for n in range(heads.ndim) if n != axis)
        people, weighed = heads.sum(axis=others), (heads * weights).sum(axis=others)
        for n, group in enumerate(margin.groups):
            rows.append(
                {
                    "margin": margin.name,
                    "group": of_population.all_named(group),
                    "people": int(people[n]),
                    "population": int(margin.targets[n]),
                    "share": 100 * people[n] / people.sum(),
                    "population_share": 100 * margin.targets[n] / margin.targets.sum(),
                    "weighted_share": 100 * weighed[n] / weighed.sum(),
                }
            )
    return pd.DataFrame(rows)


def _check_near(shown: pd.DataFrame, passes: int) -> None:
    wanted, reached = shown["population_share"].tolist(), shown["weighted_share"].tolist()
    apart, group, share, target = max(
        (abs(share - target), group, share, target)
        for group, share, target in zip(shown["group"], reached, wanted, strict=True)
    )
    if apart > NEAR:
        raise _Refused(
            f"Not converged: with weights from {LEAST} to {MOST:g}, {group} would stay"
            f" {share:.1f}% of the people and is {target:.1f}% of the population. Those who"
            " answered are too unlike it.",
            passes,
        )


def _joined(margin: _Margin, placed: pd.DataFrame) -> list[str]:
    heard = placed[margin.name].astype(object).value_counts()
    return [
        f"{of_population.all_named(group)} count as one group of {margin.name}: fewer than"
        f" {SMALLEST_GROUP} people answered of "
        + " and of ".join(of_population.named(c) for c in group if heard.get(c, 0) < SMALLEST_GROUP)
        + "."
        for group in margin.groups
        if len(group) > 1
    ]


def _listed(margins: Sequence[_Margin]) -> str:
    return " and ".join(margin.name for margin in margins)
