"""Results by pandas alone, as its user guide has it: read_sql, pivot, groupby, sample, to_csv.

Written with care: nothing is done row by row, households are resampled from their sums, and
groups are made once.
"""

import hashlib
import json
import math
import sqlite3
from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.resampling import RESAMPLES as RELEASED
from surveys.model import Question, Questionnaire
from tests.benchmarks.results_round import ROUND
from tests.benchmarks.results_side import RESAMPLES, Limits, Side, peak_megabytes, rows_of

PROFILE = ["phase", "setting", "provision"]
NOTHINGS = ["dont_know", "does_not_apply", "skipped"]
THRESHOLD, LEAST, SMALL = 10, 5, range(1, 5)
Z = 1.959963984540054
WEIGHTS = "None: every response counts once."
SUPPRESSION = (
    "No file of fewer than 10 responses. Phase, setting and provision are other together where"
    " fewer than 10 share them; mode and language likewise within them."
)
"""What both files say in each of their rows, beside the hashes and the version."""

_PEOPLE = """
SELECT response.id AS response_id, mode, language, finished_on, link.invitation_id AS household
FROM response LEFT JOIN link ON link.response_id = response.id
WHERE response.round_id = ?
"""
_ANSWERS = """
SELECT answer.* FROM answer JOIN response ON response.id = answer.response_id
WHERE response.round_id = ?
"""


Table = Mapping[Hashable, Mapping[Hashable, Any]]


class Frames(NamedTuple):
    """A row a response: who answered how, what, and in which state."""

    people: pd.DataFrame
    answers: pd.DataFrame
    states: pd.DataFrame


def plain(folder: Path, form: Questionnaire) -> Side:
    """Every step, on the database in `folder`."""
    connection = sqlite3.connect(folder / "sendvoice.db")
    items = [question for question in form.questions if question.index]
    selects = [question for question in form.questions if question.choices]
    side = Side(imports=peak_megabytes())
    frames = side.step("read", lambda: read(connection))
    index = side.step("score", lambda: score(frames, items))
    side.counts = side.step("distributions", lambda: distributions(frames, selects))
    side.means = side.step("intervals", lambda: dict(intervals(frames, index)))
    tables = side.step("release", lambda: release(frames, items, selects))
    side.index_table = json.loads(tables)["index"]
    file = folder / "pandas.csv"
    facts = {
        "questionnaire_hash": form.hash, "weights": WEIGHTS, "suppression": SUPPRESSION,
        "code_version": "bench", "release_hash": hashlib.sha256(tables.encode()).hexdigest(),
    }  # fmt: skip
    side.step("export", lambda: export(frames, selects, facts, file))
    side.peak = peak_megabytes()
    side.index = index.to_list()
    side.file = rows_of(file)
    connection.close()
    return side


def read(connection: sqlite3.Connection) -> Frames:
    """The round as wide frames."""
    people = pd.read_sql(_PEOPLE, connection, params=(ROUND,), index_col="response_id").sort_index()
    long = pd.read_sql(_ANSWERS, connection, params=(ROUND,))
    wide = long.pivot(index="response_id", columns="question_key", values=["state", "value"])  # noqa: PD010
    by_kind: Any = wide.reindex(people.index)
    return Frames(people, by_kind["value"], by_kind["state"].fillna("not_asked"))


def score(frames: Frames, items: list[Question]) -> pd.Series:
    """Each person's index by the rule of 70% of items and two thirds of topics."""
    keys = [item.key for item in items]
    scores = (frames.answers[keys].apply(pd.to_numeric) - 1) * 25
    reverse = [item.key for item in items if item.reverse]
    scores[reverse] = 100 - scores[reverse]
    states = frames.states[keys]
    finished = frames.people["finished_on"].notna()
    passed_by = (states == "not_asked").mul(finished, axis=0)
    applies = (~(passed_by | (states == "does_not_apply"))).sum(axis=1)
    rated = scores.notna()
    topics: dict[str, list[str]] = {}
    for item in items:
        topics.setdefault(item.construct, []).append(item.key)
    covered = pd.DataFrame({topic: rated[of].any(axis=1) for topic, of in topics.items()})
    enough = rated.sum(axis=1) >= np.ceil(0.7 * applies - 1e-9)
    enough &= covered.sum(axis=1) >= math.ceil(2 / 3 * len(topics) - 1e-9)
    index: pd.Series = scores.mean(axis=1).where(enough & rated.any(axis=1))
    return index


def distributions(frames: Frames, selects: list[Question]) -> dict[str, dict[str, int]]:
    """Every answer and every nothing of each question, counted."""
    counted = {}
    for question in selects:
        codes = [choice.code for choice in question.choices if choice.state == "answered"]
        answers = frames.answers[question.key].value_counts().reindex(codes, fill_value=0)
        nothings = frames.states[question.key].value_counts().reindex(NOTHINGS, fill_value=0)
        counts = pd.concat([answers, nothings])
        counted[question.key] = {str(code): int(count) for code, count in counts.items()}
    return counted


def intervals(
    frames: Frames,
    index: pd.Series,
    by: tuple[str, ...] = ("phase", "provision"),
    resamples: int = RESAMPLES,
) -> Iterator[tuple[str, Limits]]:
    """The mean of everybody and of each group, with limits from households resampled."""
    people = pd.DataFrame({
        "index": index, **frames.people[["household", "mode"]], **frames.answers[PROFILE],
    }).dropna(subset="index")  # fmt: skip
    yield "all", resampled(people, resamples)
    for each in by:
        for group, members in people.groupby(each):
            yield str(group), resampled(members, resamples)


def resampled(people: pd.DataFrame, resamples: int) -> Limits:
    """The mean and its percentile limits."""
    households = people.groupby("household")["index"].agg(["sum", "count"])
    chance = np.random.default_rng(1)
    means = []
    for _ in range(resamples):
        drawn = households.sample(frac=1, replace=True, random_state=chance).sum()
        means.append(drawn["sum"] / drawn["count"])
    low, high = np.percentile(means, [2.5, 97.5])
    return float(people["index"].mean()), float(low), float(high)


def release(frames: Frames, items: list[Question], selects: list[Question]) -> str:
    """The tables, small numbers hidden, as JSON.

    Left out is what ours does besides: households in the anchor's limits, tests of the ways
    of answering, and the proof that nothing small follows from all tables together.
    """
    index = score(frames, items)
    bases = index.groupby(frames.answers["phase"]).count()
    means = dict(intervals(frames, index, ("phase", "mode"), RELEASED))
    modes = {mode: means.pop(mode) for mode in frames.people["mode"].unique()}
    shown = {"All phases": means.pop("all")}
    shown |= {phase: limits for phase, limits in means.items() if bases[phase] >= THRESHOLD}
    tables: dict[str, Any] = {
        "index": {phase: round(limits[0], 1) for phase, limits in shown.items()},
        "limits": {phase: limits[1:] for phase, limits in shown.items()},
        "modes": modes,
        "reliability": reliability(frames, items),
        "anchor": anchor(frames, next(item.key for item in items if item.anchor)),
        "mix": mix(frames, index),
        "items": {
            key: {code: [count, round(100 * count / sum(counts.values()))]
                  for code, count in counts.items()}
            for key, counts in distributions(frames, selects).items()
            if not any(count in SMALL for count in counts.values())
        },
    }  # fmt: skip
    return json.dumps(tables)


def reliability(frames: Frames, items: list[Question]) -> dict[str, float]:
    """Cronbach's alpha of those who rated every item, and each item beside the rest."""
    rated = frames.answers[[item.key for item in items]].apply(pd.to_numeric).dropna()
    for item in items:
        if item.reverse:
            rated[item.key] = 6 - rated[item.key]
    total, many = rated.sum(axis=1), len(items)
    alpha = many / (many - 1) * (1 - rated.var().sum() / total.var())
    beside = {key: rated[key].corr(total - rated[key]) for key in rated}
    return {"alpha": float(alpha), **{str(key): float(r) for key, r in beside.items()}}


def anchor(frames: Frames, key: str) -> Table:
    """The share of mainstream parents who agree, by phase, with Wilson's limits."""
    mainstream = frames.answers["setting"].isin(["mainstream", "unit_or_arp"])
    rated = pd.to_numeric(frames.answers.loc[mainstream, key]).dropna()
    agree = (rated >= 4).groupby(frames.answers["phase"]).agg(["sum", "count"])
    agree.loc["All"] = agree.sum()
    share, base = agree["sum"] / agree["count"], agree["count"]
    spread = Z * np.sqrt(share * (1 - share) / base + Z**2 / (4 * base**2))
    centre, scale = share + Z**2 / (2 * base), 1 + Z**2 / base
    low, high = (centre - spread) / scale, (centre + spread) / scale
    table = pd.DataFrame({"base": base, "share": share, "low": low, "high": high})
    return table[(base >= THRESHOLD) & ~agree["sum"].isin(SMALL)].to_dict("index")


def mix(frames: Frames, index: pd.Series) -> Table:
    """How the people with an index divide by setting and provision, in each phase."""
    counts = frames.answers.loc[index.notna(), PROFILE].value_counts()
    shares = counts / counts.groupby("phase").transform("sum")
    return shares[counts >= LEAST].rename("share").reset_index().to_dict("index")


def export(frames: Frames, selects: list[Question], facts: Mapping[str, str], file: Path) -> None:
    """A row a response in a shuffled order, profiles that too few share made "other".

    The columns are ours. Left out is what ours does besides: an order that nobody can make
    again and that is the same each time, others who join where the rare are still too few,
    rare modes and languages within a profile, and cells that a spreadsheet would run.
    """
    profile = frames.answers[PROFILE].join(frames.states[PROFILE].add_suffix("_state"))
    rare = profile.groupby(PROFILE, dropna=False)["phase_state"].transform("size") < THRESHOLD
    out = frames.people[["mode", "language"]].copy()
    out.insert(0, "round", ROUND)
    out.insert(1, "questionnaire_version", "1")
    for question in selects:
        source = profile if question.key in PROFILE else frames.answers
        out[question.key] = source[question.key]
        out[f"{question.key}_state"] = frames.states[question.key]
    out.loc[rare, [*PROFILE, *(f"{key}_state" for key in PROFILE)]] = "other"
    out = out.sample(frac=1, random_state=1).reset_index(drop=True).assign(**facts)
    out.index += 1
    out.to_csv(file, index_label="participant", encoding="utf-8-sig")
