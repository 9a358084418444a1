"""The words of the Telegram chat in the parent's language. Every function gives HTML."""

from collections.abc import Iterable

from bot.channels.telegram.markup import bold, safe, verbatim
from bot.words import Words
from surveys.events import Miss, NotUnderstood, QuestionAsked, Why
from surveys.model import State
from surveys.records import Round
from surveys.understanding import LONGEST_TEXT

TICK = "✓ "

STATES = {
    State.DONT_KNOW: "state.dont_know",
    State.DOES_NOT_APPLY: "state.does_not_apply",
    State.SKIPPED: "state.skipped",
    State.NOT_ASKED: "state.not_asked",
}
"""The keys of what is said of a question without a value."""

_MISSES = {
    Miss.NO_MATCH: "telegram.miss.no_match",
    Miss.NEAR_MISS: "telegram.miss.near_miss",
    Miss.EMPTY: "telegram.miss.empty",
    Miss.NOT_A_NUMBER: "telegram.miss.not_a_number",
    Miss.NOT_A_WHOLE_NUMBER: "telegram.miss.not_a_whole_number",
    Miss.NOT_A_DATE: "telegram.miss.not_a_date",
    Miss.TOO_LONG: "telegram.miss.too_long",
    Miss.CONSTRAINT: "telegram.miss.constraint",
    Miss.REQUIRED: "telegram.miss.required",
    Miss.UNREADABLE: "telegram.miss.unreadable",
}

_WHYS = {
    Why.RESUMED: "question.resumed",
    Why.BACK: "question.going_back",
    Why.CHANGING: "question.changing",
}


def welcome(words: Words, title: str, notice: Iterable[str], link: str) -> str:
    """What it is, the privacy notice in short, and how to begin; `link` leads to all of it."""
    return "\n\n".join(
        (
            bold(title),
            *map(safe, notice),
            *_whole_notice(words, link),
            words.say("telegram.welcome.voluntary"),
            words.say("telegram.welcome.begin", start=words.say("button.start")),
        )
    )


def privacy(words: Words, notice: Iterable[str], link: str) -> str:
    """The privacy notice in short, at any moment."""
    telegram = words.say("telegram.privacy.telegram")
    return "\n\n".join((*map(safe, notice), telegram, *_whole_notice(words, link)))


def notice_changed(words: Words, edition: str, link: str) -> str:
    """That there is another privacy notice by now, and that nothing else is different."""
    changed = words.say("notice.changed", edition=edition)
    return "\n".join((changed, *_whole_notice(words, link)))


def demonstration(words: Words) -> str:
    """That nothing here is real."""
    return words.say("telegram.demonstration")


def not_saved(words: Words) -> str:
    """A turn that could not be kept."""
    return words.say("telegram.not_saved")


def progress(words: Words, asked: QuestionAsked) -> str:
    """Where the parent is, and why here."""
    place = words.say("question.progress", number=asked.number, of=asked.of)
    why = _WHYS.get(asked.why)
    return f"{words.say(why)} {place}" if why else place


def not_watched(words: Words, help_numbers: Iterable[str]) -> str:
    """What must be read before words are typed that may be a cry for help."""
    return "\n".join(
        (words.say("telegram.not_watched"), *map(safe, words.help_lines(help_numbers)))
    )


def help_offered(words: Words, help_numbers: Iterable[str]) -> str:
    """For somebody who may have told us of danger: whom to call now."""
    thanks = f"{words.say('help.thanks')} {words.say('help.read_later')}"
    return "\n".join((thanks, *_whom_to_call(words, help_numbers)))


def help_stranger(words: Words, help_numbers: Iterable[str]) -> str:
    """The same for somebody we do not know, whose message nobody will read."""
    return "\n".join((*_whom_to_call(words, help_numbers), words.say("help.not_kept")))


def _whom_to_call(words: Words, help_numbers: Iterable[str]) -> tuple[str, ...]:
    now = words.say("help.now")
    return (bold(now), *map(safe, words.help_lines(help_numbers, after=now)))


def how_to_type(words: Words, *, required: bool) -> str:
    """How an open question is answered."""
    return words.say("telegram.type_required" if required else "telegram.type_or_skip")


def how_to_tick(words: Words) -> str:
    """How boxes are answered."""
    return words.say("telegram.tick_all", done=words.say("button.done"))


def missed(words: Words, event: NotUnderstood, constraint: str, *, required: bool) -> str:
    """Why a reply was not an answer; what was typed is handed back where it would be lost."""
    if event.miss is Miss.CONSTRAINT and constraint:
        said = safe(constraint)
    elif event.miss is Miss.EMPTY and required:
        said = words.say("telegram.miss.empty_required")
    else:
        said = words.say(_MISSES[event.miss], most=words.number(LONGEST_TEXT))
    wrote = f"\n\n{words.say('telegram.you_wrote')}\n{verbatim(event.text)}" if event.text else ""
    return said + wrote


def chosen(words: Words, answer: str, *, changed: bool) -> str:
    """What a tap came to, since a tap leaves nothing behind in the chat."""
    key = "telegram.changed" if changed else "telegram.chosen"
    return words.say(key, answer=safe(answer))


def skipped(words: Words) -> str:
    """What Skip came to."""
    return words.say("telegram.skipped")


def given(words: Words, answer: str) -> str:
    """The answer given before, where it is open to change."""
    return f"{words.say('telegram.given')}\n{verbatim(answer)}"


def dropped(words: Words, label: str) -> str:
    """An answer that is no longer needed."""
    return words.say("telegram.dropped", question=safe(label))


def tap_ignored(words: Words) -> str:
    """A tap on a question that is not there any more."""
    return words.say("telegram.tap_ignored")


def ticked(words: Words, labels: Iterable[str]) -> str:
    """The boxes ticked so far, in words."""
    picked = words.listed(map(safe, labels))
    return words.say("telegram.ticked", answers=picked) if picked else _nothing_ticked(words)


def review(words: Words, answers: Iterable[tuple[str, str]]) -> str:
    """Every question with its short answer."""
    lines = [
        f"{number}. {bold(label)}\n{safe(answer)}"
        for number, (label, answer) in enumerate(answers, start=1)
    ]
    ready = words.say("telegram.review.ready", send=words.say("button.send"))
    return "\n\n".join((words.say("telegram.review.answers"), *lines, ready))


def finished(words: Words) -> str:
    """The thanks at the end."""
    return f"{words.say('telegram.finished.sent')}\n\n{words.say('telegram.finished.use')}"


def already_finished(words: Words) -> str:
    """For somebody who comes back after sending."""
    return words.say("telegram.already_finished")


def unknown_code(words: Words) -> str:
    """A code that opens nothing."""
    return words.say("telegram.unknown_code")


def no_code(words: Words) -> str:
    """Somebody who came without a code."""
    return words.say("telegram.no_code")


def not_open_yet(words: Words, a_round: Round | None) -> str:
    """Too early."""
    if a_round is None:
        return words.say("telegram.not_open_yet")
    return words.say("telegram.opens_on", when=words.moment(a_round.opens_at))


def closed(words: Words, a_round: Round | None) -> str:
    """Too late."""
    if a_round is None:
        return words.say("telegram.closed")
    ended = min(a_round.closed_at or a_round.closes_at, a_round.closes_at)
    return words.say("telegram.closed_on", when=words.moment(ended))


def old_tap(words: Words) -> str:
    """A button of another conversation."""
    return words.say("telegram.old_tap")


def in_use(words: Words) -> str:
    """A code that another chat is using."""
    return words.say("telegram.in_use")


def moved_away(words: Words) -> str:
    """For the chat that lost its code to another."""
    return words.say("telegram.moved_away")


def web_link(words: Words, link: str) -> str:
    """The parent's own link, to go on in a browser."""
    above, below = words.say("telegram.web_link"), words.say("telegram.web_link.yours")
    return f"{above}\n{safe(link)}\n\n{below}"


def language(words: Words, name: str) -> str:
    """The language from now on, in itself."""
    return words.say("telegram.language", language=name)


def staff_alert(link: str) -> str:
    """For the staff's group. Whoever is in it reads along, so it says nothing of whom or what."""
    told = (
        "A comment has come in that may be urgent.\n\n"
        "If nobody has read it yet, read it now on the staff pages:"
    )
    return f"{told}\n{safe(link)}"


def group(words: Words) -> str:
    """The one reply in a group, where everybody reads along."""
    return words.say("telegram.group")


def _whole_notice(words: Words, link: str) -> list[str]:
    return [words.say("notice.full", link=safe(link))] if link else []


def _nothing_ticked(words: Words) -> str:
    return words.say("telegram.nothing_ticked")
