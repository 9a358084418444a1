"""Words that no parent may ever be shown while nothing is really wrong."""

from bot.channels.telegram import wording
from bot.pages.failures import SAY
from bot.words import Words

PHRASES = (
    wording.not_saved(Words("en")),
    wording.unknown_code(Words("en")),
    "Sorry, something went wrong",
    "Traceback",
    "This survey closed",
    "We do not know this link",
    *(Words("en").say(title) for title, _ in SAY.values()),
)


def error_in(text: str) -> str:
    """The first of these phrases in a message or page, or ""."""
    return next((phrase for phrase in PHRASES if phrase in text), "")
