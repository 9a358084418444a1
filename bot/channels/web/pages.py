"""The pages of the chat, from where a conversation stands."""

from itertools import takewhile
from typing import Any

from aiohttp import web

from bot import links
from bot.channels.web.fields import Entered, entered, field
from bot.channels.web.standing import Here
from bot.channels.web.words import answer_in_words, in_own_language
from bot.languages import offered, spoken_at
from bot.pages.forms import new_nonce
from bot.pages.keys import SETTINGS, TEMPLATES
from bot.pages.render import render
from bot.rights import child_in_words
from bot.words import Words
from surveys.events import QuestionAsked
from surveys.model import Question, QuestionType, State

LAST = 2
"""How many answers stand open above a question."""


def question_page(
    request: web.Request,
    here: Here,
    asked: QuestionAsked,
    *,
    shown: Entered | None = None,
    error: str = "",
    unsaved: str = "",
    helped: bool = False,
    status: int = 200,
) -> web.Response:
    """The page of one question.

    `shown` is what the parent entered where it is not stored; `error` says why not, and
    `unsaved` is the key of why it only has to be sent once more. `helped` puts the help
    numbers first.
    """
    position = here.position
    question = _question(here, asked.key)
    filled = shown or entered(question, asked.selected)
    warning = _warning(request, here, question) if question.type is QuestionType.TEXT else ""
    control = field(position, question, filled, error, warning)
    return render(
        request,
        "web/question.html",
        status=status,
        **_shared(request, here),
        asked=asked,
        question=question,
        label=in_own_language(position, question.labels),
        guidance=in_own_language(position, question.guidance),
        notes=[in_own_language(position, _question(here, key).labels) for key in asked.notes],
        **_so_far(here, asked.key, fold=bool(error)),
        control=control,
        error=error,
        unsaved=unsaved,
        helped=helped,
        may_withdraw=here.child_number > 1 and not here.session.answers,
        nonce=new_nonce(),
    )


def start_page(request: web.Request, here: Here) -> web.Response:
    """The welcome and the privacy notice."""
    questions = len(here.position.route.questions)
    settings = request.app[SETTINGS]
    told = settings.notice.short(
        here.session.language, here.round, settings.council_name, settings.contact
    )
    return render(
        request,
        "web/start.html",
        **_shared(request, here) | {"notice_shown": settings.notice.edition.code},
        told=told,
        title=in_own_language(here.position, here.questionnaire.titles),
        questions=questions,
        minutes=minutes_for(questions),
        nonce=new_nonce(),
    )


def review_page(request: web.Request, here: Here) -> web.Response:
    """Every question with its answer, to look over and send."""
    closing = here.position.route.closing_notes
    return render(
        request,
        "web/review.html",
        **_shared(request, here),
        rows=rows(here),
        notes=[in_own_language(here.position, _question(here, key).labels) for key in closing],
        next=here.position.unanswered,
        next_address=here.address(),
        nonce=new_nonce(),
    )


def done_page(request: web.Request, here: Here) -> web.Response:
    """Thanks, and what happens to the answers."""
    return render(request, "web/done.html", **_shared(request, here), nonce=new_nonce())


def help_page(request: web.Request, here: Here, onward: str) -> web.Response:
    """Whom to call now, and the way on to the page at `onward`."""
    # News of the notice waits: nothing may stand before the numbers.
    shared = _shared(request, here) | {"notice_is_news": False}
    return render(request, "web/help.html", **shared, onward=onward)


def rows(here: Here, *, only_answered: bool = False) -> list[dict[str, Any]]:
    """The questions on the route with their answers in words and the address to change them."""
    position, answers = here.position, here.session.answers
    return [
        {
            "key": question.key,
            "question": in_own_language(position, question.labels),
            "answer": answer_in_words(position, question, answers.get(question.key)),
            "is_answered": question.key in answers,
            "is_skipped": question.key in answers and answers[question.key].state is State.SKIPPED,
            "change": here.question_address(question.key),
        }
        for question in position.route.questions
        if question.key in answers or not only_answered
    ]


def _so_far(here: Here, key: str, *, fold: bool) -> dict[str, list[dict[str, Any]]]:
    """The conversation above question `key`: the last answers before it, and all the others.

    With `fold` all are among the others, so that an error stands close to its question.
    """
    answered = rows(here, only_answered=True)
    before = list(takewhile(lambda key_: key_ != key, _keys(here)))
    last = [row for row in answered if row["key"] in before][-LAST:] if not fold else []
    return {"last": last, "others": [row for row in answered if row not in last]}


def _keys(here: Here) -> list[str]:
    return [question.key for question in here.position.route.questions]


def minutes_for(questions: int) -> int:
    """About how many minutes that many questions take, at 15 seconds each."""
    return max(1, -(-questions * 15 // 60))


def personal_link(request: web.Request, token: str) -> str:
    """The whole address a parent keeps."""
    return links.web(request.app[SETTINGS].base_url, token)


def _question(here: Here, key: str) -> Question:
    found = here.questionnaire.question(key)
    if found is None:
        raise LookupError(f"question {key} is on the route and not in {here.questionnaire.key}")
    return found


def _warning(request: web.Request, here: Here, question: Question) -> str:
    hint = in_own_language(here.position, question.hints)
    template = request.app[TEMPLATES].get_template("web/parts.html")
    parts: Any = template.make_module({"words": here.words})
    return str(parts.not_watched(hint, request.app[SETTINGS].help_lines))


def _shared(request: web.Request, here: Here) -> dict[str, Any]:
    wanted = request.query.getall("removed", [])
    removed = [q for key in wanted if (q := here.questionnaire.question(key))]
    return {
        "round": here.round,
        "child": child_in_words(here.words, here.child_number) if here.child_number > 1 else "",
        "post_address": f"/c/{here.token}",
        "link": personal_link(request, here.token),
        "telegram_link": links.telegram(request.app[SETTINGS].telegram_bot_name, here.token),
        "removed": [in_own_language(here.position, question.labels) for question in removed],
        "words": here.words,
        "is_stopped": here.is_stopped,
        "languages": [Words(code) for code in offered(here.questionnaire, here.round)],
        "language_nonce": new_nonce(),
        **_notice(request, here),
    }


def _notice(request: web.Request, here: Here) -> dict[str, Any]:
    """The edition shown now. A form posted from a page that tells of it says so."""
    edition = request.app[SETTINGS].notice.edition
    return {
        "edition": edition.in_words(here.words),
        "privacy": spoken_at(here.words, "/privacy", rehearsed=here.round.demonstration),
        "notice_is_news": here.notice_is_news,
        "notice_shown": edition.code if here.notice_is_news else "",
    }
