"""A parent's rights on the web: to see what is held, to have no more messages, to be forgotten.

They hold for as long as the link opens anything, whether or not answers are taken.
"""

from collections.abc import Callable

from aiohttp import web

from bot.channels.web.pages import rows
from bot.channels.web.refusals import cannot_go_on, words_of
from bot.channels.web.standing import Here, here
from bot.pages.forms import new_nonce
from bot.pages.keys import CLOCK, CONVERSATIONS
from bot.pages.render import render
from bot.ports import Turned, TurnStatus, WebPlace
from bot.rights import held_beside_answers

FILE_NAME = "my-data.txt"


async def rights(request: web.Request) -> web.Response:
    """What is held, and what can be done about it."""
    return await _look(request, _rights)


async def my_data(request: web.Request) -> web.Response:
    """Everything held, as a plain text file."""
    return await _look(request, _file)


async def ask_to_erase(request: web.Request) -> web.Response:
    """Asks once whether everything shall be erased. Changes nothing."""
    return await _look(request, _ask)


def erased_page(request: web.Request, turned: Turned) -> web.Response:
    """Everything is gone."""
    words = words_of(turned)
    return render(
        request,
        "web/refusal.html",
        round=turned.round,
        words=words,
        title=words.say("erased.title"),
        lines=(
            words.say("erased.line"),
            words.say("erase.not_results"),
        ),
        text="",
        onward="",
    )


async def _look(
    request: web.Request, page: Callable[[web.Request, Here], web.Response]
) -> web.Response:
    token = request.match_info["token"]
    turned = await request.app[CONVERSATIONS].look(WebPlace(token))
    if turned.status is TurnStatus.UNKNOWN:
        refused = cannot_go_on(request, turned)
        assert refused is not None  # noqa: S101 - an unknown link cannot go on
        return refused
    return page(request, here(token, turned, request.app[CLOCK]()))


def _rights(request: web.Request, standing: Here) -> web.Response:
    return render(
        request,
        "web/rights.html",
        round=standing.round,
        words=standing.words,
        home=f"/c/{standing.token}",
        facts=_facts(standing),
        rows=rows(standing, only_answered=True),
        stopped="stopped" in request.query,
        nonce=new_nonce(),
    )


def _file(_: web.Request, standing: Here) -> web.Response:
    answers = [
        f"{row['question']}\n    {row['answer']}" for row in rows(standing, only_answered=True)
    ]
    text = (
        "\n\n".join((*_facts(standing), standing.words.say("held.your_answers"), *answers)) + "\n"
    )
    return web.Response(
        text=text,
        content_type="text/plain",
        headers={"Content-Disposition": f'attachment; filename="{FILE_NAME}"'},
    )


def _ask(request: web.Request, standing: Here) -> web.Response:
    return render(
        request,
        "web/erase.html",
        words=standing.words,
        round=standing.round,
        home=f"/c/{standing.token}",
        nonce=new_nonce(),
    )


def _facts(standing: Here) -> list[str]:
    return held_beside_answers(standing.words, standing.round, where="held.web")
