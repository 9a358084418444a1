"""What can go wrong in analysis.

AnalysisError
├── AnswersRefused      answers do not fit the questionnaire they are said to answer
├── ReleaseRefused      another release beside the first would say too much about too few
├── ExportRefused       a file would say too much about too few, or mix what differs
└── NotOurFile          a file is not what this service wrote, or was changed since
PublishedDataError      see analysis.indicators.errors
"""


class AnalysisError(Exception):
    """The root of the errors about a round's own answers."""


class AnswersRefused(AnalysisError):
    """Answers do not fit their questionnaire; counts them, and names no person."""

    def __str__(self) -> str:
        # Worded here, so that it reads the same after crossing from the worker process.
        return (
            f"{super().__str__()} Nothing was made and nothing was changed, for every figure"
            " would be wrong. Tell whoever looks after this service: the database needs their"
            " eyes."
        )


class ExportRefused(AnalysisError):
    """A file would say too much about too few, or mix what differs; says what to do."""


class ReleaseRefused(AnalysisError):
    """Another release of a round would, beside the first, tell of too few; says why."""


class NotOurFile(AnalysisError):
    """A file is not what this service wrote, or was changed since; says what is wrong."""
