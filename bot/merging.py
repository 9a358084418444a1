"""Letters by post: a file for mail merge, with each family's own link and its code to scan."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime

import segno

from bot import links
from bot.languages import offered
from bot.letter import House, letter
from bot.links import GENERATION
from bot.ports import Outgoing
from storage import contacts, mailings, questionnaires, staff
from storage.database import Database
from storage.mailings import Waiting
from storage.vault import Vault
from surveys.invitations import Channel
from surveys.model import Questionnaire
from surveys.records import Round

HEADINGS = (
    "number", "kind", "name", "address", "language", "link", "code_file",
    "subject", "before", "after",
)  # fmt: skip


@dataclass(frozen=True)
class Merged:
    """The mail merge: its CSV, and the picture of each letter's link by file name."""

    count: int
    rows: str
    codes: dict[str, bytes]


def merge(
    db: Database, now: datetime, vault: Vault, a_round: Round, house: House, actor: str
) -> Merged:
    """Take every letter that waits; they count as sent. Addresses are in the file: look after it.

    Those who stopped, opted out or answered since are put aside, as on every channel.
    """
    questionnaire = questionnaires.by_hash(db, a_round.questionnaire_hash)
    assert questionnaire is not None  # noqa: S101 - a foreign key holds it
    file = io.StringIO(newline="")
    rows = csv.writer(file)
    rows.writerow(HEADINGS)
    codes: dict[str, bytes] = {}
    for waiting in mailings.queued(db, Channel.LETTER.value, a_round.id):
        reason = mailings_reason(waiting)
        if reason:
            mailings.mark(db, waiting.id, "failed", reason)
            continue
        name = f"code-{len(codes) + 1:05}.svg"
        link = _write(rows, db, vault, waiting, a_round, questionnaire, house, name)
        codes[name] = _code(link)
        mailings.mark(db, waiting.id, "sent")
        contacts.approached_by(db, waiting.letter.invitation_id, now)
    staff.log(db, now, actor, "mail merge made", a_round.name, str(len(codes)))
    return Merged(len(codes), file.getvalue(), codes)
