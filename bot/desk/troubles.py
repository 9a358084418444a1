"""What staff are told of troubles: what happened, since when, what to do, and who can."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiohttp import web
from markupsafe import Markup

from bot.local_time import moment_in_words
from bot.pages.keys import ACCOUNTS, DESK
from bot.ports import Trouble, TroubleKind

MACHINE = "Only the people who look after the machine that this service runs on can put it right."

_BANNER = Markup('<div class="banner"><p>{heading}</p></div><div class="inset">{lines}</div>')
_LINE = Markup("<p>{line}</p>")


@dataclass(frozen=True)
class Told:
    """One trouble in words."""

    heading: str
    lines: tuple[str, ...]


TROUBLES = web.RequestKey("troubles", tuple[Told, ...])


async def note_troubles(request: web.Request) -> None:
    """Find out what the pages of this request must tell of."""
    found = await request.app[DESK].troubles()
    names = await request.app[ACCOUNTS].administrators() if found else ()
    request[TROUBLES] = tuple(in_words(each, names) for each in found)


def in_words(trouble: Trouble, administrators: tuple[str, ...]) -> Told:
    """A trouble as every role is told of it. `administrators` are those to ask, by name."""
    told = _WORDS[trouble.kind](trouble)
    if not administrators:
        return told
    ask = f"If you do not know who that is, ask an administrator: {', '.join(administrators)}."
    return Told(told.heading, (*told.lines, ask))


def above(html: str, troubles: tuple[Told, ...]) -> str:
    """A self-contained page of another room, with the troubles at the top of its content."""
    before, main, after = html.partition('<main id="main">')
    banners = (
        _BANNER.format(
            heading=each.heading,
            lines=Markup().join(_LINE.format(line=line) for line in each.lines),
        )
        for each in troubles
    )
    return f"{before}{main}{''.join(banners)}{after}"


def _disk_full(trouble: Trouble) -> Told:
    what = (
        f"This has been so since {moment_in_words(trouble.since)}. Families are told that an"
        " answer was not saved, and are asked to send it again. All that was saved is safe."
    )
    do = (
        f"{MACHINE} They should make room on its disk. Saving then goes on by itself, and this"
        " notice goes within minutes."
    )
    return Told("Nothing can be saved: the disk is full", (what, do))


def _backup_failed(trouble: Trouble) -> Told:
    what = f"Backups have failed since {moment_in_words(trouble.since)}. {_at_risk(trouble)}"
    do = (
        f"{MACHINE} They should check that the folder for backups is there, can be written to and"
        " has room. The backup is tried again every hour. To try at once, they can run: sendvoice"
        " backup"
    )
    return Told("The last backup failed", (what, do))


def _backup_late(trouble: Trouble) -> Told:
    what = f"It was due on {moment_in_words(trouble.since)}. {_at_risk(trouble)}"
    do = (
        f"{MACHINE} They should check that the folder for backups can be reached, stop the service"
        " and start it again. To make a backup at once, they can run: sendvoice backup"
    )
    return Told("The daily backup is late", (what, do))


def _not_alerted(trouble: Trouble) -> Told:
    what = (
        f"It has waited since {moment_in_words(trouble.since)}. A comment that came in may be"
        " urgent: an officer or a safeguarding lead must look at the comments to read now."
    )
    do = (
        "Only the people who run the group can put it right. They should check that the bot is"
        " still in it and may write there. The alert is tried again at least every hour."
    )
    return Told("An alert to the staff group on Telegram could not be delivered", (what, do))


def _at_risk(trouble: Trouble) -> str:
    if trouble.last_good is None:
        return "There is no backup yet. If the machine were lost, every answer would be lost."
    made = moment_in_words(trouble.last_good)
    return f"The newest is of {made}. If the machine were lost, every answer since would be lost."


_WORDS: Mapping[TroubleKind, Callable[[Trouble], Told]] = {
    TroubleKind.DISK_FULL: _disk_full,
    TroubleKind.BACKUP_FAILED: _backup_failed,
    TroubleKind.BACKUP_LATE: _backup_late,
    TroubleKind.NOT_ALERTED: _not_alerted,
}
