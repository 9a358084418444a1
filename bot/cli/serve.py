"""`sendvoice serve`, and `sendvoice demo`, which serves a demonstration."""

import asyncio
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import structlog
import typer
from rich.progress import Progress

from bot.cli.context import DEFAULT_SETTINGS, SettingsOption, console, settings_at, writing
from bot.help_numbers import lacking
from bot.settings import SETTINGS_FILE, Settings

if TYPE_CHECKING:
    from collections.abc import Callable


log = structlog.get_logger("bot.serve")


def serve(settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """Run the service. Ctrl-C stops it.

    It serves the web chat, the staff pages and, where a token is set, Telegram.
    """
    loaded = settings_at(settings)
    _serve(loaded, lambda: _say_ready(loaded))


def demo(
    folder: Annotated[Path, typer.Option(help="Where the demonstration lives.")] = Path("demo"),
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin again with a new one.")] = False,
) -> None:
    """Serve a demonstration, made once.

    Its families are invented, and it listens on this machine alone.
    """
    from bot.demo import build  # noqa: PLC0415 - brings the whole service

    if fresh:
        build.remove(folder)
    if not (folder / SETTINGS_FILE).exists():
        with Progress(console=console) as bar:
            task = bar.add_task("Invented families answer", total=build.FAMILIES)
            build.build(folder, lambda: bar.advance(task))
    loaded = build.settings_of(folder)
    _serve(loaded, lambda: _print_demo(loaded))


def _serve(settings: Settings, ready: "Callable[[], None]") -> None:
    from bot import compose, logs  # noqa: PLC0415 - brings the whole service

    logs.configure()
    compose.check_address(settings)
    compose.check_webhook(settings)
    with compose.only_one(settings.database):
        asyncio.run(_run(settings, ready))


async def _run(settings: Settings, ready: "Callable[[], None]") -> None:
    from bot import compose  # noqa: PLC0415 - brings the whole service

    stop, started = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    service = asyncio.create_task(compose.run(compose.build(settings), stop, started=started))
    waiting = asyncio.create_task(started.wait())
    await asyncio.wait([service, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if started.is_set():
        ready()
    await service


def _say_ready(settings: Settings) -> None:
    address = settings.public_url
    console.print(f"Serving at {address}  Staff pages: {address}/staff  Stop: Ctrl-C")
    for warning in lacking(settings.help_numbers, settings.contact):
        log.warning("settings_lacking", warning=warning)


def _print_demo(settings: Settings) -> None:
    from bot.demo import build  # noqa: PLC0415 - brings the whole service

    with writing(settings) as writer:
        links = writer.one(lambda db, now: build.links(db, now, settings))
    console.print()
    console.print("DEMONSTRATION: every family in it is invented.")
    for name, address in links:
        console.print(f"  {name:<22}{address}")
    console.print("The staff links work once each. Stop with Ctrl-C.")
