"""Moves between phases: the same children before and after, such as from Year 6 to Year 7."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.change import Change, not_comparable, together
from analysis.comparable import shared_items
from analysis.comparing import Group, paired_change_of_mean
from analysis.confidence import Share, index_items, person_indexes, top_two
from analysis.frames import NOT_GIVEN, Answers
from analysis.pairs import match
from surveys.model import Question

NOTHING_SHARED = "no index question was asked, unchanged, both before and after the move"

Phases = tuple[str, str]
"""The codes of the phase before and the phase after a move."""


@dataclass(frozen=True)
class ItemMove:
    """One index question among the pairs of a move: agree or strongly agree, of who rated it.

    Asked unchanged at both moments (`comparable`): both shares are of the pairs that rated
    it twice, so the bases are equal. Otherwise each share that there is has a base of its
    own, and `None` stands where the question was not asked. Shares are of raw answers:
    agreeing with a `reverse` question means less confidence.
    """

    key: str
    comparable: bool
    reverse: bool
    before: Share | None
    after: Share | None


@dataclass(frozen=True)
class Move:
    """One move between phases.

    `pairs` counts the children who made it. `change` compares their mean index over the
    questions `compared_on` (before, after, difference with interval; always paired):
    `change.pairs` have both indexes, `without_index` lack one or both, and
    `change.before.without_value` and `change.after.without_value` say at which moment.
    """

    phases: Phases
    pairs: int
    compared_on: tuple[str, ...]
    change: Change
    without_index: int
    items: tuple[ItemMove, ...]


@dataclass(frozen=True)
class Transitions:
    """The moves between two linked rounds, and everybody who is in none.

    `moves` come in the order asked for. Children counted elsewhere: `other_moves` made one
    that was not asked for, `stayed` in their phase, `phase_not_given` at either moment,
    `only_before` and `only_after` are in one round alone (no series, or one that the other
    round does not have).
    """

    moves: tuple[Move, ...]
    other_moves: int
    stayed: int
    phase_not_given: int
    only_before: int
    only_after: int


def moves_made(before: Answers, after: Answers) -> dict[Phases, int]:
    """The moves between phases that children made, with how many did, most first."""
    pairs = _phases(before, after)
    made = pairs[pairs["moved"]]
    counts = Counter(zip(made["old"], made["new"], strict=True))
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def transitions(before: Answers, after: Answers, moves: Sequence[Phases]) -> Transitions:
    """What became of confidence in each of these moves (hand over those that are published).

    Pairs are by series alone (`pairs.match`). The index is that of `person_indexes` over the
    index questions asked unchanged at both moments, and of no others: the questions before a
    move and after it mostly differ, and a difference of their means would be one of
    questions. Where there are none, the move is "not comparable" and its items stand alone.
    Statistics of `comparing.paired_change_of_mean`; the moves are the family of tests (Holm).

    Limits: children grow older between the rounds too; this is what changed, not why.

    Raises:
        AnswersRefused: a series occurs twice in a round.
    """
    found = match(before.people, after.people)
    pairs = _phases(before, after)
    both = shared_items(before, after)
    made = [_move(before, after, pairs, phases, both) for phases in dict.fromkeys(moves)]
    judged = together([move.change for move in made])
    return Transitions(
        moves=tuple(replace(m, change=change) for m, change in zip(made, judged, strict=True)),
        other_moves=int(pairs["moved"].sum()) - sum(move.pairs for move in made),
        stayed=int((pairs["given"] & ~pairs["moved"]).sum()),
        phase_not_given=int((~pairs["given"]).sum()),
        only_before=found.only_before + found.unlinked_before,
        only_after=found.only_after + found.unlinked_after,
    )


def _phases(before: Answers, after: Answers) -> pd.DataFrame:
    """The pairs with both phases (`old`, `new`), whether both are `given`, and differ."""
    pairs = match(before.people, after.people).matched
    old = before.people["phase"].astype("object").reindex(pairs["before"]).to_numpy()
    new = after.people["phase"].astype("object").reindex(pairs["after"]).to_numpy()
    pairs = pairs.assign(old=old, new=new)
    given = (pairs["old"] != NOT_GIVEN) & (pairs["new"] != NOT_GIVEN)
    return pairs.assign(given=given, moved=given & (pairs["old"] != pairs["new"]))


def _move(
    before: Answers, after: Answers, pairs: pd.DataFrame, phases: Phases, both: list[Question]
) -> Move:
    here = pairs[(pairs["old"] == phases[0]) & (pairs["new"] == phases[1]) & pairs["moved"]]
    name = " to ".join(phases)
    keys = tuple(item.key for item in both)
    if keys:
        groups = _group(before, here["before"], keys), _group(after, here["after"], keys)
        change = paired_change_of_mean(name, *groups, here)
    else:
        change = not_comparable(name, NOTHING_SHARED)
    return Move(
        phases=phases,
        pairs=len(here),
        compared_on=keys,
        change=change,
        without_index=len(here) - change.pairs if keys else 0,
        items=tuple(_items(before, after, here, keys)),
    )


def _group(answers: Answers, ids: pd.Series, keys: tuple[str, ...]) -> Group:
    form = answers.questionnaire
    questions = tuple(question for question in form.questions if question.key in keys)
    shared = replace(answers, questionnaire=replace(form, questions=questions))
    return Group(person_indexes(shared).reindex(ids), answers.people["household"].reindex(ids))


def _items(
    before: Answers, after: Answers, here: pd.DataFrame, keys: tuple[str, ...]
) -> list[ItemMove]:
    early = {item.key: item for item in index_items(before)}
    late = {item.key: item for item in index_items(after)}
    items = []
    for key, item in {**early, **late}.items():
        old = _scores(before, here["before"], key) if key in early else None
        new = _scores(after, here["after"], key) if key in late else None
        if key in keys and old is not None and new is not None:
            twice = old.notna() & new.notna()
            old, new = old[twice], new[twice]
        shares = (None if scores is None else top_two(scores) for scores in (old, new))
        items.append(ItemMove(key, key in keys, item.reverse, *shares))
    return items


def _scores(answers: Answers, ids: pd.Series, key: str) -> pd.Series:
    return pd.Series(answers.scores[key].reindex(ids).to_numpy(), index=ids.index)
