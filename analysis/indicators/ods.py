"""OpenDocument spreadsheets as sheets of text, by the standard library alone.

A spreadsheet from elsewhere may be built to fill the memory: a document type declaration,
from which entities are made, is refused, and so are sizes beyond any published table.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from analysis.indicators.sheets import Sheet, trimmed

LARGEST_CONTENT = 40 * 1024 * 1024
"""Bytes of the unpacked table; the largest published one of this kind is three megabytes."""

_MOST_CELLS = 5_000_000
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"


class OdsRefused(ValueError):
    """The spreadsheet cannot be read; the message says why."""


def looks_like_ods(data: bytes) -> bool:
    """Whether the bytes are a zip file that names itself an OpenDocument spreadsheet."""
    return data.startswith(b"PK\x03\x04") and _MIMETYPE in data[:200]


def ods_sheets(data: bytes) -> tuple[Sheet, ...]:
    """Every sheet, as text.

    A number is given as it is stored and a percentage as stored times 100 with "%": what
    is shown has been rounded. Raises `OdsRefused`.
    """
    parser = ET.XMLParser(target=_NoDoctype())  # noqa: S314 - declarations are refused
    try:
        root = ET.fromstring(_content(data), parser)  # noqa: S314 - the same
        return tuple(
            Sheet(table.get(f"{_TABLE}name", ""), tuple(_rows(table)))
            for table in root.iter(f"{_TABLE}table")
        )
    except OdsRefused:
        raise
    except (ET.ParseError, ValueError, RecursionError) as error:
        raise OdsRefused("Its table is damaged.") from error


class _NoDoctype(ET.TreeBuilder):
    """Builds the tree of a document that declares nothing."""

    def doctype(self, name: str, pubid: str, system: str) -> None:
        """Called before anything of the declaration is believed."""
        raise OdsRefused("It declares a document type, which a spreadsheet never needs.")


def _content(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo("content.xml")
            if info.file_size > LARGEST_CONTENT:
                raise OdsRefused(f"Its table unpacks to over {LARGEST_CONTENT // 1024**2} MB.")
            with archive.open(info) as file:
                # The size a zip file states may be a lie.
                return file.read(LARGEST_CONTENT)
    except (
        zipfile.BadZipFile,
        KeyError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        zlib.error,
    ) as error:
        raise OdsRefused("It is damaged, encrypted, or holds no table.") from error


def _rows(table: ET.Element) -> Iterator[tuple[str, ...]]:
    """Rows down to the last that is not blank; a row may stand for many equal ones."""
    blank = 0
    cells = 0
    for row in table.iter(f"{_TABLE}table-row"):
        repeated = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        texts = trimmed(list(_cells(row)))
        if not texts:
            blank += repeated
            continue
        cells += (blank + repeated) + repeated * len(texts)
        if cells > _MOST_CELLS:
            raise OdsRefused(f"It has over {_MOST_CELLS:,} cells.")
        for _ in range(blank):
            yield ()
        blank = 0
        for _ in range(repeated):
            yield texts


def _cells(row: ET.Element) -> Iterator[str]:
    """The row's cells down to the last that is not blank."""
    blank = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        text = "" if cell.tag == _CELLS[1] else _cell(cell)
        if not text.strip():
            blank += repeated
            continue
        if blank + repeated > _MOST_CELLS:
            raise OdsRefused(f"It has over {_MOST_CELLS:,} cells in a row.")
        yield from [""] * blank
        blank = 0
        yield from [text] * repeated


def _cell(cell: ET.Element) -> str:
    kind = cell.get(f"{_OFFICE}value-type", "")
    value = cell.get(f"{_OFFICE}value", "")
    if kind == "percentage":
        return f"{float(value) * 100:.10g}%"
    if kind == "float":
        return f"{float(value):.15g}"
    return "\n".join(_text(paragraph) for paragraph in cell.iter(f"{_TEXT}p"))


def _text(paragraph: ET.Element) -> str:
    """A paragraph's text, with the spaces OpenDocument writes as elements."""
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * int(child.get(f"{_TEXT}c", "1")))
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        else:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
