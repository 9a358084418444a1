"""Bytes to text, with the encoding named; files that only pretend to be text are refused."""

import codecs
from dataclasses import dataclass

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = (
    (b"PK\x03\x04", "an Excel or OpenDocument workbook (or another zip file)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"PAR1", "a Parquet file"),
    (b"\x1f\x8b", "a gzip file"),
)
_MARKUP = ("<!doctype", "<html", "<?xml", "<head", "<body")


@dataclass(frozen=True)
class Decoded:
    """The text of a file and the name of the encoding it was read with."""

    text: str
    encoding: str


class NotText(ValueError):
    """The bytes are not a text table; `cause` and `remedy` are for the person who has them."""

    def __init__(self, cause: str, remedy: str) -> None:
        self.cause = cause
        self.remedy = remedy
        super().__init__(f"{cause} {remedy}")


def decode(data: bytes) -> Decoded:
    """Read bytes as UTF-8 (marked or not), marked UTF-16, or Windows-1252, in that order.

    Raises `NotText` for an empty file, a workbook, a PDF, a web page, or bytes that are
    none of these encodings.
    """
    if not data.strip():
        raise NotText("The file is empty.", "Download it again from the publisher.")
    for start, kind in _NOT_TEXT:
        if data.startswith(start):
            raise NotText(
                f"The file is {kind}, whatever its name says.",
                "Download the CSV file, or save the sheet as CSV UTF-8.",
            )
    decoded = _decode_text(data)
    _refuse_markup(decoded.text)
    return decoded


def _decode_text(data: bytes) -> Decoded:
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _strictly(data, encoding)
    try:
        decoded = Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        decoded = _strictly(data, "cp1252")
    if "\0" in decoded.text:
        raise NotText(
            "The file holds zero bytes: it is UTF-16 without its mark, or not text at all.",
            "Save it as CSV UTF-8.",
        )
    return decoded


def _strictly(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise NotText(
            f"Byte {error.start + 1} of the file is not valid {encoding}.",
            "Save it as CSV UTF-8.",
        ) from error


def _refuse_markup(text: str) -> None:
    if text.lstrip()[:20].lower().startswith(_MARKUP):
        raise NotText(
            "The file is a web page, not a table: the download probably asked you to sign in.",
            "Download the CSV file itself.",
        )
