"""Replies by phone or on paper, which an officer enters for a family."""

from datetime import datetime

from bot.contacts import finding
from bot.errors import RoundRefused
from bot.links import GENERATION
from bot.round_ports import Reply
from storage import assists, contacts, invitations, plans, staff
from storage.database import Database
from storage.invitations import Invitation
from storage.vault import Vault, new_id
from surveys.records import Round, RoundStatus

ASSISTED = ("phone", "paper")
OFFICERS = GENERATION + 1
"""Which of an invitation's tokens is the officer's. The family's own is never shown to staff."""


def begin(
    db: Database, now: datetime, vault: Vault, a_round: Round, reply: Reply, actor: str
) -> str:
    """The token under which the officer answers for the family.

    Of a family that was looked up, the reply is the one to its own invitation. Otherwise it
    belongs to no family.

    Raises:
        RoundRefused: the round takes no replies, or this family has answered already.
        ContactsRefused: no family, or more than one, is known by what was given.
    """
    if reply.mode not in ASSISTED:
        raise RoundRefused("Say whether the reply came by phone or on paper.")
    if a_round.status is not RoundStatus.OPEN:
        raise RoundRefused(f"The round {a_round.name!r} is not open.")
    if reply.family.strip() and reply.code.strip():
        raise RoundRefused("Look the family up by its contact or by its letter, not by both.")
    # The log does not say of whom: that and the answers must not meet there.
    staff.log(db, now, actor, "reply entered for a family", a_round.name, reply.mode)
    if reply.code.strip():
        return _on(db, vault, [_by_code(db, a_round, reply.code)], reply.mode)
    if reply.family.strip():
        return _on(db, vault, _of_family(db, now, vault, a_round, reply.family), reply.mode)
    invitation = Invitation(new_id(), a_round.id, "personal", assisted=reply.mode)
    token = vault.token(invitation.id, GENERATION)
    invitations.add(db, invitation, token, now)
    return token


def _by_code(db: Database, a_round: Round, code: str) -> str:
    token = code.strip().rstrip("/").rpartition("/")[2]
    found = invitations.by_token(db, token)
    if found is None or found.round_id != a_round.id:
        raise RoundRefused(
            "No letter of this round has this code. Type it as it is printed, or leave it empty."
        )
    return found.id


def _of_family(db: Database, now: datetime, vault: Vault, a_round: Round, family: str) -> list[str]:
    """The family's invitations to this round; one is made where it has none."""
    contact_id = finding.find(db, vault, family)
    stored = contacts.by_id(db, vault, contact_id)
    if stored is not None and stored.opted_out and stored.is_scrubbed:
        raise RoundRefused(
            "This family had itself erased, so nothing is tied to it. Enter the reply without"
            " looking it up."
        )
    known = assists.of_contact(db, a_round.id, contact_id)
    return known or [_invite(db, now, vault, a_round, contact_id)]


def _invite(db: Database, now: datetime, vault: Vault, a_round: Round, contact_id: str) -> str:
    """An invitation that looks like those made at opening.

    Its own time would tell, after the round is cut, who answered on which day.
    """
    follows = plans.of_round(db, a_round.id).follows
    earlier = invitations.answered_by_contact(db, follows) if follows else {}
    made = Invitation(
        new_id(),
        a_round.id,
        "personal",
        contact_id=contact_id,
        earlier_id=earlier.get(contact_id),
    )
    opened = a_round.opened_at or now
    invitations.add(db, made, vault.token(made.id, GENERATION), opened)
    contacts.approached_by(db, made.id, opened)
    return made.id


def _on(db: Database, vault: Vault, among: list[str], mode: str) -> str:
    """The officer's token for the first of these, unless the family has spoken for itself."""
    said = [each for invitation_id in among for each in assists.said(db, invitation_id)]
    if any(each.finished for each in said):
        raise RoundRefused("This family has answered this round already. Nothing was entered.")
    if any(each.has_answers and each.mode not in ASSISTED for each in said):
        raise RoundRefused(
            "This family has begun to answer by itself, and staff may not see what it said."
            " Ask it to finish there, by the same link or chat. Nothing was entered."
        )
    for each in said:
        if not each.has_answers:
            assists.set_mode(db, each.id, mode)
    token = vault.token(among[0], OFFICERS)
    assists.put(db, among[0], token, mode)
    return token
