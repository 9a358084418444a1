"""The composition root: builds the running service from settings, and nothing at import."""

import asyncio
import fcntl
import gc
import multiprocessing
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import structlog
from aiohttp import web
from yarl import URL

from bot import clock, scheduler
from bot.channels.telegram.service import TelegramChannel
from bot.conversation import ConversationService
from bot.errors import ServeRefused
from bot.intake import Intake
from bot.library import Library
from bot.links import is_on_this_machine
from bot.notice import notices
from bot.notice.notices import Notices
from bot.office import Office
from bot.outbox import OutboxSender
from bot.pages.settings import WebSettings
from bot.ports import Sender
from bot.settings import LOOPBACK, Settings
from bot.site import make_app
from storage import database
from storage.database import Database
from storage.vault import Vault

TELEGRAM_PORTS = (80, 88, 443, 8443)

log = structlog.get_logger()


@dataclass(frozen=True)
class Service:
    """The parts of the service that its entry points speak to."""

    settings: Settings
    intake: Intake
    reader: Database
    conversations: ConversationService
    office: Office
    outbox: OutboxSender
    telegram: TelegramChannel | None
    worker: ProcessPoolExecutor
    notice: Notices


def check_address(settings: Settings) -> None:
    """Refuse to listen to the world while anybody there could knock.

    Raises:
        ServeRefused: the host is not this machine.
    """
    if settings.host not in LOOPBACK:
        raise ServeRefused(
            f"host is {settings.host!r}: other addresses than 127.0.0.1 are refused"
            " until staff accounts exist. Set host back in the settings file."
        )


def check_webhook(settings: Settings) -> None:
    """Refuse a webhook that Telegram would never post to.

    Raises:
        ServeRefused: `telegram_webhook` is true, and `public_url` is not one it takes.
    """
    url = URL(settings.public_url)
    if not settings.telegram_webhook or is_on_this_machine(settings.public_url):
        return
    if url.scheme != "https" or url.port not in TELEGRAM_PORTS:
        raise ServeRefused(
            f"public_url is {settings.public_url!r}: Telegram posts to https:// addresses alone,"
            f" on the ports {', '.join(map(str, TELEGRAM_PORTS))}. Change public_url, or set"
            " telegram_webhook to false."
        )


@contextmanager
def only_one(database_path: Path) -> Iterator[None]:
    """Hold the lock that lets one process poll, send and schedule.

    Raises:
        ServeRefused: another process holds it.
    """
    with database_path.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ServeRefused(
                f"Another sendvoice serve is running on {database_path}. Stop it first."
            ) from error
        yield


def build(settings: Settings) -> Service:
    """Put the parts together. Nothing runs yet.

    Raises:
        NoticeRefused: the council's privacy notice cannot be used.
    """
    notice = notices.load(settings.privacy_notice)
    database.create(settings.database)
    vault = Vault.from_folder(settings.keys)
    library = Library()
    intake = Intake(partial(database.open_writer, settings.database), clock.now)
    reader = database.open_reader(settings.database)
    worker = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
    office = Office(
        intake,
        reader,
        worker,
        clock.now,
        database_path=settings.database,
        strategy_path=settings.strategy,
    )
    telegram = _telegram(settings, notice)
    senders: dict[str, Sender] = {} if telegram is None else {"telegram": telegram}
    outbox = OutboxSender(intake, reader, vault, library, senders, clock.now)
    conversations = ConversationService(
        intake,
        reader,
        vault,
        library,
        clock.now,
        outbox=outbox,
        after_erasing=partial(database.truncate_log, settings.database),
        notice=notice,
    )
    return Service(
        settings, intake, reader, conversations, office, outbox, telegram, worker, notice
    )


async def run(service: Service, stop: asyncio.Event, *, started: asyncio.Event) -> None:
    """Run until `stop` is set; `started` is set when pages are served."""
    # Else each full collection walks every imported module, and nobody is answered meanwhile.
    gc.freeze()
    service.intake.start()
    try:
        async with _served(service), asyncio.TaskGroup() as tasks:
            tasks.create_task(service.outbox.run(stop))
            tasks.create_task(
                scheduler.run(service.intake, service.reader, service.office, clock.now, stop)
            )
            if service.telegram is not None:
                tasks.create_task(service.telegram.run(service.conversations, stop))
            started.set()
            log.info("started", port=service.settings.port)
            await stop.wait()
    finally:
        await service.intake.stop()
        service.reader.conn.close()
        service.worker.shutdown(cancel_futures=True)
        log.info("stopped")


@asynccontextmanager
async def _served(service: Service) -> AsyncIterator[None]:
    settings = service.settings
    pages = WebSettings(
        council_name=settings.council_name,
        base_url=settings.public_url,
        help_lines=settings.help_numbers,
        contact=settings.contact,
        telegram_bot_name=settings.telegram_bot_name,
        secure_cookies=settings.public_url.startswith("https://"),
        notice=service.notice,
    )
    app = make_app(
        service.conversations,
        service.office,
        settings=pages,
        clock=clock.now,
        others=service.telegram.routes() if service.telegram else (),
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await _listen(runner, settings)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, settings: Settings) -> None:
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except OSError as error:
        raise ServeRefused(
            f"Port {settings.port} cannot be used: {error.strerror}."
            " Stop what is using it, or set another port in the settings file."
        ) from error


def _telegram(settings: Settings, notice: Notices) -> TelegramChannel | None:
    token = settings.telegram_token.get_secret_value()
    if not token:
        return None
    secret = settings.telegram_webhook_secret.get_secret_value()
    return TelegramChannel(
        token,
        settings.telegram_api,
        settings.help_numbers,
        settings.council_name,
        public_url=settings.public_url,
        webhook_secret=secret if settings.telegram_webhook else "",
        contact=settings.contact,
        notice=notice,
    )
