"""Which row of the tribunal table is a council's: its code and its name must agree.

A published table of 2014 to 2024 gives Nottingham the code of Nottinghamshire. A row whose
code and name are two councils' is nobody's: taking either would be a guess.
"""

from collections.abc import Callable

from analysis.indicators.areas import COUNCIL, Area, AreaUnknown, shipped_areas
from analysis.indicators.errors import CellProblem, IndicatorRefused
from analysis.indicators.moj_table import Is, MojTable, without_footnotes


def council_asked_for(area: str, file: str) -> Area:
    """The council with this code. Raises `IndicatorRefused` where there is none."""
    try:
        council = shipped_areas().coded(area)
    except AreaUnknown:
        council = None
    if council is None or council.level != COUNCIL:
        cause = f'"{area}" is not the code of a council.'
        remedy = "Use its code, such as E06000003 or 807."
        raise IndicatorRefused(file, (CellProblem(file, None, "", cause, remedy),))
    return council


def row_of(table: MojTable, council: Area, file: str) -> int:
    """The council's own row, counted from 0. Raises `IndicatorRefused` with every doubt."""
    mine, doubts = [], []
    for row in table.rows_of(Is.AREA):
        by_code, by_name = _area_by_code(table, row), _area_by_name(table, row)
        if by_code and by_name and by_code != by_name:
            if council in (by_code, by_name):
                doubts.append(_doubt(table, row, by_code, file))
        elif council == (by_code or by_name):
            mine.append(row)
    if doubts:
        raise IndicatorRefused(file, tuple(doubts))
    if not mine:
        others = len(table.rows_of(Is.AREA))
        cause = f"No row is about {council.name} ({council.code}); {others} others are."
        remedy = "Check the code, or choose a file that holds this council."
        raise IndicatorRefused(file, (CellProblem(file, None, "", cause, remedy),))
    if len(mine) > 1:
        cause = f"The row is about {council.name} again."
        problems = (CellProblem(file, n + 1, "", cause, "Correct the rows.") for n in mine[1:])
        raise IndicatorRefused(file, tuple(problems))
    return mine[0]


def footnotes(table: MojTable, row: int, file: str) -> tuple[CellProblem, ...]:
    """What the table's own footnotes say about the area of a row."""
    name, numbers = without_footnotes(table.cell(row, 0))
    remedy = "Read it before you compare years."
    return tuple(
        CellProblem(file, row + 1, name, f"Footnote {one}: {table.notes[one]}", remedy)
        for one in numbers
        if one in table.notes
    )


def _area_by_code(table: MojTable, row: int) -> Area | None:
    code = table.cell(row, table.code_column) if table.code_column is not None else ""
    return _known(lambda: shipped_areas().coded(code))


def _area_by_name(table: MojTable, row: int) -> Area | None:
    """The council of this name: the one of the table's last year, or else the only one."""
    name, last = table.name(row), max(int(column.year) for column in table.columns)
    return _known(lambda: shipped_areas().named(name, COUNCIL, last)) or _known(
        lambda: shipped_areas().named(name, COUNCIL)
    )


def _known(find: Callable[[], Area]) -> Area | None:
    try:
        return find()
    except AreaUnknown:
        return None


def _doubt(table: MojTable, row: int, by_code: Area, file: str) -> CellProblem:
    cause = (
        f"The row is named {table.name(row)}, but its code {by_code.number} is that of "
        f"{by_code.name}, so neither's figures were taken."
    )
    remedy = "Ask the Ministry of Justice which is right, or use its spreadsheet without codes."
    return CellProblem(file, row + 1, "LA code", cause, remedy)
