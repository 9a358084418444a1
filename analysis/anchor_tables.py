"""A release's tables of the anchor measure: the strategy's own, for mainstream parents."""

from collections.abc import Sequence

import pandas as pd

from analysis import disclosure, tables
from analysis.confidence import (
    ANCHOR_DEFINITION,
    Share,
    anchor_item,
    in_mainstream,
    top_two,
)
from analysis.frames import NOT_GIVEN, Answers
from analysis.intervals import LABEL, wilson
from analysis.phase_tables import NOBODY, phases_of
from analysis.tables import Column, Row
from surveys.model import Question, State

EVERYBODY = "All mainstream parents"
COLUMNS = (
    Column("group", "Parents"),
    Column("base", "People", "people"),
    Column("value", "Agree or strongly agree", "percent"),
    Column("low", "From", "percent"),
    Column("high", "To", "percent"),
    Column("interval", "Interval by"),
    Column("note", "Note"),
)
WITH_UNKNOWN = (
    Column("group", "Parents"),
    Column("base", "People", "people"),
    Column("value", "Agree or strongly agree", "percent"),
    Column("dont_know", "Don't know", "percent"),
)
ABOUT = {"definition": ANCHOR_DEFINITION, "method": LABEL, "base_note": "Those who gave a rating."}
TITLE = "Confidence in local mainstream schools"


def anchor_tables(answers: Answers, threshold: int) -> list[Row]:
    """The measure for all mainstream parents, with don't know in the base, and by phase."""
    item = anchor_item(answers)
    if item is None:
        return []
    return [
        _overall(answers, item, threshold),
        _with_dont_know(answers, item, threshold),
        _by_phase(answers, item, threshold),
    ]


def anchor_share(answers: Answers, item: Question) -> Share:
    """The top-two share among mainstream parents who gave a rating."""
    return top_two(answers.scores.loc[in_mainstream(answers), item.key])


def anchor_dont_know(answers: Answers, item: Question) -> int:
    """How many mainstream parents said don't know."""
    states = answers.states.loc[in_mainstream(answers), item.key]
    return int((states == State.DONT_KNOW.value).sum())


def _overall(answers: Answers, item: Question, threshold: int) -> Row:
    share = anchor_share(answers, item)
    reason = _unfit(share, threshold)
    if reason:
        return tables.withheld("anchor", TITLE, COLUMNS, reason, **ABOUT)
    return tables.published("anchor", TITLE, COLUMNS, [_row(EVERYBODY, share)], **ABOUT)


def _with_dont_know(answers: Answers, item: Question, threshold: int) -> Row:
    name, title = "anchor_with_dont_know", f"{TITLE}, with don't know in the base"
    about = {**ABOUT, "method": "", "base_note": "Those who gave a rating or said don't know."}
    share = anchor_share(answers, item)
    unknown = anchor_dont_know(answers, item)
    reason = _unfit(share, threshold) or (disclosure.has_small([unknown]) and disclosure.SMALL)
    if reason:
        return tables.withheld(name, title, WITH_UNKNOWN, reason, **about)
    base = share.base + unknown
    about["base_note"] = f"{about['base_note']} {disclosure.low_base_note(base)}".strip()
    row = tables.shown(
        group=EVERYBODY,
        base=base,
        value=tables.rounded(100 * share.count / base),
        dont_know=tables.rounded(100 * unknown / base),
    )
    return tables.published(name, title, WITH_UNKNOWN, [row], **about)


def _by_phase(answers: Answers, item: Question, threshold: int) -> Row:
    name, title = "anchor_by_phase", f"{TITLE}, by phase"
    shares = _shares(answers, item)
    bases = {group: share.base for group, share in shares.items()}

    def fit(groups: Sequence[str]) -> bool:
        return not _unfit(_joined([shares[group] for group in groups]), threshold)

    if _unfit(_joined(list(shares.values())), threshold):
        reason = "the measure for all mainstream parents is not shown"
        return tables.withheld(name, title, COLUMNS, reason, **ABOUT)
    hidden = disclosure.rows_to_hide(bases, threshold, fit)
    if hidden is None:
        return tables.withheld(name, title, COLUMNS, disclosure.FOLLOWS, **ABOUT)
    if any(disclosure.has_small(_cells(s)) for g, s in shares.items() if g not in hidden):
        return tables.withheld(name, title, COLUMNS, disclosure.SMALL, **ABOUT)
    names = phases_of(answers)
    reason = disclosure.HIDDEN.format(threshold=threshold)
    rows = [
        _phase_row(names[group], share, reason if group in hidden else "")
        for group, share in shares.items()
    ]
    return tables.published(name, title, COLUMNS, rows, **ABOUT)


def _shares(answers: Answers, item: Question) -> dict[str, Share]:
    scores: pd.Series = answers.scores.loc[in_mainstream(answers), item.key]
    phase = answers.people.loc[scores.index, "phase"]
    shares = {code: top_two(scores[phase == code]) for code in phases_of(answers)}
    if not shares[NOT_GIVEN].base:
        del shares[NOT_GIVEN]
    return shares


def _phase_row(name: str, share: Share, hidden: str) -> Row:
    if not share.base:
        return tables.not_shown(name, COLUMNS, tables.NO_ANSWERS, NOBODY)
    if hidden:
        return tables.not_shown(name, COLUMNS, tables.NOT_PUBLISHED, hidden)
    return _row(name, share)


def _row(name: str, share: Share) -> Row:
    interval = wilson(share.count, share.base)
    return tables.shown(
        group=name,
        base=share.base,
        value=tables.rounded(100 * share.count / share.base),
        low=tables.rounded(interval.low),
        high=tables.rounded(interval.high),
        interval=interval.method,
        note=disclosure.low_base_note(share.base),
    )


def _unfit(share: Share, threshold: int) -> str:
    if share.base < threshold:
        return disclosure.TOO_FEW.format(threshold=threshold)
    return disclosure.SMALL if disclosure.has_small(_cells(share)) else ""


def _cells(share: Share) -> tuple[int, int]:
    return share.count, share.base - share.count


def _joined(shares: list[Share]) -> Share:
    return Share(sum(share.count for share in shares), sum(share.base for share in shares))
