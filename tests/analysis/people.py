"""People by phase and provision, and populations, for the tests of weights."""

from collections.abc import Mapping

import pandas as pd

from surveys.plans import Population


def people_of(cells: Mapping[tuple[str, str], int]) -> pd.DataFrame:
    """So many people of each phase and provision, under response ids of their own."""
    rows = [cell for cell, count in cells.items() for _ in range(count)]
    ids = [f"response-{number:04}" for number in range(len(rows))]
    return pd.DataFrame(rows, columns=["phase", "provision"], index=ids)


def population_of(cells: Mapping[tuple[str, str], int]) -> tuple[Population, ...]:
    return tuple(Population(phase, provision, count) for (phase, provision), count in cells.items())
