"""Files for analysts, from what is stored to an export, and who may have records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot import accounts
from bot.errors import ExportingRefused, RoundRefused
from bot.rounds import find
from bot.staff_ports import actor_of
from storage import columns, funnel, questionnaires, releases, staff
from storage.database import Database
from storage.vault import Vault
from surveys.model import Questionnaire
from surveys.records import Round
from surveys.roles import Role

if TYPE_CHECKING:
    from analysis.export import Export, Source
    from analysis.export.metrics import Release


class Kind(StrEnum):
    """What an export holds."""

    METRICS = "metrics"
    ITEMS = "items"
    RESPONSES = "responses"
    COMMENTS = "comments"
    CODEBOOK = "codebook"
    ALL = "all"


RECORDS = frozenset({Kind.RESPONSES, Kind.COMMENTS, Kind.ALL})
"""Kinds with a row a person. They need an analyst, or a named override with its reason."""

EVERYTHING = (Kind.METRICS, Kind.ITEMS, Kind.RESPONSES, Kind.CODEBOOK)
"""What "all" writes."""

NO_COMMENTS = (
    "Comments are not exported yet: nothing takes out the names of children, people and places"
    " that parents write in them. Staff read them with: sendvoice comments waiting"
)
NOBODY_NAMED = (
    "A file with a row for every response is for analysts. Say who takes it: --by with the"
    " e-mail address of an analyst's account; or --by with a name and --override-reason with"
    " the reason. It is written in the audit log."
)


@dataclass(frozen=True)
class Leave:
    """Who takes a file of records. `reason` is "" for an analyst; `name` for an override."""

    actor: str
    name: str = ""
    reason: str = ""


def leave(db: Database, vault: Vault, taken_by: str, reason: str, actor: str) -> Leave:
    """That this person may take records: an account's e-mail address, or a name with a reason.

    Raises:
        ExportingRefused: nobody is named, or who is named is no analyst and gives no reason.
        AccountRefused: there is no account with this e-mail address.
    """
    name, why = taken_by.strip(), reason.strip()
    if not name or ("@" not in name and not why):
        raise ExportingRefused(NOBODY_NAMED)
    if "@" not in name:
        return Leave(actor, name, why)
    account = accounts.find(db, vault, name)
    if account.can_sign_in and Role.ANALYST in account.roles:
        return Leave(actor_of(account.id))
    if not why:
        raise ExportingRefused(f"{name} is no analyst who can sign in. {NOBODY_NAMED}")
    return Leave(actor_of(account.id), account.name, why)


def note(
    db: Database, now: datetime, given: Leave, kind: Kind, rounds: Sequence[str], form: str
) -> None:
    """Write in the audit log that records are taken, before they are."""
    action = f"{kind.value} exported"
    subject, detail = ", ".join(rounds), form
    if given.reason:
        action, detail = f"{action} by override", f"{form}; {given.name}: {given.reason}"
    staff.log(db, now, given.actor, action, subject, detail)


def export(db: Database, kind: Kind, round_names: Sequence[str]) -> "Export":
    """The metrics, items, responses or codebook of closed rounds; the oldest round first.

    Raises:
        RoundRefused: there is no such round, it is named twice, or it has no release yet.
        ExportRefused: the file would say too much about too few, or mix what differs.
        ExportingRefused: comments are asked for.
    """
    if kind is Kind.COMMENTS:
        raise ExportingRefused(NO_COMMENTS)
    rounds = _rounds(db, round_names)
    made = [release_of(db, each) for each in rounds]
    from analysis import export as files  # noqa: PLC0415 - only an export needs them

    code = version("send-voice")
    match kind:
        case Kind.METRICS:
            return files.metrics_export(made, code)
        case Kind.ITEMS:
            return files.items_export(made, code)
        case Kind.CODEBOOK:
            return files.codebook_export(made, [_questionnaire(db, each) for each in rounds], code)
    return files.responses_export(made, [_source(db, r) for r in rounds], code)


def _rounds(db: Database, names: Sequence[str]) -> list[Round]:
    found = {each.id: each for each in (find(db, name) for name in names)}
    if len(found) < len(names):
        raise RoundRefused("A round is named twice. Name each round once.")
    return sorted(found.values(), key=lambda each: (each.closes_at, each.name))


def release_of(db: Database, a_round: Round) -> "Release":
    """The round's current release.

    Raises:
        RoundRefused: it has none yet.
    """
    release = releases.current(db, a_round.id)
    if release is None:
        raise RoundRefused(
            f"The round {a_round.name!r} has no release yet. Close it with: sendvoice round close"
        )
    return release


def _questionnaire(db: Database, a_round: Round) -> Questionnaire:
    questionnaire = questionnaires.by_hash(db, a_round.questionnaire_hash)
    assert questionnaire is not None  # noqa: S101 - a foreign key holds it
    return questionnaire


def _source(db: Database, a_round: Round) -> "Source":
    from analysis.export import Source  # noqa: PLC0415 - only an export needs them
    from analysis.frames import as_frames  # noqa: PLC0415 - brings pandas

    read = columns.read(db, a_round.id)
    gave = sum(row.started for row in funnel.of_round(db, a_round.id))
    if len(read.ids) < a_round.threshold <= gave:
        raise RoundRefused(
            f"{gave:,} children were answered for in the round {a_round.name!r}; their answers"
            " are kept no longer. Its figures stand: sendvoice export metrics"
        )
    answers = as_frames(_questionnaire(db, a_round), read, a_round.moment)
    return Source(a_round.name, answers, str(release_of(db, a_round)["hash"]), a_round.threshold)
