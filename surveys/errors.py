"""What can go wrong in surveys.

SurveyError
├── FormRefused         a questionnaire file has problems; carries every one of them
├── ExpressionRefused   an expression is outside the profile, or malformed
└── SessionRefused      stored session data does not fit its questionnaire
"""

from dataclasses import dataclass


class SurveyError(Exception):
    """The root of every error raised by `surveys`."""


@dataclass(frozen=True)
class FormProblem:
    """One fault of a questionnaire file, for the person who wrote it.

    `row` and `column` are as Excel shows them: the row counted from 1 with the
    header as row 1, the column by its heading. `None` where the fault has no cell.
    """

    code: str
    sheet: str
    row: int | None
    column: str | None
    cause: str
    remedy: str

    def __str__(self) -> str:
        place = f"sheet {self.sheet}"
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        return f"{place}: {self.cause} {self.remedy} [{self.code}]"


class FormRefused(SurveyError):
    """A questionnaire file was refused; `problems` holds every fault found."""

    def __init__(self, source: str, problems: tuple[FormProblem, ...]) -> None:
        self.source = source
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"{source} has {count}:\n{lines}")


class ExpressionRefused(SurveyError):
    """An expression is malformed or uses something outside the profile."""

    def __init__(self, cause: str, remedy: str) -> None:
        self.cause = cause
        self.remedy = remedy
        super().__init__(f"{cause} {remedy}")


class SessionRefused(SurveyError):
    """Stored session data is not a session of this questionnaire."""


class PlanRefused(SurveyError):
    """A round is planned to do what it may not; the message says what to change."""
