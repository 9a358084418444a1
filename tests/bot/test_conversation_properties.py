"""What holds on a real database for any turns at all, delivered once or more, on two channels."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import rounds
from bot.languages import step_offered
from bot.ports import ChatPlace, CodeGiven, Place, Turn, TurnStatus, WebPlace
from storage import invitations, questionnaires
from storage.vault import Vault
from surveys.commands import Command
from surveys.engine import start
from surveys.inputs import (
    Chosen,
    CommandGiven,
    Filled,
    Input,
    NextChild,
    NoticeAcknowledged,
    Skipped,
    Submitted,
    Typed,
)
from surveys.model import QuestionType, State
from surveys.session import Answer, Frame, Session, Stage
from tests.bot.conftest import CLOSES, OPENS, World, opened_world
from tests.builders import CONFIDENCE
from tests.surveys.test_engine_properties import HELPFUL, INPUTS

ANSWERS = """
    SELECT child_number, question_key, state, value FROM answer
    JOIN link USING (response_id) WHERE invitation_id = ?"""
COMMENTS = """
    SELECT child_number, question_key FROM comment
    JOIN link USING (response_id) WHERE invitation_id = ?"""
KEPT = ("answer", "response", "link", "session", "comment", "invitation", "chat", "outbox")

SENDING: st.SearchStrategy[Input] = st.sampled_from(
    [Typed("send"), NextChild(), CommandGiven(Command.STOP), CommandGiven(Command.MY_DATA)]
)


@dataclass(frozen=True)
class Delivery:
    """One thing a parent did: on which channel, and how often it arrives at once."""

    said: Input
    by_chat: bool
    times: int


WHOLE: tuple[Input, ...] = (
    Chosen("phase", "primary"),
    Chosen("has_plan", "no"),
    Chosen("listened", "dk"),
    Filled("topics", ("school", "therapy")),
    Typed("They never ring back"),
)
BRANCH: tuple[Input, ...] = (
    Chosen("phase", "primary"),
    Chosen("has_plan", "yes"),
    Chosen("plan_kept", "2"),
    Filled("plan_year", ("2020",)),
)
CHANGES: tuple[Input, ...] = (Chosen("has_plan", "no"), Skipped("change"))
"""Of these the first takes two answers off the route, the second a comment off the queue."""

CHANGED = (*BRANCH, *WHOLE[2:], *CHANGES, Submitted(), NextChild(), *BRANCH)

# Nothing is left to compare after erasing, which has proofs of its own.
ERASING = CommandGiven(Command.ERASE_FOR_GOOD)
ANYTHING = HELPFUL | SENDING | INPUTS.filter(lambda said: said != ERASING)
SOME = st.lists(ANYTHING, max_size=4)
TALKS = st.lists(ANYTHING, max_size=20) | st.tuples(
    SOME,
    st.sampled_from([(), BRANCH]),
    st.just(WHOLE[2:]) | st.just(WHOLE),
    st.sampled_from([(), CHANGES]),
    st.sampled_from([(), (Submitted(),), (Submitted(), NextChild())]),
    SOME,
    st.sampled_from([(), (*WHOLE, Submitted())]),
    SOME,
).map(lambda parts: [said for part in parts for said in part])


def delivered(talk: Sequence[Input]) -> st.SearchStrategy[list[Delivery]]:
    """The talk, each turn on either channel, once or twice or three times at once."""
    each = (st.builds(Delivery, st.just(said), st.booleans(), st.integers(1, 3)) for said in talk)
    return st.tuples(*each).map(list)


DELIVERIES = TALKS.flatmap(delivered)


@dataclass
class Family:
    """A family in the round, and what the engine alone says of its conversations."""

    world: World
    token: str
    chat: ChatPlace
    sessions: list[Session] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)

    async def does(self, delivery: Delivery) -> None:
        """One turn, delivered `times` times side by side."""
        place: Place = self.chat if delivery.by_chat else WebPlace(self.token)
        turn = Turn(f"{self.token}:{len(self.turns)}", place, delivery.said)
        self.turns.append(turn)
        takes = (self.world.service.take(turn) for _ in range(delivery.times))
        first, *others = await asyncio.gather(*takes)
        if first.status is TurnStatus.OK:
            self._expect(delivery.said)
        assert {each.status for each in others} <= {TurnStatus.DUPLICATE}
        assert {each.session == self.sessions[-1] for each in others} <= {True}

    def _expect(self, said: Input) -> None:
        session = self.sessions[-1]
        if isinstance(said, NextChild) and session.stage is Stage.FINISHED:
            self.sessions.append(start(CONFIDENCE, session.language, Frame()))
            said = NoticeAcknowledged()
        now = self.world.clock()
        sprint = step_offered(CONFIDENCE, self.sessions[-1], said, self.world.round, now)
        self.sessions[-1] = sprint.session

    @property
    def invitation_id(self) -> str:
        """Its invitation, found by its token."""
        found = invitations.by_token(self.world.reader, self.token)
        assert found is not None
        return found.id


async def joins(world: World) -> Family:
    """A new family whose chat and link lead to one place, past the notice."""
    [token] = world.invite()
    family = Family(world, token, ChatPlace("telegram", f"chat of {token}"))
    await world.says(family.chat, CodeGiven(token))
    family.sessions.append(start(CONFIDENCE, "en", Frame()))
    await family.does(Delivery(NoticeAcknowledged(), by_chat=True, times=1))
    return family


async def talks(world: World, deliveries: Sequence[Delivery]) -> None:
    family = await joins(world)
    for delivery in deliveries:
        await family.does(delivery)
    assert await world.service.held(family.chat) == tuple(family.sessions)
    assert_stored_once_and_as_said(family)
    before = everything(world)
    for turn in reversed(family.turns):
        assert (await world.service.take(turn)).status is TurnStatus.DUPLICATE
    assert everything(world) == before


def assert_stored_once_and_as_said(family: Family) -> None:
    """Each answer is one row that says what the session says; a passed question is not asked."""
    rows = family.world.rows(ANSWERS, family.invitation_id)
    stored = {(child, key): (state, value) for child, key, state, value in rows}
    assert len(stored) == len(rows)
    said = {
        (number, key): row_of(answer)
        for number, session in enumerate(family.sessions, start=1)
        for key, answer in session.answers.items()
    }
    nothing = (State.NOT_ASKED.value, None)
    assert {place: row for place, row in stored.items() if row != nothing} == said
    waiting = family.world.rows(COMMENTS, family.invitation_id)
    words = {place for place, (_, value) in said.items() if value and is_open(place[1])}
    assert sorted(waiting) == sorted(words)


def row_of(answer: Answer) -> tuple[str, str | None]:
    value = " ".join(answer.value) if isinstance(answer.value, tuple) else answer.value
    return answer.state.value, value


def is_open(key: str) -> bool:
    question = CONFIDENCE.question(key)
    return question is not None and question.type is QuestionType.TEXT


def everything(world: World) -> str:
    """Every row there is."""
    return json.dumps([world.rows(f"SELECT * FROM {table}") for table in KEPT])


def test_any_turns_are_stored_once_and_a_second_delivery_changes_nothing(
    database_path: Path, vault: Vault
) -> None:
    with asyncio.Runner() as runner:
        context = opened_world(database_path, vault)
        world = runner.run(context.__aenter__())
        world.writer.one(lambda db, now: questionnaires.add(db, CONFIDENCE, now))
        plan = rounds.Plan("Any", CONFIDENCE.key, OPENS, CLOSES)
        world.writer.one(partial(rounds.create, plan=plan, actor="test"))
        world.round = world.writer.one(partial(rounds.open_round, name="Any", actor="test"))

        @settings(max_examples=40, deadline=None)
        @given(DELIVERIES)
        @example([Delivery(said, n % 2 == 0, 2) for n, said in enumerate(CHANGED)])
        def holds(deliveries: list[Delivery]) -> None:
            runner.run(talks(world, deliveries))

        try:
            holds()
        finally:
            runner.run(context.__aexit__(None, None, None))
