"""The answers to commands: help, privacy, pausing, stopping, and a parent's own data."""

from collections.abc import Mapping
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.telegram import payload
from bot.channels.telegram.markup import bold, safe
from bot.channels.telegram.telling import Telling
from bot.ports import Outgoing
from bot.rights import held_beside_answers, ordinal
from surveys.commands import Command
from surveys.inputs import CommandGiven, NextChild, Opened

GO_ON = "Go on"
NEXT_CHILD = "Answer for another child"
ERASE = "Yes, erase everything"
FILE_NAME = "my-data.txt"

_HELP = (
    "You can type these at any time, alone in a message:\n"
    "back – the question before\n"
    "skip – leave this question out\n"
    "/web – a link to go on in a web browser\n"
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


def next_child(run: str) -> InlineKeyboardMarkup:
    """For a parent who has finished for one child."""
    button = InlineKeyboardButton(NEXT_CHILD, callback_data=payload.encode(run, NextChild()))
    return InlineKeyboardMarkup(((button,),))


def child_changed(number: int) -> str:
    """Which child the questions are about now."""
    return f"These questions are about your {ordinal(number)} child."


def document(told: Telling, outgoing: Outgoing) -> str:
    """Everything held, as a plain text file."""
    children = [
        part
        for number, session in enumerate(outgoing.held, start=1)
        for part in _child(replace(told, session=session), number)
    ]
    return "\n\n".join((*_facts(told, outgoing), *children)) + "\n"


def _child(told: Telling, number: int) -> list[str]:
    answers = [
        f"{told.text(question.labels)}\n    {told.in_words(question.key, answer)}"
        for question, answer in told.answers()
    ]
    return [f"Your answers for your {ordinal(number)} child:", *answers]


def _my_data(told: Telling, outgoing: Outgoing) -> str:
    facts = "\n".join(map(safe, _facts(told, outgoing)))
    count = sum(len(session.answers) for session in outgoing.held)
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
