"""`python -m tests.soak`: exit code 0 if nothing that must not happen happened."""

import asyncio
import tempfile
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Annotated

import aiohttp
import typer
from rich.console import Console

from surveys.xlsform import read_form
from tests.fake_telegram import FakeTelegram
from tests.soak.house import FORM, House, furnish
from tests.soak.ledger import MOST_SHOWN, Ledger
from tests.soak.memory import Memory
from tests.soak.plan import GaveUp, Plan
from tests.soak.telegram_parent import TelegramParent
from tests.soak.verdict import judge
from tests.soak.web_parent import WebParent

PROGRESS_SECONDS = 10

console = Console(highlight=False, soft_wrap=True)


def soak(
    seconds: Annotated[float, typer.Option(help="When it must be over.")] = 180,
    parents: Annotated[int, typer.Option(help="In Telegram, and as many on the web.")] = 200,
    seed: Annotated[int, typer.Option(help="The same seed, the same parents.")] = 1,
    kill_every: Annotated[float, typer.Option(help="Seconds the service lives, about.")] = 4,
) -> None:
    """Parents answer in Telegram and on the web while the service is killed again and again."""
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    ledger = asyncio.run(_soak(folder, parents, seconds, seed, kill_every))
    for violation in ledger.violations[:MOST_SHOWN]:
        console.print(f"VIOLATION {violation}")
    if ledger.violations:
        console.print(f"{len(ledger.violations)} violations. Everything is kept in {folder}")
        raise typer.Exit(1)
    console.print("Every answer acknowledged is stored once, and nobody was shown an error.")


async def _soak(folder: Path, parents: int, seconds: float, seed: int, kill_every: float) -> Ledger:
    ledger = Ledger()
    async with FakeTelegram() as telegram:
        console.print(f"Preparing a round for {2 * parents} parents.")
        handed_out = await furnish(folder, telegram, parents)
        plan = Plan(parents, seconds, seed, kill_every)
        house = House(folder, telegram, plan, ledger)
        try:
            people = await _lives(house, telegram, handed_out, plan, ledger)
        finally:
            await house.abandon()
        judge(folder, people, telegram, ledger)
        _figures(plan, telegram, ledger)
    return ledger


async def _lives(
    house: House,
    telegram: FakeTelegram,
    handed_out: Sequence[dict[str, str]],
    plan: Plan,
    ledger: Ledger,
) -> list[TelegramParent | WebParent]:
    form = read_form(FORM)
    links = [row["web_link"] for row in handed_out]
    chatting = [
        TelegramParent(telegram, link.rpartition("/")[2], Memory(form), plan, ledger)
        for link in links[: plan.parents]
    ]
    limits = aiohttp.ClientTimeout(total=30)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(timeout=limits, connector=connector) as http:
        browsing = [
            WebParent(http, link, Memory(form), plan, ledger) for link in links[plan.parents :]
        ]
        everybody = [*(one.lives() for one in chatting), *(one.lives() for one in browsing)]
        progress = asyncio.create_task(_progress(plan, ledger))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(house.stands())
            tasks.create_task(_everybody(everybody, plan, ledger))
        progress.cancel()
        await _quiet(house, telegram, plan)
        await house.stop()
    return [*chatting, *browsing]


async def _everybody(
    lives: Sequence[Coroutine[None, None, None]], plan: Plan, ledger: Ledger
) -> None:
    await asyncio.gather(*(_until_done(one, ledger) for one in lives))
    plan.is_over = True


async def _until_done(life: Coroutine[None, None, None], ledger: Ledger) -> None:
    try:
        await life
    except GaveUp as why:
        ledger.wrong(str(why))
    else:
        ledger.finished += 1


async def _quiet(house: House, telegram: FakeTelegram, plan: Plan) -> None:
    """Every update is confirmed and every message is sent, or time is up."""
    while telegram.updates.pending or house.messages_waiting():
        if plan.left < 1:
            return
        await asyncio.sleep(0.1)


async def _progress(plan: Plan, ledger: Ledger) -> None:
    while True:
        await asyncio.sleep(PROGRESS_SECONDS)
        console.print(
            f"{plan.elapsed:4.0f} s: {ledger.finished} of {2 * plan.parents} parents finished,"
            f" {ledger.counts['turns']:,} turns, {ledger.counts['kills']} kills,"
            f" longest wait {ledger.longest_wait:.1f} s, {len(ledger.violations)} violations"
        )


def _figures(plan: Plan, telegram: FakeTelegram, ledger: Ledger) -> None:
    counts, updates = ledger.counts, telegram.updates.handed_out
    figures = {
        "seconds": round(plan.elapsed),
        "parents, of whom finished": f"{2 * plan.parents}, {ledger.finished}",
        "kills, of which before it was ready": f"{counts['kills']}, {counts['kills early']}",
        "turns": counts["turns"],
        "answers acknowledged, changes counted": counts["acknowledged"],
        "answers stored": counts["stored"],
        "Telegram updates, delivered more than once": f"{len(updates):,},"
        f" {sum(times > 1 for times in updates.values()):,}",
        "forms and pages asked for again": counts["again"],
        "messages sent, pages shown": f"{len(telegram.world.sent):,}, {counts['pages']:,}",
        "longest wait for an answer, seconds": round(ledger.longest_wait, 1),
    }
    for name, figure in figures.items():
        shown = f"{figure:,}" if isinstance(figure, int) else figure
        console.print(f"{name:<46}{shown}")


typer.run(soak)
