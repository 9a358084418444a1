"""The real service as a process, killed every few seconds and started again."""

import asyncio
import csv
import random
import signal
import sqlite3
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.fake_telegram import FakeTelegram
from tests.journeys.service import ROOT, SECONDS, command
from tests.journeys.test_command_line import a_free_port
from tests.soak.ledger import Ledger
from tests.soak.plan import Plan

FORM = Path(__file__).with_name("form.md")
ROUND = "A long winter"
LOG = "service.log"
MOST_PATIENCE = 1.0
AGAIN = 5
"""How many confirmed updates Telegram delivers again after each start."""


async def furnish(folder: Path, telegram: FakeTelegram, parents: int) -> list[dict[str, str]]:
    """From an empty folder to an open round; its invitations as they are handed out."""
    await command("init", "--port", str(a_free_port()), folder=folder)
    settings = folder / "sendvoice.toml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace('telegram_token = ""', f'telegram_token = "{telegram.token}"')
    settings.write_text(f'{text}\ntelegram_api = "{telegram.api}"\n', encoding="utf-8")
    await command("survey", "add", str(FORM), folder=folder)
    await command(
        "round", "create", ROUND, "--survey", "soak",
        "--opens", "2026-01-01 09:00", "--closes", "2099-03-28 23:59", folder=folder,
    )  # fmt: skip
    await command("round", "open", ROUND, folder=folder)
    await command(
        "round", "invite", ROUND, "--count", str(2 * parents), "--out", "links.csv", folder=folder
    )
    with (folder / "links.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


class House:
    """One life after another of `sendvoice serve` in one folder."""

    def __init__(self, folder: Path, telegram: FakeTelegram, plan: Plan, ledger: Ledger) -> None:
        self._folder, self._telegram = folder, telegram
        self._plan, self._ledger = plan, ledger
        self._dice = plan.dice("house")
        self._process: Process | None = None

    async def stands(self) -> None:
        """Live and be killed until it is calm; from then on, live.

        Raises:
            RuntimeError: it ended by itself, or was not ready in time.
        """
        while not self._plan.is_calm:
            process, began = await self._start(), time.monotonic()
            if self._dice.random() < 0.15:
                await asyncio.sleep(self._dice.uniform(0.2, 2.0))
                self._ledger.add("kills early")
            else:
                await self._ready(process)
                # On a busy machine it also answers for as long as it took to start.
                took = time.monotonic() - began
                life = self._plan.kill_every * self._dice.uniform(0.5, 1.5)
                await asyncio.sleep(max(life, took))
                await self._bad_moment()
            await self._kill(process)
        await self._ready(await self._start())

    async def stop(self) -> None:
        """Ask it to stop, as Ctrl-C does."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        code = await self._process.wait()
        if code != 0:
            self._ledger.wrong(f"the service ended with {code} when it was asked to stop")

    async def abandon(self) -> None:
        """Leave nothing running."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def messages_waiting(self) -> int:
        """How many messages are not sent yet."""
        with closing(sqlite3.connect(self._folder / "sendvoice.db")) as db:
            return int(db.execute("SELECT count(*) FROM outbox").fetchone()[0])

    async def _start(self) -> Process:
        with (self._folder / LOG).open("a", encoding="utf-8") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "serve", cwd=self._folder,
                env={"PYTHONPATH": str(ROOT), "COLUMNS": "300", "NO_COLOR": "1"},
                stdout=PIPE, stderr=log,
            )  # fmt: skip
        self._ledger.add("starts")
        return self._process

    async def _ready(self, process: Process) -> None:
        assert process.stdout is not None
        async with asyncio.timeout(SECONDS):
            while line := await process.stdout.readline():
                if b"Serving" in line:
                    self._deliver_again(self._dice)
                    return
        raise RuntimeError(f"the service ended by itself with {await process.wait()}")

    async def _bad_moment(self) -> None:
        """Soon after updates were handed over, or at once when something is said to be kept."""
        updates, counts = self._telegram.updates, self._ledger.counts
        so_far: Callable[[], int] = self._dice.choice(
            (
                updates.handed_out.total,
                lambda: len(updates.confirmed),
                lambda: counts["acknowledged"],
            )
        )
        before, patience = so_far(), time.monotonic() + MOST_PATIENCE
        while so_far() == before and time.monotonic() < patience:
            await asyncio.sleep(0)
        if so_far == updates.handed_out.total:
            await asyncio.sleep(self._dice.uniform(0, 0.03))

    async def _kill(self, process: Process) -> None:
        if process.returncode is not None:
            raise RuntimeError(f"the service ended by itself with {process.returncode}")
        process.kill()
        await process.wait()
        self._ledger.add("kills")

    def _deliver_again(self, dice: random.Random) -> None:
        confirmed = self._telegram.updates.confirmed
        waiting = {each["update_id"] for each in self._telegram.updates.pending}
        for update in dice.sample(confirmed, min(AGAIN, len(confirmed))):
            if update["update_id"] not in waiting:
                self._telegram.updates.again(update)
