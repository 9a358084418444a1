"""Whether a round's rows fit the questionnaires they are said to answer."""

from collections.abc import Iterable, Sequence

from analysis.errors import AnswersRefused
from surveys.model import Questionnaire
from surveys.records import AnswerRecord, ResponseRecord


def check_fit(
    questionnaires: Iterable[Questionnaire],
    responses: Sequence[ResponseRecord],
    answers: Sequence[AnswerRecord],
) -> None:
    """Nothing where every response and answer has its place.

    Raises:
        AnswersRefused: an answer is to another version or question, or has no response:
            to leave it out in silence would change every figure.
    """
    keys = {each.hash: {q.key for q in each.questions} for each in questionnaires}
    strangers = sum(response.questionnaire_hash not in keys for response in responses)
    if strangers:
        raise AnswersRefused(f"{strangers} of {len(responses)} responses are to another version.")
    asked = {response.id: keys[response.questionnaire_hash] for response in responses}
    strays = {answer.response_id for answer in answers} - asked.keys()
    if strays:
        raise AnswersRefused(f"There are answers without a response, from {len(strays)} people.")
    unknown = {a.question_key for a in answers if a.question_key not in asked[a.response_id]}
    if unknown:
        raise AnswersRefused(f"There are answers to unknown questions: {sorted(unknown)}.")
