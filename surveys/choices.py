"""What ticking one choice, or several, comes to."""

from collections.abc import Collection, Sequence

from surveys.model import Choice, State
from surveys.session import Answer

NONE_CODE = "none"
"""The code of "none of these", which cannot be ticked beside another box."""


def is_exclusive(choice: Choice) -> bool:
    """Whether choosing it leaves no room for any other choice."""
    return choice.state is not State.ANSWERED or choice.code == NONE_CODE


def one_chosen(choice: Choice) -> Answer:
    """The answer of a "choose one" question: its code, or "don't know" without a value."""
    if choice.state is not State.ANSWERED:
        return Answer(choice.state)
    return Answer(State.ANSWERED, choice.code)


def many_chosen(chosen: Sequence[Choice]) -> Answer | None:
    """The answer of a "choose all that apply" question.

    `None` where the choices contradict each other, such as "don't know" beside "transport".
    `chosen` is not empty and stands in the order of the question.
    """
    if len(chosen) > 1 and any(is_exclusive(choice) for choice in chosen):
        return None
    if chosen[0].state is not State.ANSWERED:
        return Answer(chosen[0].state)
    return Answer(State.ANSWERED, tuple(choice.code for choice in chosen))


def ticked(
    choices: Sequence[Choice], selected: Collection[str], code: str, *, on: bool
) -> tuple[str, ...]:
    """The codes selected once box `code` is `on`, in the order of `choices`.

    An exclusive choice clears the others, and any other choice clears it.
    """
    wanted = set(selected) - {code}
    if on:
        alone = next(is_exclusive(choice) for choice in choices if choice.code == code)
        exclusive = {choice.code for choice in choices if is_exclusive(choice)}
        wanted = {code} if alone else wanted - exclusive | {code}
    return tuple(choice.code for choice in choices if choice.code in wanted)


def codes_of(answer: Answer | None, choices: Sequence[Choice]) -> tuple[str, ...]:
    """What a form shows as given: codes, or the text; () where nothing was answered."""
    if answer is None:
        return ()
    if answer.state is State.ANSWERED:
        value = answer.value or ()
        return value if isinstance(value, tuple) else (value,)
    return tuple(choice.code for choice in choices if choice.state is answer.state)[:1]
