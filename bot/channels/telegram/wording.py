"""The words of the Telegram chat, in English for now. Every function gives HTML."""

from collections.abc import Iterable

from bot.channels.telegram.markup import bold, safe, verbatim
from bot.local_time import moment_in_words
from surveys.events import Miss, NotUnderstood, QuestionAsked, Why
from surveys.model import State
from surveys.records import Round

START = "Start"
BACK = "Back"
SKIP = "Skip"
DONE = "Done"
SEND = "Send my answers"
CHANGE = "Change an answer"
TICK = "✓ "

STATES = {
    State.DONT_KNOW: "Don't know",
    State.DOES_NOT_APPLY: "Does not apply",
    State.SKIPPED: "Skipped",
    State.NOT_ASKED: "Not asked",
}

DEMONSTRATION = "This is a demonstration with made-up families. Please do not put in anything real."
NOT_SAVED = "Sorry, something went wrong and that was not saved. Please send it again in a minute."
IN_USE = "This link is already in use in another chat. Send the code again to go on here."
MOVED_AWAY = (
    "Somebody with your code went on in another chat, so your survey is there now and not here."
    " If that was not you, please tell your SEND team."
)

_VOLUNTARY = (
    "It takes about 5 minutes. You do not have to take part. You can skip questions, and you can"
    " stop at any time. Your child's help stays the same either way."
)

_MISSES = {
    Miss.NO_MATCH: "Sorry, that is not one of the answers. Please tap one of the buttons.",
    Miss.NEAR_MISS: "Did you mean one of these? Please tap the one you mean.",
    Miss.EMPTY: "There was no answer in that. Please answer, or tap Skip.",
    Miss.NOT_A_NUMBER: "Please type a number, such as 7.",
    Miss.NOT_A_WHOLE_NUMBER: "Please type a whole number, such as 7.",
    Miss.NOT_A_DATE: "Please type a date, such as 25/11/2026.",
    Miss.TOO_LONG: "Sorry, that is too long: 4,000 letters is the most. Please make it shorter.",
    Miss.CONSTRAINT: "Sorry, that answer does not fit here. Please check it.",
    Miss.REQUIRED: "We need an answer to this one before we can go on.",
    Miss.UNREADABLE: (
        "I can only read new typed messages and taps on buttons, so nothing has changed."
        " To change an earlier answer, tap Back."
    ),
}
_EMPTY_REQUIRED = "There was no answer in that. Please answer this one so that we can go on."

_WHYS = {
    Why.RESUMED: "Here is where you were.",
    Why.BACK: "Going back.",
    Why.CHANGING: "You can change this answer.",
}


def welcome(title: str, council: str, a_round: Round | None) -> str:
    """Who asks, how long it takes, that it is a choice, and what happens with answers."""
    linked = a_round is not None and a_round.linked
    after = (
        "We add your answers to those of other families, and keep them linked to your invitation"
        " so that we can see what changes over time."
        if linked
        else "We add your answers to those of other families, and when the survey closes we"
        " remove the link between you and your answers for good."
    )
    asks = f"{safe(council)} would like to know how things are going for your child."
    return "\n\n".join((bold(title), asks, _VOLUNTARY, after, f"To begin, tap {START}."))


def progress(asked: QuestionAsked) -> str:
    """Where the parent is, and why here."""
    place = f"Question {asked.number} of {asked.of}"
    why = _WHYS.get(asked.why)
    return f"{why} {place}" if why else place


def not_watched(help_numbers: Iterable[str]) -> str:
    """What must be read before words are typed that may be a cry for help."""
    return "\n".join(("Nobody watches this chat live.", *map(safe, help_numbers)))


def help_offered(help_numbers: Iterable[str]) -> str:
    """For somebody who may have told us of danger: whom to call now."""
    thanks = "Thank you for telling us. Our team will read what you wrote, but not right away."
    now = bold("If anyone is in danger now, call 999.")
    return "\n".join((thanks, now, *map(safe, help_numbers)))


def how_to_type(*, required: bool) -> str:
    """How an open question is answered."""
    return "Type your answer and send it." if required else "Type your answer, or tap Skip."


def how_to_tick() -> str:
    """How boxes are answered."""
    return f"Tap all that apply, then tap {DONE}."


def missed(event: NotUnderstood, constraint: str, *, required: bool) -> str:
    """Why a reply was not an answer; what was typed is handed back where it would be lost."""
    if event.miss is Miss.CONSTRAINT and constraint:
        said = safe(constraint)
    elif event.miss is Miss.EMPTY and required:
        said = _EMPTY_REQUIRED
    else:
        said = _MISSES[event.miss]
    handed_back = f"\n\nYou wrote:\n{verbatim(event.text)}" if event.text else ""
    return said + handed_back


def chosen(answer: str, *, changed: bool) -> str:
    """What a tap came to, since a tap leaves nothing behind in the chat."""
    return (
        f"You changed your answer to: {safe(answer)}" if changed else f"You chose: {safe(answer)}"
    )


def skipped() -> str:
    """What Skip came to."""
    return "You skipped that question."


def given(answer: str) -> str:
    """The answer given before, where it is open to change."""
    return f"Your answer now:\n{verbatim(answer)}"


def dropped(label: str) -> str:
    """An answer that is no longer needed."""
    return f"We no longer need your answer to: {safe(label)}"


def tap_ignored() -> str:
    """A tap on a question that is not there any more."""
    return (
        "Nothing has changed: that button cannot be used any more."
        " Please use the newest message, or type /start to see where you are."
    )


def ticked(labels: Iterable[str]) -> str:
    """The boxes ticked so far, in words."""
    picked = ", ".join(map(safe, labels))
    return f"Ticked so far: {picked}" if picked else "Nothing is ticked."


def review(answers: Iterable[tuple[str, str]]) -> str:
    """Every question with its short answer."""
    lines = [
        f"{number}. {bold(label)}\n{safe(answer)}"
        for number, (label, answer) in enumerate(answers, start=1)
    ]
    return "\n\n".join(
        ("These are your answers. They are not sent yet.", *lines, f"Ready? Tap {SEND}.")
    )


def finished() -> str:
    """The thanks at the end."""
    return (
        "Thank you. Your answers are sent.\n\nThey will help us see what works for families"
        " and what must get better."
    )


def already_finished() -> str:
    """For somebody who comes back after sending."""
    return "You have already sent your answers. Thank you. There is nothing more to do."


def unknown_code() -> str:
    """A code that opens nothing."""
    return (
        "Sorry, I do not know that code. Please open the link in your invitation again,"
        " or type /start, a space and your code."
    )


def no_code() -> str:
    """Somebody who came without a code."""
    return (
        "Hello. To begin, please open the link in your invitation."
        " Or type /start, a space and the code in your invitation."
    )


def not_open_yet(a_round: Round | None) -> str:
    """Too early."""
    when = f"It opens on {moment_in_words(a_round.opens_at)}. " if a_round else ""
    return f"This survey is not open yet. {when}Please come back then."


def closed(a_round: Round | None) -> str:
    """Too late."""
    if a_round is None:
        return "This survey is closed. Nothing you send now is kept."
    ended = min(a_round.closed_at or a_round.closes_at, a_round.closes_at)
    return (
        f"This survey closed on {moment_in_words(ended)}. Nothing you send now is kept. Thank you."
    )


def old_tap() -> str:
    """A button of another conversation."""
    return (
        "Nothing has changed: that button belongs to an earlier survey."
        " Type /start to go on with this one."
    )


def web_link(link: str) -> str:
    """The parent's own link, to go on in a browser."""
    return (
        f"You can go on in a web browser with this link:\n{safe(link)}\n\n"
        "It is yours only. Please do not share it. You can come back to this chat at any time:"
        " just send /start."
    )


def group() -> str:
    """The one reply in a group, where everybody reads along."""
    return (
        "I cannot be used in a group, because everybody here could read along."
        " Please write to me in a private chat."
    )
