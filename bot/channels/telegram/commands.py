"""The answers to commands: help, privacy, pausing, stopping, and a parent's own data."""

from collections.abc import Mapping

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.telegram import payload
from bot.channels.telegram.markup import bold, safe
from bot.channels.telegram.telling import Telling
from bot.ports import Outgoing
from bot.rights import held_beside_answers
from surveys.commands import Command
from surveys.inputs import CommandGiven, Opened

GO_ON = "Go on"
ERASE = "Yes, erase everything"
FILE_NAME = "my-data.txt"

_HELP = (
    "You can type these at any time, alone in a message:\n"
    "back – the question before\n"
    "skip – leave this question out\n"
    "pause – stop for now and come back later\n"
    "stop – no more messages\n"
    "my data – what we hold about you\n"
    "erase – remove your answers\n"
    "privacy – how we look after your answers"
)
_PRIVACY = (
    "Your answers go to the council's SEND team. We put them together with everybody's, and"
    " never show results of so few families that one could be found. Please do not write names."
    "\n\nTelegram can read what is sent through it. You can use the web link instead."
)
_PAUSE = "That is fine. Your answers are saved. Send /start when you want to go on."
_STOP = "You will get no more messages from us. Your answers are kept. To go on, send /start."
_ERASE = (
    "Do you want to erase everything? Your answers, your link and this chat's number are removed"
    " for good. What was already put together with everybody's answers cannot be taken out."
    "\n\nTap the button, or type: erase everything"
)


def words(command: Command, told: Telling, outgoing: Outgoing) -> str:
    """What is said to a command, as HTML."""
    if command is Command.MY_DATA:
        return _my_data(told, outgoing)
    return _WORDS[command]


def buttons(command: Command, run: str) -> InlineKeyboardMarkup | None:
    """The ways on from the answer to a command."""
    on = InlineKeyboardButton(GO_ON, callback_data=payload.encode(run, Opened()))
    if command is Command.STOP:
        return None
    if command is not Command.ERASE:
        return InlineKeyboardMarkup(((on,),))
    erase = payload.encode(run, CommandGiven(Command.ERASE_FOR_GOOD))
    return InlineKeyboardMarkup(((InlineKeyboardButton(ERASE, callback_data=erase),), (on,)))


def document(told: Telling, outgoing: Outgoing) -> str:
    """Everything held, as a plain text file."""
    answers = [
        f"{told.text(question.labels)}\n    {told.in_words(question.key, answer)}"
        for question, answer in told.answers()
    ]
    return "\n\n".join((*_facts(told, outgoing), "Your answers:", *answers)) + "\n"


def _my_data(told: Telling, outgoing: Outgoing) -> str:
    facts = "\n".join(map(safe, _facts(told, outgoing)))
    count = len(told.answers())
    answers = "1 answer" if count == 1 else f"{count} answers"
    return f"{bold('This is what we hold about you.')}\n\n{facts}\n\nAnd {answers}: see the file."


def _facts(told: Telling, outgoing: Outgoing) -> list[str]:
    number = "The number of this chat, locked away with a key."
    if outgoing.round is None:
        return [number]
    facts = held_beside_answers(outgoing.round, where="Telegram", language=told.session.language)
    return [*facts, number]


_WORDS: Mapping[Command, str] = {
    Command.HELP: _HELP,
    Command.PRIVACY: _PRIVACY,
    Command.PAUSE: _PAUSE,
    Command.STOP: _STOP,
    Command.ERASE: _ERASE,
}

STOPPED = "You asked us to stop, so nothing was saved. To go on, send /start."
ERASED = (
    "Everything we held about you in this survey is erased. What was already put together"
    " with everybody's answers cannot be taken out. Thank you, and take care."
)
