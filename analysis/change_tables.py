"""A release's tables of change since an earlier round.

A change is made of what the releases of both rounds show: of a group that either hides
there is no difference. Only means of pairs are new, and `paired_tables` decides of whom
there may be one; where there may not, two groups are compared that both releases show.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis import change_rows, paired_tables, tables
from analysis.change_figures import (
    ANCHOR,
    ANCHOR_ABOUT,
    ANCHOR_CHANGE,
    INDEX_ABOUT,
    INDEX_TITLE,
    anchor_change_table,
    index_change_table,
)
from analysis.confidence import anchor_item, index_items
from analysis.disclosure import Crowd, Draft
from analysis.dividing import crowd_of
from analysis.earlier_round import EarlierRound
from analysis.errors import AnswersRefused
from analysis.frames import Answers, as_frames
from analysis.pair_disclosure import Side
from analysis.paired_tables import INDEX, MOVES, Rounds, moves_table, pairs_of, prove
from analysis.tables import Row
from surveys.phases import Moment
from surveys.plans import Population
from surveys.records import Round

TITLES = {INDEX: INDEX_TITLE, ANCHOR: ANCHOR_CHANGE, MOVES: paired_tables.TITLE}
ABOUT = {INDEX: INDEX_ABOUT, ANCHOR: ANCHOR_ABOUT, MOVES: paired_tables.ABOUT}
NONE = "there is no earlier round to compare with"
REMOVED = "no answers of the earlier round are kept, so nothing can be worked out"


@dataclass(frozen=True)
class Later:
    """The round that is released, with its tables as `control` made them.

    `drafts_of` makes the drafts of another round, as they are made of this one. `previous`
    is the round's release until now, where there is one.
    """

    round: Round
    answers: Answers
    crowd: Crowd
    drafts: Sequence[Draft]
    tables: Sequence[Row]
    drafts_of: Callable[[Answers, Crowd, int, Sequence[Population]], list[Draft]]
    previous: Mapping[str, Any] | None = None


def change_tables(later: Later, earlier: EarlierRound | None) -> list[Row]:
    """The tables of change of a release; withheld, with the reason, where there can be none."""
    rounds, why = None, NONE if earlier is None else REMOVED
    if earlier is not None and earlier.columns.ids:
        try:
            rounds = _rounds(later, earlier)
        except AnswersRefused as refused:  # a release of the round itself must still be made
            why = f"the answers of the earlier round cannot be read: {refused}"
    has_index, item = bool(index_items(later.answers)), anchor_item(later.answers)
    made = []
    if has_index:
        made.append(index_change_table(rounds) if rounds else _none(INDEX, "0 to 100", why))
    if item is not None:
        made.append(anchor_change_table(rounds, item) if rounds else _none(ANCHOR, "percent", why))
    if has_index and later.answers.moment == Moment.AFTER:
        made.append(moves_table(rounds) if rounds else _none(MOVES, "0 to 100", why))
    return made


def _none(name: str, unit: str, why: str) -> Row:
    return tables.withheld(name, TITLES[name], change_rows.columns(unit), why, **ABOUT[name])


def _rounds(later: Later, earlier: EarlierRound) -> Rounds:
    before = as_frames(earlier.questionnaire, earlier.columns, earlier.round.moment)
    rounds = Rounds(
        earlier=earlier,
        before=before,
        after=later.answers,
        phases=later.round.phases,
        shown_before={table["name"]: table for table in earlier.release["tables"]},
        shown_after={table["name"]: table for table in later.tables},
    )
    pairs = pairs_of(rounds)
    if pairs is None:
        return rounds
    rounds, crowd = replace(rounds, pairs=pairs), crowd_of(before)
    threshold = max(later.round.threshold, earlier.round.threshold)
    drafts = later.drafts_of(before, crowd, earlier.round.threshold, earlier.population)
    releases = [{"tables": later.tables}, *([later.previous] if later.previous else [])]
    proved = prove(
        rounds,
        Side(crowd, drafts, earlier.releases),
        Side(later.crowd, later.drafts, releases),
        threshold,
        later.previous,
    )
    return replace(rounds, proved=proved)
