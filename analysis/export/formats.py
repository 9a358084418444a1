"""The formats of files for analysts."""

from enum import StrEnum


class Format(StrEnum):
    """The kinds of file an export is written as."""

    CSV = "csv"
    XLSX = "xlsx"
    SAV = "sav"
    PARQUET = "parquet"
    JSON = "json"
