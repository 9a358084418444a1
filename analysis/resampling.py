"""Resampled means: what the mean might have been had other families of the same kind answered."""

from typing import TYPE_CHECKING

import pandas as pd

from analysis.intervals import AT_ONCE, RESAMPLES, SEED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def clusters(values: pd.Series, households: pd.Series | None) -> pd.DataFrame:
    """The values' households: one row each, columns `total` (float) and `people` (int).

    `households` is a number by response id; without one, or where it is missing, a person
    is a household of their own.
    """
    own = pd.Series([f"own {n}" for n in range(len(values))], index=values.index, dtype="object")
    of = own if households is None else households.reindex(values.index).astype("object")
    homes = of.where(of.notna(), own).astype(str).to_numpy()
    grouped = pd.DataFrame({"home": homes, "value": values.to_numpy()}).groupby("home", sort=False)
    total, people = grouped["value"].sum(), grouped["value"].size()
    return pd.DataFrame({"total": total.astype("float64"), "people": people.astype("int64")})


def random() -> "np.random.Generator":
    """The one source of chance of a statistic, at its fixed seed."""
    import numpy as np  # noqa: PLC0415 - only resampling needs it

    return np.random.default_rng(SEED)


def means(units: pd.DataFrame, chance: "np.random.Generator") -> "NDArray[np.float64]":
    """The means of 2,000 bootstrap resamples of whole households (Efron 1979, Ann. Stat. 7).

    A resample draws as many households as there are, with replacement. Households of equal
    total and size are the same draw, so what is drawn is how often each distinct kind comes
    (multinomial counts): the same distribution, at a cost that does not grow with people.

    Limits: needs some 30 households to mean anything; the caller sees to that.
    """
    import numpy as np  # noqa: PLC0415 - only resampling needs it

    kinds, counts = np.unique(units.to_numpy(dtype="float64"), axis=0, return_counts=True)
    size, share = len(units), counts / counts.sum()
    found: list[float] = []
    while len(found) < RESAMPLES:
        rows = min(max(1, AT_ONCE // len(kinds)), RESAMPLES - len(found))
        drawn = chance.multinomial(size, share, size=rows) @ kinds
        found += (drawn[:, 0] / drawn[:, 1]).tolist()
    return np.asarray(found)
