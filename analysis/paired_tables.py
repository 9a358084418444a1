"""Two rounds beside each other, which of their pairs may be shown, and the table of moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

from analysis import change_rows, tables
from analysis.change import LEAST_PAIRS, Change, Design
from analysis.change_rows import compared, incomparable
from analysis.comparable import shared_items
from analysis.earlier_round import EarlierRound
from analysis.frames import NOT_GIVEN, Answers
from analysis.pair_disclosure import Side, shown_pairs
from analysis.pairing import ELSEWHERE, Pairing, moved, pairing
from analysis.phase_change import index_change, index_changes
from analysis.phase_tables import ALL, phases_of
from analysis.tables import SHOWN, Row
from analysis.transitions import NOTHING_SHARED, Phases, transitions
from surveys.phases import Moment, Phase

INDEX, MOVES = "index_change", "transitions"
TITLE = "Confidence before and after a move to the next phase"
ABOUT = {
    "definition": (
        "Mean confidence index of the same children before and after their move to the next"
        " phase, 0 to 100, over the questions asked unchanged at both moments and no others."
        " Change: the later figure less the earlier one, in points. Other moves and children"
        " who stayed are not here."
    ),
    "method": (
        "95%, sampling uncertainty only; does not cover who answered once. Always pairs. A"
        " change is claimed where the interval excludes no change and the p-value, adjusted"
        " by Holm over the moves shown, is below 0.05. Children grow older meanwhile: this is"
        " what changed, not why."
    ),
}
NOT_PROVED = "it cannot be proved that pairs, beside the releases of both rounds, tell of no few"
NO_PAIRS = "the two rounds have no responses that are linked"


Release = Mapping[str, Any]


@dataclass(frozen=True)
class Rounds:
    """Two rounds' answers, and what the newest release of each shows, by table.

    `phases` are those that the later round asked. `pairs` are of linked rounds of which the
    later follows the earlier. `proved` names what may be shown of them: `ALL`, the code of a
    phase, or a move (`pairing.moved`); it is `None` where nothing could be proved.
    """

    earlier: EarlierRound
    before: Answers
    after: Answers
    phases: tuple[str, ...]
    shown_before: Mapping[str, Row]
    shown_after: Mapping[str, Row]
    pairs: Pairing | None = None
    proved: frozenset[str] | None = frozenset()
    least_pairs: int = LEAST_PAIRS

    @property
    def paired(self) -> frozenset[str]:
        """What may be shown as pairs."""
        return self.proved or frozenset()

    @property
    def words(self) -> str:
        """Which round is the earlier one."""
        return f"Before: the round {self.earlier.round.name!r}. After: this round."

    @property
    def steps(self) -> dict[Phases, str]:
        """The moves to the next phase that both rounds may hold, in words."""
        old, new = phases_of(self.before), phases_of(self.after)
        order = [phase.value for phase in Phase]
        asked = (self.earlier.round.phases or tuple(order), self.phases or tuple(order))
        return {
            (one, other): f"{old[one]} to {new[other]}"
            for one, other in pairwise(order)
            if one in old and other in new and one in asked[0] and other in asked[1]
        }


def pairs_of(rounds: Rounds) -> Pairing | None:
    """The pairs of rounds that may have pairs, and have any."""
    earlier = rounds.earlier
    shown = [row for release in earlier.releases for row in _paired_rows(release)]
    if not earlier.is_followed or earlier.has_told_pairs or shown:
        return None
    found = pairing(rounds.before, rounds.after)
    return found if len(found.matched) else None


def prove(
    rounds: Rounds, before: Side, after: Side, threshold: int, previous: Release | None
) -> frozenset[str] | None:
    """What may be shown of the pairs; `previous` is the later round's release until now."""
    assert rounds.pairs is not None  # noqa: S101 - called where there are pairs
    asked = _asked(rounds, rounds.pairs)
    sizes = {name: int(rounds.pairs.group.isin(groups).sum()) for name, groups in asked.items()}
    told = _told(rounds, previous) if previous else {}
    if any(sizes.get(name) != base for name, base in told.items()):
        return None
    if not any(sizes.values()):
        return frozenset()
    return shown_pairs(before, after, rounds.pairs, asked, threshold, tuple(told))


def _asked(rounds: Rounds, pairs: Pairing) -> dict[str, list[str]]:
    """The groups of pairs of which each name is the sum."""
    has_moves = rounds.after.moment == Moment.AFTER
    asked = {moved(*step): [moved(*step)] for step in rounds.steps if has_moves}
    if not pairs.is_whole:
        return asked
    least = rounds.least_pairs
    old, new = phases_of(rounds.before), phases_of(rounds.after)
    # Whether or not anybody is in it: a reader does not know which are empty.
    everybody = [moved(*each) for each in product(old, new) if NOT_GIVEN not in each]
    if index_change(rounds.before, rounds.after, least).design is Design.PAIRED:
        asked[ALL] = [*everybody, ELSEWHERE]
    codes = [code for code in new if code in old and code != NOT_GIVEN]
    for change in index_changes(rounds.before, rounds.after, codes, least):
        if change.design is Design.PAIRED:
            asked[change.group] = [moved(change.group, change.group)]
    return asked


def _paired_rows(release: Release) -> list[tuple[str, Row]]:
    """The rows of pairs that a release shows, each with its table's name."""
    found = {table["name"]: table for table in release["tables"]}
    return [
        (name, row)
        for name in (INDEX, MOVES)
        for row in found.get(name, {"rows": []})["rows"]
        if row["status"] == SHOWN and row["design"] == Design.PAIRED
    ]


def _told(rounds: Rounds, previous: Release) -> dict[str, int]:
    """How many pairs that release has shown of each name."""
    codes = {ALL: ALL, **{name: code for code, name in phases_of(rounds.after).items()}}
    moves = {name: moved(*step) for step, name in rounds.steps.items()}
    by_table: dict[str, dict[str, str]] = {INDEX: codes, MOVES: moves}
    return {
        by_table[table].get(str(row["group"]), ""): row["base_after"]
        for table, row in _paired_rows(previous)
    }


def moves_table(rounds: Rounds) -> Row:
    """What became of the index of children who moved to the next phase, a move a row."""
    columns = change_rows.columns("0 to 100", "Move")
    keys = [item.key for item in shared_items(rounds.before, rounds.after)]
    about = {**ABOUT, "base_note": f"{rounds.words} {_shared_words(keys)}".strip()}
    why = NO_PAIRS if rounds.pairs is None else NOT_PROVED if rounds.proved is None else ""
    if why:
        return tables.withheld(MOVES, TITLE, columns, why, **about)
    shown = [step for step in rounds.steps if moved(*step) in rounds.paired]
    found = transitions(rounds.before, rounds.after, shown).moves
    changes = {move.phases: move.change for move in found}
    rows = [_move(rounds, step, name, changes) for step, name in rounds.steps.items()]
    if not keys:
        rows = [incomparable(name, NOTHING_SHARED) for name in rounds.steps.values()]
    states = {row["status"] for row in rows}
    if tables.NOT_PUBLISHED in states and tables.SHOWN not in states:
        return tables.withheld(MOVES, TITLE, columns, change_rows.HIDDEN_PAIRS, **about)
    return tables.published(MOVES, TITLE, columns, rows, **about)


def _move(rounds: Rounds, step: Phases, name: str, changes: Mapping[Phases, Change]) -> Row:
    if step in changes:
        return compared(name, changes[step], 1, family=True)
    columns = change_rows.columns("", "Move")
    assert rounds.pairs is not None  # noqa: S101 - withheld otherwise
    if moved(*step) in set(rounds.pairs.group):
        return tables.not_shown(name, columns, tables.NOT_PUBLISHED, change_rows.HIDDEN_PAIRS)
    return tables.not_shown(name, columns, tables.NO_ANSWERS, "no pairs")


def _shared_words(keys: Sequence[str]) -> str:
    return f"Compared on {', '.join(keys)}." if keys else ""
