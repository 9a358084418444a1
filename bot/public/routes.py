"""The start page with its box for a code, and the addresses of the two statements."""

import re

from aiohttp import web

from bot.pages.forms import read_form
from bot.pages.render import render, see_other
from bot.pages.spoken import words_for
from bot.public.statements import accessibility, privacy

CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
ROBOTS = "User-agent: *\nDisallow: /\n"


async def home(request: web.Request) -> web.Response:
    """What this service is, and a box for a code."""
    return render(request, "public/home.html", words=words_for(request), code="", error="")


async def enter_code(request: web.Request) -> web.Response:
    """On to the round with this code."""
    code = (await read_form(request)).get("code", "").strip()
    if CODE.fullmatch(code):
        return see_other(f"/o/{code}")
    words = words_for(request)
    error = words.say("home.code.wrong" if code else "home.code.empty")
    return render(request, "public/home.html", status=422, words=words, code=code, error=error)


async def robots(_request: web.Request) -> web.Response:
    """Search engines are asked to stay away."""
    return web.Response(text=ROBOTS)


def routes() -> list[web.RouteDef]:
    """Every public route."""
    return [
        web.get("/", home),
        web.post("/", enter_code),
        web.get("/privacy", privacy),
        web.get("/accessibility", accessibility),
        web.get("/robots.txt", robots),
    ]
