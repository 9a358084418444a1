"""A round and the contacts, as an officer sees and works them."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from aiohttp import FormData, web_request
from aiohttp.test_utils import TestClient, TestServer

from bot.desk import progress
from bot.desk.cookies import token_of
from bot.desk.routes import LARGEST_LIST
from bot.round_ports import LedRow, SentRow
from bot.site import make_app
from bot.staff_ports import Staff
from surveys.invitations import Exclusion
from surveys.records import RoundStatus
from surveys.roles import Role
from tests.bot.web.conftest import SETTINGS, Client
from tests.bot.web.fake_accounts import MemoryAccounts
from tests.bot.web.fake_rounds import AUDIENCE, LIST, SEEN, MemoryRounds
from tests.bot.web.fakes import MemoryConversations, MemoryDesk, a_round

HERE = "/staff/rounds/r1"


class Officer:
    """A signed-in officer's browser."""

    def __init__(self, client: Client, secret: str) -> None:
        self.client = client
        self.secret = secret

    async def sees(self, path: str, status: int = 200) -> str:
        response = await self.client.get(path, headers=self.cookie)
        assert response.status == status, path
        return await response.text()

    async def posts(self, path: str, status: int = 200, /, **fields: str) -> str:
        data = {"token": token_of(self.secret), **fields}
        response = await self.client.post(path, data=data, headers=self.cookie)
        assert response.status == status, await response.text()
        return await response.text()

    @property
    def cookie(self) -> dict[str, str]:
        return {"Cookie": f"sendvoice_staff={self.secret}"}


@pytest.fixture
def officer(client: Client, accounts: MemoryAccounts) -> Officer:
    return Officer(client, accounts.signed_in(Staff("o", "Officer", (Role.OFFICER,))))


@pytest.fixture
def administrator(client: Client, accounts: MemoryAccounts) -> Officer:
    both = (Role.OFFICER, Role.ADMINISTRATOR)
    return Officer(client, accounts.signed_in(Staff("a", "Administrator", both)))


def standing(rounds: MemoryRounds, status: RoundStatus, **but: object) -> None:
    counts = replace(SEEN.counts, round=replace(a_round(), status=status))
    rounds.seen = replace(SEEN, counts=counts, **but)  # type: ignore[arg-type]  # one field a test


async def test_a_draft_says_who_would_be_asked_and_who_not_and_why(
    officer: Officer, rounds: MemoryRounds
) -> None:
    standing(rounds, RoundStatus.DRAFT)
    page = await officer.sees(HERE)
    assert "9 of 12 families in the contacts." in page
    assert "Asked for no more messages" in page
    assert "No way to reach them that this round uses" in page
    assert "Open this round" in page


async def test_opening_says_first_what_it_does(officer: Officer, rounds: MemoryRounds) -> None:
    standing(rounds, RoundStatus.DRAFT)
    page = await officer.sees(f"{HERE}/open")
    assert "9 families are invited" in page
    assert "anonymous" in page
    assert rounds.done == []
    await officer.posts(f"{HERE}/open")
    assert rounds.done == [("opened", "")]


async def test_a_follow_up_says_what_it_is_free_from_before_it_opens(
    officer: Officer, rounds: MemoryRounds
) -> None:
    standing(rounds, RoundStatus.DRAFT, exemption="The two are one asking.")
    for path in (HERE, f"{HERE}/open"):
        assert "The two are one asking." in await officer.sees(path)
    standing(rounds, RoundStatus.CLOSED, said=())
    assert "waits for it, unless it is a follow-up." in await officer.sees(HERE)


async def test_an_officer_cannot_open_over_an_unanswered_round_and_an_administrator_can(
    officer: Officer, administrator: Officer, rounds: MemoryRounds
) -> None:
    standing(rounds, RoundStatus.DRAFT, waits_for="Autumn")
    page = await officer.sees(f"{HERE}/open")
    assert "Open the round" not in page
    assert "what Autumn said" in page
    await officer.posts(f"{HERE}/open", 403, override="because")
    assert rounds.done == []
    assert "Reason to open it all the same" in await administrator.sees(f"{HERE}/open")
    await administrator.posts(f"{HERE}/open", override="because")
    assert rounds.done == [("opened", "because")]


async def test_an_open_round_shows_its_funnel_and_who_is_still_missing(officer: Officer) -> None:
    page = await officer.sees(HERE)
    for shown in ("1,200", "400", "300", "250", "15.5%", "20.0%", ">All<", "Not known", "Enough"):
        assert shown in page, shown
    assert "88 families could be reminded sooner." in page
    assert "The last reminder went on 8 March 2027 at 9:05am." in page


async def test_what_is_refused_is_said_where_it_was_asked(
    officer: Officer, rounds: MemoryRounds
) -> None:
    rounds.refusal = "The round is closed."
    page = await officer.posts(f"{HERE}/remind", 422)
    assert "There is a problem" in page
    assert "The round is closed." in page


async def test_each_button_does_its_work(officer: Officer, rounds: MemoryRounds) -> None:
    await officer.posts(f"{HERE}/remind")
    await officer.posts(f"{HERE}/invite")
    page = await officer.posts(f"{HERE}/settle/7", decided="arrived")
    assert "Your decision is kept." in page
    assert "decided already" in await officer.posts(f"{HERE}/settle/8", decided="send_again")
    assert rounds.done == [
        ("reminded",),
        ("invited", ""),
        ("settled", "7", "False"),
        ("settled", "8", "True"),
    ]


async def test_only_an_administrator_asks_families_more_often(
    officer: Officer, administrator: Officer, rounds: MemoryRounds
) -> None:
    standing(rounds, RoundStatus.OPEN)
    field = "Reason to ask more often"
    assert field not in await administrator.sees(HERE), "nobody was asked too often"
    often = replace(AUDIENCE, excluded={Exclusion.CONTACTED_TOO_OFTEN: 2})
    standing(rounds, RoundStatus.OPEN, audience=often)
    assert field not in await officer.sees(HERE)
    page = await administrator.sees(HERE)
    assert "2 families were asked twice this year, or less than 28 days ago." in page
    assert field in page
    await officer.posts(f"{HERE}/invite", 403, over_budget="agreed")
    assert "Say why" in await administrator.posts(f"{HERE}/invite", 422, over_budget=" ")
    assert rounds.done == []
    await administrator.posts(f"{HERE}/invite", over_budget="agreed")
    assert rounds.done == [("invited", "agreed")]


async def test_letters_are_a_download(officer: Officer, rounds: MemoryRounds) -> None:
    waiting = SentRow("invitation", "letter", "queued", "", "", 1)
    standing(rounds, RoundStatus.OPEN, sent=(waiting,))
    assert "Download the letters" in await officer.sees(HERE)
    response = await officer.client.post(
        f"{HERE}/letters", data={"token": token_of(officer.secret)}, headers=officer.cookie
    )
    assert await response.read() == b"PK-zip"
    assert "letters.zip" in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"] == "no-store"


async def test_a_broken_download_is_had_again(officer: Officer, rounds: MemoryRounds) -> None:
    page = await officer.sees(HERE)
    assert "8 March 2027 at 9:05am: 120 letters, 117 can be had again." in page
    assert "Left out: 3 opted out." in page
    data = {"token": token_of(officer.secret)}
    response = await officer.client.post(f"{HERE}/letters/3", data=data, headers=officer.cookie)
    assert await response.read() == b"PK-zip"
    assert "letters-3.zip" in response.headers["Content-Disposition"]
    assert rounds.done == [("letters again", "3")]
    rounds.refusal = "The round has no mail merge number 9."
    assert "no mail merge number 9" in await officer.posts(f"{HERE}/letters/9", 422)


async def test_a_reply_by_phone_leads_to_the_questions(
    officer: Officer, rounds: MemoryRounds
) -> None:
    response = await officer.client.post(
        f"{HERE}/assisted",
        data={"token": token_of(officer.secret), "mode": "phone", "family": "F1"},
        headers=officer.cookie,
        allow_redirects=False,
    )
    assert response.headers["Location"] == "/c/token"
    assert rounds.done == [("assisted", "phone", "F1", "")]
    rounds.refusal = "This family has answered this round already."
    page = await officer.posts(f"{HERE}/assisted", 422, mode="paper", code="abc")
    assert "answered this round already" in page
    assert 'value="abc"' in page


async def test_a_closed_round_takes_what_was_done(officer: Officer, rounds: MemoryRounds) -> None:
    standing(rounds, RoundStatus.CLOSED)
    page = await officer.sees(HERE)
    assert "We ring within a week." in page
    assert "30 June 2027" in page
    fields = {"said": "Slow.", "done": "Faster.", "owner": "Head", "due_on": "1/7/2027"}
    assert "It is written." in await officer.posts(f"{HERE}/said", **fields)
    assert rounds.done == [("said", "Slow.", "2027-07-01")]


async def test_a_new_round_keeps_what_was_filled_in_when_it_is_refused(
    officer: Officer, rounds: MemoryRounds
) -> None:
    assert "Make a round" in await officer.sees("/staff/rounds/new")
    rounds.refusal = "There is a round 'Spring' already."
    page = await officer.posts("/staff/rounds/new", 422, name="Spring", quiet="21:00-07:00")
    assert "There is a round &#39;Spring&#39; already." in page
    assert 'value="21:00-07:00"' in page
    rounds.refusal = ""
    await officer.posts("/staff/rounds/new", name="Spring", channels="email", follows="Before")
    assert rounds.done == [("created", "Spring", "Before", "email")]


async def test_a_list_is_looked_at_and_then_kept(officer: Officer, rounds: MemoryRounds) -> None:
    assert "1,234 families" in await officer.sees("/staff/contacts")
    big = b"Email\n" + b"a@example.com\n" * 50_000
    form = FormData({"token": token_of(officer.secret)})
    form.add_field("file", BytesIO(big), filename="list.csv")
    response = await officer.client.post("/staff/contacts", data=form, headers=officer.cookie)
    page = await response.text()
    assert response.status == 200
    assert "row 3, column Email: It is not an email address." in page
    assert rounds.done == [("looked", "list.csv", str(len(big)))]
    page = await officer.posts("/staff/contacts/keep", key="key-1")
    assert "Kept: 1 new and 0 changed." in page
    assert "not held any more" in await officer.posts("/staff/contacts/keep", 422, key="gone")


async def brings_a_list(officer: Officer, status: int = 200) -> str:
    form = FormData({"token": token_of(officer.secret)})
    form.add_field("file", BytesIO(b"Email\n"), filename="list.csv")
    response = await officer.client.post("/staff/contacts", data=form, headers=officer.cookie)
    assert response.status == status
    return await response.text()


async def test_columns_are_mapped_anew_without_the_file(
    officer: Officer, rounds: MemoryRounds
) -> None:
    page = await brings_a_list(officer)
    assert 'type="file"' not in page
    fields = {"key": "key-1", "column-email": "School", "column-phone": "", "column-none": "x"}
    page = await officer.posts("/staff/contacts/columns", 200, **fields)
    assert 'value="key-2"' in page
    assert rounds.done[-1] == ("looked again", "email=School", "phone=")
    assert "not held any more" in await officer.posts("/staff/contacts/columns", 422, key="gone")


async def test_a_list_whose_columns_reach_nobody_can_be_mapped_and_not_kept(
    officer: Officer, rounds: MemoryRounds
) -> None:
    rounds.listed = replace(LIST, unclear="No column is known as email.")
    page = await brings_a_list(officer, 422)
    assert "No column is known as email." in page
    assert 'action="/staff/contacts/columns"' in page
    assert "/staff/contacts/keep" not in page


async def test_a_list_is_held_for_its_session_alone_and_can_be_given_up(
    officer: Officer, administrator: Officer, rounds: MemoryRounds
) -> None:
    await brings_a_list(officer)
    assert officer.secret not in rounds.session
    refused = await administrator.posts("/staff/contacts/keep", 422, key="key-1")
    assert "not held any more" in refused
    await officer.posts("/staff/contacts/give-up", key="key-1")
    assert rounds.done[-1] == ("given up", "key-1")


async def test_a_list_never_touches_the_disk(
    officer: Officer, rounds: MemoryRounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spools(*_: object) -> None:
        raise AssertionError("a file was spooled")

    monkeypatch.setattr(web_request, "SpooledTemporaryFile", spools)
    await brings_a_list(officer)
    assert rounds.done == [("looked", "list.csv", "6")]


async def test_a_list_over_20_mb_is_refused(officer: Officer, rounds: MemoryRounds) -> None:
    form = FormData({"token": token_of(officer.secret)})
    form.add_field("file", BytesIO(bytes(LARGEST_LIST + 1)), filename="list.csv")
    response = await officer.client.post("/staff/contacts", data=form, headers=officer.cookie)
    assert response.status == 413
    assert rounds.done == []


async def test_no_file_is_said(officer: Officer) -> None:
    form = FormData({"token": token_of(officer.secret), "nothing": "x"})
    form.add_field("file", b"", filename="")
    response = await officer.client.post("/staff/contacts", data=form, headers=officer.cookie)
    assert response.status == 422
    assert "Choose a file" in await response.text()


async def test_a_round_that_is_not_there_is_not_found(officer: Officer) -> None:
    await officer.sees("/staff/rounds/nosuch", 404)


async def test_how_sending_goes_is_told_until_none_is_left(
    officer: Officer, rounds: MemoryRounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "EVERY_SECONDS", 0)
    rounds.left = 3
    response = await officer.client.get(f"{HERE}/progress", headers=officer.cookie)
    assert response.content_type == "text/event-stream"
    assert response.headers["Cache-Control"] == "no-store"
    told = (await response.text()).split("\n\n")
    assert "data: 2 still to leave, 1,198 gone." in told[0]
    assert "data: 1 still to leave, 1,199 gone." in told[1]
    assert told[2] == "event: done\ndata: all"


async def test_while_messages_leave_the_page_listens_or_looks_again(
    officer: Officer, rounds: MemoryRounds
) -> None:
    waiting = SentRow("invitation", "email", "queued", "", "", 40)
    standing(rounds, RoundStatus.OPEN, sent=(waiting,))
    page = await officer.sees(HERE)
    assert 'data-progress="/staff/rounds/r1/progress"' in page
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in page
    assert "40 still to leave." in page


async def test_a_closed_round_shows_how_far_each_way_of_asking_led(
    officer: Officer, rounds: MemoryRounds
) -> None:
    led = (LedRow("email", 1100, 1042, 380, 290, 246), LedRow("several", 100, 97, 20, 10, 4))
    standing(rounds, RoundStatus.CLOSED, led=led)
    page = await officer.sees(HERE)
    assert "How far each way of asking led" in page
    assert "Ways that asked few families, together" in page
    for shown in ("1,139", "1,042", "246", "97"):
        assert f">{shown}<" in page, shown
    standing(rounds, RoundStatus.OPEN, led=led)
    page = await officer.sees(HERE)
    assert ">1,139<" in page
    assert "How far each way of asking led" not in page


async def test_a_round_that_was_closed_early_says_when(
    officer: Officer, rounds: MemoryRounds
) -> None:
    closed = replace(
        a_round(), status=RoundStatus.CLOSED, closed_at=datetime(2027, 3, 9, 12, tzinfo=UTC)
    )
    rounds.seen = replace(SEEN, counts=replace(SEEN.counts, round=closed))
    page = await officer.sees(HERE)
    assert "to 9 March 2027 at midday. It was closed before its planned end, 28 March" in page


async def test_what_nobody_knows_any_more_is_not_a_number(
    officer: Officer, rounds: MemoryRounds
) -> None:
    standing(rounds, RoundStatus.CLOSED, came=None, led=(LedRow("", 9, None, None, 2, 1),))
    page = await officer.sees(HERE)
    assert page.count("<dd>Not known</dd>") == 2


@pytest.mark.parametrize("invented", [False, True])
async def test_before_opening_it_warns_that_families_would_get_no_local_number(
    conversations: MemoryConversations,
    desk: MemoryDesk,
    accounts: MemoryAccounts,
    rounds: MemoryRounds,
    *,
    invented: bool,
) -> None:
    draft = replace(a_round(), status=RoundStatus.DRAFT, demonstration=invented)
    rounds.seen = replace(SEEN, counts=replace(SEEN.counts, round=draft))
    bare = replace(SETTINGS, help_lines=("In an emergency call 999.",), contact="")
    told = (f"set {name} in sendvoice.toml" for name in ("help_numbers", "contact"))
    app = make_app(conversations, desk, accounts, rounds, settings=bare, clock=conversations.clock)
    async with TestClient(TestServer(app)) as client:
        secret = accounts.signed_in(Staff("o", "Officer", (Role.OFFICER,)))
        page = await Officer(client, secret).sees(HERE)
    assert [line in page for line in told] == [not invented] * 2
