"""What can go wrong in analysis.

AnalysisError
└── ExportRefused       a file would say too much about too few
PublishedDataError      see analysis.indicators.errors
"""


class AnalysisError(Exception):
    """The root of the errors about a round's own answers."""


class ExportRefused(AnalysisError):
    """A file would say too much about too few; the message says what to do."""
