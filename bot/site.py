"""Every page of the service as one aiohttp application."""

from collections.abc import Iterable

from aiohttp import web

from bot.channels.web.routes import routes as chat_routes
from bot.desk.routes import routes as desk_routes
from bot.pages.access import access_log
from bot.pages.failures import error_pages
from bot.pages.headers import same_site_only, security_headers
from bot.pages.keys import (
    ACCOUNTS,
    CLOCK,
    CONVERSATIONS,
    DESK,
    ROUNDS,
    SETTINGS,
    STATIC,
    TEMPLATES,
    Clock,
)
from bot.pages.render import make_templates
from bot.pages.settings import WebSettings
from bot.pages.static import load_static
from bot.ports import Conversations, Desk
from bot.public.routes import routes as public_routes
from bot.round_ports import Rounds
from bot.staff_ports import Accounts

LARGEST_FORM = 64 * 1024
"""Bytes: a comment of 4,000 characters of any script, percent-encoded, with room."""

ROOMS = {"web": "bot.channels.web", "desk": "bot.desk", "public": "bot.public"}


def make_app(
    conversations: Conversations,
    desk: Desk,
    accounts: Accounts,
    rounds: Rounds,
    *,
    settings: WebSettings,
    clock: Clock,
    others: Iterable[web.RouteDef] = (),
) -> web.Application:
    """The application, with what `others` serve in it, such as a channel's webhook.

    Run it with `access_log=None`: it writes its own, without addresses.
    """
    static = load_static()
    app = web.Application(
        client_max_size=LARGEST_FORM,
        middlewares=[access_log, security_headers, error_pages, same_site_only],
    )
    app[CONVERSATIONS], app[DESK] = conversations, desk
    app[ACCOUNTS], app[ROUNDS] = accounts, rounds
    app[SETTINGS], app[CLOCK] = settings, clock
    app[STATIC], app[TEMPLATES] = static, make_templates(static, settings, ROOMS)
    for routes in (static.routes(), public_routes(), chat_routes(), desk_routes(), others):
        app.add_routes(routes)
    return app
