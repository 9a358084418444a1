"""The same path without the demonstration, by commands and over HTTP, through a crash."""

import csv
import json
import re
import socket
from pathlib import Path

import aiohttp
import pytest

from tests.journeys.service import command, running

FIGURES = Path(__file__).resolve().parents[2] / "bot" / "demo" / "figures"
ANSWERED = re.compile(r"Question (\d+) of \d+")


class Parent:
    """A browser without scripts that chooses the first answer to everything."""

    def __init__(self, http: aiohttp.ClientSession, link: str) -> None:
        self._http = http
        self._link = link
        self.page = ""

    async def opens(self) -> None:
        async with self._http.get(self._link) as answer:
            self.page = await answer.text()

    async def presses(self, action: str) -> None:
        form = {
            "nonce": _value(self.page, "nonce"),
            "action": action,
            "key": _value(self.page, "key"),
        }
        first = re.search(r'type="radio" value="([^"]+)"', self.page) or re.search(
            r'<input[^>]*value="([^"]+)"[^>]*type="radio"', self.page
        )
        if action == "answer":
            form |= {"choice": first[1]} if first else {"text": "All is well"}
        async with self._http.post(self._link, data=form) as answer:
            assert answer.status == 200, (answer.status, form)
            self.page = await answer.text()

    @property
    def number(self) -> int:
        found = ANSWERED.search(self.page)
        return int(found[1]) if found else 0


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def an_open_round(folder: Path) -> list[str]:
    """From an empty folder to twelve links of an open round."""
    port = str(a_free_port())
    await command("init", "--area", "E06000003", "--port", port, folder=folder)
    await command(
        "round", "create", "Spring", "--survey", "parental_confidence",
        "--opens", "2026-01-01 09:00", "--closes", "2099-03-28 23:59", folder=folder,
    )  # fmt: skip
    await command("round", "open", "Spring", folder=folder)
    await command("round", "invite", "Spring", "--count", "12", "--out", "l.csv", folder=folder)
    with (folder / "l.csv").open(encoding="utf-8-sig") as file:
        return [row["web_link"] for row in csv.DictReader(file)]


async def every_file(folder: Path) -> None:
    """Figures in, and each kind of file out."""
    for path in sorted(FIGURES.glob("*.csv")):
        await command("indicators", "import", str(path), folder=folder)
    assert "requests.csv" in await command("indicators", "list", folder=folder)
    for kind in ("metrics", "items", "responses", "codebook"):
        who = ("--by", "A. Lyst", "--override-reason", "test") if kind == "responses" else ()
        await command(
            "export", kind, "--round", "Spring", "--format", "csv", "--out", f"{kind}.csv", *who,
            folder=folder,
        )  # fmt: skip
        assert (folder / f"{kind}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    for name in ("html", "csv", "json"):
        out = f"strategy.{name}"
        await command("strategy", "build", "--out", out, "--format", name, folder=folder)


async def test_a_council_goes_from_nothing_to_its_files_and_a_crash_loses_no_answer(
    tmp_path: Path,
) -> None:
    links = await an_open_round(tmp_path)
    async with aiohttp.ClientSession() as http:
        parents = [Parent(http, link) for link in links]
        async with running("serve", folder=tmp_path, ready="Serving") as service:
            for parent in parents:
                await parent.opens()
                await parent.presses("start")
                await parent.presses("answer")
                assert parent.number == 2
            await service.kill()
        async with running("serve", folder=tmp_path, ready="Serving") as service:
            for parent in parents:
                await parent.opens()
                assert parent.number == 2
                while parent.number:
                    await parent.presses("answer")
                await parent.presses("submit")
                assert "Thank you" in parent.page
            status = await command("round", "status", "Spring", folder=tmp_path)
            assert "invited 12, started 12, finished 12" in status
            assert await service.stop() == 0
    await command("round", "close", "Spring", "--yes", folder=tmp_path)
    await every_file(tmp_path)
    view = json.loads((tmp_path / "strategy.json").read_text(encoding="utf-8"))
    assert len(view["measures"]) == 10
    assert view["surveys"][0]["round_name"] == "Spring"


async def test_serve_runs_once_on_a_database(tmp_path: Path) -> None:
    await command("init", "--port", str(a_free_port()), folder=tmp_path)
    async with running("serve", folder=tmp_path, ready="Serving"):
        with pytest.raises(AssertionError, match="Another sendvoice serve is running"):
            await command("serve", folder=tmp_path)
