"""LAIT's table from Parquet, a group of rows at a time: what is not wanted is never unpacked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

PARQUET = b"PAR1"
"""How a Parquet file begins."""

_NUMBER = r"^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$"


@dataclass(frozen=True)
class Group:
    """A group of rows: how many, and those that have a wanted label.

    `wanted` are rows of wanted areas, each with its number (the header being row 1) and its
    cells. `elsewhere` are the other areas: name, number, first row, how many rows. `symbols`
    are values of those that are not numbers, and how many of each.
    """

    rows: int
    wanted: list[tuple[int, tuple[Any, ...]]]
    elsewhere: list[tuple[Any, Any, int, int]]
    symbols: list[tuple[Any, int]]


def parquet_headings(data: bytes) -> tuple[str, ...]:
    """The names of the columns, () where the bytes are no Parquet file."""
    import pyarrow as pa  # noqa: PLC0415 - loaded when a file is read, not when we are imported
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        return tuple(pq.read_schema(pa.BufferReader(data)).names)
    except (pa.ArrowException, OSError):
        return ()


def parquet_groups(
    data: bytes, columns: Sequence[str], labels: frozenset[str], numbers: frozenset[str]
) -> Iterator[Group]:
    """The groups of a table, in order.

    `columns` are those of label, years, name, value and area number; `labels` and `numbers`
    the wanted ones. Raises ValueError where the file is damaged or a column is not of text
    (the area number may be of numbers).
    """
    import pyarrow as pa  # noqa: PLC0415 - loaded when a file is read, not when we are imported
    import pyarrow.parquet as pq  # noqa: PLC0415

    first_row = 2
    label, years, _, value, _ = columns
    try:
        table = pq.ParquetFile(pa.BufferReader(data), read_dictionary=[label, years, value])
        for group in range(table.num_row_groups):
            rows = table.metadata.row_group(group).num_rows
            found = _labelled(table, group, columns, labels)
            yield _group(found, rows, first_row, columns, numbers)
            first_row += rows
    except (pa.ArrowException, OSError) as error:
        cause = "The Parquet file cannot be read: it is damaged, or a column is not of text."
        raise ValueError(cause) from error


def _labelled(table: Any, group: int, columns: Sequence[str], labels: frozenset[str]) -> Any:
    """The rows of wanted labels, with their places in the group; `None` where there are none."""
    import pyarrow as pa  # noqa: PLC0415 - loaded when a file is read, not when we are imported
    import pyarrow.compute as pc  # noqa: PLC0415

    column = table.read_row_group(group, columns=[columns[0]], use_threads=False).column(0)
    places = pc.indices_nonzero(pc.is_in(column, pa.array(sorted(labels), pa.string())))
    if not len(places):
        return None
    rows = table.read_row_group(group, columns=list(columns), use_threads=False)
    return rows.take(places).append_column("place", places.cast(pa.int64()))


def _group(
    found: Any, rows: int, first_row: int, columns: Sequence[str], numbers: frozenset[str]
) -> Group:
    import pyarrow.compute as pc  # noqa: PLC0415 - loaded when a file is read

    if found is None:
        return Group(rows, [], [], [])
    _, _, name, value, number = columns
    ours = pc.is_in(found.column(number), _number_set(found.column(number).type, numbers))
    here, others = found.filter(ours), found.filter(pc.invert(ours))
    cells = zip(*(here.column(one).to_pylist() for one in columns), strict=True)
    wanted = [
        (first_row + place, each)
        for place, each in zip(here.column("place").to_pylist(), cells, strict=True)
    ]
    areas = others.group_by([name, number]).aggregate([("place", "min"), ("place", "count")])
    elsewhere = [
        (one[name], one[number], first_row + one["place_min"], one["place_count"])
        for one in areas.to_pylist()
    ]
    texts = others.column(value).cast("string").value_counts()
    is_number = pc.match_substring_regex(pc.struct_field(texts, "values"), _NUMBER)
    odd = texts.filter(pc.invert(pc.fill_null(is_number, False)))
    symbols = [(one["values"], one["counts"]) for one in odd.to_pylist()]
    return Group(rows, wanted, elsewhere, symbols)


def _number_set(kind: Any, numbers: frozenset[str]) -> Any:
    """The numbers as the column holds them: as text, whole or with ".0", or as numbers."""
    import pyarrow as pa  # noqa: PLC0415 - loaded when a file is read, not when we are imported

    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pa.array([text for one in sorted(numbers) for text in (one, f"{one}.0")], kind)
    return pa.array([int(one) for one in sorted(numbers)]).cast(kind)
