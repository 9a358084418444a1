"""The one address that takes a turn, and the page that answers it."""

from dataclasses import replace
from urllib.parse import urlencode

from aiohttp import web

from bot.channels.web.fields import Entered, entered
from bot.channels.web.pages import help_page, question_page
from bot.channels.web.posted import HELP, REVIEW, Action, Posted, read_posted
from bot.channels.web.refusals import cannot_go_on, helps, no_room, not_saved
from bot.channels.web.rights import erased_page
from bot.channels.web.standing import Here, here
from bot.channels.web.words import why_not
from bot.pages.forms import read_form
from bot.pages.keys import CLOCK, CONVERSATIONS
from bot.pages.render import see_other
from bot.pages.spoken import chosen
from bot.ports import NotStored, Turn, Turned, TurnStatus, WebPlace
from surveys.engine import ask
from surveys.events import (
    AnswerDropped,
    AnswerRecorded,
    Event,
    HelpOffered,
    NotUnderstood,
    QuestionAsked,
)
from surveys.model import QuestionType
from surveys.session import Stage

_OF_MESSAGES = {Action.STOP: "stopped", Action.MESSAGES: "started"}


async def take_turn(request: web.Request) -> web.Response:
    """Do one turn and answer with a redirect, or with the same page where it was refused."""
    token = request.match_info["token"]
    posted = read_posted(await read_form(request))
    try:
        heard = await _listen(request, posted.beside(token))
        held = await _hold_words(request, token, posted, helped=HelpOffered() in heard)
        if held:
            return held
        turned = await request.app[CONVERSATIONS].take(posted.turn(token))
    except NotStored:
        return await _not_stored(request, token, posted)
    turned = replace(turned, events=(*heard, *turned.events))
    ended = _right_done(request, token, posted, turned) or cannot_go_on(
        request, turned, posted.text
    )
    if ended:
        return ended
    standing = here(token, turned, request.app[CLOCK]())
    if posted.action is Action.LANGUAGE:
        return _in_other_words(request, standing, posted, turned)
    return _after(request, standing, posted, turned)


def _after(request: web.Request, standing: Here, posted: Posted, turned: Turned) -> web.Response:
    """Where a turn that was taken leads to."""
    for event in turned.events:
        if isinstance(event, NotUnderstood):
            return _again(request, standing, posted, event, helped=helps(turned))
    if posted.action is Action.ANSWER and not _is_taken(request, standing, posted, turned):
        return _not_taken(request, standing, posted, turned)
    removed = [event.key for event in turned.events if isinstance(event, AnswerDropped)]
    onward = standing.address(removed)
    if helps(turned):
        # A redirect would lose it, and its address would tell others what was written.
        return help_page(request, standing, onward)
    return see_other(onward)


def _right_done(
    request: web.Request, token: str, posted: Posted, turned: Turned
) -> web.Response | None:
    """The answer to what a closed round does not refuse: stop, start again and erase."""
    if turned.status is TurnStatus.ERASED:
        return erased_page(request, turned)
    done = _OF_MESSAGES.get(posted.action)
    if done and turned.status is not TurnStatus.UNKNOWN:
        language = {"language": chosen(request)} if chosen(request) else {}
        return see_other(f"/c/{token}/rights?{urlencode({done: 'yes'} | language)}")
    return None


async def _listen(request: web.Request, beside: Turn | None) -> tuple[Event, ...]:
    """Hand in the words that a button would throw away; returns the help that is due."""
    if beside is None:
        return ()
    turned = await request.app[CONVERSATIONS].take(beside)
    return (HelpOffered(),) if helps(turned) else ()


async def _hold_words(
    request: web.Request, token: str, posted: Posted, *, helped: bool
) -> web.Response | None:
    """The same page again where Skip or Back would throw away words just written."""
    if posted.action not in (Action.SKIP, Action.BACK) or not posted.text.strip():
        return None
    turned = await request.app[CONVERSATIONS].look(WebPlace(token))
    if turned.status is not TurnStatus.OK:
        return None
    standing = here(token, turned, request.app[CLOCK]())
    question = standing.position.route.question(posted.key)
    asked = _ask(request, standing, posted.key)
    if asked is None or question is None or question.type is not QuestionType.TEXT:
        return None
    if standing.session.stage is Stage.FINISHED or asked.selected == posted.values:
        return None
    shown = _entered(posted)
    error = standing.words.say("web.not_saved")
    return question_page(
        request, standing, asked, shown=shown, error=error, helped=helped, status=422
    )


async def _not_stored(request: web.Request, token: str, posted: Posted) -> web.Response:
    """The same page with what was entered, to send once more; no word of it being saved."""
    turned = await request.app[CONVERSATIONS].look(WebPlace(token))
    if posted.action is Action.ANSWER and turned.status is TurnStatus.OK:
        standing = here(token, turned, request.app[CLOCK]())
        asked = _ask(request, standing, posted.key)
        if asked is not None:
            error, shown = standing.words.say("web.no_room"), _entered(posted)
            return question_page(request, standing, asked, shown=shown, error=error, status=503)
    return no_room(request, turned, f"/c/{token}", posted.text)


def _in_other_words(
    request: web.Request, standing: Here, posted: Posted, turned: Turned
) -> web.Response:
    """The page where the language was pressed, with what was entered there and not yet sent."""
    stage = standing.session.stage
    if posted.page == HELP:
        return help_page(request, standing, standing.address())
    if stage is Stage.WELCOME:
        return see_other(standing.address())
    if posted.page == REVIEW and stage is not Stage.FINISHED:
        return see_other(standing.review_address)
    asked = _ask(request, standing, posted.key) if stage is not Stage.FINISHED else None
    if asked is None:
        lost = posted.key and posted.text.strip()
        return (
            _not_taken(request, standing, posted, turned) if lost else see_other(standing.address())
        )
    if _is_shown(standing, posted, asked):
        return see_other(standing.question_address(asked.key))
    # Not by a redirect: words must not stand in an address.
    why, helped = "web.unsaved.language", helps(turned)
    return question_page(
        request, standing, asked, shown=_entered(posted), unsaved=why, helped=helped
    )


def _is_shown(standing: Here, posted: Posted, asked: QuestionAsked) -> bool:
    """Whether the form brought nothing but what is stored and will be shown again."""
    question = standing.questionnaire.question(asked.key)
    if question is None or not posted.values:
        return True
    stored = entered(question, asked.selected)
    if question.type is QuestionType.DATE:
        return posted.date == stored.date
    return (posted.codes, posted.text) == (stored.codes, stored.text)


def _is_taken(request: web.Request, standing: Here, posted: Posted, turned: Turned) -> bool:
    """Whether what was posted is now the answer: by this turn, or by an earlier one like it."""
    if any(isinstance(event, AnswerRecorded) for event in turned.events):
        return True
    asked = _ask(request, standing, posted.key)
    return asked is not None and asked.selected == posted.values


def _again(
    request: web.Request, standing: Here, posted: Posted, refused: NotUnderstood, *, helped: bool
) -> web.Response:
    asked = _ask(request, standing, refused.key)
    question = standing.questionnaire.question(refused.key)
    if asked is None or question is None:
        return see_other(standing.address())
    error = why_not(standing.position, question, refused)
    shown = _entered(posted)
    return question_page(
        request, standing, asked, shown=shown, error=error, helped=helped, status=422
    )


def _not_taken(
    request: web.Request, standing: Here, posted: Posted, turned: Turned
) -> web.Response:
    helped = helps(turned)
    if standing.session.stage is Stage.FINISHED:
        said = ("web.sent.title", "web.sent.line")
        return not_saved(request, standing, *said, text=posted.text, helped=helped)
    asked = _ask(request, standing, posted.key)
    if asked is not None and turned.status is TurnStatus.DUPLICATE:
        # An old copy of the page was sent once more, over a newer answer.
        why = "web.unsaved.why"
        shown = _entered(posted)
        return question_page(request, standing, asked, shown=shown, unsaved=why, helped=helped)
    said = ("web.unneeded.title", "web.unneeded.line")
    return not_saved(request, standing, *said, text=posted.text, helped=helped)


def _ask(request: web.Request, standing: Here, key: str) -> QuestionAsked | None:
    return ask(standing.questionnaire, standing.session, key, request.app[CLOCK]())


def _entered(posted: Posted) -> Entered:
    return Entered(posted.codes, posted.text, posted.date)
