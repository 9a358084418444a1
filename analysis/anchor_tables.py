"""A release's tables of the anchor measure: the strategy's own, for mainstream parents."""

from dataclasses import dataclass

from analysis import disclosure, tables
from analysis.confidence import (
    ANCHOR_COUNTED,
    ANCHOR_DEFINITION,
    IN_MAINSTREAM,
    TOP_TWO,
    anchor_item,
)
from analysis.disclosure import Cell, Crowd, Draft, DraftRow, Figure, Kind, Where, both, where
from analysis.disclosure.rules import HIDDEN
from analysis.dividing import gave, states
from analysis.frames import NOT_GIVEN, Answers
from analysis.intervals import LABEL, wilson
from analysis.phase_tables import phases_of
from analysis.sums import household_effect
from analysis.tables import Column
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
HEADLINE = 1000.0
"""What it costs to hide the strategy's own measure: almost anything else is hidden first."""


@dataclass(frozen=True)
class ShareCells:
    """The counts of one group's share: who gave a rating, who agrees, who does not."""

    base: Cell
    agreeing: Cell
    rest: Cell

    @property
    def cells(self) -> tuple[Cell, Cell, Cell]:
        """All of them."""
        return self.base, self.agreeing, self.rest


def anchor_tables(answers: Answers, crowd: Crowd, threshold: int) -> list[Draft]:
    """The measure for all mainstream parents, with don't know in the base, and by phase."""
    item = anchor_item(answers)
    if item is None:
        return []
    return [
        _overall(answers, crowd, item, threshold),
        _with_dont_know(crowd, item),
        _by_phase(answers, crowd, item, threshold),
    ]


def mainstream() -> Where:
    """Parents whose child is taught in a mainstream school."""
    return where(setting=IN_MAINSTREAM)


def share_of(item: Question, *groups: Where) -> ShareCells:
    """The counts of the share of those in any of these groups, which exclude one another."""
    rated = [choice.code for choice in item.choices if choice.score is not None]
    high = [choice.code for choice in item.choices if (choice.score or 0) >= TOP_TWO]
    low = [code for code in rated if code not in high]
    return ShareCells(
        Cell(Kind.BASE, tuple(both(group, gave(item, rated)) for group in groups)),
        Cell(Kind.ANSWER, tuple(both(group, gave(item, high)) for group in groups)),
        Cell(Kind.ANSWER, tuple(both(group, gave(item, low)) for group in groups)),
    )


def _unsure(item: Question, group: Where) -> Cell:
    return Cell(Kind.NO_ANSWER, (both(group, states(item, [State.DONT_KNOW])),))


def _overall(answers: Answers, crowd: Crowd, item: Question, threshold: int) -> Draft:
    """The others are protected: everybody less mainstream parents is the other parents.

    Of fewer of them than the threshold nothing may follow, of more no small count.
    """
    others = where(setting=crowd.others("setting", IN_MAINSTREAM))
    share, rest = share_of(item, mainstream()), share_of(item, others)
    protected = (rest.agreeing, rest.rest, _unsure(item, others))
    few = 0 < crowd.count(rest.base) < threshold
    # So few cannot seem to be many who agree: it is enough that it may be none of them.
    low = [Cell(Kind.NO_ANSWER, cell.parts) for cell in protected[:2]]
    return Draft(
        "anchor",
        TITLE,
        COLUMNS,
        (_row(crowd, EVERYBODY, share, effect(answers, crowd, item, share), HEADLINE),),
        ABOUT,
        protects=() if few else protected,
        keeps_open=(*low, protected[2]) if few else (),
        base=share.base,
    )


def _with_dont_know(crowd: Crowd, item: Question) -> Draft:
    share, unsure = share_of(item, mainstream()), _unsure(item, mainstream())
    base = crowd.count(share.base) + crowd.count(unsure)
    tells = (*share.cells, unsure)
    note = "Base: those who gave a rating or said don't know."
    percents = {
        "base": base,
        "value": tables.percent(crowd.count(share.agreeing), base),
        "dont_know": tables.percent(crowd.count(unsure), base),
    }
    low = disclosure.low_base_note(base)
    return Draft(
        "anchor_with_dont_know",
        f"{TITLE}, with don't know in the base",
        WITH_UNKNOWN,
        (DraftRow(EVERYBODY, (Figure(percents, tells, weight=3),)),),
        {"definition": ANCHOR_COUNTED, "method": "", "base_note": note},
        notes=(disclosure.Note(low, tells, weight=0.1),) if low else (),
        base=share.base,
    )


def _by_phase(answers: Answers, crowd: Crowd, item: Question, threshold: int) -> Draft:
    rows = []
    for code, name in phases_of(answers).items():
        share = share_of(item, both(mainstream(), where(phase=code)))
        if code != NOT_GIVEN or crowd.count(share.base):
            rows.append(_row(crowd, name, share, effect(answers, crowd, item, share)))
    return Draft(
        "anchor_by_phase",
        f"{TITLE}, by phase",
        COLUMNS,
        tuple(rows),
        ABOUT,
        base=share_of(item, mainstream()).base,
        hidden=HIDDEN.format(threshold=threshold),
    )


def effect(answers: Answers, crowd: Crowd, item: Question, share: ShareCells) -> float:
    """What brothers and sisters who answer alike do to the share (see `analysis.sums`)."""
    [people] = share.base.parts
    rated = answers.scores.loc[crowd.inside(people), item.key].dropna()
    homes = answers.people.loc[rated.index, "household"]
    return household_effect((rated >= TOP_TWO).astype("float64"), homes)


def _row(crowd: Crowd, name: str, share: ShareCells, alike: float, weight: float = 3.0) -> DraftRow:
    base, agreeing = crowd.count(share.base), crowd.count(share.agreeing)
    interval = wilson(agreeing, base, effect=alike)
    weight += base / (1 + len(crowd.people))
    about_base = {"base": base, "note": disclosure.low_base_note(base)}
    about_share = {
        "value": tables.percent(agreeing, base),
        "low": tables.rounded(interval.low),
        "high": tables.rounded(interval.high),
        "interval": interval.method,
    }
    return DraftRow(
        name,
        (
            Figure(about_base, (share.base,), weight),
            Figure(about_share, share.cells, weight),
        ),
        base=share.base,
    )
