"""Times as the database holds them: UTC, ISO 8601, to the millisecond."""

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """A timezone-aware time as UTC text that sorts in order of time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def from_text(text: str) -> datetime:
    """The timezone-aware UTC time that `to_text` wrote."""
    return datetime.fromisoformat(text)


def from_optional(text: str | None) -> datetime | None:
    """The same, where there may be none."""
    return None if text is None else from_text(text)
