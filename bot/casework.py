"""Working safeguarding cases: what waits, how to reach the family, taking on and closing.

A case outlives its words: a parent who erases takes those, and the note stays until somebody
has dealt with it.
"""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from bot.case_ports import CaseSeen, Reach, Step
from bot.comments import name_of, question_words
from bot.errors import CaseRefused
from bot.working_days import same_day
from storage import cases, comments, contacts, invitations, questionnaires, staff
from storage.database import Database
from storage.errors import KeysMissing
from storage.vault import Vault
from surveys.records import CaseRecord

CLOSED_DAYS = 30
"""For how many days a closed case is listed."""
NOTE_LETTERS = 4000
"""The longest note, in letters."""

_STEPS = {
    "case opened": "Opened",
    "case acknowledged": "Taken on",
    "case contact shown": "Shown how to reach the family",
    "case closed": "Closed",
}


def waiting(db: Database, vault: Vault) -> tuple[CaseSeen, ...]:
    """Every case that is not closed, the oldest first."""
    return tuple(_seen(db, vault, each) for each in cases.waiting(db))


def closed(db: Database, vault: Vault, now: datetime) -> tuple[CaseSeen, ...]:
    """Those closed in the last 30 days, the latest first."""
    since = now - timedelta(days=CLOSED_DAYS)
    return tuple(_seen(db, vault, each) for each in cases.closed_since(db, since))


def one(db: Database, vault: Vault, case_id: str) -> CaseSeen:
    """The case with this id, and every step of it in the audit log.

    Raises:
        CaseRefused: there is none.
    """
    steps = (
        Step(each.at, name_of(db, each.actor), _STEPS.get(each.action, each.action))
        for each in cases.steps(db, case_id)
    )
    return replace(_seen(db, vault, _found(db, case_id)), steps=tuple(steps))


def reach(db: Database, now: datetime, vault: Vault, case_id: str, actor: str) -> tuple[Reach, ...]:
    """How to reach the family of a case, each way once. That it was shown is logged.

    Raises:
        CaseRefused: there is no such case, or it is closed.
    """
    if _found(db, case_id).is_closed:
        raise CaseRefused("This case is closed: how to reach the family is not shown any more.")
    sealed, _ = cases.sealed(db, case_id)
    kept = _contact(vault, sealed)
    staff.log(db, now, actor, "case contact shown", case_id)
    return (*_listed(db, vault, kept.get("invitation", "")), *_chat(kept))


def acknowledge(db: Database, now: datetime, case_id: str, actor: str) -> None:
    """This person takes the case on.

    Raises:
        CaseRefused: there is none, somebody has taken it on already, or it is closed.
    """
    if not cases.acknowledge(db, case_id, now, actor):
        case = _found(db, case_id)
        done = "closed" if case.is_closed else "taken on"
        by = name_of(db, case.closed_by if case.is_closed else case.acknowledged_by)
        raise CaseRefused(f"Nothing changed: this case was {done} already by {by or 'somebody'}.")
    staff.log(db, now, actor, "case acknowledged", case_id)


def close(db: Database, now: datetime, vault: Vault, case_id: str, note: str, actor: str) -> None:
    """The matter is dealt with, as the note says.

    Raises:
        CaseRefused: the note is empty or too long, there is no such case, or it is closed.
    """
    said = note.strip()
    if not said:
        raise CaseRefused("Say in the note what was done. The case is still open.")
    if len(said) > NOTE_LETTERS:
        raise CaseRefused(
            f"The note has {len(said):,} letters: {NOTE_LETTERS:,} is the most."
            " The case is still open."
        )
    if not comments.close_case(db, case_id, now, actor, vault.seal(said)):
        case = _found(db, case_id)
        by = name_of(db, case.closed_by) or "somebody"
        raise CaseRefused(
            f"Nothing changed: this case was closed already by {by}. Your note was not kept."
        )
    staff.log(db, now, actor, "case closed", case_id)


def _found(db: Database, case_id: str) -> CaseRecord:
    case = cases.by_id(db, case_id)
    if case is None:
        raise CaseRefused(
            f"There is no case {case_id!r}. See the open ones with: sendvoice cases waiting"
        )
    return case


def _seen(db: Database, vault: Vault, case: CaseRecord) -> CaseSeen:
    _, note = cases.sealed(db, case.id)
    form = questionnaires.by_hash(db, case.questionnaire_hash)
    return CaseSeen(
        case,
        question_words(case.question_key, form),
        same_day(case.opened_at),
        name_of(db, case.acknowledged_by),
        name_of(db, case.closed_by),
        _note(vault, note),
    )


def _contact(vault: Vault, sealed: str) -> dict[str, str]:
    try:
        kept: dict[str, str] = json.loads(vault.unseal(sealed)) if sealed else {}
    except KeysMissing as error:
        raise CaseRefused(f"How to reach the family cannot be read. {error}") from error
    return kept


def _note(vault: Vault, sealed: str) -> str:
    """One note that cannot be read hides no other case."""
    try:
        return vault.unseal(sealed) if sealed else ""
    except KeysMissing as error:
        return f"The note cannot be read. {error}"


def _listed(db: Database, vault: Vault, invitation_id: str) -> tuple[Reach, ...]:
    """What the council's list has of the family, while it is there."""
    invitation = invitations.by_id(db, invitation_id)
    if invitation is None or invitation.contact_id is None:
        return ()
    stored = contacts.by_id(db, vault, invitation.contact_id)
    if stored is None:
        return ()
    found = stored.contact
    ways = (
        Reach("Your reference", found.reference),
        Reach("Name", found.name),
        Reach("Mobile phone", found.phone),
        Reach("Email", found.email),
        Reach("Address", found.address),
        Reach("Language", found.language),
    )
    return tuple(each for each in ways if each.address)


def _chat(kept: dict[str, str]) -> tuple[Reach, ...]:
    """The chat they wrote in, which stays known when all else is erased."""
    if not kept.get("address"):
        return ()
    return (Reach(f"{kept['channel'].capitalize()} chat", kept["address"]),)
