"""A release's tables of who stands behind each phase's index."""

from analysis import tables
from analysis.confidence import person_indexes
from analysis.disclosure import Cell, Crowd, Draft, DraftRow, Figure, Kind, Where, where
from analysis.dividing import INDEX
from analysis.frames import Answers
from analysis.mix import OTHERS, Combination, mix, named
from analysis.phase_tables import phases_of
from analysis.tables import Column

COLUMNS = (Column("group", "Setting and provision"), Column("value", "Share", "percent"))
ABOUT = {
    "definition": (
        "How the people behind a phase's index divide by setting and by provision."
        " Combinations of fewer than 5 people are joined."
    ),
    "base_note": "People with an index in this phase. An index is never read without its mix.",
}
NOT_SHOWN = "the phase's index is not shown"
WEIGHT = 0.3


def mix_tables(answers: Answers, crowd: Crowd) -> list[Draft]:
    """One table a phase; shown where the phase's index is."""
    indexes = person_indexes(answers).dropna()
    phase = answers.people.loc[indexes.index, "phase"]
    return [
        _table(answers, crowd, code, name, list(indexes.index[phase == code]))
        for code, name in phases_of(answers).items()
    ]


def _table(answers: Answers, crowd: Crowd, code: str, name: str, people: list[str]) -> Draft:
    base = Cell(Kind.BASE, (where(phase=code, **{INDEX: "yes"}),))
    counts = mix(answers, people)
    every = [Combination(s, p) for s in crowd.categories["setting"] for p in _provisions(crowd)]
    apart = {who for who, _ in counts if who is not None}
    joined = [who for who in every if who not in apart]
    rows = [
        DraftRow(
            OTHERS if who is None else named(who),
            (
                Figure(
                    {"value": tables.percent(count, len(people))},
                    (_cell(code, [who] if who else joined), base),
                    WEIGHT,
                ),
            ),
        )
        for who, count in counts
    ]
    return Draft(
        f"mix_{code}",
        f"Who answered: {name}",
        COLUMNS,
        tuple(rows) or (DraftRow(OTHERS, ()),),
        ABOUT,
        protects=tuple(_cell(code, [who]) for who in joined),
        withheld=NOT_SHOWN,
    )


def _provisions(crowd: Crowd) -> tuple[str, ...]:
    return crowd.categories["provision"]


def _cell(phase: str, combinations: list[Combination]) -> Cell:
    return Cell(Kind.ANSWER, tuple(_people(phase, each) for each in combinations))


def _people(phase: str, who: Combination) -> Where:
    return where(phase=phase, setting=who.setting, provision=who.provision, **{INDEX: "yes"})
