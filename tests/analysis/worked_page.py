"""The tables of docs/WORKED_EXAMPLE.md, and whether a figure is what they print."""

import re
from functools import cache
from pathlib import Path

import pandas as pd

PAGE = Path(__file__).resolve().parents[2] / "docs" / "WORKED_EXAMPLE.md"
HAND, PROGRAM = "By hand", "By the program"

Table = list[dict[str, str]]
Figure = str | float | None


@cache
def page() -> dict[str, list[Table]]:
    """The page's tables, by the heading that they stand under."""
    found: dict[str, list[Table]] = {}
    heading, lines = "", [*PAGE.read_text(encoding="utf-8").splitlines(), ""]
    rows: list[list[str]] = []
    for line in lines:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            head, _, *body = rows
            found.setdefault(heading, []).append([dict(zip(head, r, strict=True)) for r in body])
            rows = []
        if line.startswith("#"):
            heading = line.lstrip("# ")
    return found


@cache
def printed() -> dict[str, dict[str, tuple[str, str]]]:
    """What is printed by hand and by the program, by heading and by the row's first cell."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for heading, tables in page().items():
        for row in (row for table in tables if PROGRAM in table[0] for row in table):
            label = next(iter(row.values()))
            assert label not in found.setdefault(heading, {}), f"{label} stands twice"
            found[heading][label] = row[HAND], row[PROGRAM]
    return found


def same(shown: str, figure: Figure) -> bool:
    """Whether the figure is what is shown, to the last digit shown."""
    if figure is None or isinstance(figure, str):
        return shown == (figure or "none")
    number = shown.removesuffix("%").replace("\N{MINUS SIGN}", "-").replace(",", "")
    if not re.fullmatch(r"-?\d+(\.\d+)?", number):
        return False
    places = len(number.partition(".")[2])
    return abs(float(number) - figure) <= 0.5 * 10.0**-places + 1e-9


def sums(how: str) -> list[float]:
    """What the sums of a row come to: those after its last semicolon, if without words."""
    plain = how.rpartition("; ")[2].replace("\N{MINUS SIGN}", "-").replace("²", "**2")
    plain = re.sub(r"√([\d.]+|(?=\())", lambda of: f"sqrt({of[1]})" if of[1] else "sqrt", plain)
    plain = re.sub(r"(?<=\d),(?=\d)", "", plain.replace("\N{MULTIPLICATION SIGN}", "*"))
    parts = plain.split(" = ")
    if not all(re.fullmatch(r"([\d.+\-*/() ]|sqrt)+", part) for part in parts):
        return []
    return [float(str(pd.eval(part, engine="python"))) for part in parts]


def near(shown: str, worked: float) -> bool:
    """Whether a sum of rounded steps comes to what is shown, to two in its last digit."""
    number = shown.removesuffix("%").replace("\N{MINUS SIGN}", "-").replace(",", "")
    reach = 2 * 10.0 ** -len(number.partition(".")[2]) if "." in number else 1e-9
    times = (1, 100) if shown.endswith("%") else (1,)
    return any(abs(float(number) - many * worked) <= reach for many in times)
