"""Rows of a Parquet file, a group at a time: what is not wanted is never unpacked."""

from collections.abc import Iterator, Sequence
from typing import Any

PARQUET = b"PAR1"
"""How a Parquet file begins."""

Cells = tuple[Any, ...]


def parquet_headings(data: bytes) -> tuple[str, ...]:
    """The names of the columns, () where the bytes are no Parquet file."""
    import pyarrow as pa  # noqa: PLC0415 - loaded when a file is read, not when we are imported
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        return tuple(pq.read_schema(pa.BufferReader(data)).names)
    except (pa.ArrowException, OSError):
        return ()


def parquet_rows(
    data: bytes, columns: Sequence[str], wanted: frozenset[str]
) -> Iterator[tuple[int, list[tuple[int, Cells]]]]:
    """For each group of rows how many it has, and those whose first column is wanted.

    A row comes with its number, the header being row 1, and its cells of `columns`. Raises
    ValueError where the file is damaged or the first column is not of text.
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded when a file is read, not when we are imported
    import pyarrow.parquet as pq  # noqa: PLC0415

    first_row = 2
    try:
        table = pq.ParquetFile(pa.BufferReader(data), read_dictionary=list(columns))
        for group in range(table.num_row_groups):
            rows = table.metadata.row_group(group).num_rows
            yield rows, _wanted(table, group, columns, wanted, first_row)
            first_row += rows
    except (pa.ArrowException, OSError) as error:
        cause = "The Parquet file cannot be read: it is damaged, or its labels are not text."
        raise ValueError(cause) from error


def _wanted(
    table: Any, group: int, columns: Sequence[str], wanted: frozenset[str], first_row: int
) -> list[tuple[int, Cells]]:
    import pyarrow as pa  # noqa: PLC0415 - loaded when a file is read, not when we are imported
    import pyarrow.compute as pc  # noqa: PLC0415

    labels = table.read_row_group(group, columns=[columns[0]], use_threads=False).column(0)
    places = pc.indices_nonzero(pc.is_in(labels, pa.array(sorted(wanted), pa.string())))
    if not len(places):
        return []
    rows = table.read_row_group(group, columns=list(columns), use_threads=False).take(places)
    cells = zip(*(rows.column(name).to_pylist() for name in columns), strict=True)
    return [
        (first_row + place, each) for place, each in zip(places.to_pylist(), cells, strict=True)
    ]
