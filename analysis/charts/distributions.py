"""What was answered to rated questions: disagree to the left, agree to the right.

The middle and don't know stand apart, each on its own ground. All lengths are on one scale,
so a bar twice as long is twice the share of those who answered or said don't know.
"""

import math
from collections.abc import Mapping, Sequence
from functools import partial

from analysis import tables
from analysis.charts import sides
from analysis.charts.chart import Chart
from analysis.charts.hidden import why_not
from analysis.charts.look import (
    BLUE,
    INK,
    MIDDLE,
    PALE_BLUE,
    PALE_PLUM,
    PAPER,
    PLUM,
    QUIET,
    SMALL,
    UNSURE,
    number,
    wrapped,
)
from analysis.charts.sheet import LABEL, SMALL_WORDS, TITLE, Letters, Sheet
from analysis.tables import Row

_SIDES = (*sides.DISAGREE, *sides.AGREE)
COLOURS = {
    "strongly_disagree": PLUM, "disagree": PALE_PLUM, "neither": MIDDLE,
    "agree": PALE_BLUE, "strongly_agree": BLUE, "dont_know": UNSURE,
}  # fmt: skip
_ON_DARK = frozenset({"strongly_disagree", "strongly_agree", "dont_know"})
_WORDS = {"neither": "neither", "dont_know": "don't know"}
_BAR = 24
_APART = 5
_NARROWEST = 38
_LABELLED = 15
"""Percent: the grounds' distance, their least width, and the least part with words on it."""


def chart(items: Sequence[Row], name: str = sides.NAME) -> Chart:
    """The chart of a release's tables of questions: one question a row."""
    shown = sides.table(items)
    counts = [sides.counts_of(item) for item in items]
    return Chart(name, sides.TITLE, _description(shown), shown, partial(_layout, shown, counts))


def _layout(shown: Row, counts: Sequence[Mapping[str, int] | None]) -> Sheet:
    shares = [sides.shares_of(each) for each in counts]
    widths = _widths([each for each in shares if each])
    neither = widths["right"] + _APART
    unsure = neither + widths["neither"] + _APART
    origins = {"neither": neither, "dont_know": unsure}
    sheet = Sheet(-widths["left"], unsure + widths["dont_know"])
    sheet.paragraph(shown["title"], TITLE)
    sheet.paragraph(sides.BASE_NOTE)
    sheet.gap(6)
    _key(sheet)
    for row, share in zip(shown["rows"], shares, strict=True):
        sheet.gap(16)
        sheet.paragraph(str(row["group"]), LABEL)
        if share is None:
            sheet.paragraph(why_not(row, "base"))
            continue
        _heads(sheet, row, widths, origins)
        _grounds(sheet, widths, origins)
        _bars(sheet, row, share, origins)
        sheet.gap(_BAR)
        sheet.paragraph(f"{number(row['base'])} answered or said don't know")
    return sheet


def _widths(shares: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """How wide each ground is, in percent: as its longest bar needs, in whole tens."""

    def wide(lengths: Sequence[float]) -> float:
        return max(_NARROWEST, *(10 * math.ceil(length / 10) for length in lengths), 0)

    return {
        "left": wide([sides.both(each, sides.DISAGREE) for each in shares]),
        "right": wide([sides.both(each, sides.AGREE) for each in shares]),
        "neither": wide([each.get("neither", 0) for each in shares]),
        "dont_know": wide([each.get("dont_know", 0) for each in shares]),
    }


def _key(sheet: Sheet) -> None:
    """Which colour is which answer, in the order of the bar."""
    for column, words, place in (
        ("strongly_disagree", "Strongly disagree", (0, 0)),
        ("disagree", "Disagree", (0, 1)),
        ("strongly_agree", "Strongly agree", (1, 0)),
        ("agree", "Agree", (1, 1)),
        ("neither", "Neither", (2, 0)),
        ("dont_know", "Don't know", (2, 1)),
    ):
        sheet.key(words, COLOURS[column], x=(0, 130, 250)[place[0]], down=20 * place[1])
    sheet.gap(40)


def _heads(
    sheet: Sheet, row: Row, widths: Mapping[str, float], origins: Mapping[str, float]
) -> None:
    middle, zero = sheet.at + 9, sheet.pixel(0)
    right, left = Letters(SMALL, align="right"), SMALL_WORDS
    sheet.write(f"{row['all_disagree']}% disagree", right, x=zero - 5, y=middle)
    sheet.write(f"{row['all_agree']}% agree", left, x=zero + 5, y=middle)
    for key, origin in origins.items():
        if row[key] is not None:
            room = sheet.pixel(origin + widths[key]) - sheet.pixel(origin)
            words = f"{row[key]}% {_WORDS[key]}"
            fitting = words if len(wrapped(words, SMALL, width=int(room))) == 1 else f"{row[key]}%"
            sheet.write(fitting, left, x=sheet.pixel(origin), y=middle)
    sheet.gap(19)


def _grounds(sheet: Sheet, widths: Mapping[str, float], origins: Mapping[str, float]) -> None:
    sheet.ground(-widths["left"], widths["right"], height=_BAR)
    for key, origin in origins.items():
        sheet.ground(origin, origin + widths[key], height=_BAR)
        sheet.upright(origin, QUIET, height=_BAR)


def _bars(sheet: Sheet, row: Row, share: Mapping[str, float], origins: Mapping[str, float]) -> None:
    disagree, agree = share.get("disagree", 0.0), share.get("agree", 0.0)
    starts = {"disagree": -disagree, "strongly_disagree": -sides.both(share, sides.DISAGREE)}
    starts |= {"agree": 0.0, "strongly_agree": agree, **origins}
    for key, length in share.items():
        if not length:
            continue
        start = starts[key]
        sheet.bar(start, start + length, COLOURS[key], height=_BAR)
        if key in _SIDES and length >= _LABELLED:
            colour = PAPER if key in _ON_DARK else INK
            middle = sheet.pixel(start + length / 2)
            words = f"{row[key]}%"
            sheet.write(words, Letters(SMALL, colour, align="center"), x=middle, y=sheet.at + 12)
    sheet.upright(0, INK, height=_BAR)


def _description(shown: Row) -> str:
    said = [
        f"{row['group']} {row['all_disagree']}% disagree, {row['all_agree']}% agree,"
        f" {row['dont_know'] or 0}% don't know, of {number(row['base'])} people"
        if row["status"] == tables.SHOWN
        else f"{row['group']} {why_not(row, 'base')}"
        for row in shown["rows"]
    ]
    return f"Bars to the left disagree, to the right agree. {'; '.join(said)}."
