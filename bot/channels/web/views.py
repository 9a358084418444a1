"""The pages of a personal link. They only look: GET and HEAD change nothing."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.channels.web.pages import done_page, question_page, review_page, start_page
from bot.channels.web.refusals import cannot_go_on
from bot.channels.web.standing import Here, here
from bot.pages.keys import CLOCK, CONVERSATIONS
from bot.pages.render import see_other
from bot.ports import WebPlace
from surveys.engine import ask
from surveys.session import Stage

View = Callable[[web.Request, Here], Awaitable[web.Response]]


async def home(request: web.Request) -> web.Response:
    """The welcome, or the page where this parent left off."""
    token = request.match_info["token"]
    turned = await request.app[CONVERSATIONS].look(WebPlace(token))
    refused = cannot_go_on(request, turned)
    if refused:
        return refused
    standing = here(token, turned, request.app[CLOCK]())
    if standing.session.stage is not Stage.WELCOME:
        return see_other(standing.address())
    return start_page(request, standing)


async def question(request: web.Request) -> web.Response:
    """The question at this address, if it is on this parent's route."""
    return await _look(request, _question)


async def review(request: web.Request) -> web.Response:
    """The answers so far, to look over and send."""
    return await _look(request, _review)


async def done(request: web.Request) -> web.Response:
    """Thanks, once the answers are sent."""
    return await _look(request, _done)


async def _look(request: web.Request, view: View) -> web.Response:
    token = request.match_info["token"]
    turned = await request.app[CONVERSATIONS].look(WebPlace(token))
    refused = cannot_go_on(request, turned)
    if refused:
        return refused
    standing = here(token, turned, request.app[CLOCK]())
    if standing.session.stage is Stage.WELCOME:
        return see_other(f"/c/{token}")
    return await view(request, standing)


async def _question(request: web.Request, standing: Here) -> web.Response:
    if standing.session.stage is Stage.FINISHED:
        return see_other(standing.address())
    key, now = request.match_info["key"], request.app[CLOCK]()
    asked = ask(standing.questionnaire, standing.session, key, now)
    if asked is None:
        return see_other(standing.address())
    return question_page(request, standing, asked)


async def _review(request: web.Request, standing: Here) -> web.Response:
    if standing.session.stage is Stage.FINISHED:
        return see_other(standing.address())
    return review_page(request, standing)


async def _done(request: web.Request, standing: Here) -> web.Response:
    if standing.session.stage is not Stage.FINISHED:
        return see_other(standing.address())
    return done_page(request, standing)
