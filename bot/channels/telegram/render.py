"""From an outbox row to the messages it becomes: as few as possible, one question each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot import letter as letters
from bot import links
from bot.channels.telegram import asking, commands, keyboards, wording
from bot.channels.telegram.keyboards import Keyboard
from bot.channels.telegram.markup import from_the_right, safe, shorten, split_message
from bot.channels.telegram.telling import Telling
from bot.languages import offered, own_name, spoken_at
from bot.notice.notices import Notices, shipped
from bot.notice.wording import in_short
from bot.ports import HELP_OFFERED, HELP_STRANGER, STAFF_ALERT, Outgoing
from bot.words import Words
from surveys.commands import Command
from surveys.events import (
    AlreadyFinished,
    AnswerDropped,
    AnswerRecorded,
    ChildChanged,
    CommandTaken,
    Event,
    Finished,
    HelpOffered,
    LanguageChanged,
    NoticeChanged,
    NotUnderstood,
    QuestionAsked,
    ReviewReached,
    SelectionChanged,
    TapIgnored,
    Welcomed,
)
from surveys.model import QuestionType, State
from surveys.records import Round

ANSWER_UNITS = 100
"""How much of a comment the review shows."""


@dataclass(frozen=True)
class Message:
    """One message: HTML, and the buttons under it; or a file of plain text."""

    text: str
    keyboard: Keyboard | None = None
    file_name: str = ""


@dataclass(frozen=True)
class House:
    """What every message may need and no row carries: the council's own words."""

    council_name: str
    help_numbers: tuple[str, ...]
    public_url: str = ""
    contact: str = ""
    notice: Notices = field(default_factory=shipped)
    bot_name: str = ""


@dataclass(frozen=True)
class _Turn:
    told: Telling
    house: House
    outgoing: Outgoing


_Piece = tuple[str, Keyboard | None]


def messages(outgoing: Outgoing, house: House) -> list[Message]:
    """What is sent for one outbox row.

    Raises:
        ValueError: a turn without a conversation, or a key nobody has words for.
    """
    if outgoing.message_key != "turn":
        return [Message(_directed(outgoing, _beside_turns(outgoing, house)))]
    turn = _Turn(Telling.of(outgoing), house, outgoing)
    pieces = [_piece(turn, event) for event in outgoing.events]
    text = "\n\n".join(words for words, _ in (_demonstration(outgoing), *pieces) if words)
    if not text:
        return []
    keyboard = next((buttons for _, buttons in reversed(pieces) if buttons), None)
    *first, last = split_message(_directed(outgoing, text))
    return [*map(Message, first), Message(last, keyboard), *_files(turn)]


def _beside_turns(outgoing: Outgoing, house: House) -> str:
    key, words = outgoing.message_key, Words(outgoing.language)
    if key == links.WEB_LINK:
        return wording.web_link(words, links.web(house.public_url, outgoing.arguments["token"]))
    if key == STAFF_ALERT:
        return wording.staff_alert(f"{house.public_url}/staff/comments")
    if key in letters.KINDS:
        return _letter(outgoing, house)
    if key in _HELP:
        return _HELP[key](words, house.help_numbers)
    return _fixed(outgoing)


def _letter(outgoing: Outgoing, house: House) -> str:
    """A letter, whose link goes on in this chat where the bot has a name."""
    told = letters.letter(outgoing, letters.House(house.council_name, house.public_url))
    here = links.telegram(house.bot_name, outgoing.arguments["token"])
    link = f'<a href="{safe(here or told.link)}">{safe(told.link_words)}</a>'
    return "\n\n".join((*map(safe, told.before), link, *map(safe, told.after)))


def _directed(outgoing: Outgoing, text: str) -> str:
    return text if Words(outgoing.language).direction == "ltr" else from_the_right(text)


def _files(turn: _Turn) -> list[Message]:
    asked = CommandTaken(Command.MY_DATA) in turn.outgoing.events
    text = commands.document(turn.told, turn.outgoing) if asked else ""
    return [Message(text, file_name=commands.FILE_NAME)] if asked else []


def _commanded(turn: _Turn, event: CommandTaken) -> _Piece:
    if event.command is Command.PRIVACY:
        text = wording.privacy(turn.told.words, _notice(turn), _privacy_link(turn))
        return text, commands.buttons(event.command, turn.told, turn.outgoing)
    text = commands.words(event.command, turn.told, turn.outgoing)
    numbers = "\n".join(map(safe, turn.told.words.help_lines(turn.house.help_numbers)))
    if event.command is Command.HELP:
        text = f"{text}\n\n{numbers}"
    return text, commands.buttons(event.command, turn.told, turn.outgoing)


def _piece(turn: _Turn, event: Event) -> _Piece:
    return _PIECES[type(event)](turn, event)


def _welcomed(turn: _Turn, _: Welcomed) -> _Piece:
    told = turn.told
    title = told.text(told.form.titles)
    text = wording.welcome(told.words, title, _notice(turn), _privacy_link(turn))
    languages, edition = offered(told.form, turn.outgoing.round), turn.house.notice.edition
    return text, keyboards.welcome(told, languages, edition.code)


def _notice(turn: _Turn) -> list[str]:
    """The short form of the privacy notice for this round, then which edition it is."""
    house, language = turn.house, turn.told.words.language
    a_round = turn.outgoing.round
    return in_short(house.notice, language, a_round, house.council_name, house.contact)


def _privacy_link(turn: _Turn) -> str:
    """Where the whole notice is, or "" where nobody reaches our pages."""
    if not turn.house.public_url:
        return ""
    a_round = turn.outgoing.round
    rehearsed = a_round is not None and a_round.demonstration
    return spoken_at(turn.told.words, f"{turn.house.public_url}/privacy", rehearsed=rehearsed)


def _notice_changed(turn: _Turn, _: NoticeChanged) -> _Piece:
    words, edition = turn.told.words, turn.house.notice.edition
    said = wording.notice_changed(words, edition.in_words(words), _privacy_link(turn))
    return said, None


def _asked(turn: _Turn, event: QuestionAsked) -> _Piece:
    misses = [each for each in turn.outgoing.events if isinstance(each, NotUnderstood)]
    buttons = asking.buttons(turn.told, event, misses)
    if any(isinstance(each, ChildChanged) for each in turn.outgoing.events):
        buttons = (*(buttons or ()), *commands.no_other_child(turn.told))
    return asking.words(turn.told, event, misses, turn.house.help_numbers), buttons


def _recorded(turn: _Turn, event: AnswerRecorded) -> _Piece:
    told, changed = turn.told, event.previous not in {None, event.answer}
    if event.answer.state is State.SKIPPED:
        return wording.skipped(told.words), None
    if told.question(event.key).type is QuestionType.TEXT and not changed:
        return "", None
    answer = shorten(told.in_words(event.key, event.answer), ANSWER_UNITS)
    return wording.chosen(told.words, answer, changed=changed), None


def _dropped(turn: _Turn, event: AnswerDropped) -> _Piece:
    return wording.dropped(turn.told.words, turn.told.label(event.key)), None


def _missed(turn: _Turn, event: NotUnderstood) -> _Piece:
    question = turn.told.question(event.key)
    constraint = turn.told.text(question.constraint_messages)
    return wording.missed(turn.told.words, event, constraint, required=question.required), None


def _selected(turn: _Turn, event: SelectionChanged) -> _Piece:
    told, question = turn.told, turn.told.question(event.key)
    ticked = told.named(question, event.selected)
    text = f"<b>{safe(told.text(question.labels))}</b>\n\n{wording.ticked(told.words, ticked)}"
    return text, keyboards.question(told, question, event.selected)


def _spoken(turn: _Turn, event: LanguageChanged) -> _Piece:
    return wording.language(turn.told.words, own_name(event.code)), None


def _review(turn: _Turn, event: ReviewReached) -> _Piece:
    told = turn.told
    notes = [safe(told.label(key)) for key in event.notes]
    answers = [
        (told.text(question.labels), shorten(told.in_words(question.key, answer), ANSWER_UNITS))
        for question, answer in told.answers()
    ]
    return "\n\n".join((*notes, wording.review(told.words, answers))), keyboards.review(told)


def _help(turn: _Turn, _: HelpOffered) -> _Piece:
    return wording.help_offered(turn.told.words, turn.house.help_numbers), None


_PIECES: Mapping[type[Event], Callable[[_Turn, Any], _Piece]] = {
    Welcomed: _welcomed,
    QuestionAsked: _asked,
    AnswerRecorded: _recorded,
    AnswerDropped: _dropped,
    NotUnderstood: _missed,
    SelectionChanged: _selected,
    TapIgnored: lambda turn, _: (wording.tap_ignored(turn.told.words), None),
    CommandTaken: _commanded,
    ChildChanged: lambda turn, event: (
        commands.child_changed(turn.told.words, event.number),
        None,
    ),
    LanguageChanged: _spoken,
    ReviewReached: _review,
    Finished: lambda turn, _: (
        wording.finished(turn.told.words),
        commands.next_child(turn.told),
    ),
    AlreadyFinished: lambda turn, _: (
        wording.already_finished(turn.told.words),
        commands.next_child(turn.told),
    ),
    HelpOffered: _help,
    NoticeChanged: _notice_changed,
}

_HELP: Mapping[str, Callable[[Words, tuple[str, ...]], str]] = {
    HELP_OFFERED: wording.help_offered,
    HELP_STRANGER: wording.help_stranger,
}

_FIXED: Mapping[str, Callable[[Words, Round | None], str]] = {
    "unknown_code": lambda words, _: wording.unknown_code(words),
    "no_code": lambda words, _: wording.no_code(words),
    "not_open_yet": wording.not_open_yet,
    "closed": wording.closed,
    "old_tap": lambda words, _: wording.old_tap(words),
    "group": lambda words, _: wording.group(words),
    "in_use": lambda words, _: wording.in_use(words),
    "moved_away": lambda words, _: wording.moved_away(words),
    "stopped": lambda words, _: commands.stopped(words),
    "erased": lambda words, _: commands.erased(words),
}


def _fixed(outgoing: Outgoing) -> str:
    word = _FIXED.get(outgoing.message_key)
    if word is None:
        raise ValueError(
            f"message {outgoing.id}: there are no words for {outgoing.message_key!r}."
            " Add them to bot/channels/telegram/wording.py."
        )
    return word(Words(outgoing.language), outgoing.round)


def _demonstration(outgoing: Outgoing) -> _Piece:
    told_in = (Welcomed, ReviewReached, Finished)
    shown = any(isinstance(event, told_in) for event in outgoing.events)
    is_invented = outgoing.round is not None and outgoing.round.demonstration
    return (wording.demonstration(Words(outgoing.language)) if shown and is_invented else ""), None
