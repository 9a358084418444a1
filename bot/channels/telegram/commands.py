"""The answers to commands: help, pausing, stopping, and a parent's own data."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.channels.telegram import keyboards, payload
from bot.channels.telegram.keyboards import Button, Keyboard
from bot.channels.telegram.markup import bold, safe
from bot.channels.telegram.telling import Telling
from bot.languages import offered, own_name
from bot.ports import Outgoing
from bot.rights import beside_questions, child_in_words, held_beside_answers
from bot.words import Words
from surveys.commands import Command
from surveys.inputs import CommandGiven, NextChild, NoOtherChild, Opened

FILE_NAME = "my-data.txt"

HELP = (
    "telegram.help.intro",
    "telegram.help.back",
    "telegram.help.skip",
    "telegram.help.language",
    "telegram.help.easy_read",
    "telegram.help.web",
    "telegram.help.pause",
    "telegram.help.stop",
    "telegram.help.my_data",
    "telegram.help.erase",
    "telegram.help.privacy",
)
"""The keys of what can be typed; each line begins with the word itself."""


def words(command: Command, told: Telling, outgoing: Outgoing) -> str:
    """What is said to a command, as HTML; to privacy the notice is said (`render.py`)."""
    if command is Command.MY_DATA:
        return _my_data(told, outgoing)
    if command is Command.LANGUAGE:
        return _languages(told, outgoing)
    return _WORDS[command](told.words)


def buttons(command: Command, told: Telling, outgoing: Outgoing) -> Keyboard | None:
    """The ways on from the answer to a command."""
    say, run = told.words.say, told.run
    on = Button(say("button.go_on"), payload.encode(run, Opened()))
    if command is Command.STOP:
        return None
    if command is Command.LANGUAGE:
        others = keyboards.languages(told, offered(told.form, outgoing.round))
        return (*others, (on,))
    if command is not Command.ERASE:
        return ((on,),)
    erase = payload.encode(run, CommandGiven(Command.ERASE_FOR_GOOD))
    sure = Button(say("button.erase"), erase)
    return ((sure,), (on,))


def next_child(told: Telling) -> Keyboard:
    """For a parent who has finished for one child."""
    tapped = payload.encode(told.run, NextChild())
    button = Button(told.words.say("button.next_child"), tapped)
    return ((button,),)


def no_other_child(told: Telling) -> Keyboard:
    """For a parent who asked for another child by mistake."""
    tapped = payload.encode(told.run, NoOtherChild())
    return ((Button(told.words.say("button.no_other_child"), tapped),),)


def child_changed(words: Words, number: int) -> str:
    """Which child the questions are about now."""
    return words.say("child.changed", child=child_in_words(words, number))


def document(told: Telling, outgoing: Outgoing) -> str:
    """Everything held, as a plain text file."""
    # A child's session keeps the language it was answered in: here it is read.
    now = told.session.language
    children = [
        part
        for number, session in enumerate(outgoing.held, start=1)
        for part in _child(replace(told, session=replace(session, language=now)), number)
    ]
    beside = beside_questions(told.words, outgoing.asides)
    return "\n\n".join((*_facts(told, outgoing), *children, *beside)) + "\n"


def _child(told: Telling, number: int) -> list[str]:
    answers = [
        f"{told.text(question.labels)}\n    {told.in_words(question.key, answer)}"
        for question, answer in told.answers()
    ]
    title = told.words.say("child.answers", child=child_in_words(told.words, number))
    return [f"{title}:", *answers]


def stopped(words: Words) -> str:
    """Something came after `/stop`."""
    return words.say("telegram.stopped")


def erased(words: Words) -> str:
    """Everything is gone."""
    return words.say("telegram.erased")


def _languages(told: Telling, outgoing: Outgoing) -> str:
    if len(offered(told.form, outgoing.round)) > 1:
        return told.words.say("telegram.languages.choose")
    return told.words.say("telegram.languages.only", language=own_name(told.session.language))


def _my_data(told: Telling, outgoing: Outgoing) -> str:
    facts = "\n".join(map(safe, _facts(told, outgoing)))
    answers = sum(len(session.answers) for session in outgoing.held)
    count = told.words.say_count("held.answers", answers)
    beside = told.words.say("held.asides.file") if outgoing.asides else ""
    parts = (bold(told.words.say("held.title")), facts, count, beside)
    return "\n\n".join(filter(None, parts))


def _facts(told: Telling, outgoing: Outgoing) -> list[str]:
    number = told.words.say("telegram.chat_number")
    if outgoing.round is None:
        return [number]
    beside = held_beside_answers(
        told.words,
        outgoing.round,
        where="held.telegram",
        notice_read=outgoing.notice_read,
        is_listed=outgoing.is_listed,
    )
    return [*beside, number]


_WORDS: Mapping[Command, Callable[[Words], str]] = {
    Command.HELP: lambda words: "\n".join(map(words.say, HELP)),
    Command.PAUSE: lambda words: words.say("telegram.pause"),
    Command.STOP: lambda words: words.say("telegram.stop"),
    Command.MESSAGES: lambda words: words.say("rights.started"),
    Command.EASY_READ: lambda words: words.say("telegram.easy_read.none"),
    Command.ERASE: lambda words: (
        f"{words.say('telegram.erase.ask')}\n\n{words.say('telegram.erase.how')}"
    ),
}
