"""Rounds: made, opened, invited to and closed. Commands and pages call these same functions."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot import follow_ups
from bot.errors import RoundRefused
from bot.languages import offered, waiting
from bot.ports import PhaseCount, RoundCounts
from storage import funnel, invitations, plans, questionnaires, rounds, staff, you_said
from storage.database import Database
from storage.invitations import Invitation
from storage.vault import Vault, new_id
from surveys.model import Questionnaire
from surveys.phases import Moment
from surveys.plans import RoundPlan
from surveys.records import Round, RoundStatus

# No 0, 1, I, L, O or U: a code is read from a poster and typed on a phone.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
CHUNK = 500

_LEAST_THRESHOLD = 10


@dataclass(frozen=True)
class Plan:
    """What a new round is to be, as a person asked for it. `asking` is whom it asks and how."""

    name: str
    survey: str
    opens_at: datetime
    closes_at: datetime
    phases: tuple[str, ...] = ()
    moment: str = ""
    linked: bool = False
    threshold: int = 10
    demonstration: bool = False
    asking: RoundPlan = field(default_factory=RoundPlan)


@dataclass(frozen=True)
class Issued:
    """One personal invitation as it is handed out: no contact details, only a code."""

    number: int
    token: str


def create(db: Database, now: datetime, plan: Plan, actor: str) -> Round:
    """Keep a new draft round of the newest version of its questionnaire.

    Raises:
        RoundRefused: something about the plan cannot be; the message says what to do.
    """
    questionnaire = questionnaires.latest(db, plan.survey)
    if questionnaire is None:
        raise RoundRefused(
            f"There is no questionnaire {plan.survey!r}. See them with: sendvoice survey list"
        )
    _check(db, plan, questionnaire)
    new = Round(
        id=new_id(),
        name=plan.name,
        questionnaire_key=questionnaire.key,
        questionnaire_hash=questionnaire.hash,
        status=RoundStatus.DRAFT,
        opens_at=plan.opens_at,
        closes_at=plan.closes_at,
        moment=plan.moment,
        phases=plan.phases,
        linked=plan.linked,
        threshold=plan.threshold,
        demonstration=plan.demonstration,
    )
    rounds.add(db, new, _code(), now)
    plans.put(db, new.id, plan.asking)
    staff.log(db, now, actor, "round created", new.name)
    return new


def find(db: Database, name: str) -> Round:
    """The round with this name.

    Raises:
        RoundRefused: there is none.
    """
    found = rounds.by_name(db, name)
    if found is None:
        raise RoundRefused(f"There is no round {name!r}. See them with: sendvoice round list")
    return found


def open_round(db: Database, now: datetime, name: str, actor: str, *, override: str = "") -> Round:
    """Open a draft; it takes answers from its opening time on.

    Families must have heard what came of the last round of this questionnaire, unless
    this one follows another; `override` is the reason why a named role opens it all the
    same, which is logged.

    Raises:
        RoundRefused: it is not a draft, its closing time has passed, or nobody has yet
            written what was done about what the last round said, or another follow-up of
            the same round is open.
    """
    found = find(db, name)
    if found.status is not RoundStatus.DRAFT:
        raise RoundRefused(f"The round {found.name!r} is {found.status.value} already.")
    if now >= found.closes_at:
        raise RoundRefused(
            f"The closing time of {found.name!r} has passed. Make a round that closes later."
        )
    _check_no_other_follows(db, found)
    unanswered = unanswered_before(db, found)
    if unanswered is not None and not override.strip():
        raise RoundRefused(
            f"Nobody has written yet what was done about what {unanswered.name!r} said."
            " Write it first, with an owner and a date: sendvoice round said"
        )
    rounds.mark_open(db, found.id, now)
    if unanswered is not None:
        staff.log(db, now, actor, "opened before saying what was done", found.name, override)
    staff.log(db, now, actor, "round opened", found.name)
    return find(db, name)


def delete(db: Database, now: datetime, name: str, actor: str) -> None:
    """Forget a draft; its name is free again.

    Raises:
        RoundRefused: it was opened, or links to it were made, which somebody may hold.
    """
    found = find(db, name)
    if found.status is not RoundStatus.DRAFT:
        raise RoundRefused(
            f"The round {found.name!r} is {found.status.value}: only a draft can be deleted."
        )
    if rounds.is_touched(db, found.id):
        raise RoundRefused(
            f"Links to the round {found.name!r} were made, and families may hold them, so it"
            " cannot be deleted. A draft asks nobody: leave it."
        )
    rounds.delete_draft(db, found.id)
    staff.log(db, now, actor, "draft deleted", found.name)


def unanswered_before(db: Database, a_round: Round) -> Round | None:
    """The last round of the same questionnaire, if nothing is written of what came of it."""
    if a_round.demonstration or plans.of_round(db, a_round.id).follows:
        return None
    last = rounds.last_closed(db, a_round.questionnaire_key)
    return None if last is None or you_said.of_round(db, last.id) else last


def invite(
    db: Database,
    now: datetime,
    vault: Vault,
    a_round: Round,
    count: int,
    progress: Callable[[int], None] = lambda _: None,
) -> list[Issued]:
    """Make personal invitations without any contact details; tokens are shown this once.

    Raises:
        RoundRefused: the round is closed, or `count` is not from 1 to 100,000.
    """
    if a_round.status is RoundStatus.CLOSED:
        raise RoundRefused(f"The round {a_round.name!r} is closed: nobody can be invited to it.")
    if not 1 <= count <= 100_000:  # noqa: PLR2004 - a region's worth of families
        raise RoundRefused("The number of invitations must be from 1 to 100,000.")
    already = rounds.counts(db, a_round.id)[0]
    made = [_invitation(vault, a_round) for _ in range(count)]
    for start in range(0, count, CHUNK):
        chunk = made[start : start + CHUNK]
        invitations.add_many(db, chunk, now)
        progress(len(chunk))
    staff.log(db, now, "command line", "invitations made", a_round.name, str(count))
    return [Issued(already + n, token) for n, (_, token) in enumerate(made, start=1)]


def counts(db: Database, a_round: Round) -> RoundCounts:
    """The round's operational counts, phases in the order of the school years."""
    invited, started, finished = _counts(db, a_round)
    by_phase = rounds.counts_by_phase(db, a_round.id)
    questionnaire = questionnaires.by_hash(db, a_round.questionnaire_hash)
    order = _phase_codes(questionnaire) if questionnaire else ()
    by_phase.sort(key=lambda row: order.index(row[0]) if row[0] in order else len(order))
    return RoundCounts(
        round=a_round,
        invited=invited,
        started=started,
        finished=finished,
        phases=tuple(PhaseCount(*row) for row in by_phase),
        open_code=rounds.open_code(db, a_round.id),
        languages=offered(questionnaire, a_round) if questionnaire else (),
        unchecked=waiting(questionnaire) if questionnaire else (),
    )


def _counts(db: Database, a_round: Round) -> tuple[int, int, int]:
    """How many are invited, have started and have finished, also when their answers are gone."""
    if a_round.status is not RoundStatus.CLOSED:
        return rounds.counts(db, a_round.id)
    led = funnel.of_round(db, a_round.id)
    return (
        sum(row.invited for row in led),
        sum(row.started for row in led),
        sum(row.finished for row in led),
    )


def _check(db: Database, plan: Plan, questionnaire: Questionnaire) -> None:
    if not plan.name.strip() or len(plan.name) > 100:  # noqa: PLR2004 - fits a page heading
        raise RoundRefused("A round needs a name of 1 to 100 characters.")
    if rounds.by_name(db, plan.name) is not None:
        raise RoundRefused(f"There is a round {plan.name!r} already. Choose another name.")
    if plan.opens_at >= plan.closes_at:
        raise RoundRefused("The closing time must be after the opening time.")
    if plan.threshold < _LEAST_THRESHOLD:
        raise RoundRefused(
            f"The publication threshold is {plan.threshold}: groups under"
            f" {_LEAST_THRESHOLD} could be recognised. Choose {_LEAST_THRESHOLD} or more."
        )
    known = _phase_codes(questionnaire)
    _check_phases(plan.phases, known)
    _check_phases(plan.asking.audience.phases, known)
    _check_phases([row.phase for row in plan.asking.population], known)
    _check_followed(db, plan)
    _check_moment(plan.moment, questionnaire)


def _check_phases(asked: Sequence[str], known: Sequence[str]) -> None:
    for phase in asked:
        if phase not in known:
            raise RoundRefused(
                f"The questionnaire has no phase {phase!r}. Its phases are: {', '.join(known)}."
            )


def _check_followed(db: Database, plan: Plan) -> None:
    if plan.asking.follows is None:
        return
    followed = rounds.by_id(db, plan.asking.follows)
    if followed is None or not followed.linked or not plan.linked:
        raise RoundRefused(
            "A round that follows another asks the same children, so both must be linked."
        )
    follow_ups.check_alone(db, followed)


def _check_no_other_follows(db: Database, draft: Round) -> None:
    follows = plans.of_round(db, draft.id).follows
    followed = rounds.by_id(db, follows) if follows else None
    if followed is not None:
        follow_ups.check_alone(db, followed, draft.id, drafts=False)


def _check_moment(moment: str, questionnaire: Questionnaire) -> None:
    moments = (Moment.BEFORE.value, Moment.AFTER.value)
    if questionnaire.has_moments and moment not in moments:
        raise RoundRefused(
            f"{questionnaire.key} asks about a move: say --moment before or --moment after."
        )
    if moment and not questionnaire.has_moments:
        raise RoundRefused(f"{questionnaire.key} does not ask about a move: leave --moment out.")


def _phase_codes(questionnaire: Questionnaire) -> tuple[str, ...]:
    phase = questionnaire.question("phase")
    return tuple(choice.code for choice in phase.choices) if phase else ()


def _invitation(vault: Vault, a_round: Round) -> tuple[Invitation, str]:
    invitation = Invitation(new_id(), a_round.id, "personal")
    return invitation, vault.token(invitation.id, 1)


def _code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
