"""Whether two rounds asked the same thing. A changed question is a break, never a change."""

import hashlib
import json
from collections.abc import Sequence

from analysis.confidence import index_items
from analysis.frames import Answers
from surveys.model import Labels, Question, Questionnaire

NO_LANGUAGE = "the two rounds have no language in common"


def fingerprint(question: Question, languages: Sequence[str]) -> str:
    """SHA-256 of what makes an answer to the question mean what it means, as 64 hex digits.

    That is its key, type, wording, hint and guidance in these languages; its choices with
    their order, wording, scores and states; who is asked (`relevant`), what may be answered
    (`constraint`, `required`), and which way it is scored (`reverse`).

    Limits: the order of questions, their looks and what an expression's other questions say
    are not in it; a translation into a further language does not change it.
    """
    meaning = [
        question.key,
        question.type.value,
        [_said(each, languages) for each in (question.labels, question.hints, question.guidance)],
        [[c.code, _said(c.labels, languages), c.score, c.state.value] for c in question.choices],
        [question.relevant, question.constraint, question.required, question.reverse],
    ]
    return hashlib.sha256(json.dumps(meaning, ensure_ascii=False).encode()).hexdigest()


def question_break(before: Questionnaire, after: Questionnaire, key: str) -> str:
    """Why answers to this question cannot be compared, in words; "" where they can.

    They can where both questionnaires have the key with one fingerprint in every language
    that both speak.
    """
    old, new = before.question(key), after.question(key)
    if old is None or new is None:
        return f"{key} was not asked in the {'earlier' if old is None else 'later'} round"
    languages = _shared_languages(before, after)
    if not languages:
        return NO_LANGUAGE
    if fingerprint(old, languages) == fingerprint(new, languages):
        return ""
    return f"{key} was changed between the rounds"


def index_break(before: Answers, after: Answers) -> str:
    """Why the confidence indexes of two rounds cannot be compared; "" where they can.

    They can only where both are made of the same questions, every one unchanged and under
    the same topic (the rule for a person's index counts topics). The reason names them all.
    """
    old = {item.key: item.construct for item in index_items(before)}
    new = {item.key: item.construct for item in index_items(after)}
    if not old and not new:
        return "neither round has an index"
    reasons = [
        _listed("asked only in the earlier round", [key for key in old if key not in new]),
        _listed("asked only in the later round", [key for key in new if key not in old]),
    ]
    both = [key for key in old if key in new]
    forms = before.questionnaire, after.questionnaire
    reasons.append(_listed("changed", [key for key in both if question_break(*forms, key)]))
    reasons.append(_listed("moved to another topic", [k for k in both if old[k] != new[k]]))
    return "; ".join(reason for reason in reasons if reason)


def shared_items(before: Answers, after: Answers) -> list[Question]:
    """The index questions of both rounds that are unchanged, in the later round's order."""
    old = {item.key: item.construct for item in index_items(before)}
    return [
        item
        for item in index_items(after)
        if old.get(item.key) == item.construct
        and not question_break(before.questionnaire, after.questionnaire, item.key)
    ]


def _listed(what: str, keys: Sequence[str]) -> str:
    return f"{what}: {', '.join(keys)}" if keys else ""


def _said(labels: Labels, languages: Sequence[str]) -> list[str]:
    return [labels.get(language, "") for language in languages]


def _shared_languages(before: Questionnaire, after: Questionnaire) -> list[str]:
    return sorted(set(before.languages) & set(after.languages))
