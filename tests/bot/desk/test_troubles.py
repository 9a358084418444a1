"""Whoever is signed in is told when the service cannot keep, or tell, what it should."""

import html
import re
from datetime import datetime, timedelta

import pytest

from bot.desk.staff import FIRST_PAGES
from bot.ports import Trouble, TroubleKind
from bot.staff_ports import Staff
from surveys.roles import Role
from tests.bot.web.conftest import Client
from tests.bot.web.fake_accounts import MemoryAccounts
from tests.bot.web.fakes import NOW, MemoryDesk

SINCE = datetime.fromisoformat("2027-03-28T02:30:00+00:00")
STRATEGY = '<style>p{color:red}</style><main id="main"><h1>Strategy</h1></main>'
HEADINGS = {
    TroubleKind.DISK_FULL: "Nothing can be saved: the disk is full",
    TroubleKind.BACKUP_FAILED: "The last backup failed",
    TroubleKind.BACKUP_LATE: "The daily backup is late",
    TroubleKind.NOT_ALERTED: "An alert to the staff group on Telegram could not be delivered",
}


async def seen(client: Client, path: str, secret: str = "") -> str:
    """The words of a page, to whoever is signed in with this secret."""
    headers = {"Cookie": f"sendvoice_staff={secret}"} if secret else {}
    page = await (await client.get(path, headers=headers)).text()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize(("role", "home"), FIRST_PAGES)
async def test_every_role_is_told_of_every_trouble_where_it_begins(
    client: Client, accounts: MemoryAccounts, desk: MemoryDesk, role: Role, home: str
) -> None:
    secret = accounts.signed_in(Staff("a9", "Somebody", (role,)))
    desk.strategy = STRATEGY
    quiet = await seen(client, home, secret)
    assert not any(heading in quiet for heading in HEADINGS.values())
    desk.troubled = tuple(Trouble(kind, SINCE) for kind in HEADINGS)
    told = await seen(client, home, secret)
    for heading in HEADINGS.values():
        assert heading in told
    assert told.count("28 March 2027 at 3:30am") == len(HEADINGS)
    assert "ask an administrator: Ann <b>Admin</b>." in told


async def test_the_time_of_the_newest_backup_is_told(staff: Client, desk: MemoryDesk) -> None:
    made = SINCE - timedelta(days=1)
    desk.troubled = (Trouble(TroubleKind.BACKUP_FAILED, SINCE, made),)
    assert "The newest is of 27 March 2027 at 2:30am." in await seen(staff, "/staff/")
    desk.troubled = (Trouble(TroubleKind.BACKUP_LATE, SINCE),)
    assert "There is no backup yet." in await seen(staff, "/staff/")


async def test_what_stands_above_the_strategy_view_is_text(staff: Client, desk: MemoryDesk) -> None:
    desk.strategy, desk.troubled = STRATEGY, (Trouble(TroubleKind.DISK_FULL, NOW),)
    page = await (await staff.get("/staff/strategy")).text()
    assert page.index('<main id="main">') < page.index("the disk is full") < page.index("<h1>")
    assert "<b>Admin" not in page


async def test_a_stranger_is_told_nothing(client: Client, desk: MemoryDesk) -> None:
    desk.troubled = tuple(Trouble(kind, SINCE) for kind in HEADINGS)
    for path in ("/staff/", "/staff/sign-in", "/"):
        page = await seen(client, path)
        assert not any(heading in page for heading in HEADINGS.values())


async def test_a_kept_out_role_is_told_too(
    client: Client, accounts: MemoryAccounts, desk: MemoryDesk
) -> None:
    secret = accounts.signed_in(Staff("a9", "Somebody", (Role.ANALYST,)))
    desk.troubled = (Trouble(TroubleKind.DISK_FULL, SINCE),)
    assert HEADINGS[TroubleKind.DISK_FULL] in await seen(client, "/staff/", secret)
