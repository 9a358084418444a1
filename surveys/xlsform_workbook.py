"""The bytes of a form file as raw sheets of text, read by pyxform."""

from collections.abc import Mapping
from typing import Any

from surveys.errors import FormProblem, FormRefused

KINDS = ("md", "xlsx", "xls", "csv")
MAX_BYTES = 5_000_000
Workbook = Mapping[str, Any]
"""By sheet name the rows as text by heading, and under `survey_header` the headings."""


def unreadable(source: str, cause: str) -> FormRefused:
    """The refusal of a file that holds no sheets at all."""
    remedy = "Save it again as an Excel workbook (.xlsx) or a Markdown table (.md)."
    return FormRefused(source, (FormProblem("unreadable", "", None, None, cause, remedy),))


def read_workbook(data: bytes, kind: str, source: str) -> Workbook:
    """The sheets in the bytes of a file.

    Raises:
        FormRefused: the kind is not in `KINDS`, the file is over 5 MB, or it cannot be read.
    """
    # pyxform takes half a second to import, and most commands never read a form.
    from pyxform.xls2json_backends import get_xlsform  # noqa: PLC0415

    if kind not in KINDS:
        raise unreadable(source, f"“{kind}” is not a kind of file that is read here.")
    if len(data) > MAX_BYTES:
        raise unreadable(source, f"It is over {MAX_BYTES // 1_000_000} MB.")
    try:
        definition = get_xlsform(data, file_type=f".{kind}")
    except Exception as error:  # a damaged file raises whatever its reader met
        raise unreadable(source, f"It is not a readable .{kind} file: {error}") from error
    return {name: getattr(definition, name) for name in definition.__slots__}
