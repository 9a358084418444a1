"""A round's open link: it gives whoever comes a personal link of their own."""

from urllib.parse import urlencode

from aiohttp import web

from bot.channels.web.refusals import cannot_go_on, no_room, words_of
from bot.languages import offered
from bot.pages.forms import new_nonce, nonce_of, read_form
from bot.pages.keys import CONVERSATIONS
from bot.pages.render import render, see_other
from bot.pages.spoken import chosen
from bot.ports import NotStored, Turn, TurnStatus, WebPlace
from bot.words import Words
from surveys.inputs import LanguageChosen
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
        here=_address(code),
        languages=[Words(each) for each in offered(questionnaire, found.round)],
        nonce=new_nonce(),
    )


async def begin(request: web.Request) -> web.Response:
    """Make a personal link and go there. The same form gives the same link again."""
    code = request.match_info["code"]
    nonce = nonce_of(await read_form(request))
    try:
        token = await request.app[CONVERSATIONS].begin_open(code, f"web:{nonce}")
        if token:
            await _speak(request, token, nonce)
            return see_other(f"/c/{token}")
    except NotStored:
        found = await request.app[CONVERSATIONS].look_open(code)
        return no_room(request, found, _address(code, chosen(request)))
    found = await request.app[CONVERSATIONS].look_open(code)
    # Between the two the round may have opened: then the page is shown once more.
    return cannot_go_on(request, found) or see_other(_address(code, chosen(request)))


async def _speak(request: web.Request, token: str, nonce: str) -> None:
    """Go on in the language of the page with the button. The engine refuses one not on offer."""
    place, code = WebPlace(token), chosen(request)
    there = await request.app[CONVERSATIONS].look(place)
    asked = there.questionnaire
    if code and there.session is None and asked and code != asked.default_language:
        said = LanguageChosen(code)
        await request.app[CONVERSATIONS].take(Turn(f"web:{nonce}:language", place, said))


def _address(code: str, language: str = "") -> str:
    """The address of the open link; with a language it is the page in that language."""
    return f"/o/{code}" + (f"?{urlencode({'language': language})}" if language else "")
