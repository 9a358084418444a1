"""A parent's rights on the web: to see what is held, to have no more messages, to be forgotten.

They hold for as long as the link opens anything, whether or not answers are taken.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from bot.channels.web.pages import rows
from bot.channels.web.refusals import cannot_go_on, words_of
from bot.channels.web.standing import Here, here
from bot.languages import chosen_at, offered
from bot.pages.forms import new_nonce
from bot.pages.keys import CLOCK, CONVERSATIONS
from bot.pages.render import render
from bot.pages.spoken import chosen
from bot.ports import Turned, TurnStatus, WebPlace
from bot.rights import beside_questions, child_in_words, held_beside_answers
from bot.words import Words

FILE_NAME = "my-data.txt"

Child = tuple[str, list[dict[str, Any]]]
"""A child, as "your first child", and the questions on its route with their answers."""


@dataclass(frozen=True)
class Held:
    """What is held of one family: each child's answers, and words that answered nothing."""

    children: list[Child]
    asides: tuple[str, ...]


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
    words = words_of(request, turned)
    if turned.questionnaire and chosen(request) in offered(turned.questionnaire, turned.round):
        words = Words(chosen(request))
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
    request: web.Request, page: Callable[[web.Request, Here, Held], web.Response]
) -> web.Response:
    token = request.match_info["token"]
    conversations, now = request.app[CONVERSATIONS], request.app[CLOCK]()
    turned = await conversations.look(WebPlace(token))
    if turned.status is TurnStatus.UNKNOWN:
        refused = cannot_go_on(request, turned)
        assert refused is not None  # noqa: S101 - an unknown link cannot go on
        return refused
    sessions = await conversations.held(WebPlace(token))
    asides = await conversations.asides(WebPlace(token))
    standing = _in_language(request, here(token, turned, now))
    children = [
        (
            child_in_words(standing.words, number),
            # A child's session keeps the language it was answered in: here it is read.
            rows(_speaking(here(token, replace(turned, session=session), now), standing.words)),
        )
        for number, session in enumerate(sessions, start=1)
    ]
    return page(request, standing, Held(children, asides))


def _in_language(request: web.Request, standing: Here) -> Here:
    """The same in the language that the address names, if it is on offer. Nothing is kept."""
    code = chosen(request)
    on_offer = offered(standing.questionnaire, standing.round)
    return _speaking(standing, Words(code)) if code in on_offer else standing


def _speaking(standing: Here, words: Words) -> Here:
    session = replace(standing.session, language=words.language)
    return replace(standing, position=standing.position.now(session))


def _shared(request: web.Request, standing: Here) -> dict[str, Any]:
    """What both pages need. `spoken` carries the language on where the address names it."""
    named = chosen(request) == standing.session.language
    return {
        "round": standing.round,
        "words": standing.words,
        "home": f"/c/{standing.token}",
        "languages": [Words(code) for code in offered(standing.questionnaire, standing.round)],
        "spoken": chosen_at(standing.words, "") if named else "",
        "nonce": new_nonce(),
    }


def _rights(request: web.Request, standing: Here, held: Held) -> web.Response:
    return render(
        request,
        "web/rights.html",
        **_shared(request, standing),
        facts=_facts(standing),
        children=[(name, _answered(each)) for name, each in held.children],
        asides=held.asides,
        is_stopped=standing.is_stopped,
        started="started" in request.query and not standing.is_stopped,
    )


def _file(_: web.Request, standing: Here, held: Held) -> web.Response:
    parts = _facts(standing)
    for name, each in held.children:
        parts.append(f"{standing.words.say('child.answers', child=name)}:")
        parts += [f"{row['question']}\n    {row['answer']}" for row in _answered(each)]
    parts += beside_questions(standing.words, held.asides)
    return web.Response(
        text="\n\n".join(parts) + "\n",
        content_type="text/plain",
        headers={"Content-Disposition": f'attachment; filename="{FILE_NAME}"'},
    )


def _ask(request: web.Request, standing: Here, _: Held) -> web.Response:
    return render(request, "web/erase.html", **_shared(request, standing))


def _answered(every: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in every if row["is_answered"]]


def _facts(standing: Here) -> list[str]:
    return held_beside_answers(
        standing.words,
        standing.round,
        where="held.web",
        notice_read=standing.notice_read,
        is_listed=standing.is_listed,
    )
