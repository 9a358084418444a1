"""Which responses of two linked rounds are about the same child."""

from dataclasses import dataclass

import pandas as pd

from analysis.errors import AnswersRefused


@dataclass(frozen=True)
class Pairs:
    """Responses of two rounds, matched.

    `matched` has one row a pair, indexed by `series`, with the columns `before` and `after`
    (str: the response ids in the two rounds). `only_before` and `only_after` count responses
    of a series that the other round does not have; `unlinked_before` and `unlinked_after`
    those without a series (a round that was not linked, or whose links were cut), which
    nothing can match. Pairs, only and unlinked together are all responses of each round.
    """

    matched: pd.DataFrame
    only_before: int
    only_after: int
    unlinked_before: int
    unlinked_after: int


def match(before: pd.DataFrame, after: pd.DataFrame) -> Pairs:
    """The pairs of two rounds' `people` frames (indexed by response id), by `series`.

    Only an equal series pairs: people are never matched by likeness. The pairs come sorted
    by series, so the order of arrival does not show.

    Raises:
        AnswersRefused: a series occurs twice in a round, so a pair would be a guess.
    """
    old, new = _by_series(before, "earlier"), _by_series(after, "later")
    series = old.index.intersection(new.index).sort_values()
    matched = pd.DataFrame({"before": old.reindex(series), "after": new.reindex(series)})
    matched.index.name = "series"
    return Pairs(
        matched=matched,
        only_before=len(old) - len(series),
        only_after=len(new) - len(series),
        unlinked_before=len(before) - len(old),
        unlinked_after=len(after) - len(new),
    )


def _by_series(people: pd.DataFrame, which: str) -> pd.Series:
    series = people["series"].astype("object")
    linked = series[series.notna()]
    twice = int(linked.duplicated(keep=False).sum())
    if twice:
        raise AnswersRefused(f"{twice} responses of the {which} round share a series.")
    ids = linked.index.astype("object")
    return pd.Series(ids, index=pd.Index(linked.to_numpy(), dtype="object"), dtype="object")
