"""Whether a round's columns fit the questionnaires they are said to answer."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from analysis.errors import AnswersRefused
from surveys.columns import NONE, Column, Columns
from surveys.model import Questionnaire


def check_fit(questionnaires: Iterable[Questionnaire], columns: Columns) -> None:
    """Nothing where every response and answer has its place.

    Raises:
        AnswersRefused: an answer is to another version or question, or has no response:
            to leave it out in silence would change every figure.
    """
    keys = {each.hash: {q.key for q in each.questions} for each in questionnaires}
    people, version = len(columns.ids), columns.version
    strangers = sum(
        version.numbers.count(number)
        for number, content_hash in enumerate(version.texts)
        if content_hash not in keys
    )
    if strangers:
        raise AnswersRefused(f"{strangers} of {people} responses are to another version.")
    strays = max((len(each.numbers) for each in columns.answers.values()), default=0) - people
    if strays > 0:
        raise AnswersRefused(f"There are answers without a response, from {strays} people.")
    unknown = [
        key for key, each in columns.answers.items() if _is_unknown(key, each, version, keys)
    ]
    if unknown:
        raise AnswersRefused(f"There are answers to unknown questions: {sorted(unknown)}.")


def _is_unknown(
    key: str, answers: Column, version: Column, keys: Mapping[str, AbstractSet[str]]
) -> bool:
    without = {n for n, content_hash in enumerate(version.texts) if key not in keys[content_hash]}
    return bool(without) and any(
        said != NONE and number in without
        for number, said in zip(version.numbers, answers.numbers, strict=True)
    )
