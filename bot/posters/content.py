"""What a poster says."""

from dataclasses import dataclass

from bot import links
from bot.errors import RoundRefused
from bot.local_time import moment_in_words
from surveys.model import Questionnaire, in_language
from surveys.records import Round, RoundStatus

DEMONSTRATION = "Demonstration"

_HEADING = "Tell us how things are going for your child"
_ASKS = (
    "Are you the parent or carer of a child with special educational needs or disabilities?"
    " We would like to hear from you."
)
_VOLUNTARY = (
    "It takes about 5 minutes. You do not have to take part. You can skip questions and stop at"
    " any time. Your child's help stays the same either way."
)


@dataclass(frozen=True)
class Way:
    """One way in: its name, and the address behind its QR code."""

    name: str
    address: str


@dataclass(frozen=True)
class Content:
    """The words and the addresses of a poster, before they have a place on it."""

    council_name: str
    heading: str
    title: str
    about: tuple[str, ...]
    ways: tuple[Way, ...]
    typed_address: str
    code: str
    dates: str
    contact: str
    privacy_address: str
    demonstration: bool


def content(
    a_round: Round,
    questionnaire: Questionnaire,
    code: str,
    *,
    council_name: str,
    public_url: str,
    bot_name: str,
    contact: str,
) -> Content:
    """What the poster of a round says; `code` is its open code.

    Raises:
        RoundRefused: the round is closed.
    """
    if a_round.status is RoundStatus.CLOSED:
        raise RoundRefused(f"The round {a_round.name!r} is closed: nobody could answer it.")
    ways = [Way("On the web", links.open_web(public_url, code))]
    if bot_name:
        ways.append(Way("On Telegram", links.telegram(bot_name, code)))
    typed_address = public_url.partition("://")[2]
    return Content(
        council_name=council_name,
        heading=_HEADING,
        title="Survey for parents and carers: "
        + in_language(questionnaire.titles, questionnaire.default_language, "en"),
        about=(_ASKS, _VOLUNTARY),
        ways=tuple(ways),
        typed_address=typed_address,
        code=code,
        dates=f"Open from {moment_in_words(a_round.opens_at)}"
        f" to {moment_in_words(a_round.closes_at)}.",
        contact=contact,
        privacy_address=f"{typed_address}/privacy",
        demonstration=a_round.demonstration,
    )
