"""Which languages a round offers: the one place that decides.

Words about privacy and safety that no speaker has checked must not reach a family, so a
language waits for its sign-off everywhere but in rounds of invented families.
"""

from datetime import datetime
from urllib.parse import urlencode

from bot.words import ENGLISH, SHIPPED, Words, signed_off
from surveys.commands import Command
from surveys.engine import Sprint, step
from surveys.events import CommandTaken, TapIgnored
from surveys.inputs import Input, LanguageChosen
from surveys.model import Questionnaire
from surveys.records import Round
from surveys.session import Session
from surveys.words import clean

OWN_NAMES = {
    "ar": "العربية",
    "en": "English",
    "en-x-easyread": "English – easy read",
    "pl": "Polski",
}
"""What speakers call their language."""

ENGLISH_NAMES = {
    "ar": "Arabic",
    "en": "English",
    "en-x-easyread": "English easy read",
    "pl": "Polish",
}
"""What staff call it."""


def offered(questionnaire: Questionnaire, a_round: Round | None) -> tuple[str, ...]:
    """The codes a parent may choose from, the questionnaire's default first.

    `a_round` is `None` in a rehearsal, where every language may be tried.
    """
    rehearsed = a_round is None or a_round.demonstration
    default = questionnaire.default_language
    others = [code for code in questionnaire.languages if code != default]
    return (default, *(code for code in others if rehearsed or signed_off(code)))


def waiting(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The codes of its languages that no speaker has signed off."""
    default = questionnaire.default_language
    return tuple(
        code for code in questionnaire.languages if code != default and not signed_off(code)
    )


def checked() -> tuple[str, ...]:
    """The codes of the interface's languages that anybody may read, English among them."""
    return tuple(code for code in SHIPPED if signed_off(code))


def step_offered(
    questionnaire: Questionnaire, session: Session, said: Input, a_round: Round, now: datetime
) -> Sprint:
    """What comes of one turn in this round, where a language not on offer cannot be chosen."""
    allowed = offered(questionnaire, a_round)
    if isinstance(said, LanguageChosen) and said.code not in allowed:
        return Sprint(session, (TapIgnored(clean(said.code)),))
    sprint = step(questionnaire, session, said, now)
    changed = sprint.session.language != session.language
    if changed and sprint.session.language not in allowed:
        return Sprint(session, (CommandTaken(Command.EASY_READ),))
    return sprint


def readable(*, rehearsed: bool) -> tuple[str, ...]:
    """The shipped languages in which a page for everybody is offered, English first.

    `rehearsed` is whether the reader comes from a demonstration, where each may be tried.
    """
    return tuple(code for code in SHIPPED if rehearsed or signed_off(code))


def spoken_at(words: Words, address: str, *, rehearsed: bool = False) -> str:
    """The address of a page for everybody in the language of `words`."""
    asked = {} if words.language == ENGLISH else {"language": words.language}
    if rehearsed:
        asked["rehearsed"] = "yes"
    return f"{address}?{urlencode(asked)}" if asked else address


def chosen_at(words: Words, address: str, *, rehearsed: bool = False) -> str:
    """The same for a page that would follow the browser: a choice of English is said too."""
    asked = {"language": words.language} | ({"rehearsed": "yes"} if rehearsed else {})
    return f"{address}?{urlencode(asked)}"


def own_name(code: str) -> str:
    """A language's name in itself, or its code where we do not know it."""
    return OWN_NAMES.get(code, code)


def english_name(code: str) -> str:
    """A language's name for staff, or its code where we do not know it."""
    return ENGLISH_NAMES.get(code, code)
