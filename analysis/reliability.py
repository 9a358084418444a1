"""Whether the questions of an index go together: Cronbach's alpha and item-rest correlations."""

import math
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from analysis.confidence import index_items, item_scores
from analysis.frames import Answers
from analysis.intervals import CONFIDENCE, Interval

LEAST_PEOPLE = 30
CAUTION_BELOW = 100
LEAST_ITEMS = 3
NO_SPREAD = 1e-9
CAUTION = (
    f"Caution: fewer than {CAUTION_BELOW} people rated every question, so the interval is wide."
)
MISREAD = (
    "Looks misread: agreeing with it means less confidence, yet people who agreed with it were"
    " more confident elsewhere. It is counted all the same."
)

DEFINITION = (
    "Cronbach's alpha of item scores from 0 to 100, reversed first, over people who rated every"
    " question named. It says whether the questions move together, not whether they measure"
    " confidence."
)


@dataclass(frozen=True)
class ItemRest:
    """One item's correlation with the sum of the others; missing where either never varies."""

    key: str
    correlation: float | None
    reverse: bool


@dataclass(frozen=True)
class Reliability:
    """Alpha (at most 1, and below 0 where items contradict each other) with its 95% interval.

    `items` are the keys in it, constant ones (`constant`) too: none is ever taken out.
    `base` counts people who rated them all, `left_out` those who rated only some. `alpha` is
    `None` where `reason` says why. `notes` are sentences of caution.
    """

    items: tuple[str, ...]
    base: int
    left_out: int
    alpha: float | None
    interval: Interval
    item_rest: tuple[ItemRest, ...]
    constant: tuple[str, ...]
    reason: str
    notes: tuple[str, ...]


def reliability(
    scores: pd.DataFrame, reverse: Collection[str] = (), least_people: int = LEAST_PEOPLE
) -> Reliability:
    """The reliability of these items: one row a person, one column an item (float).

    Scores come reversed already, as `confidence.item_scores` gives them; `reverse` only
    names the items that were. Listwise: a person who lacks one item is left out. Alpha is
    k / (k - 1) (1 - sum of item variances / variance of totals) (Cronbach 1951,
    Psychometrika 16, 297-334); its interval is Feldt's, from F with n - 1 and
    (n - 1)(k - 1) degrees of freedom (Feldt 1965, Psychometrika 30, 357-370). The
    correlations are Pearson's with the sum of the other items.

    A reversed item whose correlation is below 0 is noted as looking misread; it stays in.

    Not available: fewer than 3 items (of two, alpha says little more than how many there
    are), fewer than `least_people`, or nothing that varies.

    Limits: the interval takes items as normal with equal covariances and people as
    independent, so it is rough for five-point answers and for brothers and sisters.
    """
    whole = scores.dropna()
    left_out = int(scores.notna().any(axis=1).sum()) - len(whole)
    reason = _refused(whole, least_people)
    same = whole.columns[whole.min() == whole.max()]
    constant = tuple(str(key) for key in same)
    alpha = None if reason else _alpha(whole)
    rest = () if reason else tuple(_item_rest(whole, str(key), reverse) for key in whole)
    return Reliability(
        items=tuple(str(key) for key in scores),
        base=len(whole),
        left_out=left_out,
        alpha=alpha,
        interval=_feldt(alpha, len(whole), whole.shape[1], reason),
        item_rest=rest,
        constant=constant,
        reason=reason,
        notes=() if reason else tuple(_notes(len(whole), rest, constant)),
    )


def is_misread(item: ItemRest) -> bool:
    """Whether a reversed item looks as if people had not seen that it is."""
    return item.reverse and item.correlation is not None and item.correlation < 0


def index_reliability(answers: Answers) -> Reliability:
    """The reliability of a round's confidence index over all its items."""
    return reliability(item_scores(answers), _reversed(answers))


def construct_reliability(answers: Answers) -> dict[str, Reliability]:
    """The reliability of each topic's items, by construct, in questionnaire order.

    A topic of one or two items has none, and says so.
    """
    scores, reverse = item_scores(answers), _reversed(answers)
    keys: dict[str, list[str]] = {}
    for item in index_items(answers):
        keys.setdefault(item.construct, []).append(item.key)
    return {construct: reliability(scores[of], reverse) for construct, of in keys.items()}


def _reversed(answers: Answers) -> frozenset[str]:
    return frozenset(item.key for item in index_items(answers) if item.reverse)


def _refused(whole: pd.DataFrame, least_people: int) -> str:
    people, items = whole.shape
    if items < LEAST_ITEMS:
        return f"not available: {items} of the {LEAST_ITEMS} questions that it takes"
    if people < max(2, least_people):
        return f"not available: {people} people rated every question, and it takes {least_people}"
    if float(whole.sum(axis=1).var()) <= NO_SPREAD:
        return "not available: everybody's answers add up to the same"
    return ""


def _alpha(whole: pd.DataFrame) -> float:
    items = whole.shape[1]
    spread = float(whole.var().sum()) / float(whole.sum(axis=1).var())
    return items / (items - 1) * (1 - spread)


def _feldt(alpha: float | None, people: int, items: int, reason: str) -> Interval:
    if alpha is None:
        return Interval(None, None, reason)
    if 1 - alpha <= NO_SPREAD:
        return Interval(None, None, "not available: all items have the same answers")
    from scipy.stats import f  # noqa: PLC0415 - heavy, and only here

    tail = (1 - CONFIDENCE) / 2
    freedom = people - 1, (people - 1) * (items - 1)
    low, high = (1 - (1 - alpha) * float(f.ppf(at, *freedom)) for at in (1 - tail, tail))
    return Interval(low, high, "Feldt")


def _item_rest(whole: pd.DataFrame, key: str, reverse: Collection[str]) -> ItemRest:
    item, others = whole[key], whole.drop(columns=key).sum(axis=1)
    varies = min(float(item.var()), float(others.var())) > NO_SPREAD
    return ItemRest(key, _pearson(item, others) if varies else None, key in reverse)


def _pearson(one: pd.Series, other: pd.Series) -> float:
    # As Series.corr has it, without the threads that a matrix of two columns does not need.
    first, second = ((each - each.mean()).to_numpy() for each in (one, other))
    return float((first * second).sum() / math.sqrt((first**2).sum() * (second**2).sum()))


def _notes(people: int, rest: Collection[ItemRest], constant: Collection[str]) -> list[str]:
    notes = [CAUTION] if people < CAUTION_BELOW else []
    notes += [
        f"{key} has the same answer from everybody; it is counted all the same." for key in constant
    ]
    notes += [f"{each.key} {MISREAD[:1].lower()}{MISREAD[1:]}" for each in rest if is_misread(each)]
    return notes
