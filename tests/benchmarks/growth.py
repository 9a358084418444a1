"""The same answers as stored conversations grow, beside a pickle file's flush.

The stored conversations are finished ones, every row of theirs there, because those are
what a round leaves; the parents who answer are as many in both houses.
"""

from pathlib import Path

from storage import database
from storage.database import Database
from surveys.inputs import Chosen, Skipped, Submitted
from tests.benchmarks.answers import ANSWERS_EACH, answered
from tests.benchmarks.house import House, house
from tests.benchmarks.measure import Line, Size, alternately, console, rate, tell
from tests.benchmarks.peers import handler_bot

CHANGED = 10

_COPIES = (
    """CREATE TEMP TABLE copy AS
       WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :count)
       SELECT n, hex(randomblob(11)) AS invitation, hex(randomblob(11)) AS response FROM numbers""",
    """INSERT INTO invitation (id, round_id, kind, generation, token_hash, created_at)
       SELECT copy.invitation, round_id, kind, generation,
       hex(randomblob(32)), created_at FROM invitation, copy WHERE invitation.id = :invitation
       ORDER BY copy.invitation""",
    """INSERT INTO session SELECT copy.invitation, child_number, hex(randomblob(6)), body,
       updated_at FROM session, copy WHERE invitation_id = :invitation ORDER BY copy.invitation""",
    """INSERT INTO notice_read SELECT copy.invitation, told, acknowledged
       FROM notice_read, copy WHERE invitation_id = :invitation ORDER BY copy.invitation""",
    """INSERT INTO response (id, round_id, questionnaire_hash, mode, language, started_on,
       finished_on) SELECT copy.response, round_id, questionnaire_hash, mode, language,
       started_on, finished_on FROM response, copy WHERE response.id = :response
       ORDER BY copy.response""",
    """INSERT INTO link SELECT round_id, copy.invitation, child_number, copy.response
       FROM link, copy WHERE invitation_id = :invitation ORDER BY copy.invitation""",
    """INSERT INTO answer SELECT copy.response, question_key, state, value
       FROM copy, answer WHERE response_id = :response ORDER BY copy.response, question_key""",
    """INSERT INTO delivery SELECT 'web:' || hex(randomblob(20)), updated_at
       FROM session, copy, answer WHERE invitation_id = :invitation AND response_id = :response""",
)


async def growth(folder: Path, size: Size) -> list[Line]:
    """Measure and tell."""
    async with (
        house(folder / "few", size.parents + 1) as few,
        house(folder / "many", size.parents + 1) as many,
    ):
        for ours, count in ((few, size.stored), (many, size.many)):
            await fill(ours, count)
            await ours.begin(ours.tokens[1:])

        async def with_few(number: int) -> float:
            return await answered(few, few.tokens[1:], number)

        async def with_many(number: int) -> float:
            return await answered(many, many.tokens[1:], number)

        at_few, at_many = await alternately(with_few, with_many, times=size.times)
    answers = size.parents * ANSWERS_EACH
    line = tell(
        Line(
            f"the same as stored conversations grow from {size.stored:,} to {size.many:,}",
            rate(answers, at_many),
            f"{rate(answers, at_few)} (ours at {size.stored:,})",
            at_few / at_many,
            at_least=0.85,
        )
    )
    await _pickled(folder, size)
    return [line]


async def _pickled(folder: Path, size: Size) -> None:
    """What python-telegram-bot's own persistence needs to keep ten changed conversations."""
    taken = {
        count: await handler_bot.flush_seconds(folder / f"{count}.pickle", count, CHANGED)
        for count in size.pickled
    }
    told = ", ".join(f"{seconds:.2f} s at {count:,}" for count, seconds in taken.items())
    console.print(
        f"    beside it: PicklePersistence flushes {CHANGED} changed conversations in {told}"
    )


async def fill(ours: House, count: int) -> None:
    """One finished conversation, of the first token, and this many copies of it."""
    model = ours.tokens[0]
    await ours.begin([model])
    for question in ours.form.questions:
        choices = question.choices
        await ours.says(
            model, Chosen(question.key, choices[0].code) if choices else Skipped(question.key)
        )
    await ours.says(model, Submitted())
    db = database.open_writer(ours.path)
    with database.immediate(db):
        _copy(db, count)
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.conn.close()


def _copy(db: Database, count: int) -> None:
    model = db.conn.execute("SELECT invitation_id, response_id FROM link").fetchone()
    given = {"count": count, "invitation": model[0], "response": model[1]}
    for statement in _COPIES:
        db.conn.execute(statement, given)
