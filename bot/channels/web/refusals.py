"""Pages for a conversation that cannot go on now. Words already typed are given back."""

from datetime import datetime

from aiohttp import web

from bot.local_time import moment_in_words
from bot.pages.render import render
from bot.ports import Turned, TurnStatus
from surveys.records import Round
from surveys.session import Stage


def cannot_go_on(request: web.Request, turned: Turned, text: str = "") -> web.Response | None:
    """The page saying why, or `None` where the conversation is open."""
    match turned.status:
        case TurnStatus.UNKNOWN:
            return _unknown(request, text)
        case TurnStatus.NOT_OPEN_YET:
            return _not_open_yet(request, turned, text)
        case TurnStatus.CLOSED:
            return _closed(request, turned, text)
        case _:
            return None


def not_saved(
    request: web.Request, title: str, *lines: str, text: str, onward: str
) -> web.Response:
    """An answer could not be stored: says so, hands the words back and points `onward`."""
    context = {"title": title, "lines": lines, "text": text, "onward": onward}
    return render(request, "web/refusal.html", status=409, **context)


def closing_moment(round_: Round) -> datetime:
    """When the round closed, or will."""
    return round_.closed_at or round_.closes_at


def _unknown(request: web.Request, text: str) -> web.Response:
    lines = (
        "Check that the whole link was copied. If you typed a code, check each letter.",
        "A link stops working some time after its survey has closed.",
        "If it still does not work, ask the person or the team who sent it to you.",
    )
    return _refusal(request, "We do not know this link", *lines, text=text, status=404)


def _not_open_yet(request: web.Request, turned: Turned, text: str) -> web.Response:
    when = moment_in_words(turned.round.opens_at) if turned.round else "another day"
    lines = (f"It opens on {when}.", "Your link will work then. Please come back.")
    return _refusal(request, "This survey is not open yet", *lines, text=text)


def _closed(request: web.Request, turned: Turned, text: str) -> web.Response:
    when = moment_in_words(closing_moment(turned.round)) if turned.round else ""
    sent = turned.session is not None and turned.session.stage is Stage.FINISHED
    lines = (
        f"It closed on {when}." if when else "It has closed.",
        "You had sent your answers. Thank you."
        if sent
        else "No more answers can be taken. Nothing on this page was saved.",
    )
    return _refusal(request, "This survey has closed", *lines, text=text)


def _refusal(
    request: web.Request, title: str, *lines: str, text: str, status: int = 0
) -> web.Response:
    looking = request.method != "POST"
    wanted = status or (200 if looking else 409)
    return render(
        request, "web/refusal.html", status=wanted, title=title, lines=lines, text=text, onward=""
    )
