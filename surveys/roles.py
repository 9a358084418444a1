"""Who does what in the SEND team."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff is there for. One person may have several roles."""

    OFFICER = "officer"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: Mapping[Role, str] = {
    Role.OFFICER: "SEND officer",
    Role.SAFEGUARDING_LEAD: "safeguarding lead",
    Role.ANALYST: "analyst",
    Role.ADMINISTRATOR: "administrator",
}
"""Each role as staff say it, in the middle of a sentence."""

ROLE_DUTIES: Mapping[Role, str] = {
    Role.OFFICER: "Opens and closes rounds, and reads comments.",
    Role.SAFEGUARDING_LEAD: "Works safeguarding cases, and reads comments, the urgent ones first.",
    Role.ANALYST: "Reads releases and the strategy view.",
    Role.ADMINISTRATOR: "Adds staff, and changes what they may do.",
}
"""What each role opens, in one sentence."""


def in_order(roles: Iterable[Role]) -> tuple[Role, ...]:
    """Each role once, in the order of the enumeration."""
    held = set(roles)
    return tuple(role for role in Role if role in held)


def in_words(roles: Iterable[Role], joint: str = "and") -> str:
    """The roles as words, such as "SEND officer and analyst"."""
    *first, last = [ROLE_NAMES[role] for role in in_order(roles)] or ["no role"]
    return f"{', '.join(first)} {joint} {last}" if first else last
