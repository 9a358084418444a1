"""The `choices` sheet: lists of choices with their scores and states."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.model import Choice, State
from surveys.xlsform_sheets import Languages, Report, Row, near, texts

CODE = re.compile(r"[A-Za-z0-9_-]+")
SCORES = range(1, 6)
_STATES = {"dont_know": State.DONT_KNOW, "does_not_apply": State.DOES_NOT_APPLY}


@dataclass(frozen=True)
class ChoiceList:
    """A list with the row it begins at."""

    first: Row
    choices: tuple[Choice, ...]

    @property
    def is_rating(self) -> bool:
        """Whether its choices carry scores."""
        return any(choice.score is not None for choice in self.choices)


def read_choices(
    rows: Iterable[Row], languages: Languages, report: Report
) -> Mapping[str, ChoiceList]:
    """The lists by name, choices in sheet order."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        if row.cell("list_name"):
            grouped.setdefault(row.cell("list_name"), []).append(row)
        else:
            report.add(
                "missing_list_name",
                row.at("list_name"),
                "The choice belongs to no list.",
                "Write the list's name, as in select_one NAME on the survey sheet.",
            )
    return {name: _list(members, languages, report) for name, members in grouped.items()}


def _list(rows: list[Row], languages: Languages, report: Report) -> ChoiceList:
    choices: list[Choice] = []
    for row in rows:
        _check_code(row, {choice.code.lower() for choice in choices}, report)
        choices.append(_choice(row, languages, report))
    made = ChoiceList(rows[0], tuple(choices))
    for row, choice in zip(rows, choices, strict=True):
        unscored = choice.score is None and choice.state is State.ANSWERED
        if made.is_rating and unscored and not row.cell("score"):
            report.add(
                "missing_score",
                row.at("score"),
                "Other choices of this list have a score and this one has none.",
                "Give it a score, or a state: dont_know or does_not_apply.",
            )
    return made


def _check_code(row: Row, taken: set[str], report: Report) -> None:
    code = row.cell("name")
    if not code:
        report.add(
            "missing_name", row.at("name"), "The choice has no code.", "Give it a short code."
        )
    elif not CODE.fullmatch(code):
        report.add(
            "bad_code",
            row.at("name"),
            f"The code “{code}” has characters that a code cannot have.",
            "Use the letters A to Z, digits, _ and - only.",
        )
    elif code.lower() in taken:
        report.add(
            "duplicate_choice",
            row.at("name"),
            f"The code “{code}” is in this list twice.",
            "Give each choice its own code; capital letters do not make it different.",
        )


def _choice(row: Row, languages: Languages, report: Report) -> Choice:
    labels = texts(row, "label", languages, report)
    if not labels:
        report.add(
            "missing_label",
            row.at("label", languages.default),
            "The choice has no words for parents.",
            "Write its label.",
        )
    state = _state(row, report)
    score = _score(row, report)
    if score is not None and state is not State.ANSWERED:
        report.add(
            "score_on_state",
            row.at("score"),
            "“Don't know” and “does not apply” are never a number.",
            "Clear the score or the state.",
        )
    return Choice(row.cell("name"), labels, score, state)


def _score(row: Row, report: Report) -> int | None:
    written = row.cell("score")
    if not written:
        return None
    if not re.fullmatch(r"-?[0-9]{1,9}", written) or int(written) not in SCORES:
        report.add(
            "bad_score",
            row.at("score"),
            f"The score “{written}” is not a whole number from 1 to 5.",
            "Write 5 for the most agreement, 1 for the least.",
        )
        return None
    return int(written)


def _state(row: Row, report: Report) -> State:
    written = row.cell("state")
    if written and written not in _STATES:
        report.add(
            "unknown_state",
            row.at("state"),
            f"There is no state “{written}”.",
            near(written, _STATES),
        )
    return _STATES.get(written, State.ANSWERED)
