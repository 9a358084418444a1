"""The conversation with no database: sessions in a dictionary, gone when it stops."""

from bot import clock
from bot.ports import CodeGiven, Place, Turn, Turned, TurnStatus, WebPlace
from surveys import engine
from surveys.inputs import Opened
from surveys.model import Questionnaire
from surveys.records import Round
from surveys.session import Frame, Session


class InMemory:
    """A `Conversations` that keeps nothing."""

    def __init__(self, form: Questionnaire, a_round: Round) -> None:
        self._form, self._round = form, a_round
        self._sessions: dict[str, Session] = {}
        self._taken: set[str] = set()

    async def take(self, turn: Turn) -> Turned:
        """One turn of the engine."""
        assert isinstance(turn.place, WebPlace)
        if turn.delivery_key in self._taken:
            return await self.look(turn.place)
        self._taken.add(turn.delivery_key)
        session = self._session(turn.place.token)
        said = Opened() if isinstance(turn.input, CodeGiven) else turn.input
        sprint = engine.step(self._form, session, said, clock.now())
        self._sessions[turn.place.token] = sprint.session
        return Turned(
            TurnStatus.OK, self._round, self._form, sprint.session, "run", tuple(sprint.events)
        )

    async def look(self, place: Place) -> Turned:
        """Where the session stands."""
        assert isinstance(place, WebPlace)
        session = self._session(place.token)
        return Turned(TurnStatus.OK, self._round, self._form, session, "run")

    async def asides(self, place: Place) -> tuple[str, ...]:
        """Nothing: these tests type only answers."""
        return ()

    async def held(self, place: Place) -> tuple[Session, ...]:
        session = (await self.look(place)).session
        return (session,) if session else ()

    async def look_open(self, code: str) -> Turned:
        """There is no open link."""
        del code
        return Turned(TurnStatus.UNKNOWN)

    async def begin_open(self, code: str, delivery_key: str) -> str | None:
        """There is no open link."""
        del code, delivery_key
        return None

    def _session(self, token: str) -> Session:
        form = self._form
        return self._sessions.get(token) or engine.start(form, form.default_language, Frame())
