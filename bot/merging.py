"""Letters by post: a file for mail merge, with each family's own link and its code to scan."""

import io
import zipfile
from collections.abc import Mapping, Sequence
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
class Page:
    """One letter, worded: its row under `HEADINGS`, and the link that its code opens."""

    id: int
    row: tuple[str, ...]
    code_file: str
    link: str


def ready(db: Database, now: datetime, vault: Vault, a_round: Round, house: House) -> list[Page]:
    """Every letter that waits and may go. Changes nothing.

    Names and addresses are in the rows: whoever has the file looks after it.
    """
    questionnaire = questionnaires.by_hash(db, a_round.questionnaire_hash)
    assert questionnaire is not None  # noqa: S101 - a foreign key holds it
    may_go = (
        waiting
        for waiting in mailings.queued(db, Channel.LETTER.value, a_round.id)
        if not mailing.why_not(waiting, a_round, now)
    )
    pages = []
    for number, waiting in enumerate(may_go, 1):
        code_file = f"code-{number:05}.svg"
        words = letter(mailing.outgoing(vault, waiting, a_round, questionnaire), house)
        row = _row(number, waiting, _contact(db, vault, waiting), words, code_file)
        pages.append(Page(waiting.id, row, code_file, words.link))
    return pages


def send(
    db: Database, now: datetime, a_round: Round, pages: Sequence[Page], actor: str
) -> list[Page]:
    """Those of `pages` that may still go: they count as sent from now on.

    Those who stopped, opted out or answered since are put aside, as on every channel.
    """
    made = {page.id: page for page in pages}
    sent = []
    for waiting in mailings.queued(db, Channel.LETTER.value, a_round.id):
        reason = mailing.why_not(waiting, a_round, now)
        if reason:
            mailings.mark(db, waiting.id, "failed", reason)
        elif waiting.id in made:
            mailings.mark(db, waiting.id, "sent")
            contacts.approached_by(db, waiting.letter.invitation_id, now)
            sent.append(made[waiting.id])
    staff.log(db, now, actor, "mail merge made", a_round.name, str(len(sent)))
    return sent


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


def code(link: str) -> bytes:
    """The code to scan that opens `link`, as SVG."""
    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", scale=_MODULE, xmldecl=True)
    return drawn.getvalue()


def codes(links: Sequence[str]) -> dict[str, bytes]:
    """The code of each link. Seconds for thousands: away from the event loop and the writer."""
    return {link: code(link) for link in links}


def archive(pages: Sequence[Page], drawn: Mapping[str, bytes]) -> bytes:
    """The list of these letters and the code of each, as one zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("letters.csv", table(pages))
        for page in pages:
            files.writestr(page.code_file, drawn[page.link])
    return out.getvalue()


def table(pages: Sequence[Page]) -> str:
    """The list of these letters, as CSV."""
    return write_csv(HEADINGS, [page.row for page in pages])
