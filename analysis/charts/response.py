"""Who answered against who could have: two bars a group, beside each other."""

from collections.abc import Sequence
from functools import partial

from analysis import tables
from analysis.charts.chart import Chart
from analysis.charts.hidden import is_known, reason, why_not, withheld
from analysis.charts.look import BLUE, INK, MIDDLE, PAPER, SMALL, number
from analysis.charts.sheet import SMALL_WORDS, TITLE, Letters, Sheet
from analysis.tables import Column, Row

NAME = "response"
COLUMNS = (
    Column("group", "Group"),
    Column("population", "Families", "people"),
    Column("answered", "Answered", "people"),
    Column("rate", "Response rate", "percent"),
    Column("population_share", "Share of all families", "percent"),
    Column("answered_share", "Share of those who answered", "percent"),
)
"""`population` and `answered` count families; `rate` is answered of population; the shares
are of all families and of all who answered, so the two bars of a group may be compared."""

_BAR = 15
_LONG = 310
"""Pixels: beside a longer bar there is no room for its figure, which stands in it."""


def table(title: str, rows: Sequence[Row], *, name: str = NAME, **about: str) -> Row:
    """A table of response, of the shape of `analysis.tables`.

    `rows` were made by `row`, or by `tables.not_shown` where the base is too small.
    """
    return tables.published(name, title, COLUMNS, rows, **about)


def row(
    group: str, population: int, answered: int, *, all_population: int, all_answered: int
) -> Row:
    """One group that is shown, with its rate and shares to one decimal place.

    Raises:
        ValueError: more answered than there are, or the group is larger than all together.
    """
    if not 0 <= answered <= population <= all_population or answered > all_answered:
        raise ValueError(
            f"{group}: {answered} of {population} families answered, of {all_answered} of"
            f" {all_population} in all: these cannot all be true. Check the population."
        )
    return tables.shown(
        group=group,
        population=population,
        answered=answered,
        rate=_share(answered, population),
        population_share=_share(population, all_population),
        answered_share=_share(answered, all_answered),
    )


def chart(table: Row) -> Chart:
    """The chart of a table of response: a group's share of all, and of those who answered."""
    return Chart(table["name"], table["title"], _description(table), table, partial(_layout, table))


def _share(count: int, base: int) -> float | int | None:
    return tables.rounded(100 * count / base, 1) if base else None


def _layout(table: Row) -> Sheet:
    if reason(table):
        return withheld(table)
    sheet = Sheet(0, 100, (0, 25, 50, 75, 100), "Percent")
    sheet.paragraph(table["title"], TITLE)
    sheet.gap(6)
    sheet.key("Share of all families", MIDDLE, x=0)
    sheet.key("Share of those who answered", BLUE, x=165)
    sheet.gap(20)
    for each in table["rows"]:
        sheet.gap(14)
        _row(sheet, each)
    return sheet


def _row(sheet: Sheet, row: Row) -> None:
    known = is_known(row, "answered")
    sheet.head(str(row["group"]), _rate(row) if known else "", width=145)
    if not known:
        sheet.paragraph(why_not(row, "answered"))
        return
    sheet.track(height=2 * _BAR)
    for key, colour in (("population_share", MIDDLE), ("answered_share", BLUE)):
        if row[key] is not None:
            _bar(sheet, row[key], colour)
        sheet.gap(_BAR)


def _bar(sheet: Sheet, share: float, colour: str) -> None:
    sheet.bar(0, share, colour, height=_BAR - 1)
    x, y = sheet.pixel(share), sheet.at + _BAR / 2
    if x > _LONG:
        inside = Letters(SMALL, PAPER if colour == BLUE else INK, align="right")
        sheet.write(f"{number(share)}%", inside, x=x - 5, y=y)
    else:
        sheet.write(f"{number(share)}%", SMALL_WORDS, x=x + 5, y=y)


def _rate(row: Row) -> str:
    figures = f"{number(row['answered'])} of {number(row['population'])}"
    return figures if row["rate"] is None else f"{figures} answered ({number(row['rate'])}%)"


def _description(table: Row) -> str:
    if reason(table):
        return f"{reason(table)}."
    said = [
        f"{row['group']}: {_rate(row)}" if is_known(row, 'answered')
        else f"{row['group']}: {why_not(row, 'answered')}"
        for row in table["rows"]
    ]  # fmt: skip
    return (
        f"Two bars a row: its share of all families and of those who answered. {'; '.join(said)}."
    )
