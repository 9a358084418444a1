"""A release: a fixed list of tables, made once when a round closes, and frozen with a hash.

Which tables there are is decided by the questionnaire alone. They are checked for
disclosure together, and a figure is rounded only after that.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from analysis import (
    anchor_tables,
    comment_tables,
    confidence,
    item_tables,
    mix_tables,
    phase_tables,
    second_releases,
)
from analysis.change_tables import Later, change_tables
from analysis.disclosure import Crowd, Draft, control, where
from analysis.dividing import INDEX, UNSURE, crowd_of
from analysis.earlier_round import EarlierRound
from analysis.frames import Answers, as_frames
from analysis.phase_tables import Counted, Measure
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
    earlier: Mapping[str, Any] | None = None,
    before: EarlierRound | None = None,
) -> dict[str, Any]:
    """Everything that may be known of a round's results, as data ready for JSON.

    `round`, `questionnaire`, `made_on`, `code_version` and `reason` say what it is;
    `tables` has the tables (see `analysis.tables`); `hash` is the SHA-256 of all that as
    canonical JSON. `earlier` is the release of the same round that this one replaces,
    `before` the round that it is compared with.

    Raises:
        AnswersRefused: the answers do not fit the questionnaire.
        ReleaseRefused: beside the earlier release this one would tell of too few people.
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
        "tables": tables_of(frames, a_round, earlier, before),
    }
    if earlier:
        second_releases.check_bases(earlier, release)
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


def tables_of(
    answers: Answers,
    a_round: Round,
    earlier: Mapping[str, Any] | None = None,
    before: EarlierRound | None = None,
) -> list[Row]:
    """Every table of the release, in its fixed order, checked together.

    Raises:
        ReleaseRefused: beside the `earlier` release of the round they would tell of too few.
    """
    crowd = crowd_of(answers)
    drafts = drafts_of(answers, crowd, a_round.threshold)
    told = second_releases.told_by(earlier, drafts) if earlier else ()
    made = control(crowd, drafts, a_round.threshold, told_before=told)
    later = Later(a_round, answers, crowd, drafts, made, drafts_of, earlier)
    first_item = next((n for n, each in enumerate(made) if _is_item(each)), len(made))
    return [*made[:first_item], *change_tables(later, before), *made[first_item:]]


def _is_item(table: Row) -> bool:
    return bool(table["name"].startswith(item_tables.PREFIX))


def drafts_of(answers: Answers, crowd: Crowd, threshold: int) -> list[Draft]:
    """Every table, before anything is hidden; the list depends on the questionnaire alone."""
    return [
        *_index_tables(answers, crowd, threshold),
        *anchor_tables.anchor_tables(answers, crowd, threshold),
        *item_tables.item_tables(answers),
        *comment_tables.comment_tables(answers, crowd, threshold),
    ]


def _index_tables(answers: Answers, crowd: Crowd, threshold: int) -> list[Draft]:
    if not confidence.index_items(answers):
        return []
    return [index_table(answers, threshold), *mix_tables.mix_tables(answers, crowd)]


def index_table(answers: Answers, threshold: int) -> Draft:
    """The confidence index by phase, with base, interval and don't-know share."""
    unknown = Column("dont_know", "Don't know", "percent")
    measure = Measure(
        title="Index",
        unit="0 to 100",
        lowest=confidence.LOWEST,
        highest=confidence.HIGHEST,
        places=1,
        beside=(unknown, lambda people: confidence.dont_know_share(answers, people)),
    )
    has_index = where(**{INDEX: "yes"})
    return phase_tables.by_phase(
        "index",
        "Confidence index by phase",
        answers,
        confidence.person_indexes(answers),
        measure,
        Counted(len(answers.people), (has_index,), (where(**{INDEX: "yes", UNSURE: "yes"}),)),
        threshold=threshold,
        definition=confidence.INDEX_DEFINITION,
        base_note=(
            "People with an index. Don't know: percent of their answers to its items; not shown"
            " where it would tell that 1 to 4 people said it."
        ),
    )
