"""A mail server and Notify on this machine, and the settings that send by both."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.bot.channels.smtp_server import Postbox, serving
from tests.bot.channels.test_notify import KEY, TEXT_TEMPLATE, TOKEN, StandIn


@dataclass
class Carriers:
    """What each has taken, and the lines of settings for them."""

    box: Postbox
    notify: StandIn
    settings: str


@asynccontextmanager
async def carriers() -> AsyncIterator[Carriers]:
    """Both, listening."""
    stand_in = StandIn()
    app = web.Application()
    app.add_routes([web.post("/v2/notifications/{kind:email|sms}", stand_in.send)])
    with serving() as box:
        async with TestServer(app) as notify:
            yield Carriers(box, stand_in, _settings(box.port, str(notify.make_url(""))))


async def receipt(service: str, status: str, reference: str, token: str = TOKEN) -> int:
    """Notify tells the service what became of a text message; how the service answers."""
    body = {"id": str(uuid4()), "reference": reference, "to": "+447700900123", "status": status}
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as notify,
        notify.post(f"{service}/notify/receipts", json=body) as answer,
    ):
        return answer.status


def _settings(smtp_port: int, notify: str) -> str:
    return f"""\
email_by = "smtp"
smtp_host = "127.0.0.1"
smtp_port = {smtp_port}
smtp_security = "none"
email_from = "SEND team <send@council.example>"
email_per_second = 50
text_by = "notify"
notify_api = "{notify.rstrip("/")}"
notify_key = "{KEY}"
notify_text_template = "{TEXT_TEMPLATE}"
notify_callback_token = "{TOKEN}"
"""
