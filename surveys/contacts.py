"""A family as the council's list has it."""

from dataclasses import dataclass

from surveys.invitations import Channel, Child


@dataclass(frozen=True)
class Contact:
    """One family and how to reach it, in plain text; storage seals all but codes.

    `reference` is the council's own for the family. `email` is in lower case, `phone`
    in E.164 ("+447700900123"). "" is not known. `prefers` is `None` where the list
    does not say.
    """

    reference: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    language: str = ""
    prefers: Channel | None = None
    children: tuple[Child, ...] = ()
