"""Templates into responses."""

import re
from collections.abc import Mapping
from typing import Any

from aiohttp import web
from jinja2 import BaseLoader, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

from bot.help_numbers import parts
from bot.languages import chosen_at, english_name, own_name, spoken_at
from bot.local_time import date_in_words, day_in_words, moment_in_words
from bot.pages.components import make_draw
from bot.pages.keys import TEMPLATES
from bot.pages.settings import WebSettings
from bot.pages.static import StaticFiles
from bot.words import ENGLISH, Words
from surveys.words import upright

_CALL = Markup('<a class="govuk-link sv-call" href="tel:{dial}" dir="ltr">{text}</a>')
_BETWEEN_FIGURES = re.compile(r"(?<=\d) (?=\d)")


def make_templates(
    static: StaticFiles, settings: WebSettings, rooms: Mapping[str, str]
) -> Environment:
    """The template environment; `rooms` has the package of each room by its short name."""
    packages = {
        "govuk_frontend_jinja": "govuk_frontend_jinja",
        "pages": "bot.pages",
        **rooms,
    }
    loaders: dict[str, BaseLoader] = {
        name: PackageLoader(package) for name, package in packages.items()
    }
    templates = Environment(
        loader=PrefixLoader(loaders),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        # A page looks up thirty templates; whether each file has changed need not be asked.
        auto_reload=False,
    )
    templates.globals.update(
        static=static.address, settings=settings, component=make_draw(templates)
    )
    templates.filters.update(
        moment=moment_in_words,
        day=day_in_words,
        date=date_in_words,
        own_name=own_name,
        english_name=english_name,
        upright=upright,
        spoken_at=spoken_at,
        chosen_at=chosen_at,
        unbroken=unbroken,
        to_call=to_call,
    )
    return templates


def unbroken(line: str) -> str:
    """The line with each telephone number in one piece, also where it stands in Arabic.

    Groups of figures parted by spaces would run from right to left there.
    """
    return _BETWEEN_FIGURES.sub("\N{NO-BREAK SPACE}", line)


def to_call(line: str) -> Markup:
    """The line with each telephone number as a link that calls it, in one piece."""
    return Markup().join(
        _CALL.format(dial=part.dial, text=unbroken(part.text)) if part.dial else part.text
        for part in parts(line)
    )


def render(
    request: web.Request, template: str, *, status: int = 200, **context: Any
) -> web.Response:
    """The page `template` (such as "web/question.html") makes of `context`.

    Its `words` are English where the context brings no others.
    """
    context.setdefault("words", Words(ENGLISH))
    text = request.app[TEMPLATES].get_template(template).render(**context)
    return web.Response(text=text, content_type="text/html", status=status)


def message(
    request: web.Request, title: str, *lines: str, status: int = 200, words: Words | None = None
) -> web.Response:
    """A plain page: a heading and a few lines, in English unless `words` are others."""
    spoken = words or Words(ENGLISH)
    page = "pages/message.html"
    return render(request, page, status=status, words=spoken, title=title, lines=lines)


def see_other(address: str) -> web.Response:
    """Go and get the page at `address`, which is one of ours."""
    return web.Response(status=303, headers={"Location": address})
