"""Closing a round: answers stop, the release is made, an anonymous round is cut loose.

Three steps, each committed alone and each safe to do again, so that a crash between
them leaves a round that the next attempt finishes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from typing import Any

from analysis.earlier_round import EarlierRound
from bot.local_time import LONDON
from bot.ports import CloseOutcome
from storage import columns, erasing, funnel, plans, questionnaires, releases, rounds, staff
from storage.database import Database
from surveys.columns import Columns
from surveys.model import Questionnaire
from surveys.plans import Population
from surveys.records import Round, RoundStatus


@dataclass(frozen=True)
class Material:
    """Everything a release is made from; no part of it says who answered.

    `population` are the figures of the round's plan. A second release has its `reason` and
    the `earlier` one that it replaces. `before` is the round that this one is compared with.
    """

    round: Round
    questionnaire: Questionnaire
    columns: Columns
    made_on: date
    code_version: str
    population: tuple[Population, ...] = ()
    reason: str = ""
    earlier: Mapping[str, Any] | None = None
    before: EarlierRound | None = None


def stop_answers(db: Database, now: datetime, round_id: str, actor: str) -> CloseOutcome:
    """From now on the round takes no answers."""
    found = rounds.by_id(db, round_id)
    if found is None:
        return CloseOutcome.UNKNOWN
    if found.status is RoundStatus.DRAFT:
        return CloseOutcome.NOT_OPEN
    if found.status is RoundStatus.CLOSED:
        return CloseOutcome.ALREADY_CLOSED
    rounds.mark_closed(db, round_id, now)
    staff.log(db, now, actor, "round closed", found.name)
    return CloseOutcome.CLOSED


def gather(db: Database, now: datetime, round_id: str) -> Material | None:
    """What a closed round's release is made from, or `None` where there is one already."""
    found = rounds.by_id(db, round_id)
    if found is None or releases.current(db, round_id) is not None:
        return None
    return material(db, now, found)


def material(db: Database, now: datetime, found: Round) -> Material:
    """What any release of this round is made from."""
    questionnaire = questionnaires.by_hash(db, found.questionnaire_hash)
    assert questionnaire is not None  # noqa: S101 - a foreign key holds it
    return Material(
        round=found,
        questionnaire=questionnaire,
        columns=columns.read(db, found.id),
        made_on=now.astimezone(LONDON).date(),
        code_version=version("send-voice"),
        population=plans.of_round(db, found.id).population,
        before=_before(db, found),
    )


def _before(db: Database, found: Round) -> EarlierRound | None:
    """The round whose children this one asked again, else the last one that asked the same."""
    followed = plans.of_round(db, found.id).follows
    earlier = rounds.by_id(db, followed) if followed else rounds.closed_before(db, found)
    if earlier is None or earlier.demonstration is not found.demonstration:
        return None
    history = releases.history(db, earlier.id)
    questionnaire = questionnaires.by_hash(db, earlier.questionnaire_hash)
    if questionnaire is None or not history:
        return None
    return EarlierRound(
        round=earlier,
        questionnaire=questionnaire,
        columns=columns.read(db, earlier.id),
        population=plans.of_round(db, earlier.id).population,
        releases=tuple(release for *_, release in history),
        is_followed=bool(followed),
        has_told_pairs=any(one != found.id for one in rounds.followed_by(db, earlier.id)),
    )


def build(material: Material) -> dict[str, Any]:
    """The release. Takes seconds: run it away from the event loop and the writer."""
    from analysis.release import build_release  # noqa: PLC0415 - brings pandas

    return build_release(
        material.round,
        material.questionnaire,
        material.columns,
        made_on=material.made_on,
        code_version=material.code_version,
        population=material.population,
        reason=material.reason,
        earlier=material.earlier,
        before=material.before,
    )


def keep(db: Database, now: datetime, round_id: str, release: Mapping[str, Any]) -> bool:
    """Keep the release and cut an anonymous round; `False` where a release was there first."""
    found = rounds.by_id(db, round_id)
    if found is None or releases.current(db, round_id) is not None:
        return False
    releases.add(db, round_id, release, "", now)
    funnel.keep(db, round_id)
    if not found.linked:
        erasing.cut(db, round_id, now)
        staff.log(db, now, "service", "round cut from its invitations", found.name)
    staff.log(db, now, "service", "release made", found.name, release["hash"])
    return True
