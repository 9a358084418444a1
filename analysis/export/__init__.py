"""Files for analysts: one export, typed tables and what they are about, in five formats."""

from analysis.export.building import (
    codebook_export,
    items_export,
    metrics_export,
    responses_export,
)
from analysis.export.csv_text import read_csv, restore
from analysis.export.files import files_of, write
from analysis.export.formats import Format
from analysis.export.model import About, Chart, Column, Export, Series, Table, Type
from analysis.export.sources import Source

__all__ = [
    "About",
    "Chart",
    "Column",
    "Export",
    "Format",
    "Series",
    "Source",
    "Table",
    "Type",
    "codebook_export",
    "files_of",
    "items_export",
    "metrics_export",
    "read_csv",
    "responses_export",
    "restore",
    "write",
]
