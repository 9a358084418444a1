"""What must hold for questions that were each read without fault."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from surveys.model import Question, QuestionType
from surveys.phases import Phase, Provision, Setting
from surveys.xlsform_sheets import Place, Report
from surveys.xlsform_survey import Placed

MAX_UNITS = 3_500
"""UTF-16 units of label and hint: Telegram takes 4,096, and the channel adds its own words."""

MAX_PAYLOAD = 50
"""Bytes of key and code together: Telegram takes 64 on a button, and the channel needs 14."""

_PROFILE: Mapping[str, type[StrEnum]] = {
    "phase": Phase,
    "setting": Setting,
    "provision": Provision,
}


def check_questions(placed: tuple[Placed, ...], report: Report) -> None:
    """Report every rule that the questions break."""
    if not any(each.question.is_answerable for each in placed):
        report.add(
            "no_questions", Place("survey"), "The form asks nothing.", "Add at least one question."
        )
    for each in placed:
        _check_sendable(each, report)
        _check_rating(each, report)
        _check_profile(each, report)
    _check_anchor([each for each in placed if each.question.anchor], report)


def _check_sendable(placed: Placed, report: Report) -> None:
    question = placed.question
    longest = max((len(choice.code.encode()) for choice in question.choices), default=0)
    payload = len(question.key.encode()) + longest
    if payload > MAX_PAYLOAD:
        report.add(
            "button_too_long",
            placed.row.at("name"),
            f"{question.key} and its longest code make {payload} bytes; "
            f"a Telegram button carries {MAX_PAYLOAD}.",
            "Shorten the name or the code.",
        )
    for code, label in question.labels.items():
        units = _units(label) + _units(question.hints.get(code, ""))
        if units > MAX_UNITS:
            report.add(
                "text_too_long",
                placed.row.at("label", code),
                f"Label and hint make {units:,} characters as Telegram counts them; "
                f"the most is {MAX_UNITS:,}.",
                "Shorten them, or move a part to a note of its own.",
            )


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _check_rating(placed: Placed, report: Report) -> None:
    question, row = placed.question, placed.row
    is_scale = question.is_rating and question.type is QuestionType.SELECT_ONE
    if question.is_rating and not is_scale:
        report.add(
            "rating_of_many",
            row.at("type"),
            "Its choices have scores, and more than one can be chosen.",
            "Use select_one, or clear the scores.",
        )
    for column in ("reverse", "index", "anchor"):
        if getattr(question, column) and not is_scale:
            report.add(
                "not_a_rating",
                row.at(column),
                f"{column} is for ratings, and this is not one.",
                "Clear it, or give its choices scores.",
            )
    if question.index and not question.construct:
        report.add(
            "missing_construct",
            row.at("construct"),
            "The question counts in the index and does not say what it measures.",
            "Name its construct.",
        )


def _check_profile(placed: Placed, report: Report) -> None:
    question = placed.question
    words = _PROFILE.get(question.key.lower())
    if words is None:
        return
    if question.key not in _PROFILE:
        report.add(
            "bad_profile_question",
            placed.row.at("name"),
            f"Profile questions have their names in small letters, and this is {question.key}.",
            f"Write {question.key.lower()}.",
        )
    if question.type is not QuestionType.SELECT_ONE:
        report.add(
            "bad_profile_question",
            placed.row.at("type"),
            f"{question.key} is a profile question and must be a select_one.",
            "Make it one, or rename it.",
        )
    unknown = _unknown_codes(question, words)
    if unknown:
        report.add(
            "bad_profile_question",
            placed.row.at("type"),
            f"{question.key} has codes that results cannot be grouped by: {', '.join(unknown)}.",
            f"Use only: {', '.join(words)}.",
        )


def _unknown_codes(question: Question, words: Iterable[StrEnum]) -> list[str]:
    known = frozenset(words)
    return [choice.code for choice in question.choices if choice.code not in known]


def _check_anchor(anchors: list[Placed], report: Report) -> None:
    for extra in anchors[1:]:
        report.add(
            "second_anchor",
            extra.row.at("anchor"),
            f"{anchors[0].question.key} is the anchor already.",
            "Only one question is the strategy's own measure.",
        )
