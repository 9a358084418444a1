"""A release's tables of who stands behind each phase's index."""

from analysis import tables
from analysis.confidence import IN_MAINSTREAM, person_indexes
from analysis.disclosure import Cell, Crowd, Draft, DraftRow, Figure, Kind, Where, both, where
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
NOT_SHOWN = "the phase's index is not shown, or its mix would tell of few people"
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
    inside = where(phase=code, **{INDEX: "yes"})
    base = Cell(Kind.BASE, (inside,))
    counts = mix(answers, people)
    apart = {who for who, _ in counts if who is not None}
    mainstream, others = _joined(crowd, apart)
    rows = []
    for who, count in counts:
        parts = [where(setting=who.setting, provision=who.provision)] if who else None
        cell = _cell(inside, parts or [*mainstream, *others])
        share = Figure({"value": tables.percent(count, len(people))}, (cell, base), WEIGHT)
        rows.append(DraftRow(named(who) if who else OTHERS, (share,)))
    return Draft(
        f"mix_{code}",
        f"Who answered: {name}",
        COLUMNS,
        tuple(rows) or (DraftRow(OTHERS, ()),),
        ABOUT,
        protects=tuple(_cell(inside, each, Kind.NO_ANSWER) for each in (mainstream, others)),
        withheld=NOT_SHOWN,
    )


def _joined(crowd: Crowd, apart: set[Combination]) -> tuple[list[Where], list[Where]]:
    """The combinations that are joined, in mainstream schools and elsewhere.

    No figure tells the combinations within one of the two apart, so that nothing more can
    follow about one of them than about all.
    """
    joined: dict[frozenset[str], list[str]] = {}
    for setting in crowd.categories["setting"]:
        gone = {who.provision for who in apart if who.setting == setting}
        joined.setdefault(crowd.others("provision", gone), []).append(setting)
    return _within(joined, mainstream=True), _within(joined, mainstream=False)


def _within(joined: dict[frozenset[str], list[str]], *, mainstream: bool) -> list[Where]:
    found = []
    for provisions, settings in joined.items():
        own = [each for each in settings if (each in IN_MAINSTREAM) is mainstream]
        if own and provisions:
            found.append(where(setting=own, provision=provisions))
    return found


def _cell(inside: Where, parts: list[Where], kind: Kind = Kind.ANSWER) -> Cell:
    return Cell(kind, tuple(both(inside, each) for each in parts))
