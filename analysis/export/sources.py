"""Where a file of responses comes from: the answers of rounds, of one questionnaire."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.errors import ExportRefused
from surveys.model import Questionnaire

if TYPE_CHECKING:
    from analysis.frames import Answers


@dataclass(frozen=True)
class Source:
    """The answers of one round to one version. A round of two versions is two sources.

    `order_key` is the hash of the round's release; `threshold` the round's.
    """

    round: str
    answers: "Answers"
    order_key: str
    threshold: int


def versions_of(questionnaires: Sequence[Questionnaire]) -> list[Questionnaire]:
    """Each version once.

    Raises:
        ExportRefused: they are versions of different questionnaires.
    """
    versions = list({each.hash: each for each in questionnaires}.values())
    keys = sorted({version.key for version in versions})
    if len(keys) > 1:
        raise ExportRefused(
            f"These rounds ask different questionnaires ({', '.join(keys)}): one column would"
            " hold the answers to two questions. Export each round to a file of its own."
        )
    return versions


def check_enough(sources: Sequence[Source]) -> None:
    """Nothing, where every round has as many responses as its threshold.

    Raises:
        ExportRefused: one has fewer.
    """
    people: Counter[str] = Counter()
    for source in sources:
        people[source.round] += len(source.answers.people)
    for source in sources:
        if people[source.round] < source.threshold:
            raise ExportRefused(
                f"The round {source.round!r} has fewer than {source.threshold} responses: a file"
                " of them would show who they are. Use: sendvoice export metrics"
            )
