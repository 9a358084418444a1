"""Where a conversation stands, as an address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from bot.ports import Turned
from bot.words import Words
from surveys.engine import start
from surveys.model import Questionnaire
from surveys.position import Position, date_in_england, stand
from surveys.records import Round
from surveys.session import Frame, Session, Stage

THE_QUESTION = "#question"
"""Where a browser goes on the page of a question, and where a screen reader begins.

The conversation so far stands above it. No script is needed for it.
"""


@dataclass(frozen=True)
class Here:
    """A conversation, the round it belongs to, and which of the family's children it is about.

    `notice_read`, `is_listed`, `notice_is_news` and `is_stopped` are as `Turned` has them.
    """

    token: str
    round: Round
    position: Position
    child_number: int = 1
    notice_read: str = ""
    is_listed: bool = False
    notice_is_news: bool = False
    is_stopped: bool = False

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire being answered."""
        return self.position.questionnaire

    @property
    def session(self) -> Session:
        """The session as it was committed."""
        return self.position.session

    @property
    def words(self) -> Words:
        """The interface in the session's language."""
        return Words(self.session.language)

    @property
    def review_address(self) -> str:
        """The address of the page of all answers."""
        return f"/c/{self.token}/review"

    def question_address(self, key: str) -> str:
        """The address of question `key`, and of the place of the question on its page."""
        return f"/c/{self.token}/q/{quote(key, safe='')}{THE_QUESTION}"

    def address(self, removed: Iterable[str] = ()) -> str:
        """The page the parent should see now; `removed` are questions no longer asked."""
        query = urlencode([("removed", key) for key in removed])
        page, mark, place = self._page().partition("#")
        return page + (f"?{query}" if query else "") + mark + place

    def _page(self) -> str:
        home = f"/c/{self.token}"
        match self.session.stage:
            case Stage.WELCOME:
                return home
            case Stage.FINISHED:
                return f"{home}/done"
            case Stage.REVIEWING:
                return self.review_address
        question = self.position.current or self.position.unanswered
        return self.question_address(question.key) if question else self.review_address


def here(token: str, turned: Turned, now: datetime) -> Here:
    """Where the conversation stands; before its first turn, at the welcome.

    Raises:
        LookupError: it is open, and came without its round or questionnaire.
    """
    round_, questionnaire = turned.round, turned.questionnaire
    if round_ is None or questionnaire is None:
        raise LookupError("an open conversation came without its round or its questionnaire")
    frame = Frame(round_.moment, round_.phases)
    session = turned.session or start(questionnaire, questionnaire.default_language, frame)
    position = stand(questionnaire, session, date_in_england(now))
    return Here(
        token,
        round_,
        position,
        turned.child_number,
        notice_read=turned.notice_read,
        is_listed=turned.is_listed,
        notice_is_news=turned.notice_is_news,
        is_stopped=turned.is_stopped,
    )
