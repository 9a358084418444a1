"""What handlers find in the application."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web
from jinja2 import Environment

from bot.pages.settings import WebSettings
from bot.pages.static import StaticFiles
from bot.ports import Conversations, Desk
from bot.round_ports import Rounds
from bot.staff_ports import Accounts

Clock = Callable[[], datetime]
"""Tells the time now, with its time zone."""

SETTINGS = web.AppKey("settings", WebSettings)
CLOCK: web.AppKey[Clock] = web.AppKey("clock")
CONVERSATIONS: web.AppKey[Conversations] = web.AppKey("conversations")
ACCOUNTS: web.AppKey[Accounts] = web.AppKey("accounts")
ROUNDS: web.AppKey[Rounds] = web.AppKey("rounds")
DESK: web.AppKey[Desk] = web.AppKey("desk")
TEMPLATES = web.AppKey("templates", Environment)
STATIC = web.AppKey("static", StaticFiles)
