"""What can go wrong with published figures and with the strategy's own data.

PublishedDataError
├── IndicatorRefused   a file of figures is not what it says; carries every fault found
└── StrategyRefused    the strategy file has faults; carries every one of them
"""

from dataclasses import dataclass


class PublishedDataError(Exception):
    """The root of every error about figures and strategies that others published."""


@dataclass(frozen=True)
class CellProblem:
    """One fault of a file of figures, for the person who holds the file.

    `row` is counted as Excel shows it, the header being row 1; `None` where the fault
    belongs to the whole file. `column` is the file's own heading, "" where it has none.
    """

    file: str
    row: int | None
    column: str
    cause: str
    remedy: str

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.cause} {self.remedy}"


class IndicatorRefused(PublishedDataError):
    """A file of figures was refused and nothing was taken from it.

    `problems` holds every fault found before reading had to stop.
    """

    def __init__(self, file: str, problems: tuple[CellProblem, ...]) -> None:
        self.file = file
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"{file} was refused and nothing was imported: {count}.\n{lines}")


@dataclass(frozen=True)
class StrategyProblem:
    """One fault of a strategy file: `key` is the dotted path, such as `measures.M4.good`."""

    file: str
    key: str
    cause: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}, {self.key}: {self.cause} {self.remedy}"


class StrategyRefused(PublishedDataError):
    """A strategy file was refused; `problems` holds every fault found."""

    def __init__(self, file: str, problems: tuple[StrategyProblem, ...]) -> None:
        self.file = file
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"{file} has {count}:\n{lines}")
