"""Pages for a conversation that cannot go on now. Words already typed are given back."""

from datetime import datetime

from aiohttp import web

from bot.channels.web.standing import Here
from bot.pages.render import render
from bot.ports import Turned, TurnStatus
from bot.words import ENGLISH, Words
from surveys.records import Round
from surveys.session import Stage


def cannot_go_on(request: web.Request, turned: Turned, text: str = "") -> web.Response | None:
    """The page saying why, or `None` where the conversation is open."""
    match turned.status:
        case TurnStatus.UNKNOWN:
            return _unknown(request, turned, text)
        case TurnStatus.NOT_OPEN_YET:
            return _not_open_yet(request, turned, text)
        case TurnStatus.CLOSED:
            return _closed(request, turned, text)
        case _:
            return None


def not_saved(
    request: web.Request, standing: Here, title: str, line: str, *, text: str
) -> web.Response:
    """An answer could not be stored: says so, hands the words back and points onward.

    `title` and `line` are keys of words.
    """
    words, onward = standing.words, standing.address()
    return render(
        request,
        "web/refusal.html",
        status=409,
        words=words,
        round=standing.round,
        title=words.say(title),
        lines=(words.say(line),),
        text=text,
        onward=onward,
    )


def words_of(turned: Turned) -> Words:
    """The parent's language, else the questionnaire's own, else English."""
    if turned.session is not None:
        return Words(turned.session.language)
    return Words(turned.questionnaire.default_language if turned.questionnaire else ENGLISH)


def closing_moment(round_: Round) -> datetime:
    """When the round closed, or will."""
    return round_.closed_at or round_.closes_at


def _unknown(request: web.Request, turned: Turned, text: str) -> web.Response:
    words = words_of(turned)
    lines = map(words.say, ("web.unknown.check", "web.unknown.old", "web.unknown.ask"))
    return _refusal(request, turned, words.say("web.unknown.title"), *lines, text=text, status=404)


def _not_open_yet(request: web.Request, turned: Turned, text: str) -> web.Response:
    words = words_of(turned)
    opens = (
        words.say("web.early.opens", when=words.moment(turned.round.opens_at))
        if turned.round
        else words.say("web.early.another_day")
    )
    lines = (opens, words.say("web.early.come_back"))
    return _refusal(request, turned, words.say("web.early.title"), *lines, text=text)


def _closed(request: web.Request, turned: Turned, text: str) -> web.Response:
    words = words_of(turned)
    sent = turned.session is not None and turned.session.stage is Stage.FINISHED
    closed = (
        words.say("web.closed.on", when=words.moment(closing_moment(turned.round)))
        if turned.round
        else words.say("web.closed.closed")
    )
    lines = (closed, words.say("web.closed.sent" if sent else "web.closed.no_more"))
    return _refusal(request, turned, words.say("web.closed.title"), *lines, text=text)


def _refusal(
    request: web.Request, turned: Turned, title: str, *lines: str, text: str, status: int = 0
) -> web.Response:
    looking = request.method != "POST"
    wanted = status or (200 if looking else 409)
    # What is held stays a parent's to see and erase, whatever is refused.
    held = turned.session is not None and "token" in request.match_info
    return render(
        request,
        "web/refusal.html",
        status=wanted,
        words=words_of(turned),
        round=turned.round,
        title=title,
        lines=lines,
        text=text,
        onward="",
        rights_of=f"/c/{request.match_info['token']}" if held else "",
    )
