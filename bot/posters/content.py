"""What a poster says."""

from dataclasses import dataclass

from bot import links
from bot.errors import RoundRefused
from bot.languages import offered
from bot.words import Words
from surveys.model import Questionnaire, in_language
from surveys.records import Round, RoundStatus


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
    language: str = "en"

    @property
    def words(self) -> Words:
        """The interface in the poster's language."""
        return Words(self.language)


def content(
    a_round: Round,
    questionnaire: Questionnaire,
    code: str,
    *,
    council_name: str,
    public_url: str,
    bot_name: str,
    contact: str,
    language: str = "",
) -> Content:
    """What the poster of a round says; `code` is its open code.

    It speaks `language`, or the questionnaire's own where that is "".

    Raises:
        RoundRefused: the round is closed, or does not offer this language.
    """
    if a_round.status is RoundStatus.CLOSED:
        raise RoundRefused(f"The round {a_round.name!r} is closed: nobody could answer it.")
    words = Words(_spoken(a_round, questionnaire, language))
    ways = [Way(words.say("printed.web"), links.open_web(public_url, code))]
    if bot_name:
        ways.append(Way(words.say("printed.telegram"), links.telegram(bot_name, code)))
    title = in_language(questionnaire.titles, words.language, questionnaire.default_language)
    typed_address = public_url.partition("://")[2]
    return Content(
        council_name=council_name,
        heading=words.say("printed.heading"),
        title=words.say("printed.title", title=title),
        about=(words.say("printed.asks"), words.say("printed.voluntary")),
        ways=tuple(ways),
        typed_address=typed_address,
        code=code,
        dates=words.say(
            "printed.dates",
            opens=words.moment(a_round.opens_at),
            closes=words.moment(a_round.closes_at),
        ),
        contact=contact,
        privacy_address=f"{typed_address}/privacy",
        demonstration=a_round.demonstration,
        language=words.language,
    )


def _spoken(a_round: Round, questionnaire: Questionnaire, language: str) -> str:
    on_offer = offered(questionnaire, a_round)
    if language and language not in on_offer:
        raise RoundRefused(
            f"The round {a_round.name!r} does not offer the language {language!r}, so nobody who"
            f" reads the poster could go on in it. Choose: {', '.join(on_offer)}."
        )
    return language or questionnaire.default_language
