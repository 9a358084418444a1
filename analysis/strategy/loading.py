"""A strategy file (TOML) to a `Strategy`, or every fault with its key and remedy."""

import re
import tomllib
from collections import Counter
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from typing import Any

from analysis.indicators.definitions import known_series
from analysis.indicators.errors import StrategyProblem, StrategyRefused
from analysis.strategy.entries import Entry, Faults
from analysis.strategy.model import (
    Action,
    Baseline,
    Delivery,
    Horizon,
    Measure,
    Milestone,
    Principle,
    Priority,
    Strategy,
    Target,
)

SHIPPED = "strategy.toml"
_TOP_KEYS = tuple(one.name for one in fields(Strategy))
_MEASURE_KEYS = tuple(one.name for one in fields(Measure))
_DATE = re.compile(r"(20[0-9]{2}(-(0[1-9]|1[0-2]))?)?")


def load_strategy(path: Path | None = None) -> Strategy:
    """The strategy in a file, or the shipped one.

    Raises `StrategyRefused` with every fault: a file that is not TOML, a key that is
    missing, misspelt or of the wrong kind, a link to something that does not exist.
    """
    name = path.name if path else SHIPPED
    top = Entry(_read(path, name), "", Faults(name))
    strategy = _strategy(top)
    _refuse_repeats(strategy, top.faults)
    if top.faults.found:
        raise StrategyRefused(name, tuple(top.faults.found))
    return strategy


def _read(path: Path | None, name: str) -> dict[str, Any]:
    source = path or files("analysis").joinpath(f"data/{SHIPPED}")
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        cause = f"The file cannot be read as TOML: {error}."
        problem = StrategyProblem(name, "whole file", cause, "Start from the shipped strategy.")
        raise StrategyRefused(name, (problem,)) from error


def _strategy(top: Entry) -> Strategy:
    top.refuse_others(_TOP_KEYS)
    horizons = tuple(
        Horizon(e.text("id"), e.text("name"), e.text("years")) for e in top.entries("horizons")
    )
    principles = tuple(Principle(e.text("id"), e.text("text")) for e in top.entries("principles"))
    order = tuple(horizon.id for horizon in horizons)
    known = tuple(principle.id for principle in principles)
    actions = tuple(_action(e, order, known) for e in top.entries("actions"))
    numbered = tuple(action.id for action in actions)
    return Strategy(
        title=top.text("title"),
        council=top.text("council"),
        area=top.text("area"),
        region=top.text("region"),
        aims=top.texts("aims"),
        horizons=horizons,
        priorities=tuple(_priority(e) for e in top.entries("priorities")),
        principles=principles,
        actions=actions,
        measures=tuple(_measure(e, order, known, numbered) for e in top.entries("measures")),
    )


def _priority(entry: Entry) -> Priority:
    return Priority(entry.text("name"), entry.text("narrative"), entry.text("note", optional=True))


def _action(entry: Entry, horizons: tuple[str, ...], principles: tuple[str, ...]) -> Action:
    entry.refuse_others(("id", "text", "principles", *horizons))
    return Action(
        id=entry.text("id"),
        text=entry.text("text"),
        principles=entry.links("principles", principles),
        deliveries=tuple(_delivery(entry.entry(one), one) for one in horizons),
    )


def _delivery(entry: Entry, horizon: str) -> Delivery:
    entry.refuse_others(("text", "reason", "milestones"))
    text = entry.text("text", optional=True)
    return Delivery(
        horizon=horizon,
        text=text or None,
        reason="" if text else entry.text("reason"),
        milestones=tuple(_milestone(one) for one in entry.entries("milestones", optional=True)),
    )


def _milestone(entry: Entry) -> Milestone:
    begins, ends = (entry.text(name, optional=True) for name in ("begins", "ends"))
    for name, value in (("begins", begins), ("ends", ends)):
        if not _DATE.fullmatch(value):
            entry.faults.add(
                f"{entry.key}{name}", f'"{value}" is not a date.', 'Write "2025" or "2025-03".'
            )
    return Milestone(entry.text("what"), begins, ends)


def _measure(
    entry: Entry,
    horizons: tuple[str, ...],
    principles: tuple[str, ...],
    actions: tuple[str, ...],
) -> Measure:
    entry.refuse_others(_MEASURE_KEYS)
    return Measure(
        id=entry.text("id"),
        text=entry.text("text"),
        good=entry.one_of("good", ("up", "down")),
        survey=entry.flag("survey"),
        baseline=_baseline(entry.entry("baseline")),
        targets=_targets(entry.entry("targets"), horizons),
        series=entry.links("series", tuple(known_series())),
        proposed_principles=entry.links("proposed_principles", principles),
        proposed_actions=entry.links("proposed_actions", actions),
        caveats=entry.texts("caveats"),
    )


def _baseline(entry: Entry) -> Baseline:
    entry.refuse_others(("value", "period", "published_as", "reason"))
    value = entry.number("value")
    given = value is not None
    return Baseline(
        value=value,
        period=entry.text("period", optional=not given),
        published_as=entry.text("published_as", optional=True),
        reason=entry.text("reason", optional=given),
    )


def _targets(entry: Entry, horizons: tuple[str, ...]) -> tuple[Target, ...]:
    entry.refuse_others(("reason", *horizons))
    values = {horizon: entry.number(horizon) for horizon in horizons}
    reason = entry.text("reason", optional=None not in values.values())
    return tuple(
        Target(horizon, value, reason if value is None else "") for horizon, value in values.items()
    )


def _refuse_repeats(strategy: Strategy, faults: Faults) -> None:
    for name in ("horizons", "principles", "actions", "measures"):
        counts = Counter(one.id for one in getattr(strategy, name))
        for one, count in counts.items():
            if count > 1:
                cause = f"The id {one} occurs {count} times."
                faults.add(f"{name}.{one}", cause, "Give each its own id.")
