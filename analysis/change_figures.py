"""The changes of the index and of the anchor measure, made of what both releases show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis import change_rows, tables
from analysis.anchor_tables import EVERYBODY as MAINSTREAM
from analysis.anchor_tables import TITLE as ANCHOR_TITLE
from analysis.change import LABEL, Change, together
from analysis.change_rows import Seen, compared, incomparable, seen, side_by_side, unavailable
from analysis.comparable import index_break, question_break
from analysis.confidence import ANCHOR_DEFINITION, INDEX_DEFINITION, in_mainstream
from analysis.frames import NOT_GIVEN
from analysis.paired_tables import INDEX, Rounds
from analysis.phase_change import index_change, index_changes, share_change, share_changes
from analysis.phase_tables import ALL, phases_of
from analysis.tables import Row
from surveys.model import Question

ANCHOR = "anchor_change"
INDEX_TITLE, ANCHOR_CHANGE = "Change of the confidence index", f"{ANCHOR_TITLE}: change"
OTHER_PHASES = "the two rounds asked parents of different phases"
STRANGERS = 10**9
"""More pairs than any round has: everybody is compared as strangers."""

CHANGE = " Change: the later figure less the earlier one, in points."
SHARES_METHOD = (
    "95%, sampling uncertainty only; does not cover who chose not to answer. Two groups of"
    " strangers, also where the rounds are linked: pairs would tell how many changed their"
    " mind, which are few. A change is claimed where the interval excludes no change and the"
    " p-value, adjusted by Holm over the phases shown, is below 0.05."
)
INDEX_METHOD = (
    f"{LABEL} Also independent where pairs would tell of few people. A break in the questions"
    " is never a change."
)


INDEX_ABOUT = {"definition": INDEX_DEFINITION + CHANGE, "method": INDEX_METHOD}
ANCHOR_ABOUT = {"definition": ANCHOR_DEFINITION + CHANGE, "method": SHARES_METHOD}


@dataclass(frozen=True)
class _Figure:
    """A figure that both rounds have, and how it is compared.

    `total` and `by_phase` name the release's tables that show it. `paired` are the groups of
    which pairs may be shown, `broken` says why its question is another one, "" where it is
    not. `whole` and `phases` work out its changes, paired from so many pairs on.
    """

    name: str
    title: str
    unit: str
    places: int
    about: Mapping[str, str]
    total: tuple[str, str]
    by_phase: str
    paired: frozenset[str]
    broken: str
    whole: Callable[[int], Change]
    phases: Callable[[Sequence[str], int], list[Change]]


def index_change_table(rounds: Rounds) -> Row:
    """The change of the confidence index, over all and phase by phase."""
    before, after = rounds.before, rounds.after
    figure = _Figure(
        INDEX,
        INDEX_TITLE,
        "0 to 100",
        1,
        INDEX_ABOUT,
        ("index", ALL),
        "index",
        rounds.paired,
        index_break(before, after),
        lambda pairs: index_change(before, after, pairs),
        lambda codes, pairs: index_changes(before, after, codes, pairs),
    )
    return _table(rounds, figure)


def anchor_change_table(rounds: Rounds, item: Question) -> Row:
    """The change of the strategy's own measure, over all mainstream parents and by phase."""
    before, after, key = rounds.before, rounds.after, item.key
    figure = _Figure(
        ANCHOR,
        ANCHOR_CHANGE,
        "percent",
        0,
        ANCHOR_ABOUT,
        ("anchor", MAINSTREAM),
        "anchor_by_phase",
        frozenset(),
        question_break(before.questionnaire, after.questionnaire, key),
        lambda pairs: share_change(before, after, key, in_mainstream, pairs),
        lambda codes, pairs: share_changes(before, after, key, codes, in_mainstream, pairs),
    )
    return _table(rounds, figure)


def _table(rounds: Rounds, figure: _Figure) -> Row:
    columns = change_rows.columns(figure.unit)
    about = {**figure.about, "base_note": rounds.words}
    if figure.broken:
        row = incomparable(figure.total[1], figure.broken)
        return tables.published(figure.name, figure.title, columns, [row], **about)
    rows = [_total(rounds, figure), *_by_phase(rounds, figure)]
    states = {row["status"] for row in rows}
    if tables.SHOWN not in states and tables.NOT_PUBLISHED in states:
        return tables.withheld(figure.name, figure.title, columns, change_rows.HIDDEN, **about)
    return tables.published(figure.name, figure.title, columns, rows, **about)


def _total(rounds: Rounds, figure: _Figure) -> Row:
    table, group = figure.total
    if ALL in figure.paired:
        return compared(group, figure.whole(rounds.least_pairs), figure.places, family=False)
    sides = seen(rounds.shown_before, table, group), seen(rounds.shown_after, table, group)
    if not (sides[0].is_shown and sides[1].is_shown):
        return side_by_side(group, *sides, change_rows.columns(figure.unit))
    if set(rounds.earlier.round.phases) != set(rounds.phases):
        return incomparable(group, OTHER_PHASES)
    return _of_strangers(group, sides, figure.whole(STRANGERS), figure, family=False)


def _by_phase(rounds: Rounds, figure: _Figure) -> list[Row]:
    sides = _sides(rounds, figure)
    paired = [code for code in sides if code in figure.paired]
    apart = [
        code
        for code, both in sides.items()
        if code not in paired and all(each.is_shown for each in both)
    ]
    found = figure.phases(paired, rounds.least_pairs) + figure.phases(apart, STRANGERS)
    changes = dict(zip([*paired, *apart], found, strict=True))
    gone = [code for code in apart if not _fits(sides[code][0], changes[code], figure)]
    family = [code for code in changes if code not in gone]
    changes |= zip(family, together([changes[code] for code in family]), strict=True)
    names = phases_of(rounds.after)
    rows = []
    for code, both in sides.items():
        if code in paired:
            row = compared(names[code], changes[code], figure.places, family=True)
        elif code in apart:
            row = _of_strangers(names[code], both, changes[code], figure, family=True)
        else:
            row = side_by_side(names[code], *both, change_rows.columns(figure.unit))
        rows.append(row)
    return rows


def _sides(rounds: Rounds, figure: _Figure) -> dict[str, tuple[Seen, Seen]]:
    """What each release shows of each phase that both questionnaires have."""
    old, new = phases_of(rounds.before), phases_of(rounds.after)
    return {
        code: (
            seen(rounds.shown_before, figure.by_phase, old[code]),
            seen(rounds.shown_after, figure.by_phase, name),
        )
        for code, name in new.items()
        if code != NOT_GIVEN and code in old
    }


def _of_strangers(
    group: str, sides: tuple[Seen, Seen], change: Change, figure: _Figure, *, family: bool
) -> Row:
    before, after = sides
    if not _fits(before, change, figure):
        return unavailable(group, before, after, change_rows.GONE)
    shown = {**before.cells(change_rows.BEFORE), **after.cells(change_rows.AFTER)}
    return compared(group, change, figure.places, family=family, shown=shown)


def _fits(before: Seen, change: Change, figure: _Figure) -> bool:
    """Whether the earlier answers are still those of the release: none was erased since.

    A difference from one answer fewer would tell what that one was.
    """
    value = tables.rounded(change.before.figure, figure.places)
    return before.cells(change_rows.BEFORE) == {"base_before": change.before.base, "before": value}
