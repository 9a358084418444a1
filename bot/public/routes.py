"""The start page with its box for a code, and the addresses of the two statements."""

import re

from aiohttp import web

from bot.languages import chosen_at
from bot.pages.forms import read_form
from bot.pages.render import render, see_other
from bot.pages.spoken import chosen, words_for
from bot.public.statements import accessibility, in_languages, privacy
from bot.words import SHIPPED, Words

CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
ROBOTS = "User-agent: *\nDisallow: /\n"


async def home(request: web.Request) -> web.Response:
    """What this service is, and a box for a code."""
    return _home(request)


async def enter_code(request: web.Request) -> web.Response:
    """On to the round with this code, in the language that was chosen here, if one was."""
    code = (await read_form(request)).get("code", "").strip()
    if CODE.fullmatch(code):
        opened = f"/o/{code}"
        return see_other(chosen_at(_words(request), opened) if chosen(request) else opened)
    return _home(request, code, "home.code.wrong" if code else "home.code.empty")


def _home(request: web.Request, code: str = "", error: str = "") -> web.Response:
    """The page; `error` is the key of what is wrong with the code."""
    words = _words(request)
    return render(
        request,
        "public/home.html",
        status=422 if error else 200,
        **in_languages(request, words),
        is_chosen=bool(chosen(request)),
        code=code,
        error=words.say(error) if error else "",
    )


def _words(request: web.Request) -> Words:
    asked = chosen(request)
    return Words(asked) if asked in SHIPPED else words_for(request)


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
