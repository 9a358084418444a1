"""Disclosure: what of a release may be shown, so that no family can be found by it.

A release is a list of drafts (`Draft`): tables whose every figure names the counts it tells,
each count (`Cell`) being a set of people of a `Crowd`, told by what they have in common.
`control` hides what is small, then as little more as keeps it hidden from a reader who has
the whole list, knows how the tables hang together and can solve equations, and then checks
that by integer programming. The steps, one file each: `rules`, `cells`, `drafts`, `cliques`,
`unknowns`, `solving`, `hiding`, `audit`, `control`.

Percentages and means are shown only where all counts behind them may be known, as if they
were not rounded. How many people answered at all is taken as known: staff see it live.
"""

from analysis.disclosure.cells import Cell, Crowd, Where, both, where
from analysis.disclosure.control import control
from analysis.disclosure.drafts import Draft, DraftRow, Figure, Note
from analysis.disclosure.rules import Kind, has_small, low_base_note

__all__ = [
    "Cell",
    "Crowd",
    "Draft",
    "DraftRow",
    "Figure",
    "Kind",
    "Note",
    "Where",
    "both",
    "control",
    "has_small",
    "low_base_note",
    "where",
]
