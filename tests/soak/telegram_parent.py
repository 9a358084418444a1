"""A parent in Telegram: taps twice, taps old buttons, types, edits, goes back, sends stickers."""

import itertools
import time
from collections.abc import Callable

from bot.channels.telegram import payload
from surveys.events import Event
from surveys.inputs import (
    Chosen,
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
from surveys.model import Question, QuestionType, State
from surveys.session import Answer, Stage
from tests.fake_telegram import FakeTelegram, Sent
from tests.fake_telegram.world import Chat
from tests.soak.answering import reply
from tests.soak.hearing import START, tells
from tests.soak.ledger import Ledger
from tests.soak.memory import Memory
from tests.soak.plan import GaveUp, Plan

MOST_ODD = 8
_ids = itertools.count(100_001)

Meant = tuple[str, Answer] | None
SKIPPED = Answer(State.SKIPPED)


class TelegramParent:
    """One, from /start to the thanks."""

    def __init__(
        self, telegram: FakeTelegram, code: str, memory: Memory, plan: Plan, ledger: Ledger
    ) -> None:
        self.id = next(_ids)
        self.name = f"Telegram {self.id}"
        self._code = code
        self.memory = memory
        self._telegram = telegram
        self._person = telegram.parent(self.id, started=False)
        self._plan, self._ledger = plan, ledger
        self._dice = plan.dice(self.name)
        self._odd = MOST_ODD
        self._run = ""
        self._typed: int | None = None

    async def lives(self) -> None:
        """Answer everything.

        Raises:
            GaveUp: an answer of the bot's did not come.
        """
        await self._plan.arrive(self._dice)
        await self._does(Opened(), lambda: self._person.sends(f"/start {self._code}"))
        self._run = self._last.payload(START).partition(".")[0]
        while self.memory.stage is not Stage.FINISHED:
            await self._plan.think(self._dice)
            await self._acts()
        await self._taps(Submitted(), times=self._dice.choice((1, 1, 2)))

    async def _acts(self) -> None:
        if self._odd and not self._plan.is_calm and self._dice.random() < 0.3:
            self._odd -= 1
            await self._dice.choice(self._ODDITIES)(self)
        elif self.memory.stage is Stage.WELCOME:
            await self._taps(NoticeAcknowledged())
        elif self.memory.stage is Stage.REVIEWING:
            await self._taps(Submitted(), times=self._dice.choice((1, 2)))
        else:
            await self._answers()

    async def _answers(self) -> None:
        question = self.memory.here.current
        assert question is not None
        said = reply(self._dice, self.memory.here, question)
        meant = (question.key, said.answer)
        if not question.choices or self._dice.random() < 0.2:
            await self._types(said.typed, meant)
        elif question.type is QuestionType.SELECT_MULTIPLE:
            await self._ticks(question, said.values, meant)
        else:
            times = self._dice.choice((1, 1, 1, 2, 3))
            await self._taps(Chosen(question.key, said.values[0]), meant, times)

    async def _ticks(self, question: Question, codes: tuple[str, ...], meant: Meant) -> None:
        choices = list(question.choices)
        self._dice.shuffle(choices)
        for choice in choices:
            said = Toggled(question.key, choice.code, on=choice.code in codes)
            self.memory.does(said)
            self._tap(said)
        self._ledger.add("turns", len(choices))
        await self._taps(SelectionDone(question.key), meant)

    async def _old_tap(self) -> None:
        """On a button of any question asked before."""
        question = self._answered_before()
        if question is None or question.type is not QuestionType.SELECT_ONE:
            await self._taps(NoticeAcknowledged())
            return
        said = reply(self._dice, self.memory.here, question)
        await self._taps(Chosen(question.key, said.values[0]), (question.key, said.answer))

    async def _revisit(self) -> None:
        question = self._answered_before()
        if question is not None:
            await self._taps(Revisited(question.key))

    async def _back(self) -> None:
        current = self.memory.here.current
        if current is not None and self._dice.random() < 0.5:
            await self._taps(WentBack(current.key), times=self._dice.choice((1, 2)))
        elif self.memory.stage is not Stage.WELCOME:
            await self._types("/back")

    async def _skip(self) -> None:
        current = self.memory.here.current
        if current is not None:
            await self._taps(Skipped(current.key), (current.key, SKIPPED))

    async def _sticker(self) -> None:
        send = self._dice.choice(
            (self._person.sends_sticker, self._person.sends_photo, self._person.sends_voice)
        )
        await self._does(Unreadable("sticker"), send)

    async def _edit(self) -> None:
        if self._typed is not None:
            said = self._typed
            await self._does(Unreadable("edited"), lambda: self._person.edits(said, "No, wait"))

    async def _start_again(self) -> None:
        await self._does(Opened(), lambda: self._person.sends("/start"))

    _ODDITIES = (_old_tap, _old_tap, _revisit, _back, _skip, _sticker, _edit, _start_again)

    def _answered_before(self) -> Question | None:
        on_route = self.memory.here.route.questions
        answered = [each for each in on_route if each.key in self.memory.session.answers]
        return self._dice.choice(answered) if answered else None

    async def _types(self, text: str, meant: Meant = None) -> None:
        def send() -> None:
            self._typed = self._person.sends(text)

        await self._does(Typed(text), send, meant)

    async def _taps(self, said: Input, meant: Meant = None, times: int = 1) -> None:
        await self._does(said, lambda: self._tap(said), meant, times)

    def _tap(self, said: Input) -> None:
        self._person.taps_payload(self._last, payload.encode(self._run, said))

    async def _does(
        self, said: Input, send: Callable[[], object], meant: Meant = None, times: int = 1
    ) -> None:
        """Send it so many times at once, and wait for the answer that must come."""
        seen, expected, recorded = len(self._person.messages), None, 0
        self._ledger.add("turns", times)
        for _ in range(times):
            events = self.memory.does(said, meant)
            recorded += self.memory.recorded()
            expected = events[-1] if events else expected
            send()
        if expected is not None:
            await self._hears(seen, expected)
        self._ledger.add("acknowledged", recorded)

    async def _hears(self, seen: int, expected: Event) -> None:
        def has_come() -> bool:
            new = self._person.messages[seen:]
            return any(tells(self.memory.form, sent, expected) for sent in new)

        began, waited = time.monotonic(), type(expected).__name__
        try:
            await self._chat.bell.until(has_come, self._plan.left, lambda: waited)
        except AssertionError:
            raise GaveUp(f"{self.name} waited for {waited} and it never came") from None
        self._ledger.waited_since(began)

    @property
    def _last(self) -> Sent:
        return self._person.messages[-1]

    @property
    def _chat(self) -> Chat:
        return self._telegram.world.chats[self.id]
