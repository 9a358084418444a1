"""The control of one question, as parameters of a GOV.UK Frontend component."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.web.words import in_own_language, interface
from surveys.choices import is_exclusive
from surveys.model import Choice, Question, QuestionType, State
from surveys.position import Position
from surveys.understanding import LONGEST_TEXT

Params = dict[str, Any]

HEADING = "govuk-fieldset__legend--l sv-break"
LABEL = "govuk-label--l sv-break"
ONE_CHOICE = frozenset({QuestionType.SELECT_ONE, QuestionType.ACKNOWLEDGE})
NUMBERS = frozenset({QuestionType.INTEGER, QuestionType.DECIMAL})


@dataclass(frozen=True)
class Entered:
    """What the control shows: ticked codes, or text, or the three boxes of a date."""

    codes: tuple[str, ...] = ()
    text: str = ""
    date: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True)
class Field:
    """A control: the component's name, its parameters, and the id an error links to."""

    component: str
    params: Params
    first_id: str


def entered(question: Question, selected: tuple[str, ...]) -> Entered:
    """What a form shows for an answer given before."""
    if question.type is QuestionType.DATE and selected:
        year, month, day = selected[0].split("-")
        return Entered(date=(str(int(day)), str(int(month)), year))
    if question.choices or question.type is QuestionType.ACKNOWLEDGE:
        return Entered(codes=selected)
    return Entered(text=selected[0] if selected else "")


def field(
    here: Position, question: Question, shown: Entered, error: str = "", warning: str = ""
) -> Field:
    """The control of `question`, showing `shown`, with `error` tied to it.

    `warning` is HTML that stands before the box of an open question, instead of its hint.
    """
    common: Params = {}
    words = interface(here)
    hint = in_own_language(here, question.hints)
    if error:
        common["errorMessage"] = {
            "text": error,
            "visuallyHiddenText": words.say("page.error_prefix"),
        }
    if question.type is QuestionType.DATE:
        return _date(here, question, shown, common, hint or words.say("web.date.hint"))
    if warning and question.type is QuestionType.TEXT:
        common["hint"] = {"html": warning}
    elif hint:
        common["hint"] = {"text": hint}
    if question.type in ONE_CHOICE:
        return Field("radios", _choices(here, question, shown) | common, "choice")
    if question.type is QuestionType.SELECT_MULTIPLE:
        common.setdefault("hint", {"text": words.say("web.choose_all")})
        return Field("checkboxes", _choices(here, question, shown) | common, "choice")
    return _written(here, question, shown, common)


def _legend(here: Position, question: Question) -> Params:
    text = in_own_language(here, question.labels)
    return {"legend": {"text": text, "isPageHeading": True, "classes": HEADING}}


def _choices(here: Position, question: Question, shown: Entered) -> Params:
    offered = here.choices(question)
    ratings = [choice for choice in offered if choice.state is State.ANSWERED]
    others = [choice for choice in offered if choice.state is not State.ANSWERED]
    items = _items(here, question, ratings, shown)
    if ratings and others:
        items.append({"divider": interface(here).say("web.or")})
    items += _items(here, question, others, shown)
    return {
        "name": "choice",
        "idPrefix": "choice",
        "fieldset": _legend(here, question),
        "items": items,
    }


def _items(
    here: Position, question: Question, choices: Sequence[Choice], shown: Entered
) -> list[Params]:
    several = question.type is QuestionType.SELECT_MULTIPLE
    return [
        {
            "value": choice.code,
            "text": in_own_language(here, choice.labels),
            "checked": choice.code in shown.codes,
            **({"behaviour": "exclusive"} if several and is_exclusive(choice) else {}),
        }
        for choice in choices
    ]


def _written(here: Position, question: Question, shown: Entered, common: Params) -> Field:
    label = {
        "text": in_own_language(here, question.labels),
        "classes": LABEL,
        "isPageHeading": True,
    }
    params = {"id": "text", "name": "text", "label": label, "value": shown.text} | common
    if question.type not in NUMBERS:
        # A parent may write in another language than the page's, and from its own side.
        own_side = {"attributes": {"dir": "auto"}}
        more = {"maxlength": LONGEST_TEXT, "rows": 6, "spellcheck": True} | own_side
        return Field("characterCount", params | more | _counting(here), "text")
    mode = "numeric" if question.type is QuestionType.INTEGER else "decimal"
    return Field("input", params | {"classes": "govuk-input--width-5", "inputmode": mode}, "text")


def _counting(here: Position) -> Params:
    words = interface(here)
    return {
        "textareaDescriptionText": words.say("web.count.limit", most=words.number(LONGEST_TEXT)),
        "charactersUnderLimitText": words.forms("web.count.under", "%{count}"),
        "charactersAtLimitText": words.say("web.count.at"),
        "charactersOverLimitText": words.forms("web.count.over", "%{count}"),
    }


def _date(here: Position, question: Question, shown: Entered, common: Params, hint: str) -> Field:
    say = interface(here).say
    names = (
        ("day", say("web.date.day"), 2),
        ("month", say("web.date.month"), 2),
        ("year", say("web.date.year"), 4),
    )
    wrong = " govuk-input--error" if "errorMessage" in common else ""
    items = [
        {
            "name": name,
            "label": label,
            "value": value,
            "classes": f"govuk-input--width-{width}{wrong}",
        }
        for (name, label, width), value in zip(names, shown.date, strict=True)
    ]
    params: Params = {
        "id": "date",
        "fieldset": _legend(here, question),
        "hint": {"text": hint},
        "items": items,
    }
    return Field("dateInput", params | common, "date-day")
