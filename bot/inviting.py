"""Whom a round asks: looked at before, and queued when it opens."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from bot import follow_ups
from bot.errors import RoundRefused
from bot.round_ports import AudienceSeen
from storage import contacts, following, invitations, mailings, plans, rounds, staff
from storage.database import Database
from storage.invitations import Invitation
from storage.mailings import Letter
from storage.vault import Vault, new_id
from surveys.invitations import Budget, Decision, Family, Wanted, decide
from surveys.plans import RoundPlan
from surveys.records import Round, RoundStatus


def audience(
    db: Database, now: datetime, a_round: Round, *, over_budget: bool = False
) -> AudienceSeen:
    """What inviting now would do. Changes nothing."""
    decisions = _decide(db, now, a_round, plans.of_round(db, a_round.id), over_budget=over_budget)
    asked = [(each, each.channel) for each in decisions if each.channel is not None]
    return AudienceSeen(
        families=len(decisions),
        by_channel=Counter(channel for _, channel in asked),
        by_phase=Counter((phase, channel) for each, channel in asked for phase in each.phases),
        excluded=Counter(each.excluded for each in decisions if each.excluded is not None),
    )


def invite(
    db: Database,
    now: datetime,
    vault: Vault,
    a_round: Round,
    actor: str,
    *,
    over_budget: str = "",
) -> int:
    """Queue an invitation to every family that is due one; returns how many.

    Done again it invites those who have come to the contacts since, and nobody twice.
    `over_budget` is the reason why a named role asks families more often than the
    contact budget allows, which is logged; blanks are none.

    Raises:
        RoundRefused: the round is not open.
    """
    if a_round.status is not RoundStatus.OPEN:
        raise RoundRefused(f"The round {a_round.name!r} is not open: open it to invite families.")
    over_budget = over_budget.strip()
    plan = plans.of_round(db, a_round.id)
    decisions = _decide(db, now, a_round, plan, over_budget=bool(over_budget))
    asked = [each for each in decisions if each.channel is not None]
    ties = _ties(db, a_round, plan)
    made = [_invitation(a_round, *ties(each.family_id)) for each in asked]
    invitations.add_many(db, ((each, vault.token(each.id, 1)) for each in made), now)
    letters = (_letter(db, *both) for both in zip(made, asked, strict=True))
    mailings.queue(db, letters, due_at=max(now, a_round.opens_at))
    if over_budget:
        staff.log(db, now, actor, "contact budget exceeded", a_round.name, over_budget)
    staff.log(db, now, actor, "families invited", a_round.name, str(len(asked)))
    return len(asked)


def _decide(
    db: Database, now: datetime, a_round: Round, plan: RoundPlan, *, over_budget: bool
) -> tuple[Decision, ...]:
    follows = plan.follows
    pair = follow_ups.is_pair(db, a_round)
    families = contacts.families(db, a_round.id, pair=(follows,) if follows and pair else ())
    if follows:
        same = invitations.answered_by_contact(db, follows)
        families = [each for each in families if each.id in same]
        families += _in_chats(db, a_round, plan)
    wanted = Wanted(
        phases=() if follows else (plan.audience.phases or a_round.phases),
        settings=() if follows else plan.audience.settings,
        provisions=() if follows else plan.audience.provisions,
        channels=plan.channels,
        budget=None if over_budget else Budget(None) if pair else Budget(),
    )
    return decide(families, wanted, now)


def _invitation(a_round: Round, contact_id: str | None, earlier_id: str | None) -> Invitation:
    return Invitation(
        new_id(), a_round.id, "personal", contact_id=contact_id, earlier_id=earlier_id
    )


def _ties(
    db: Database, a_round: Round, plan: RoundPlan
) -> Callable[[str], tuple[str | None, str | None]]:
    """For a family that is decided on, its contact and its invitation to the round before."""
    if not plan.follows:
        return lambda family_id: (family_id, None)
    earlier = invitations.answered_by_contact(db, plan.follows)
    in_chats = {each.id for each in _in_chats(db, a_round, plan)}
    users = following.contacts_of(db, plan.follows)

    def tied(family_id: str) -> tuple[str | None, str | None]:
        if family_id in in_chats:
            return users.get(family_id), family_id
        return family_id, earlier.get(family_id)

    return tied


def _in_chats(db: Database, a_round: Round, plan: RoundPlan) -> list[Family]:
    """Families of the round before who are no contacts, and can be asked in their chats."""
    return following.families(db, plan.follows, a_round.id) if plan.follows else []


def _letter(db: Database, invitation: Invitation, decision: Decision) -> Letter:
    way = next(
        each for each in mailings.reach(db, invitation.id) if each.channel is decision.channel
    )
    return way.letter(invitation.id, invitation.round_id, "invitation", 1)


def find_followed(db: Database, name: str) -> Round:
    """The round a new one may follow.

    Raises:
        RoundRefused: there is none of this name, or it is anonymous: nobody can be asked again.
    """
    found = rounds.by_name(db, name)
    if found is None:
        raise RoundRefused(f"There is no round {name!r} to follow. See: sendvoice round list")
    if not found.linked:
        raise RoundRefused(
            f"The round {found.name!r} is anonymous: who answered is not known, so the same"
            " children cannot be asked again. Follow a linked round."
        )
    if found.status is RoundStatus.DRAFT:
        raise RoundRefused(f"The round {found.name!r} was never opened: nobody answered it.")
    return found
