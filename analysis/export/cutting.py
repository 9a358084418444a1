"""Text made to fit a format, and a list of what was lost by it: nothing is cut in silence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

XLSX_CELL = 32_767
"""The longest text of a cell of Excel, in UTF-16 units."""
SAV_TEXT = 32_767
SAV_LABEL = 255
SAV_VALUE_LABEL = 120
SAV_FILE_LABEL = 64
SAV_NOTE_LINE = 80
"""The longest texts of an SPSS file, in UTF-8 bytes."""

# What XML 1.0 cannot hold; a tab and a line end it can.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Change:
    """One text that a file holds otherwise than the database: where, and what was done.

    `row` counts from 1 under the heading; 0 is a label or heading of the column.
    """

    table: str
    row: int
    column: str
    what: str

    def __str__(self) -> str:
        place = f"row {self.row}, {self.column}" if self.row else self.column
        return f"{self.table}, {place}: {self.what}"


def without_forbidden(text: str) -> tuple[str, str]:
    """The text without characters that XML forbids, and what was done ("" for nothing)."""
    found = _FORBIDDEN.findall(text)
    if not found:
        return text, ""
    names = ", ".join(sorted({f"U+{ord(each):04X}" for each in found}))
    count = "1 character" if len(found) == 1 else f"{len(found)} characters"
    return _FORBIDDEN.sub("", text), f"{count} removed that the format forbids ({names})"


def cut(text: str, limit: int, encoding: str) -> tuple[str, str]:
    """At most `limit` units of the encoding, and what was done ("" for nothing).

    UTF-16 units are two bytes. A character is kept whole or not at all.
    """
    unit = 2 if encoding == "utf-16-le" else 1
    data = text.encode(encoding, "surrogatepass")
    if len(data) <= limit * unit:
        return text, ""
    kept = data[: limit * unit].decode(encoding, "ignore")
    return kept, f"cut from {len(text):,} characters to {len(kept):,}"


def lines(text: str, limit: int) -> Iterator[str]:
    """The text in lines of at most `limit` UTF-8 bytes, broken where they are full."""
    rest = " ".join(text.split())
    while rest:
        line, _ = cut(rest, limit, "utf-8")
        yield line
        rest = rest[len(line) :]


def in_words(changes: Iterable[Change]) -> Sequence[str]:
    """The changes as sentences."""
    return [str(change) for change in changes]
