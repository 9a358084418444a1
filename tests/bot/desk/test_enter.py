"""The ways in and out: the sign-in form, a demonstration's link, a set-up link, signing out."""

from dataclasses import replace

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.desk.cookies import token_of
from bot.site import make_app
from tests.bot.desk.conftest import enter
from tests.bot.web.browser_forms import Form, forms_of, press
from tests.bot.web.conftest import SETTINGS, Client
from tests.bot.web.fake_accounts import EVERYTHING, MemoryAccounts
from tests.bot.web.fake_rounds import MemoryRounds
from tests.bot.web.fakes import MemoryConversations, MemoryDesk

RIGHT = {"email": "a@example.org", "password": "right", "code": "123456"}
OPEN_FORMS = ("/staff/sign-in", "/staff/enter/link-1", "/staff/set-up/set-up-1")


async def form_at(client: Client, path: str) -> Form:
    return forms_of(await (await client.get(path)).text())[""]


async def test_whoever_signs_in_goes_on_to_the_page_they_asked_for(client: Client) -> None:
    form = await form_at(client, "/staff/comments")
    assert form.address == "/staff/sign-in"
    response = await press(client, form, RIGHT)
    assert response.url.path == "/staff/comments"
    assert response.status == 200


@pytest.mark.parametrize("to", ["//elsewhere.example", "/staff/../x", "https://x", "/staff/\nx"])
async def test_the_form_leads_only_to_staff_pages(client: Client, to: str) -> None:
    form = await form_at(client, "/staff/sign-in")
    response = await press(client, form, {**RIGHT, "to": to}, follow=False)
    assert response.headers["Location"] == "/staff"


async def test_a_refusal_keeps_the_address_and_never_the_password(
    client: Client, accounts: MemoryAccounts
) -> None:
    form = await form_at(client, "/staff/sign-in")
    wrong = {"email": '"><b>x@example.org', "password": "seven secret words", "code": "654321"}
    response = await press(client, form, wrong)
    page = await response.text()
    assert response.status == 422
    assert "is wrong" in page
    assert "&#34;&gt;&lt;b&gt;x@example.org" in page
    assert "seven secret" not in page
    assert "654321" not in page
    assert not accounts.sessions


@pytest.mark.parametrize("path", OPEN_FORMS)
async def test_b40_the_open_forms_need_their_own_token(
    client: Client, accounts: MemoryAccounts, path: str
) -> None:
    assert (await client.post(path, data=RIGHT)).status == 403
    token = (await form_at(client, path)).fields["token"]
    for wrong in ("", "é", token_of("another")):
        assert (await client.post(path, data={**RIGHT, "token": wrong})).status == 403
    client.session.cookie_jar.clear()
    assert (await client.post(path, data={**RIGHT, "token": token})).status == 403
    assert not accounts.sessions
    assert accounts.links == {"link-1"}


async def test_the_cookies_are_for_staff_pages_of_this_site_only(client: Client) -> None:
    for cookie in await cookies_of(client):
        for part in ("HttpOnly", "SameSite=Strict", "Path=/staff"):
            assert part in cookie
        assert "Secure" not in cookie


async def test_the_cookies_are_for_https_only_where_the_pages_are(
    conversations: MemoryConversations, desk: MemoryDesk, accounts: MemoryAccounts
) -> None:
    settings = replace(SETTINGS, base_url="https://voice.example", secure_cookies=True)
    app = make_app(
        conversations, desk, accounts, MemoryRounds(), settings=settings, clock=conversations.clock
    )
    async with TestClient(TestServer(app)) as client:
        response = await client.get("/staff/sign-in")
        door = response.cookies["sendvoice_door"]
        assert door["secure"]
        headers = {"Cookie": f"sendvoice_door={door.value}"}
        data = {**RIGHT, "token": token_of(door.value)}
        response = await client.post(
            "/staff/sign-in", data=data, headers=headers, allow_redirects=False
        )
        assert all("Secure" in each for each in response.headers.getall("Set-Cookie"))


async def cookies_of(client: Client) -> list[str]:
    shown = await client.get("/staff/sign-in")
    form = forms_of(await shown.text())[""]
    let_in = await press(client, form, RIGHT, follow=False)
    assert let_in.status == 303
    return shown.headers.getall("Set-Cookie") + let_in.headers.getall("Set-Cookie")


async def test_a_session_is_anew_at_each_sign_in(client: Client, accounts: MemoryAccounts) -> None:
    await press(client, await form_at(client, "/staff/sign-in"), RIGHT)
    [first] = accounts.sessions
    await press(client, await form_at(client, "/staff/sign-in"), RIGHT)
    [second] = accounts.sessions
    assert first != second


async def test_the_address_is_the_last_hop_behind_a_proxy_here(
    client: Client, accounts: MemoryAccounts
) -> None:
    form = await form_at(client, "/staff/sign-in")
    headers = {"X-Forwarded-For": "6.6.6.6, 203.0.113.9"}
    await client.post(form.address, data=form.fields, headers=headers)
    await client.post(form.address, data=form.fields)
    assert [each.address for each in accounts.attempts] == ["203.0.113.9", "127.0.0.1"]


@pytest.mark.parametrize("path", OPEN_FORMS[1:])
async def test_looking_at_a_link_spends_nothing(
    client: Client, accounts: MemoryAccounts, path: str
) -> None:
    for _ in range(2):
        assert (await client.get(path)).status == 200
        assert (await client.head(path)).status == 200
    assert accounts.links == {"link-1"}
    assert not accounts.sessions


@pytest.mark.parametrize(
    ("to", "path"), [("strategy", "/staff/strategy"), ("//elsewhere.example", "/staff")]
)
async def test_a_demonstrations_link_leads_only_to_pages_of_ours(
    client: Client, to: str, path: str
) -> None:
    page = await (await client.get("/staff/enter/link-1", params={"to": to})).text()
    response = await press(client, forms_of(page)[""], follow=False)
    assert response.headers["Location"] == path


async def test_a_spent_link_opens_nothing(client: Client, accounts: MemoryAccounts) -> None:
    form = await form_at(client, "/staff/enter/link-1")
    accounts.links.clear()
    assert (await press(client, form)).status == 404
    for path in ("/staff/enter/none", "/staff/set-up/none"):
        response = await client.get(path)
        assert response.status == 404
        assert "does not work any more" in await response.text()


async def test_setting_up_shows_every_fault_and_then_lets_in(
    client: Client, accounts: MemoryAccounts
) -> None:
    response = await client.get("/staff/set-up/set-up-1")
    page = await response.text()
    assert "<svg" in page
    assert "ABCD EFGH" in page
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    response = await press(client, forms_of(page)[""], {"password": "short-secret", "code": "1"})
    page = await response.text()
    assert response.status == 422
    assert 'href="#password"' in page
    assert 'href="#code"' in page
    assert "short-secret" not in page
    response = await press(client, forms_of(page)[""], {"password": "right", "code": "1"})
    assert response.url.path == "/staff/"
    assert accounts.sessions


async def test_signing_out_ends_the_session_itself(staff: Client, accounts: MemoryAccounts) -> None:
    form = await form_at(staff, "/staff/")
    assert form.address == "/staff/sign-out"
    assert (await staff.post("/staff/sign-out")).status == 403
    assert accounts.sessions
    assert "You have signed out" in await (await press(staff, form)).text()
    assert not accounts.sessions
    assert (await staff.get("/staff/")).status == 401


async def test_a_changed_password_leaves_this_browser_signed_in_anew(
    staff: Client, accounts: MemoryAccounts
) -> None:
    form = await form_at(staff, "/staff/account")
    assert (await press(staff, form, {"current": "x", "new": "y"})).status == 422
    response = await press(staff, form, {"current": "right", "new": "y"})
    assert "Your password is changed" in await response.text()
    accounts.sessions.pop("session-of-link-1")
    assert (await staff.get("/staff/account")).status == 200


async def test_only_a_person_keeps_a_session_alive(
    client: Client, accounts: MemoryAccounts
) -> None:
    await enter(client)
    accounts.active.clear()
    await client.get("/staff/", headers={"Sec-Fetch-Dest": "document"})
    await client.get("/staff/", headers={"Sec-Fetch-Dest": "empty"})
    await client.get("/staff/")
    assert accounts.active == [True, False, True]
    assert EVERYTHING in accounts.sessions.values()


async def test_two_links_opened_before_either_is_pressed_both_work(
    client: Client, accounts: MemoryAccounts
) -> None:
    accounts.links.add("link-2")
    first, second = [await form_at(client, f"/staff/enter/{link}") for link in ("link-1", "link-2")]
    assert (await press(client, first)).url.path == "/staff/"
    shown = await form_at(client, "/staff/account")
    assert (await press(client, second)).url.path == "/staff/"
    assert not accounts.links
    assert len(accounts.sessions) == 1
    assert (await form_at(client, "/staff/account")).fields == shown.fields


async def test_a_link_whose_door_was_forgotten_asks_to_be_pressed_once_more(
    client: Client, accounts: MemoryAccounts
) -> None:
    form = await form_at(client, "/staff/enter/link-1")
    client.session.cookie_jar.clear()
    response = await press(client, form)
    assert response.status == 403
    again = forms_of(page := await response.text())[""]
    assert "Press the button once more." in page
    assert (await press(client, again)).url.path == "/staff/"
