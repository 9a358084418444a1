"""Pages for a conversation that cannot go on now. Words already typed are given back."""

from datetime import datetime
from http import HTTPStatus

from aiohttp import web

from bot.channels.web.standing import Here
from bot.languages import offered
from bot.pages.render import render
from bot.pages.spoken import wanted, words_for
from bot.ports import Turned, TurnStatus
from bot.words import Words
from surveys.events import HelpOffered
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


def no_room(request: web.Request, turned: Turned, onward: str, text: str = "") -> web.Response:
    """The database took nothing just now: says so, and hands back what was typed."""
    words = words_of(request, turned)
    return render(
        request,
        "web/refusal.html",
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        words=words,
        round=turned.round,
        title=words.say("web.no_room.title"),
        lines=(words.say("web.no_room.line"),),
        text=text,
        onward=onward,
    )


def not_saved(
    request: web.Request, standing: Here, title: str, line: str, *, text: str, helped: bool
) -> web.Response:
    """An answer could not be stored: says so, hands the words back and points onward.

    `title` and `line` are keys of words.
    """
    words, onward = standing.words, standing.address()
    return render(
        request,
        "web/refusal.html",
        status=HTTPStatus.CONFLICT,
        words=words,
        round=standing.round,
        title=words.say(title),
        lines=(words.say(line),),
        text=text,
        onward=onward,
        helped="kept" if helped else "",
    )


def words_of(request: web.Request, turned: Turned) -> Words:
    """The parent's language; before they have one, the browser's or the questionnaire's own."""
    if turned.session is not None:
        return Words(turned.session.language)
    if turned.questionnaire is None:
        return words_for(request)
    on_offer = offered(turned.questionnaire, turned.round) if turned.round else ()
    return Words(wanted(request, on_offer) or turned.questionnaire.default_language)


def helps(turned: Turned) -> bool:
    """Whether help numbers are due."""
    return any(isinstance(event, HelpOffered) for event in turned.events)


def closing_moment(round_: Round) -> datetime:
    """When the round closed, or will."""
    return round_.closed_at or round_.closes_at


def _unknown(request: web.Request, turned: Turned, text: str) -> web.Response:
    words = words_for(request)
    lines = map(words.say, ("web.unknown.check", "web.unknown.old", "web.unknown.ask"))
    title = words.say("web.unknown.title")
    return _refusal(request, turned, words, title, *lines, text=text)


def _not_open_yet(request: web.Request, turned: Turned, text: str) -> web.Response:
    words = words_of(request, turned)
    opens = (
        words.say("web.early.opens", when=words.moment(turned.round.opens_at))
        if turned.round
        else words.say("web.early.another_day")
    )
    lines = (opens, words.say("web.early.come_back"))
    return _refusal(request, turned, words, words.say("web.early.title"), *lines, text=text)


def _closed(request: web.Request, turned: Turned, text: str) -> web.Response:
    words = words_of(request, turned)
    sent = turned.session is not None and turned.session.stage is Stage.FINISHED
    closed = (
        words.say("web.closed.on", when=words.moment(closing_moment(turned.round)))
        if turned.round
        else words.say("web.closed.closed")
    )
    lines = (closed, words.say("web.closed.sent" if sent else "web.closed.no_more"))
    return _refusal(request, turned, words, words.say("web.closed.title"), *lines, text=text)


def _refusal(
    request: web.Request, turned: Turned, words: Words, title: str, *lines: str, text: str
) -> web.Response:
    nobody = turned.status is TurnStatus.UNKNOWN
    looking = request.method != "POST"
    status = HTTPStatus.OK if looking else HTTPStatus.CONFLICT
    # What is held stays a parent's to see and erase, whatever is refused.
    held = not nobody and "token" in request.match_info
    return render(
        request,
        "web/refusal.html",
        status=HTTPStatus.NOT_FOUND if nobody else status,
        words=words,
        round=turned.round,
        title=title,
        lines=lines,
        text=text,
        onward="",
        # What a stranger wrote is not kept, and must not be thought to be.
        helped=("unkept" if nobody else "kept") if helps(turned) else "",
        rights_of=f"/c/{request.match_info['token']}" if held else "",
    )
