"""The answers to commands: help, privacy, pausing, stopping, and a parent's own data."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.telegram import payload
from bot.channels.telegram.markup import bold, safe
from bot.channels.telegram.telling import Telling
from bot.ports import Outgoing
from bot.rights import beside_questions, child_in_words, held_beside_answers
from bot.words import Words
from surveys.commands import Command
from surveys.inputs import CommandGiven, NextChild, Opened

FILE_NAME = "my-data.txt"

_HELP = (
    "telegram.help.intro",
    "telegram.help.back",
    "telegram.help.skip",
    "telegram.help.web",
    "telegram.help.pause",
    "telegram.help.stop",
    "telegram.help.my_data",
    "telegram.help.erase",
    "telegram.help.privacy",
)


def words(command: Command, told: Telling, outgoing: Outgoing) -> str:
    """What is said to a command, as HTML."""
    if command is Command.MY_DATA:
        return _my_data(told, outgoing)
    return _WORDS[command](told.words)


def buttons(command: Command, told: Telling) -> InlineKeyboardMarkup | None:
    """The ways on from the answer to a command."""
    say, run = told.words.say, told.run
    on = InlineKeyboardButton(say("button.go_on"), callback_data=payload.encode(run, Opened()))
    if command is Command.STOP:
        return None
    if command is not Command.ERASE:
        return InlineKeyboardMarkup(((on,),))
    erase = payload.encode(run, CommandGiven(Command.ERASE_FOR_GOOD))
    sure = InlineKeyboardButton(say("button.erase"), callback_data=erase)
    return InlineKeyboardMarkup(((sure,), (on,)))


def next_child(told: Telling) -> InlineKeyboardMarkup:
    """For a parent who has finished for one child."""
    tapped = payload.encode(told.run, NextChild())
    button = InlineKeyboardButton(told.words.say("button.next_child"), callback_data=tapped)
    return InlineKeyboardMarkup(((button,),))


def child_changed(words: Words, number: int) -> str:
    """Which child the questions are about now."""
    return words.say("child.changed", child=child_in_words(words, number))


def document(told: Telling, outgoing: Outgoing) -> str:
    """Everything held, as a plain text file."""
    children = [
        part
        for number, session in enumerate(outgoing.held, start=1)
        for part in _child(replace(told, session=session), number)
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
    return [*held_beside_answers(told.words, outgoing.round, where="held.telegram"), number]


_WORDS: Mapping[Command, Callable[[Words], str]] = {
    Command.HELP: lambda words: "\n".join(map(words.say, _HELP)),
    Command.PRIVACY: lambda words: (
        f"{words.say('telegram.privacy.use')}\n\n{words.say('telegram.privacy.telegram')}"
    ),
    Command.PAUSE: lambda words: words.say("telegram.pause"),
    Command.STOP: lambda words: words.say("telegram.stop"),
    Command.ERASE: lambda words: (
        f"{words.say('telegram.erase.ask')}\n\n{words.say('telegram.erase.how')}"
    ),
}
