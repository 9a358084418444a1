"""The privacy notice and the accessibility statement, in any shipped language."""

from typing import Any

from aiohttp import web

from bot.languages import readable
from bot.pages.keys import SETTINGS
from bot.pages.render import render
from bot.words import ENGLISH, SHIPPED, Words, signed_off


async def privacy(request: web.Request) -> web.Response:
    """What is kept, why, and for how long."""
    settings, words = request.app[SETTINGS], _words(request)
    told = settings.notice.full(words.language, settings.council_name, settings.contact)
    return render(
        request,
        "public/privacy.html",
        **in_languages(request, words),
        told=told,
        edition=settings.notice.edition.in_words(words),
    )


async def accessibility(request: web.Request) -> web.Response:
    """What works for whom, and what to do where it does not."""
    settings, words = request.app[SETTINGS], _words(request)
    contact = settings.contact or words.say("notice.contact", council=settings.council_name)
    return render(
        request, "public/accessibility.html", **in_languages(request, words), contact=contact
    )


def _words(request: web.Request) -> Words:
    asked = request.query.get("language", ENGLISH)
    return Words(asked if asked in SHIPPED else ENGLISH)


def in_languages(request: web.Request, words: Words) -> dict[str, Any]:
    """What a page for everybody needs to offer its languages.

    Words that no speaker has checked say so, and nothing leads a family there: they are for
    who rehearses, who comes from a demonstration, or typed the language's code.
    """
    is_checked = bool(signed_off(words.language))
    rehearsed = "rehearsed" in request.query or not is_checked
    return {
        "words": words,
        "english": Words(ENGLISH),
        "languages": [Words(code) for code in readable(rehearsed=rehearsed)],
        "here": request.path,
        "is_checked": is_checked,
        "rehearsed": rehearsed,
    }
