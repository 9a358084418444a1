"""A round that follows another: when the two are one asking, and what that frees it from."""

from bot.errors import RoundRefused
from storage import plans, rounds
from storage.database import Database
from surveys.records import Round, RoundStatus


def of(db: Database, followed_id: str) -> list[Round]:
    """Every round that follows this one."""
    found = (rounds.by_id(db, each) for each in plans.following(db, followed_id))
    return [each for each in found if each is not None]


def is_pair(db: Database, a_round: Round) -> bool:
    """Whether it and the round it follows are one asking.

    They are where that round follows none itself, and no other follow-up of it was opened.
    """
    followed = plans.of_round(db, a_round.id).follows
    if followed is None or plans.of_round(db, followed).follows is not None:
        return False
    return all(each.id == a_round.id or each.opened_at is None for each in of(db, followed))


def check_alone(db: Database, followed: Round, but: str = "", *, drafts: bool = True) -> None:
    """Refuse where another follow-up than `but` is open, or a draft where `drafts` count.

    Raises:
        RoundRefused: families would be asked by both.
    """
    taken = {RoundStatus.OPEN, RoundStatus.DRAFT} if drafts else {RoundStatus.OPEN}
    for each in of(db, followed.id):
        if each.id != but and each.status in taken:
            raise RoundRefused(
                f"{each.name!r} follows {followed.name!r} already and is {_in_words(each.status)}:"
                " the same families would be asked by both. Close it first, or delete the draft."
            )


def exemption(db: Database, a_round: Round) -> str:
    """What a follow-up is free from, and why, for whoever opens it; "" for other rounds."""
    follows = plans.of_round(db, a_round.id).follows
    followed = rounds.by_id(db, follows) if follows else None
    if followed is None:
        return ""
    free = (
        f"It follows {followed.name!r} and asks the same children again, so it does not wait"
        " until families have heard what was done."
    )
    if is_pair(db, a_round):
        return (
            f"{free} The two are one asking: the 28 days between invitations and the two rounds"
            f" a year are not counted from {followed.name!r}. Families whom another round"
            " invited less than 28 days ago are left out."
        )
    return (
        f"{free} It is not the first to follow, so it counts as an asking of its own: 28 days"
        " between invitations, and two rounds a year."
    )


def _in_words(status: RoundStatus) -> str:
    return "a draft" if status is RoundStatus.DRAFT else "open"
