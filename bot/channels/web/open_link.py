"""A round's open link: it gives whoever comes a personal link of their own."""

from aiohttp import web

from bot.channels.web.refusals import cannot_go_on, no_room, words_of
from bot.pages.forms import new_nonce, nonce_of, read_form
from bot.pages.keys import CONVERSATIONS
from bot.pages.render import render, see_other
from bot.ports import NotStored, TurnStatus, WebPlace
from surveys.model import in_language


async def welcome(request: web.Request) -> web.Response:
    """What the survey is, and a button to begin. A personal code leads to its own page."""
    code = request.match_info["code"]
    found = await request.app[CONVERSATIONS].look_open(code)
    if found.status is TurnStatus.UNKNOWN:
        personal = await request.app[CONVERSATIONS].look(WebPlace(code))
        if personal.status is not TurnStatus.UNKNOWN:
            return see_other(f"/c/{code}")
    refused = cannot_go_on(request, found)
    if refused:
        return refused
    questionnaire = found.questionnaire
    if questionnaire is None:
        raise web.HTTPNotFound
    words = words_of(request, found)
    title = in_language(questionnaire.titles, words.language, questionnaire.default_language)
    return render(
        request,
        "web/open.html",
        words=words,
        round=found.round,
        title=title,
        code=code,
        nonce=new_nonce(),
    )


async def begin(request: web.Request) -> web.Response:
    """Make a personal link and go there. The same form gives the same link again."""
    code = request.match_info["code"]
    nonce = nonce_of(await read_form(request))
    try:
        token = await request.app[CONVERSATIONS].begin_open(code, f"web:{nonce}")
    except NotStored:
        found = await request.app[CONVERSATIONS].look_open(code)
        return no_room(request, found, f"/o/{code}")
    if token:
        return see_other(f"/c/{token}")
    found = await request.app[CONVERSATIONS].look_open(code)
    # Between the two the round may have opened: then the page is shown once more.
    return cannot_go_on(request, found) or see_other(f"/o/{code}")
