"""A release: a fixed list of tables, made once when a round closes, and frozen with a hash.

Which tables there are is decided by the questionnaire alone. They are checked for
disclosure together, and a figure is rounded only after that.
"""

import hashlib
import json
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from analysis import (
    anchor_tables,
    comment_tables,
    confidence,
    disclosure,
    item_tables,
    mix_tables,
    phase_tables,
)
from analysis.frames import Answers, as_frames
from analysis.phase_tables import Measure
from analysis.tables import Column, Row
from surveys.columns import Columns
from surveys.model import Questionnaire, in_language
from surveys.records import Round


def build_release(
    a_round: Round,
    questionnaire: Questionnaire,
    columns: Columns,
    *,
    made_on: date,
    code_version: str,
    reason: str = "",
) -> dict[str, Any]:
    """Everything that may be known of a round's results, as data ready for JSON.

    `round`, `questionnaire`, `made_on`, `code_version` and `reason` say what it is;
    `tables` has the tables (see `analysis.tables`); `hash` is the SHA-256 of all that as
    canonical JSON.
    """
    frames = as_frames(questionnaire, columns, a_round.moment)
    language = questionnaire.default_language
    release: dict[str, Any] = {
        "round": {
            "name": a_round.name,
            "opens": _in_england(a_round.opens_at),
            "closes": _in_england(a_round.closes_at),
            "moment": a_round.moment,
            "phases": list(a_round.phases),
            "linked": a_round.linked,
            "demonstration": a_round.demonstration,
            "threshold": a_round.threshold,
        },
        "questionnaire": {
            "key": questionnaire.key,
            "version": questionnaire.version,
            "hash": questionnaire.hash,
            "title": in_language(questionnaire.titles, language, language),
        },
        "made_on": made_on.isoformat(),
        "code_version": code_version,
        "reason": reason,
        "tables": tables_of(frames, a_round.threshold),
    }
    return {**release, "hash": hash_of(release)}


def _in_england(moment: datetime) -> str:
    """ISO 8601 in England's time: its first ten characters are the day that people know.

    In summer a round that opens at midnight opens at 23:00 UTC of the day before.
    """
    return moment.astimezone(ZoneInfo("Europe/London")).isoformat()


def hash_of(release: dict[str, Any]) -> str:
    """SHA-256 of a release without its hash, as 64 hexadecimal digits."""
    rest = {key: value for key, value in release.items() if key != "hash"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def tables_of(answers: Answers, threshold: int) -> list[Row]:
    """Every table of the release, in its fixed order."""
    return [
        *_index_tables(answers, threshold),
        *anchor_tables.anchor_tables(answers, threshold),
        *item_tables.item_tables(answers, threshold),
        *comment_tables.comment_tables(answers, threshold),
    ]


def _index_tables(answers: Answers, threshold: int) -> list[Row]:
    if not confidence.index_items(answers):
        return []
    index = index_table(answers, threshold)
    return [index, *mix_tables.mix_tables(answers, index)]


def index_table(answers: Answers, threshold: int) -> Row:
    """The confidence index by phase, with base, interval and don't-know share."""

    def dont_know(people: list[str]) -> float | None:
        few = disclosure.has_small([confidence.people_unsure(answers, people)])
        return None if few else confidence.dont_know_share(answers, people)

    unknown = Column("dont_know", "Don't know", "percent")
    measure = Measure(
        title="Index",
        unit="0 to 100",
        lowest=confidence.LOWEST,
        highest=confidence.HIGHEST,
        places=1,
        beside=(unknown, dont_know),
    )
    return phase_tables.by_phase(
        "index",
        "Confidence index by phase",
        answers,
        confidence.person_indexes(answers),
        measure,
        threshold,
        definition=confidence.INDEX_DEFINITION,
        base_note=(
            "People with an index. Don't know: percent of their answers to its items; not shown"
            " where 1 to 4 people said it."
        ),
    )
