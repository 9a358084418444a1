"""Invented values, households and weights, the same at every run."""

import numpy as np
import pandas as pd


def values(people: int) -> pd.Series:
    """From 0 to 100 in steps of a fourteenth of 25."""
    return pd.Series(np.random.default_rng(4).integers(0, 57, people) * 100 / 56)


def households(people: int) -> pd.Series:
    """Of one to a few people each."""
    return pd.Series(np.random.default_rng(5).integers(0, 2 * people // 3, people))


def weights(people: int) -> pd.Series:
    """From 0.3 to 3."""
    return pd.Series(np.random.default_rng(6).uniform(0.3, 3, people).round(6))
