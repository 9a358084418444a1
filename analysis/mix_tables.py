"""A release's tables of who stands behind each phase's index."""

from analysis import disclosure, tables
from analysis.confidence import person_indexes
from analysis.frames import Answers
from analysis.mix import mix
from analysis.phase_tables import phases_of
from analysis.tables import Column, Row

COLUMNS = (Column("group", "Setting and provision"), Column("value", "Share", "percent"))
ABOUT = {
    "definition": (
        "How the people behind a phase's index divide by setting and by provision."
        " Combinations of fewer than 5 people are joined."
    ),
    "base_note": "People with an index in this phase. An index is never read without its mix.",
}
NOT_SHOWN = "the phase's index is not shown"


def mix_tables(answers: Answers, index: Row) -> list[Row]:
    """One table a phase; shown where the phase's index is."""
    indexes = person_indexes(answers).dropna()
    phase = answers.people.loc[indexes.index, "phase"]
    shown = {row["group"] for row in index["rows"] if row["status"] == tables.SHOWN}
    return [
        _table(answers, code, name, list(indexes.index[phase == code]), in_index=name in shown)
        for code, name in phases_of(answers).items()
    ]


def _table(answers: Answers, code: str, name: str, people: list[str], *, in_index: bool) -> Row:
    key, title = f"mix_{code}", f"Who answered: {name}"
    if not in_index:
        return tables.withheld(key, title, COLUMNS, NOT_SHOWN, **ABOUT)
    counts = mix(answers, people)
    if disclosure.has_small(count for _, count in counts):
        return tables.withheld(key, title, COLUMNS, disclosure.SMALL, **ABOUT)
    rows = [
        tables.shown(group=group, value=tables.rounded(100 * count / len(people)))
        for group, count in counts
    ]
    return tables.published(key, title, COLUMNS, rows, **ABOUT)
