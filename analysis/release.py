"""A release: a fixed list of tables, made once when a round closes, and frozen with a hash.

Which tables there are is decided by the questionnaire alone. They are checked for
disclosure together, and a figure is rounded only after that.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from analysis import (
    anchor_tables,
    comment_tables,
    confidence,
    item_tables,
    mix_tables,
    mode_tables,
    phase_tables,
    reliability_tables,
    response_tables,
    second_releases,
    weighted_tables,
)
from analysis.change_tables import Later, change_tables
from analysis.disclosure import Crowd, Draft, control, where
from analysis.dividing import INDEX, UNSURE, crowd_of
from analysis.earlier_round import EarlierRound
from analysis.frames import NOT_GIVEN, Answers, as_frames
from analysis.mean_tables import Counted, Measure, Values
from analysis.phase_tables import phases_of
from analysis.represented import represented
from analysis.tables import Column, Row
from analysis.weighted_cells import Weighing
from surveys.columns import Columns
from surveys.model import Questionnaire, in_language
from surveys.plans import Population
from surveys.records import Round

INDEX_BASE = (
    "People with an index. Don't know: percent of their answers to its items; not shown where"
    " it would tell that 1 to 4 people said it."
)


def build_release(
    a_round: Round,
    questionnaire: Questionnaire,
    columns: Columns,
    *,
    made_on: date,
    code_version: str,
    population: Sequence[Population] = (),
    reason: str = "",
    earlier: Mapping[str, Any] | None = None,
    before: EarlierRound | None = None,
) -> dict[str, Any]:
    """Everything that may be known of a round's results, as data ready for JSON.

    `round`, `questionnaire`, `made_on`, `code_version` and `reason` say what it is;
    `tables` has the tables (see `analysis.tables`); `hash` is the SHA-256 of all that as
    canonical JSON. `population` are the figures of the round's plan, for rates, weights and
    intervals; `earlier` is the release of the same round that this one replaces, and `before`
    the round that it is compared with.

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
            "closes": _in_england(min(a_round.closes_at, a_round.closed_at or a_round.closes_at)),
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
        "tables": tables_of(frames, a_round, population, earlier, before),
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
    population: Sequence[Population] = (),
    earlier: Mapping[str, Any] | None = None,
    before: EarlierRound | None = None,
) -> list[Row]:
    """Every table of the release, in its fixed order, checked together.

    Raises:
        ReleaseRefused: beside the `earlier` release of the round they would tell of too few.
    """
    crowd = crowd_of(answers)
    drafts = drafts_of(answers, crowd, a_round.threshold, population)
    told = second_releases.told_by(earlier, drafts) if earlier else ()
    made = control(crowd, drafts, a_round.threshold, told_before=told)
    later = Later(a_round, answers, crowd, drafts, made, drafts_of, earlier)
    first_item = next((n for n, each in enumerate(made) if _is_item(each)), len(made))
    return [*made[:first_item], *change_tables(later, before), *made[first_item:]]


def _is_item(table: Row) -> bool:
    return bool(table["name"].startswith(item_tables.PREFIX))


def drafts_of(
    answers: Answers, crowd: Crowd, threshold: int, population: Sequence[Population] = ()
) -> list[Draft]:
    """Every table, before anything is hidden; the list depends on the questionnaire alone."""
    phases = [code for code in phases_of(answers) if code != NOT_GIVEN]
    stands = represented(population, phases)
    weighing = weighted_tables.weigh(answers, crowd, stands, threshold)
    return [
        *_index_tables(answers, weighing),
        *anchor_tables.anchor_tables(answers, crowd, threshold),
        *weighted_tables.weighted_anchor(answers, weighing),
        *response_tables.response_tables(answers, crowd, stands),
        *item_tables.item_tables(answers),
        *comment_tables.comment_tables(answers, crowd, threshold),
    ]


def _index_tables(answers: Answers, weighing: Weighing) -> list[Draft]:
    if not confidence.index_items(answers):
        return []
    crowd, threshold, sizes = weighing.crowd, weighing.threshold, weighing.stands.sizes()
    values = Values.beside(confidence.person_indexes(answers), answers.people)
    measure = _index_measure(answers)
    has_index = where(**{INDEX: "yes"})
    unsure = where(**{INDEX: "yes", UNSURE: "yes"})
    counted = Counted(len(answers.people), (has_index,), (unsure,))
    by_phase = phase_tables.by_phase(
        "index",
        "Confidence index by phase",
        answers,
        values,
        measure,
        counted,
        threshold=threshold,
        population=sizes,
        definition=confidence.INDEX_DEFINITION,
        base_note=INDEX_BASE,
    )
    return [
        by_phase,
        weighted_tables.weighted_index(answers, weighing, values, counted),
        *mix_tables.mix_tables(answers, crowd),
        *mode_tables.mode_tables(
            answers,
            crowd,
            values,
            measure,
            counted,
            threshold=threshold,
            population=sizes.get(""),
            base_note=INDEX_BASE,
        ),
        *reliability_tables.reliability_tables(answers, crowd, threshold),
    ]


def _index_measure(answers: Answers) -> Measure:
    unknown = Column("dont_know", "Don't know", "percent")
    return Measure(
        title="Index",
        unit="0 to 100",
        lowest=confidence.LOWEST,
        highest=confidence.HIGHEST,
        places=1,
        beside=(unknown, lambda people: confidence.dont_know_share(answers, people)),
    )
