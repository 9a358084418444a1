"""Letters by post: a file for mail merge, with each family's own link and its code to scan."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import segno

from analysis.export.csv_text import write_csv
from bot import mailing
from bot.letter import House, Letter, letter
from storage import contacts, invitations, mailings, questionnaires, staff
from storage.database import Database
from storage.mailings import Waiting
from storage.vault import Vault
from surveys.contacts import Contact
from surveys.invitations import Channel
from surveys.records import Round

HEADINGS = (
    "number",
    "kind",
    "name",
    "address",
    "language",
    "link",
    "code_file",
    "subject",
    "before_link",
    "after_link",
)
_MODULE = 4
"""Pixels of one module of a code: about 4 cm wide in print."""


@dataclass(frozen=True)
class Merged:
    """The mail merge: its rows under `HEADINGS`, and each link by the file of its picture.

    The pictures are drawn apart, with `picture`: thousands take longer than parents may wait.
    """

    rows: tuple[tuple[str, ...], ...]
    links: Mapping[str, str]


def merge(
    db: Database, now: datetime, vault: Vault, a_round: Round, house: House, actor: str
) -> Merged:
    """Take every letter that waits; they count as sent from now on.

    Those who stopped, opted out or answered since are put aside, as on every channel.
    Names and addresses are in the rows: whoever has the file looks after it.
    """
    questionnaire = questionnaires.by_hash(db, a_round.questionnaire_hash)
    assert questionnaire is not None  # noqa: S101 - a foreign key holds it
    rows: list[tuple[str, ...]] = []
    links: dict[str, str] = {}
    for waiting in mailings.queued(db, Channel.LETTER.value, a_round.id):
        reason = mailing.why_not(waiting, a_round, now)
        if reason:
            mailings.mark(db, waiting.id, "failed", reason)
            continue
        number = len(rows) + 1
        file_name = f"code-{number:05}.svg"
        words = letter(mailing.outgoing(vault, waiting, a_round, questionnaire), house)
        rows.append(_row(number, waiting, _contact(db, vault, waiting), words, file_name))
        links[file_name] = words.link
        mailings.mark(db, waiting.id, "sent")
        contacts.approached_by(db, waiting.letter.invitation_id, now)
    staff.log(db, now, actor, "mail merge made", a_round.name, str(len(rows)))
    return Merged(tuple(rows), links)


def _contact(db: Database, vault: Vault, waiting: Waiting) -> Contact:
    invitation = invitations.by_id(db, waiting.letter.invitation_id)
    stored = (
        contacts.by_id(db, vault, invitation.contact_id)
        if invitation is not None and invitation.contact_id is not None
        else None
    )
    return stored.contact if stored else Contact()


def _row(
    number: int, waiting: Waiting, contact: Contact, words: Letter, file_name: str
) -> tuple[str, ...]:
    return (
        str(number),
        waiting.letter.kind,
        contact.name,
        contact.address,
        words.language,
        words.link,
        file_name,
        words.subject,
        "\n\n".join(words.before),
        "\n\n".join(words.after),
    )


def picture(link: str) -> bytes:
    """The code to scan that opens `link`, as SVG."""
    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", scale=_MODULE, xmldecl=True)
    return drawn.getvalue()


def archive(merged: Merged) -> bytes:
    """All of it as one zip. Seconds for thousands: away from the event loop and the writer."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("letters.csv", write_csv(HEADINGS, merged.rows))
        for file_name, link in merged.links.items():
            files.writestr(file_name, picture(link))
    return out.getvalue()
