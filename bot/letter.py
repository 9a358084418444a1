"""The words of an invitation or a reminder, for every channel that carries them."""

from dataclasses import dataclass

from bot import links
from bot.ports import Outgoing
from bot.words import Words


@dataclass(frozen=True)
class _Keys:
    subject: str
    asks: str
    short: str


_KEYS = {
    "invitation": _Keys(
        "letter.invitation.subject", "letter.invitation.asks", "letter.invitation.short"
    ),
    "reminder": _Keys("letter.reminder.subject", "letter.reminder.asks", "letter.reminder.short"),
}
KINDS = frozenset(_KEYS)


@dataclass(frozen=True)
class House:
    """The council's own words, which every letter needs and no row carries."""

    council_name: str
    public_url: str
    contact: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter in words: paragraphs around its link, and `short`, all of it in one text message."""

    subject: str
    before: tuple[str, ...]
    link: str
    link_words: str
    after: tuple[str, ...]
    short: str
    direction: str
    language: str

    @property
    def plain(self) -> str:
        """The letter as plain text."""
        return "\n\n".join((*self.before, self.link, *self.after)) + "\n"


def letter(outgoing: Outgoing, house: House) -> Letter:
    """The letter that an outbox row of an invitation or reminder becomes.

    Raises:
        ValueError: it is neither, or has no round.
    """
    if outgoing.message_key not in KINDS or outgoing.round is None:
        raise ValueError(f"message {outgoing.id} is no letter: {outgoing.message_key!r}")
    assert outgoing.questionnaire is not None  # noqa: S101 - it comes with the round
    words = Words(outgoing.language)
    link = links.web(house.public_url, outgoing.arguments["token"])
    titles = outgoing.questionnaire.titles
    values = {
        "council": house.council_name,
        "title": titles.get(outgoing.language) or titles[outgoing.questionnaire.default_language],
        "when": words.moment(outgoing.round.closes_at),
        "contact": house.contact,
        "link": link,
    }
    keys = _KEYS[outgoing.message_key]
    invented = (words.say("letter.demonstration"),) if outgoing.round.demonstration else ()
    asks = (words.say("letter.contact", **values),) if house.contact else ()
    return Letter(
        subject=words.say(keys.subject, **values),
        before=(
            *invented,
            words.say("letter.hello"),
            words.say(keys.asks, **values),
            words.say("letter.yours", **values),
        ),
        link=link,
        link_words=words.say("letter.button"),
        after=(words.say("letter.until", **values), words.say("letter.stop"), *asks),
        short=" ".join((*invented, words.say(keys.short, **values))),
        direction=words.direction,
        language=outgoing.language,
    )
