"""A release's table of who answered, beside the population that the round stands for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analysis import tables
from analysis.disclosure import Cell, Crowd, Draft, DraftRow, Figure, Kind, Note, where
from analysis.frames import NOT_GIVEN, Answers
from analysis.nonresponse import By, Representativeness, rate_of, representativeness, under_heard
from analysis.phase_tables import ALL, phases_of
from analysis.population import WHOLE, named, place
from analysis.represented import EVERY_KIND, Represented
from analysis.tables import Column

COLUMNS = (
    Column("group", "Children"),
    Column("population", "Population", "people"),
    Column("answered", "Answered", "people"),
    Column("rate", "Response rate", "percent"),
    Column("population_share", "Share of the population", "percent"),
    Column("answered_share", "Share of those who answered", "percent"),
    Column("difference", "Difference", "percentage points"),
    Column("note", "Note"),
)
DEFINITION = (
    "Response rate: answers in percent of the children whom the council counts for this round."
    " Shares: a group's part of the children who are counted, beside its part of the answers about"
    " them; difference in percentage points. Under-heard: nobody answered, or the"
    " share is below four fifths of the population's and lower by more than chance would"
    " often make it."
)
COUNTED = "All groups with a population figure"
UNDER_HEARD = "Under-heard"
APART = "{count:,} who answered are in none of these groups: {reason}."
APART_HIDDEN = "How many answered and are in none of these groups is not shown: {reason}."
HEADLINE, WEIGHT = 100.0, 1.0

Shares = tuple[Mapping[str, Any], list[Figure]]
"""What of a group's shares is no count of people, and the figures that are."""

NO_SHARE: Shares = ({}, [])


def response_tables(answers: Answers, crowd: Crowd, stands: Represented) -> list[Draft]:
    """The table; none where the questionnaire does not ask for the phase."""
    if answers.questionnaire.question("phase") is None:
        return []
    everybody = Cell(Kind.BASE, (where(),))
    alone = stands.by_phase_alone()
    phases = _Shares.of(answers, alone, "phase")
    kinds = _Shares.of(answers, stands, "both")
    rows = [_overall(crowd, stands, everybody)]
    for phase, name in phases_of(answers).items():
        if phase != NOT_GIVEN:
            rows.append(_of_phase(crowd, phase, name, alone, phases))
            rows += _of_kinds(answers, crowd, phase, stands, kinds)
    notes = stands.figures.notes if stands.figures else ()
    return [
        Draft(
            "response",
            "Who answered, beside the population",
            COLUMNS,
            tuple(rows),
            {"definition": DEFINITION, "base_note": " ".join(["Everybody who answered.", *notes])},
            notes=tuple(_apart(crowd, stands)),
            base=everybody,
        )
    ]


@dataclass(frozen=True)
class _Shares:
    """The shares of groups, and who is in any of them."""

    found: Representativeness
    base: Cell

    @classmethod
    def of(cls, answers: Answers, stands: Represented, by: By) -> "_Shares":
        base = Cell(Kind.BASE, stands.everybody())
        return cls(representativeness(answers.people, stands.population, by), base)

    def figures(self, phase: str, kind: str, cell: Cell) -> Shares:
        """The group's share of the population, and the figure beside it."""
        table = self.found.table
        mine = table[(table["phase"] == phase) & (table["provision"] == kind)]
        if mine.empty:
            return NO_SHARE
        row = mine.iloc[0]
        low = under_heard(self.found)
        is_low = bool(((low["phase"] == phase) & (low["provision"] == kind)).any())
        values = {
            "answered_share": tables.rounded(float(row["share"]), 1),
            "difference": tables.rounded(float(row["difference"]), 1),
            "note": UNDER_HEARD if is_low else "",
        }
        plain = {"population_share": tables.rounded(float(row["population_share"]), 1)}
        return plain, [Figure(values, (cell, self.base))]


def _overall(crowd: Crowd, stands: Represented, everybody: Cell) -> DraftRow:
    """Everybody, where all are in the population; else those who are in a group of it."""
    total = stands.figures.total if stands.figures else None
    if stands.covers_all or total is None:
        return _row(crowd, ALL, everybody, total, weight=HEADLINE)
    return _row(crowd, COUNTED, Cell(Kind.BASE, stands.everybody()), total, weight=HEADLINE)


def _of_phase(
    crowd: Crowd, phase: str, name: str, stands: Represented, shares: _Shares
) -> DraftRow:
    inside = stands.within(phase)
    cell = Cell(Kind.ANSWER, (inside or where(phase=phase),))
    sizes = stands.figures.phases if stands.figures else {}
    size = sizes.get(phase, 0 if stands.covers(phase) else None)
    return _row(crowd, name, cell, size, shares.figures(phase, WHOLE, cell))


def _of_kinds(
    answers: Answers, crowd: Crowd, phase: str, stands: Represented, shares: _Shares
) -> Iterator[DraftRow]:
    asked = answers.questionnaire.question("provision")
    codes = {choice.code for choice in asked.choices} if asked else set()
    wanted = (EVERY_KIND | {kind for _, kind in stands.given}) & codes
    for kind in sorted(wanted, key=place):
        cell = Cell(Kind.ANSWER, (where(phase=phase, provision=kind),))
        size = stands.given.get((phase, kind))
        found = shares.figures(phase, kind, cell)
        yield _row(crowd, named(phase, kind), cell, size, found)


def _row(
    crowd: Crowd,
    name: str,
    cell: Cell,
    population: int | None,
    shares: Shares = NO_SHARE,
    weight: float = WEIGHT,
) -> DraftRow:
    rate = rate_of(crowd.count(cell), population)
    told: dict[str, Any] = {"answered": rate.answered, "rate": tables.rounded(rate.percent, 1)}
    plain, figures = shares
    if rate.note or not figures:
        told["note"] = rate.note
        figures = [Figure(_but_note(each.values), each.tells) for each in figures]
    return DraftRow(
        name, (Figure(told, (cell,), weight), *figures), plain={"population": population, **plain}
    )


def _but_note(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != "note"}


def _apart(crowd: Crowd, stands: Represented) -> Iterator[Note]:
    """Those who are in no group, by reason."""
    for reason, parts in stands.left_out(crowd).items():
        if parts:
            cell = Cell(Kind.NO_ANSWER, parts)
            count = crowd.count(cell)
            text = APART.format(count=count, reason=reason) if count else ""
            yield Note(text, (cell,), APART_HIDDEN.format(reason=reason), weight=0.5)
