"""Reminders: made when their day comes, for those who may still answer."""

from collections.abc import Sequence
from datetime import datetime

from bot.local_time import LONDON
from storage import mailings, plans, staff
from storage.database import Database
from storage.mailings import Letter
from surveys.invitations import Invited, reminder_channel, slot_due, to_remind
from surveys.plans import RoundPlan
from surveys.records import Round, RoundStatus


def remind_due(db: Database, now: datetime, a_round: Round) -> int:
    """Queue the reminder whose day has come; returns how many families it goes to.

    Done again it makes nothing: each reminder is made once for each invitation.
    """
    plan = plans.of_round(db, a_round.id)
    slot = due_slot(a_round, plan, now)
    if slot is None:
        return 0
    return _remind(db, now, a_round, plan, slot, "clock")


def remind_now(db: Database, now: datetime, a_round: Round, actor: str) -> int:
    """Queue the next reminder though its day has not come; returns how many it goes to."""
    plan = plans.of_round(db, a_round.id)
    if a_round.status is not RoundStatus.OPEN or not a_round.opens_at <= now < a_round.closes_at:
        return 0
    slot = _next_slot(mailings.invited(db, a_round.id), plan)
    return 0 if slot is None else _remind(db, now, a_round, plan, slot, actor)


def count_next(db: Database, a_round: Round, plan: RoundPlan) -> int:
    """How many the next reminder would go to, as things stand; 0 where none is left."""
    invited = mailings.invited(db, a_round.id)
    slot = _next_slot(invited, plan)
    return 0 if slot is None else len(to_remind(invited, slot))


def _next_slot(invited: Sequence[Invited], plan: RoundPlan) -> int | None:
    made = {slot for each in invited for slot in each.reminded}
    left = (slot for slot in range(1, len(plan.reminder_days) + 1) if slot not in made)
    return next(left, None)


def due_slot(a_round: Round, plan: RoundPlan, now: datetime) -> int | None:
    """Which reminder's day has come, counted from when families could first answer."""
    opened = max(a_round.opens_at, a_round.opened_at or a_round.opens_at)
    return slot_due(opened, a_round.closes_at, plan.reminder_days, now)


def _remind(
    db: Database, now: datetime, a_round: Round, plan: RoundPlan, slot: int, actor: str
) -> int:
    letters = [
        letter
        for invitation_id in to_remind(mailings.invited(db, a_round.id), slot)
        if (letter := _letter(db, a_round, plan, invitation_id, slot)) is not None
    ]
    made = mailings.queue(db, letters, now)
    if made:
        day = now.astimezone(LONDON).date().isoformat()
        staff.log(db, now, actor, "reminders queued", a_round.name, f"{made} on {day}")
    return made


def _letter(
    db: Database, a_round: Round, plan: RoundPlan, invitation_id: str, slot: int
) -> Letter | None:
    """Where the family itself speaks with us, or as it would be invited; `None`: no way is left."""
    prefers = mailings.preferred(db, invitation_id)
    # The sort is stable: but for the preferred one, the ways stay in their order.
    ways = sorted(mailings.reach(db, invitation_id), key=lambda way: way.channel is not prefers)
    channel = reminder_channel(
        mailings.used(db, invitation_id), [way.channel for way in ways], plan.channels
    )
    way = next((each for each in ways if each.channel is channel), None)
    return None if way is None else way.letter(invitation_id, a_round.id, "reminder", slot)
