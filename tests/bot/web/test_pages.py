"""What every page shares: headers, errors, static files, dates, the access log."""

import re
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from bot.local_time import moment_in_words, time_in_words
from bot.pages.static import ROOT, load_static
from bot.ports import Place, Turned
from tests.bot.web.browser_forms import read_on
from tests.bot.web.conftest import Client
from tests.bot.web.fakes import MemoryConversations

PAGES = ("/", "/privacy", "/accessibility", "/c/tok-1", "/o/spring27", "/nosuch", "/staff/")


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_is_kept_by_nobody_and_runs_only_our_own(
    client: Client, path: str
) -> None:
    headers = (await client.get(path)).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "noindex" in headers["X-Robots-Tag"]


async def test_search_engines_are_asked_to_stay_away(client: Client) -> None:
    assert await (await client.get("/robots.txt")).text() == "User-agent: *\nDisallow: /\n"


async def test_every_static_file_a_page_names_is_there_and_kept_for_a_year(client: Client) -> None:
    page = await (await client.get("/")).text()
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(named) >= 4
    for address in named:
        response = await client.get(address)
        assert response.status == 200, address
        assert "max-age=31536000" in response.headers["Cache-Control"]


async def test_a_static_address_of_another_version_is_not_found(client: Client) -> None:
    assert (await client.get("/static/0000000000000000/icon.svg")).status == 404
    assert (await client.get(f"/static/{load_static().digest}/../site.py")).status == 404


def test_no_style_asks_for_a_font_a_crest_or_another_site() -> None:
    for path in ROOT.rglob("*.css"):
        style = path.read_text()
        assert "url(" not in style, path
        assert "GDS Transport" not in style, path
        assert "@import" not in style, path
        assert "sourceMappingURL" not in style, path


async def test_a_template_that_names_a_missing_file_fails_at_once() -> None:
    with pytest.raises(KeyError, match="bot/static has no nosuch"):
        load_static().address("nosuch.css")


async def test_a_wrong_method_is_405_in_our_own_layout(client: Client) -> None:
    response = await client.delete("/c/tok-1")
    assert response.status == 405
    assert "POST" in response.headers["Allow"]
    assert "Anyshire Council" in await response.text()


async def test_a_form_too_large_is_413(client: Client) -> None:
    response = await client.post("/", data={"code": "x" * 70_000})
    assert response.status == 413
    assert "That was too long to send" in await response.text()


async def test_a_fault_inside_is_never_shown_and_never_logged_in_words(
    client: Client, conversations: MemoryConversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_place: Place) -> Turned:
        raise RuntimeError("the answer was My son")

    monkeypatch.setattr(conversations, "look", fail)
    with capture_logs() as logs:
        response = await client.get("/c/tok-1")
    page = await response.text()
    assert response.status == 500
    assert "Sorry, something went wrong" in page
    assert "My son" not in page
    assert "My son" not in str(logs)
    assert [log["error"] for log in logs if log["log_level"] == "error"] == ["RuntimeError"]


async def test_the_access_log_holds_no_token_and_no_answer(client: Client) -> None:
    with capture_logs() as logs:
        await read_on(client, ("choice", "primary"))
        await client.get("/nosuch/tok-1")
    assert {log["route"] for log in logs} == {"/c/{token}", "/c/{token}/q/{key}", "none"}
    assert "tok-1" not in str(logs)
    assert "primary" not in str(logs)
    assert set(logs[0]) == {"event", "log_level", "method", "route", "status", "milliseconds"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 422),
        ({"Sec-Fetch-Site": "same-origin"}, 422),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "null"}, 422),
        ({"Origin": "https://elsewhere.example"}, 403),
    ],
)
async def test_a_form_sent_from_another_site_is_refused(
    client: Client, headers: dict[str, str], status: int
) -> None:
    response = await client.post("/", data={"code": ""}, headers=headers)
    assert response.status == status


async def test_our_own_origin_is_not_another_site(client: Client) -> None:
    origin = str(client.make_url("/")).rstrip("/")
    response = await client.post("/", data={"code": ""}, headers={"Origin": origin})
    assert response.status == 422


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2027, 3, 28, 22, 59, tzinfo=UTC), "28 March 2027 at 11:59pm"),
        (datetime(2027, 10, 29, 16, 0, tzinfo=UTC), "29 October 2027 at 5pm"),
        (datetime(2027, 1, 2, 0, 0, tzinfo=UTC), "2 January 2027 at midnight"),
        (datetime(2027, 7, 2, 11, 0, tzinfo=UTC), "2 July 2027 at midday"),
        (datetime(2027, 7, 1, 23, 5, tzinfo=UTC), "2 July 2027 at 12:05am"),
    ],
)
def test_b17_moments_are_told_in_english_local_time(moment: datetime, words: str) -> None:
    assert moment_in_words(moment) == words


def test_times_read_as_people_say_them() -> None:
    assert time_in_words(datetime(2027, 1, 1, 9, 30, tzinfo=UTC)) == "9:30am"
    assert time_in_words(datetime(2027, 1, 1, 12, 1, tzinfo=UTC)) == "12:01pm"
