"""Conversations as text that anybody can read, played against the engine.

A golden file has `parent:` lines, which are played, and `bot:` lines, which must be
what the engine does. `python -m tests.surveys.transcript` writes the bot lines anew:
read the difference before keeping it.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import singledispatch
from pathlib import Path

from surveys.engine import start, step
from surveys.events import (
    AlreadyFinished,
    AnswerDropped,
    AnswerRecorded,
    Event,
    Finished,
    NotUnderstood,
    QuestionAsked,
    ReviewReached,
    SelectionChanged,
    TapIgnored,
    Welcomed,
    Why,
    event_from_dict,
    event_to_dict,
)
from surveys.inputs import (
    Chosen,
    Filled,
    Input,
    NoticeAcknowledged,
    Opened,
    Revisited,
    SelectionDone,
    Skipped,
    Submitted,
    Toggled,
    Typed,
    Unreadable,
    WentBack,
)
from surveys.session import Answer, Frame
from tests.builders import CONFIDENCE, NOW
from tests.surveys.conversation import reread

GOLDEN = Path(__file__).resolve().parents[1] / "golden"

SAYINGS: dict[str, Callable[..., Input]] = {
    r"opens the chat": Opened,
    r"presses Start": NoticeAcknowledged,
    r"taps (\w+) = (.*)": Chosen,
    r"ticks (\w+) = (.*)": lambda key, code: Toggled(key, code, on=True),
    r"unticks (\w+) = (.*)": lambda key, code: Toggled(key, code, on=False),
    r"presses Done on (\w+)": SelectionDone,
    r"types (\d+) letters": lambda count: Typed("x" * int(count)),
    r"types: (.*)": Typed,
    r"fills in (\w+): (.*)": lambda key, values: Filled(key, tuple(values.split(" + "))),
    r"presses Skip on (\w+)": Skipped,
    r"presses Back": WentBack,
    r"presses Back on the review": lambda: WentBack(""),
    r"presses Back on (\w+)": WentBack,
    r"wants to change (\w+)": Revisited,
    r"presses Send": Submitted,
    r"sends a (\w+)": Unreadable,
}
WHY = {
    Why.NEXT: "",
    Why.AGAIN: " again",
    Why.BACK: ", going back",
    Why.RESUMED: ", where they left off",
    Why.CHANGING: ", to change it",
}

PLAIN: dict[type[Event], str] = {
    Welcomed: "welcomes",
    Finished: "says thank you, finished",
    AlreadyFinished: "says it is already finished",
}


def play(script: str) -> str:
    """The script with the bot's lines as the engine has them now."""
    language = re.search(r"^language: (.+)$", script, re.MULTILINE)
    session = start(CONFIDENCE, language[1] if language else "en", Frame())
    lines = []
    for line in script.splitlines():
        if line.startswith("parent: "):
            sprint = step(CONFIDENCE, session, said(line.removeprefix("parent: ")), NOW)
            session = reread(sprint.session)
            lines += [line, *(f"bot: {words}" for words in told(sprint.events))]
        elif not line.startswith(("bot: ", "kept: ")):
            lines.append(line)
    lines += [f"kept: {key} is {answered(answer)}" for key, answer in session.answers.items()]
    return "\n".join(lines) + "\n"


def said(words: str) -> Input:
    """What the parent did."""
    for pattern, make in SAYINGS.items():
        if match := re.fullmatch(pattern, words):
            return make(*match.groups())
    raise ValueError(f"the script says “{words}”, which is none of {sorted(SAYINGS)}")


def told(events: tuple[Event, ...]) -> Iterator[str]:
    """What the bot did, one line an event."""
    if not events:
        yield "says nothing"
    for event in events:
        yield in_words(event_from_dict(json.loads(json.dumps(event_to_dict(event)))))


@singledispatch
def in_words(event: Event) -> str:
    """One event in a few words."""
    return PLAIN[type(event)]


@in_words.register
def _(event: QuestionAsked) -> str:
    after = f", after note {listed(event.notes)}" if event.notes else ""
    showing = f", showing {listed(event.selected)}" if event.selected else ""
    return f"asks {event.key} ({event.number} of {event.of}){WHY[event.why]}{after}{showing}"


@in_words.register
def _(event: AnswerRecorded) -> str:
    was = f" (it was {answered(event.previous)})" if event.previous else ""
    return f"keeps {event.key} as {answered(event.answer)}{was}"


@in_words.register
def _(event: AnswerDropped) -> str:
    return f"drops {event.key} (it was {answered(event.previous)})"


@in_words.register
def _(event: NotUnderstood) -> str:
    perhaps = f", perhaps {listed(event.suggestions)}" if event.suggestions else ""
    back = f", hands back {len(event.text)} letters" if event.text else ""
    miss = event.miss.value.replace("_", " ")
    return f"cannot take that for {event.key}: {miss}, time {event.attempt}{perhaps}{back}"


@in_words.register
def _(event: SelectionChanged) -> str:
    return f"shows {event.key} with ticks on: {listed(event.selected) or 'nothing'}"


@in_words.register
def _(event: TapIgnored) -> str:
    return f"ignores the tap on {event.key}"


@in_words.register
def _(event: ReviewReached) -> str:
    return f"shows the review, with note {listed(event.notes)}"


def answered(answer: Answer) -> str:
    """An answer in a few words."""
    if answer.value is None:
        return f"<{answer.state.value.replace('_', ' ')}>"
    return answer.value if isinstance(answer.value, str) else listed(answer.value)


def listed(names: tuple[str, ...]) -> str:
    """Names in a row."""
    return ", ".join(names)


if __name__ == "__main__":
    for path in sorted(GOLDEN.glob("*.txt")):
        path.write_text(play(path.read_text(encoding="utf-8")), encoding="utf-8")
