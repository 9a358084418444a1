"""Letters by post: a file for mail merge, with each family's own link and its code to scan."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import segno

from analysis.export.csv_text import write_csv
from bot import mailing
from bot.errors import RoundRefused
from bot.letter import House, Letter, letter
from storage import contacts, invitations, mailings, merges, questionnaires, staff
from storage.database import Database
from storage.mailings import Waiting
from storage.merges import Merge
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


GONE = "erased, or no record is left"
ANOTHER = "another letter to this family was in the same mail merge"
NO_ADDRESS = "no postal address any more"


@dataclass(frozen=True)
class Page:
    """One letter, worded: its row under `HEADINGS`, and the link that its code opens."""

    id: int
    number: int
    row: tuple[str, ...]
    code_file: str
    link: str


@dataclass(frozen=True)
class Standing:
    """A mail merge that was made: the letters that may go again, and why others may not.

    `left_out` counts letters by reason; with `again` they are all `merge.letters`.
    """

    merge: Merge
    again: int
    left_out: Mapping[str, int]


def ready(db: Database, now: datetime, vault: Vault, a_round: Round, house: House) -> list[Page]:
    """Every letter that waits and may go. Changes nothing.

    Names and addresses are in the rows: whoever has the file looks after it.
    """
    may_go = (waiting for waiting, reason in _waiting(db, now, a_round) if not reason)
    return _pages(db, vault, a_round, house, enumerate(may_go, 1))


def ready_again(
    db: Database, now: datetime, vault: Vault, a_round: Round, house: House, merge_id: int
) -> list[Page]:
    """Every letter of a mail merge that may go again, with its number, link and code.

    Changes nothing. The address is the one that is held now.

    Raises:
        RoundRefused: the round has no such mail merge.
    """
    may_go, _ = _may_go_again(db, now, a_round, find(db, a_round, merge_id))
    return _pages(db, vault, a_round, house, may_go)


def send(
    db: Database, now: datetime, a_round: Round, pages: Sequence[Page], actor: str
) -> list[Page]:
    """Those of `pages` that may still go: they count as sent from now on.

    Those who stopped, opted out or answered since are put aside, as on every channel.
    """
    made = {page.id: page for page in pages}
    sent = []
    for waiting, reason in _waiting(db, now, a_round):
        if reason:
            mailings.mark(db, waiting.id, "failed", reason)
        elif waiting.id in made:
            mailings.claim(db, waiting.id, now)
            mailings.mark(db, waiting.id, "sent")
            contacts.approached_by(db, waiting.letter.invitation_id, now)
            sent.append(made[waiting.id])
    if sent:
        merges.add(db, a_round.id, now, {page.id: page.number for page in sent})
        staff.log(db, now, actor, "mail merge made", a_round.name, str(len(sent)))
    return sent


def send_again(
    db: Database, now: datetime, a_round: Round, merge_id: int, pages: Sequence[Page], actor: str
) -> tuple[list[Page], Standing]:
    """Those of `pages` that may still go again; nothing else is marked, and it is logged.

    Raises:
        RoundRefused: the round has no such mail merge.
    """
    standing = stands(db, now, a_round, find(db, a_round, merge_id))
    may_go, _ = _may_go_again(db, now, a_round, standing.merge)
    still = {waiting.id for _, waiting in may_go}
    sent = [page for page in pages if page.id in still]
    detail = f"number {merge_id}: {len(sent)} of {standing.merge.letters}"
    staff.log(db, now, actor, "mail merge made again", a_round.name, detail)
    return sent, standing


def made(db: Database, now: datetime, a_round: Round) -> list[Standing]:
    """The round's mail merges as they stand now, the newest first."""
    return [stands(db, now, a_round, each) for each in merges.of_round(db, a_round.id)]


def stands(db: Database, now: datetime, a_round: Round, merge: Merge) -> Standing:
    """How many of its letters may go again, and why the others may not."""
    may_go, left_out = _may_go_again(db, now, a_round, merge)
    return Standing(merge, len(may_go), left_out)


def find(db: Database, a_round: Round, merge_id: int) -> Merge:
    """The mail merge of this round with this number.

    Raises:
        RoundRefused: there is none.
    """
    for merge in merges.of_round(db, a_round.id):
        if merge.id == merge_id:
            return merge
    raise RoundRefused(f"The round {a_round.name!r} has no mail merge number {merge_id}.")


def _waiting(db: Database, now: datetime, a_round: Round) -> Iterator[tuple[Waiting, str]]:
    """Every letter that waits, and why it may not go, or "". A family gets one, its first."""
    named = set[str]()
    for waiting in mailings.queued(db, Channel.LETTER.value, a_round.id):
        reason = mailing.why_not(waiting, a_round, now)
        if not reason and waiting.letter.invitation_id in named:
            reason = ANOTHER
        named.add(waiting.letter.invitation_id)
        yield waiting, reason


def _may_go_again(
    db: Database, now: datetime, a_round: Round, merge: Merge
) -> tuple[list[tuple[int, Waiting]], dict[str, int]]:
    may_go, left_out = [], Counter[str]()
    for number, waiting in mailings.merged(db, merge.id):
        no_address = "" if _reached(db, waiting) else NO_ADDRESS
        if reason := mailing.why_not(waiting, a_round, now) or no_address:
            left_out[reason] += 1
        else:
            may_go.append((number, waiting))
    if gone := merge.letters - len(may_go) - left_out.total():
        left_out[GONE] = gone
    return may_go, dict(left_out)


def _pages(
    db: Database,
    vault: Vault,
    a_round: Round,
    house: House,
    numbered: Iterable[tuple[int, Waiting]],
) -> list[Page]:
    questionnaire = questionnaires.by_hash(db, a_round.questionnaire_hash)
    assert questionnaire is not None  # noqa: S101 - a foreign key holds it
    pages = []
    for number, waiting in numbered:
        code_file = f"code-{number:05}.svg"
        words = letter(mailing.outgoing(vault, waiting, a_round, questionnaire), house)
        row = _row(number, waiting, _contact(db, vault, waiting), words, code_file)
        pages.append(Page(waiting.id, number, row, code_file, words.link))
    return pages


def _reached(db: Database, waiting: Waiting) -> bool:
    ways = mailings.reach(db, waiting.letter.invitation_id)
    return any(each.channel is Channel.LETTER for each in ways)


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
