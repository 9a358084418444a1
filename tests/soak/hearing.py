"""Whether a message says what had to come of a turn."""

from bot.channels.telegram.markup import plain
from bot.words import Words
from surveys.events import (
    AlreadyFinished,
    Event,
    Finished,
    QuestionAsked,
    ReviewReached,
    TapIgnored,
    Welcomed,
)
from surveys.model import Questionnaire
from tests.fake_telegram import Sent

SEND, START = map(Words("en").say, ("button.send", "button.start"))


def tells(form: Questionnaire, sent: Sent, event: Event) -> bool:
    """Whether `sent` puts `event` into words."""
    match event:
        case QuestionAsked(key):
            question = form.question(key)
            assert question is not None
            return plain(question.labels["en"]) in sent.text and SEND not in sent.labels
        case ReviewReached():
            return SEND in sent.labels
        case Welcomed():
            return START in sent.labels
        case Finished() | AlreadyFinished():
            return "Thank you" in sent.text
        case TapIgnored():
            return "Nothing has changed" in sent.text
        case _:
            return True
