"""The round that another is compared with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from surveys.columns import Columns
from surveys.model import Questionnaire
from surveys.plans import Population
from surveys.records import Round


@dataclass(frozen=True)
class EarlierRound:
    """An earlier round: its answers as they are today, and every release made of them.

    `releases` are oldest first, one at least. `population` are the figures of its plan.
    `columns` holds nobody where the answers are no longer kept. `is_followed` says that this
    round was planned to ask the same children again, and `has_told_pairs` that another round
    has shown pairs with it already.
    """

    round: Round
    questionnaire: Questionnaire
    columns: Columns
    releases: tuple[Mapping[str, Any], ...]
    population: tuple[Population, ...] = ()
    is_followed: bool = False
    has_told_pairs: bool = False

    @property
    def release(self) -> Mapping[str, Any]:
        """The newest release: what people see of it."""
        return self.releases[-1]
