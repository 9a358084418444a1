"""Erasing one family for good: as a parent asks in the chat, or as staff do for one who calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from yarl import URL

from bot.errors import ErasingRefused
from storage import erasing, invitations, releases, rounds, staff
from storage.database import Database
from storage.invitations import Invitation
from surveys.records import Round, RoundStatus

_TOLD_BY_BOT = ", which the bot tells them when they send /web"


@dataclass(frozen=True)
class Held:
    """What is held on one invitation. `goes` and `cases` count rows; cases stay.

    `also` are the names of other rounds whose unused links go too, and `stays` of those in
    which the family has a link that is not touched.
    `is_cut`: nobody can say which answers were this family's, so those stay too.
    `is_released`: figures that counted the answers are out, and stand.
    """

    invitation: Invitation
    round: Round
    goes: Mapping[str, int]
    cases: int
    is_cut: bool
    is_released: bool
    also: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()


def find(db: Database, code: str, *, has_bot: bool = False) -> Held:
    """What is held on the invitation with this code, or with this web link.

    `has_bot`: the service has a Telegram bot, which tells a family its code.

    Raises:
        ErasingRefused: there is no such invitation.
    """
    invitation = invitations.by_token(db, _token(code.strip()))
    found = invitation and rounds.by_id(db, invitation.round_id)
    if invitation is None or not found:
        raise ErasingRefused(
            "No invitation has this code: it is mistyped, or it is erased already. It is the last"
            f" part of the family's own link{_TOLD_BY_BOT if has_bot else ', after /c/'}."
        )
    goes, cases = erasing.traces(db, invitation.id)
    is_closed = found.status is RoundStatus.CLOSED
    is_released = releases.current(db, found.id) is not None
    is_cut = is_closed and is_released and not found.linked
    also = tuple(erasing.rounds_reached(db, invitation.id))
    stays = tuple(erasing.rounds_left(db, invitation.id))
    return Held(invitation, found, goes, cases, is_cut, is_released, also, stays)


def erase(db: Database, now: datetime, invitation: Invitation, a_round: Round, actor: str) -> None:
    """Remove every trace of a family from one round, for good and after any restore.

    Fold the log away afterwards (`storage.database.truncate_log`).
    """
    erasing.erase(db, invitation.id, now)
    staff.log(db, now, actor, "answers erased", a_round.name)


def _token(code: str) -> str:
    """The code within a web link (/c/CODE) or a link to the bot (?start=CODE), or itself."""
    link = URL(code)
    before, _, after = link.path.partition("/c/")
    return link.query.get("start") or after.partition("/")[0] or before
