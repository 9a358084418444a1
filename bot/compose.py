"""The composition root: builds the running service from settings, and nothing at import."""

import asyncio
import fcntl
import gc
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import structlog
from aiohttp import web
from yarl import URL

from bot import accounts, carriers, clock, scheduler, troubles
from bot.carriers import Counted
from bot.channels.notify.receipts import Receipts
from bot.channels.telegram.service import TelegramChannel
from bot.conversation import ConversationService
from bot.errors import ServeRefused
from bot.front_door import FrontDoor
from bot.intake import Intake
from bot.letter import House
from bot.library import Library
from bot.links import is_on_this_machine
from bot.mailing import Mailing
from bot.notice import notices
from bot.notice.notices import Notices
from bot.office import Office
from bot.outbox import OutboxSender
from bot.pages.settings import WebSettings
from bot.ports import Sender
from bot.round_office import RoundOffice
from bot.settings import LOOPBACK, Settings
from bot.site import make_app
from bot.staff_chat import StaffChat
from bot.upkeep import Upkeep
from bot.worker import open_worker
from storage import database, erasing
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
    front_door: FrontDoor
    rounds: RoundOffice
    outbox: OutboxSender
    mailing: Mailing
    telegram: TelegramChannel | None
    upkeep: Upkeep
    worker: ProcessPoolExecutor
    notice: Notices


def check_address(settings: Settings) -> None:
    """Refuse to listen to the world while nobody could sign in, or passwords could be read.

    Raises:
        ServeRefused: the host is not this machine, and there is no administrator, the
            database is a demonstration's, or public_url is neither https nor this machine.
    """
    if settings.host in LOOPBACK:
        return
    here = f"host is {settings.host!r}: other addresses than 127.0.0.1 are refused"
    back = "Or set host back in the settings file."
    if URL(settings.public_url).scheme != "https" and not is_on_this_machine(settings.public_url):
        raise ServeRefused(
            f"{here} unless public_url begins with https://, or anybody on the way could read"
            f" passwords (it is {settings.public_url!r}). Change public_url. {back}"
        )
    db = database.open_reader(settings.database)
    try:
        can_open, is_demonstration = accounts.administrators(db), accounts.demonstration(db)
    finally:
        db.conn.close()
    if is_demonstration:
        raise ServeRefused(f"{here} for a demonstration, which a link alone opens. {back}")
    if not can_open:
        raise ServeRefused(
            f"{here} until an administrator of the staff pages has set up an account. Set host"
            " back, run: sendvoice staff add EMAIL --name NAME --role administrator, then serve,"
            " and open the link it printed."
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


def repeat_ledger(settings: Settings) -> None:
    """Finish what a crash stopped between the ledger and the commit, before anybody is served.

    It also does again what somebody undid who put an old file back by hand.
    """
    db = database.open_writer(settings.database, settings.ledger)
    try:
        with database.immediate(db):
            reading = db.ledger.read()
            changed = erasing.repeat(db, reading.entries)
    finally:
        db.conn.close()
    if any(changed.values()) or reading.damaged:
        log.warning("ledger_repeated", damaged_lines=reading.damaged, **changed)


def build(settings: Settings) -> Service:
    """Put the parts together. Nothing runs yet.

    Raises:
        NoticeRefused: the council's privacy notice cannot be used.
    """
    notice = notices.load(settings.privacy_notice)
    database.create(settings.database, settings.ledger)
    repeat_ledger(settings)
    vault = Vault.from_folder(settings.keys)
    library = Library()
    intake = Intake(partial(database.open_writer, settings.database, settings.ledger), clock.now)
    reader = database.open_reader(settings.database)
    worker = open_worker()
    staff_chat = StaffChat(settings.telegram_staff_chat)
    upkeep = Upkeep(intake, clock.now, settings)
    office = Office(
        intake,
        reader,
        worker,
        clock.now,
        vault=vault,
        database_path=settings.database,
        strategy_path=settings.strategy,
        troubles=partial(troubles.found, intake, upkeep, staff_chat, reader, clock.now),
    )
    front_door = FrontDoor(intake, reader, vault, clock.now, council_name=settings.council_name)
    telegram = _telegram(settings, notice)
    routes = carriers.routes(settings, telegram, clock.now)
    senders: dict[str, Sender] = (
        {} if telegram is None else {"telegram": Counted(telegram, routes["telegram"].pace)}
    )
    mailing = Mailing(intake, reader, vault, library, routes, clock.now)
    house = House(settings.council_name, settings.public_url, settings.contact)
    open_reader = partial(database.open_reader, settings.database)
    round_office = RoundOffice(
        intake, open_reader, worker, vault, clock.now, house, wake=mailing.wake
    )
    outbox = OutboxSender(intake, reader, vault, library, senders, clock.now, staff_chat=staff_chat)
    conversations = ConversationService(
        intake,
        reader,
        vault,
        library,
        clock.now,
        outbox=outbox,
        after_erasing=partial(database.truncate_log, settings.database),
        notice=notice,
        staff_chat=staff_chat,
    )
    return Service(
        settings,
        intake,
        reader,
        conversations,
        office,
        front_door,
        round_office,
        outbox,
        mailing,
        telegram,
        upkeep,
        worker,
        notice,
    )


async def run(service: Service, stop: asyncio.Event, *, started: asyncio.Event) -> None:
    """Run until `stop` is set; `started` is set when pages are served."""
    # Else each full collection walks every imported module, and nobody is answered meanwhile.
    gc.freeze()
    service.intake.start()
    try:
        async with _served(service), asyncio.TaskGroup() as tasks:
            tasks.create_task(service.outbox.run(stop))
            tasks.create_task(service.mailing.run(stop))
            tasks.create_task(scheduler.run(service.reader, service.office, clock.now, stop))
            tasks.create_task(
                scheduler.remind(service.intake, service.reader, service.mailing, clock.now, stop)
            )
            tasks.create_task(scheduler.keep_up(service.upkeep, stop))
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
        service.front_door,
        service.rounds,
        settings=pages,
        clock=clock.now,
        others=_called_back(service),
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await _listen(runner, settings)
        yield
    finally:
        await runner.cleanup()


def _called_back(service: Service) -> list[web.RouteDef]:
    """What carriers call: Telegram's webhook, and Notify's delivery receipts."""
    routes = service.telegram.routes() if service.telegram else []
    token = service.settings.notify_callback_token.get_secret_value()
    return [*routes, *(Receipts(service.mailing, token).routes() if token else ())]


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
        bot_name=settings.telegram_bot_name,
        webhook_secret=secret if settings.telegram_webhook else "",
        contact=settings.contact,
        notice=notice,
    )
