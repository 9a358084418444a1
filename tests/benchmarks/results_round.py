"""A closed round of invented responses in a real database, its families of one or two children."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage import database, questionnaires, rounds
from storage.database import Database
from surveys.catalogue import shipped
from surveys.model import Questionnaire, QuestionType, State
from surveys.records import Round, RoundStatus

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
ROUND = "bench"
SURVEY = "parental_confidence"

AnswerRow = tuple[str, str, str, str | None]


def make_round(path: Path, responses: int) -> None:
    """A database at `path` with one closed round of so many responses, and nothing else."""
    form = next(form for form in shipped() if form.key == SURVEY)
    database.create(path)
    db = database.open_writer(path)
    with database.immediate(db):
        questionnaires.add(db, form, NOW)
        rounds.add(db, _round(form), "code", NOW)
        _fill(db, form, responses)
    db.conn.close()
    database.truncate_log(path)


def _round(form: Questionnaire) -> Round:
    return Round(
        id=ROUND,
        name="Bench",
        questionnaire_key=form.key,
        questionnaire_hash=form.hash,
        status=RoundStatus.CLOSED,
        opens_at=NOW - timedelta(days=30),
        closes_at=NOW,
    )


def _fill(db: Database, form: Questionnaire, count: int) -> None:
    chance = random.Random(count)  # noqa: S311 - invented answers, the same each time
    ids = sorted(f"{chance.getrandbits(128):032x}" for _ in range(count))
    day = NOW.date().isoformat()
    db.conn.executemany(
        "INSERT INTO response (id, round_id, questionnaire_hash, mode, language, started_on,"
        " finished_on) VALUES (?, ?, ?, ?, 'en', ?, ?)",
        ((each, ROUND, form.hash, chance.choice(("web", "telegram")), day, day) for each in ids),
    )
    db.conn.executemany("INSERT INTO answer VALUES (?, ?, ?, ?)", _answers(form, ids, chance))
    _invite(db, ids, chance)


def _answers(form: Questionnaire, ids: list[str], chance: random.Random) -> Iterator[AnswerRow]:
    """Every question with choices, and no comment: reading those is no part of the comparison."""
    asked = [each for each in form.questions if each.type is QuestionType.SELECT_ONE]
    for each in ids:
        # Some families lean one way: a round without households that agree would be too kind.
        leaning = chance.choice((1, 1, 2, 3))
        for question in asked:
            luck = chance.random()
            if question.is_rating and luck < 0.15:
                yield each, question.key, _nothing(luck).value, None
            else:
                codes = [c.code for c in question.choices if c.state is State.ANSWERED]
                code = codes[min(int(chance.random() ** leaning * len(codes)), len(codes) - 1)]
                yield each, question.key, State.ANSWERED.value, code


def _nothing(luck: float) -> State:
    if luck < 0.08:
        return State.DONT_KNOW
    return State.DOES_NOT_APPLY if luck < 0.12 else State.SKIPPED


def _invite(db: Database, ids: list[str], chance: random.Random) -> None:
    """An invitation for one child or two, in an order that is not that of the responses."""
    shuffled = iter(chance.sample(ids, len(ids)))
    for number, first in enumerate(shuffled):
        invitation = f"invitation-{number}"
        db.conn.execute(
            "INSERT INTO invitation (id, round_id, kind, generation, token_hash, created_at)"
            " VALUES (?, ?, 'personal', 1, ?, ?)",
            (invitation, ROUND, invitation, NOW.isoformat()),
        )
        children = [first, *((next(shuffled, None),) if chance.random() < 0.2 else ())]
        db.conn.executemany(
            "INSERT INTO link VALUES (?, ?, ?, ?)",
            ((ROUND, invitation, child, each) for child, each in enumerate(children, 1) if each),
        )
