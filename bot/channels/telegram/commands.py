"""The answers to commands: help, privacy, pausing, stopping, and a parent's own data."""

from collections.abc import Callable, Mapping

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.telegram import payload
from bot.channels.telegram.markup import bold, safe
from bot.channels.telegram.telling import Telling
from bot.ports import Outgoing
from bot.rights import held_beside_answers
from bot.words import Words
from surveys.commands import Command
from surveys.inputs import CommandGiven, Opened

FILE_NAME = "my-data.txt"

_HELP = (
    "telegram.help.intro",
    "telegram.help.back",
    "telegram.help.skip",
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


def document(told: Telling, outgoing: Outgoing) -> str:
    """Everything held, as a plain text file."""
    answers = [
        f"{told.text(question.labels)}\n    {told.in_words(question.key, answer)}"
        for question, answer in told.answers()
    ]
    title = told.words.say("held.your_answers")
    return "\n\n".join((*_facts(told, outgoing), title, *answers)) + "\n"


def stopped(words: Words) -> str:
    """Something came after `/stop`."""
    return words.say("telegram.stopped")


def erased(words: Words) -> str:
    """Everything is gone."""
    return words.say("telegram.erased")


def _my_data(told: Telling, outgoing: Outgoing) -> str:
    facts = "\n".join(map(safe, _facts(told, outgoing)))
    count = told.words.say_count("held.answers", len(told.answers()))
    return f"{bold(told.words.say('held.title'))}\n\n{facts}\n\n{count}"


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
