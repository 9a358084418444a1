"""How a comment sounds, read by a machine that says what it could not read."""

from analysis.sentiment.reading import Label, Reader, Reading


def default_reader() -> Reader:
    """The reader that releases use."""
    from analysis.sentiment.textblob_reader import TextBlobReader  # noqa: PLC0415 - slow to load

    return TextBlobReader()


__all__ = ["Label", "Reader", "Reading", "default_reader"]
