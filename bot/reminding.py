"""Reminders: made when their day comes, for those who may still answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.errors import RoundRefused
from bot.local_time import LONDON, moment_in_words
from bot.round_ports import ReminderSeen
from storage import mailings, plans, staff
from storage.database import Database
from storage.mailings import Letter
from surveys.invitations import (
    LEAST_GAP,
    Channel,
    Invited,
    gap_before,
    reminder_channel,
    slot_due,
    to_remind,
)
from surveys.plans import RoundPlan
from surveys.records import Round, RoundStatus


def remind_due(db: Database, now: datetime, a_round: Round) -> int:
    """Queue the reminder whose day has come; returns how many families it goes to.

    Done again it makes nothing: each reminder is made once for each invitation. Whose last
    message is too young by the plan, or has yet to leave, gets it when that is over.
    """
    plan = plans.of_round(db, a_round.id)
    slot = due_slot(a_round, plan, now)
    if slot is None:
        return 0
    asked = to_remind(
        mailings.invited(db, a_round.id), slot, now, gap_before(plan.reminder_days, slot)
    )
    return _queue(db, now, a_round, _letters(db, a_round, plan, asked, slot), "clock")


def remind_now(db: Database, now: datetime, a_round: Round, actor: str) -> int:
    """Queue the next reminder though its day has not come; returns how many it goes to.

    Raises:
        RoundRefused: it may not go now; the message says why, and when it may.
    """
    plan = plans.of_round(db, a_round.id)
    reason, letters = _next(db, now, a_round, plan)
    if reason:
        raise RoundRefused(reason)
    return _queue(db, now, a_round, letters, actor)


def standing(db: Database, now: datetime, a_round: Round, plan: RoundPlan) -> ReminderSeen:
    """What reminding now would do, but for the channels. Changes nothing."""
    invited = mailings.invited(db, a_round.id)
    slot = _next_slot(invited, plan)
    asked = to_remind(invited, slot, now) if slot else ()
    return ReminderSeen(
        families=len(asked),
        held_back=len(_too_young(invited, slot, now)),
        last_at=mailings.last_reminder(db, a_round.id),
        why_not=_why_not(a_round, plan, invited, now),
    )


def look(db: Database, now: datetime, a_round: Round) -> ReminderSeen:
    """What reminding now would do, with the channels. Changes nothing."""
    plan = plans.of_round(db, a_round.id)
    reason, letters = _next(db, now, a_round, plan)
    channels = Counter(Channel(each.channel) for each in letters)
    return replace(standing(db, now, a_round, plan), why_not=reason, by_channel=channels)


def _next(db: Database, now: datetime, a_round: Round, plan: RoundPlan) -> tuple[str, list[Letter]]:
    """Why nobody can be reminded by hand now, or ""; and else the letters of it."""
    invited = mailings.invited(db, a_round.id)
    slot = _next_slot(invited, plan)
    reason = _why_not(a_round, plan, invited, now)
    if reason or slot is None:
        return reason, []
    letters = _letters(db, a_round, plan, to_remind(invited, slot, now), slot)
    return ("" if letters else "None of the families that are left can be reached."), letters


def is_due(db: Database, now: datetime, a_round: Round, plan: RoundPlan) -> bool:
    """Whether a reminder's day has come, and somebody is to get it."""
    slot = due_slot(a_round, plan, now)
    if slot is None:
        return False
    gap = gap_before(plan.reminder_days, slot)
    return bool(to_remind(mailings.invited(db, a_round.id), slot, now, gap))


def _next_slot(invited: Sequence[Invited], plan: RoundPlan) -> int | None:
    made = {slot for each in invited for slot in each.reminded}
    left = (slot for slot in range(1, len(plan.reminder_days) + 1) if slot not in made)
    return next(left, None)


def _why_not(a_round: Round, plan: RoundPlan, invited: Sequence[Invited], now: datetime) -> str:
    """Why nobody can be reminded by hand now, or ""."""
    if a_round.status is not RoundStatus.OPEN or not a_round.opens_at <= now < a_round.closes_at:
        return f"The round {a_round.name!r} takes no answers now, so nobody is reminded."
    slot = _next_slot(invited, plan)
    if slot is None:
        planned = len(plan.reminder_days)
        return "Every reminder of its plan was made." if planned else "Its plan has no reminders."
    if waiting := _on_their_way(invited):
        return waiting
    if to_remind(invited, slot, now):
        return ""
    young = _too_young(invited, slot, now)
    if not young:
        return "Nobody is left to remind: every family answered, stopped or had this reminder."
    return (
        "Every family that is left had a message less than a day ago. The first can be reminded"
        f" from {moment_in_words(min(young) + LEAST_GAP)} on."
    )


def _on_their_way(invited: Sequence[Invited]) -> str:
    """What has yet to leave before anybody is reminded, in words, or ""."""
    waiting = Counter(each.waiting for each in invited if each.waiting and each.may_answer)
    letters = waiting.pop(Channel.LETTER.value, 0)
    others = waiting.total()
    if others:
        are = "message is" if others == 1 else "messages are"
        return (
            f"{others:,} {are} still on the way, by {' and '.join(sorted(waiting))}. Families can"
            " be reminded when all have left, and a day after their own."
        )
    if letters:
        wait = "letter waits" if letters == 1 else "letters wait"
        return (
            f"{letters:,} {wait} to be downloaded and sent. Families can be reminded a day after"
            " that."
        )
    return ""


def _too_young(invited: Sequence[Invited], slot: int | None, now: datetime) -> list[datetime]:
    """When the last message left of each who would be reminded, but for its being too young."""
    soon = now + timedelta(days=365)
    left = set(to_remind(invited, slot, soon)) - set(to_remind(invited, slot, now)) if slot else ()
    return [each.last_at for each in invited if each.id in left and each.last_at is not None]


def due_slot(a_round: Round, plan: RoundPlan, now: datetime) -> int | None:
    """Which reminder's day has come, counted from when families could first answer."""
    opened = max(a_round.opens_at, a_round.opened_at or a_round.opens_at)
    return slot_due(opened, a_round.closes_at, plan.reminder_days, now)


def _letters(
    db: Database, a_round: Round, plan: RoundPlan, asked: Sequence[str], slot: int
) -> list[Letter]:
    made = (_letter(db, a_round, plan, invitation_id, slot) for invitation_id in asked)
    return [letter for letter in made if letter is not None]


def _queue(
    db: Database, now: datetime, a_round: Round, letters: Sequence[Letter], actor: str
) -> int:
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
