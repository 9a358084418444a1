"""What a closed round loses with time: words, then answers; and cases that were closed."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from bot import closing, planning, retention, rounds
from bot.cli import backups
from bot.intake import Work
from bot.planning import Asked
from bot.ports import WebPlace
from bot.settings import Settings
from storage import ageing, comments, database, erasing, releases
from storage import retention as stored
from storage.database import Database
from storage.ledger import What
from surveys.inputs import Chosen, Filled, Overheard
from tests.bot.conftest import CLOSES, OPENS, World

WORD = "xylophonic"
WORDS = ("answer", "parents' own words, of which only the count stays")
ASIDES = ("aside", "words typed outside a question")
RESPONSES = ("response", "responses with all their answers")
NOTHING_LEFT = {"answer": 0, "response": 0, "comment": 0, "session": 0, "link": 0}


def sweep(world: World) -> dict[tuple[str, str], int]:
    found = retention.cutoffs(Settings(), world.clock())
    counted = retention.count(world.reader, found)
    gone = retention.run(world.writer.one, found, "test")
    assert counted == gone
    return {what: rows for what, rows in gone.items() if rows}


def kept_back(world: World) -> dict[tuple[str, str], int]:
    return retention.kept_back(world.reader, retention.cutoffs(Settings(), world.clock()))


def entries(world: World) -> list[What]:
    return [entry.what for entry in world.writer._db.ledger.read().entries]


async def writes(world: World, word: str = WORD) -> WebPlace:
    place = await world.begins(world.invite()[0])
    await world.says(place, Chosen("phase", "primary"))
    await world.says(place, Filled("o1", (word,)))
    return place


def do(world: World, sql: str, *values: object) -> None:
    world.writer.one(lambda db, _: db.conn.execute(sql, values))


def close(world: World, *, linked: bool = False, read: bool = True) -> None:
    do(world, "UPDATE round SET linked = ? WHERE id = ?", linked, world.round.id)
    if read:
        do(world, "UPDATE comment SET status = 'read'")
        do(world, "UPDATE aside SET status = 'read'")
    world.writer.one(partial(closing.stop_answers, round_id=world.round.id, actor="test"))
    world.writer.one(partial(closing.keep, round_id=world.round.id, release={"hash": "abc"}))


def is_on_disk(world: World, word: str) -> bool:
    path = Path(world.reader.conn.execute("PRAGMA database_list").fetchone()["file"])
    database.truncate_log(path)
    log = path.with_name(f"{path.name}-wal")
    return any(word.encode() in file.read_bytes() for file in (path, log) if file.exists())


@pytest.mark.parametrize("linked", [False, True])
async def test_words_go_a_year_after_the_round_closed_and_their_count_stays(
    world: World, linked: bool
) -> None:
    await writes(world)
    close(world, linked=linked)
    world.clock.forward(days=364)
    assert WORDS not in sweep(world)
    assert is_on_disk(world, WORD)
    world.clock.forward(days=3)
    assert sweep(world)[WORDS] == 1
    assert not is_on_disk(world, WORD)
    states = "SELECT question_key, state, value FROM answer WHERE state = 'answered' ORDER BY 1"
    assert world.rows(states) == [("o1", "answered", ""), ("phase", "answered", "primary")]
    assert releases.current(world.reader, world.round.id) == {"hash": "abc"}
    assert WORDS not in sweep(world)
    assert entries(world).count(What.WORDS_GONE) == 1


async def test_a_parent_of_a_linked_round_still_sees_all_else_that_is_held(world: World) -> None:
    place = await writes(world)
    close(world, linked=True)
    world.clock.forward(days=367)
    sweep(world)
    (session,) = await world.service.held(place)
    assert list(session.answers) == ["phase"]


@pytest.mark.parametrize("months", [12, 40])
async def test_words_that_nobody_has_read_wait_with_their_answers(
    world: World, months: int
) -> None:
    await writes(world)
    close(world, read=False)
    world.clock.forward(days=months * 31)
    assert not {WORDS, RESPONSES} & sweep(world).keys()
    assert kept_back(world)[WORDS] == 1
    assert (kept_back(world).get(RESPONSES) == 1) == (months == 40)
    do(world, "UPDATE comment SET status = 'read'")
    assert sweep(world)[WORDS] == 1
    assert kept_back(world) == {}


async def test_words_of_a_case_that_is_not_closed_stay(world: World) -> None:
    await writes(world, "He hits me and I am afraid.")
    ((case,),) = world.rows("SELECT id FROM safeguarding_case")
    close(world)
    world.clock.forward(days=1300)
    assert not {WORDS, RESPONSES} & sweep(world).keys()
    assert world.rows("SELECT status FROM safeguarding_case") == [("open",)]
    world.writer.one(lambda db, now: comments.close_case(db, str(case), now))
    gone = sweep(world)
    assert (gone[WORDS], gone[RESPONSES]) == (1, 1)


async def test_words_outside_a_question_go_with_the_others(world: World) -> None:
    place = await world.begins(world.invite()[0])
    await world.says(place, Overheard(f"He hits me and I am afraid. {WORD}"))
    assert world.rows("SELECT count(*) FROM aside") == [(1,)]
    close(world, read=False)
    world.clock.forward(days=367)
    assert ASIDES not in sweep(world)
    do(world, "UPDATE aside SET status = 'read'")
    assert ASIDES not in sweep(world), "its case is open"
    do(world, "UPDATE safeguarding_case SET status = 'closed'")
    assert sweep(world)[ASIDES] == 1
    assert not is_on_disk(world, WORD)


async def test_all_answers_go_three_years_after_and_the_release_stands(world: World) -> None:
    await writes(world)
    close(world)
    world.clock.forward(days=1095)
    assert RESPONSES not in sweep(world)
    world.clock.forward(days=2)
    assert sweep(world)[RESPONSES] == 1
    for table, left in NOTHING_LEFT.items():
        assert world.rows(f"SELECT count(*) FROM {table}") == [(left,)], table
    assert releases.current(world.reader, world.round.id) == {"hash": "abc"}
    assert RESPONSES not in sweep(world)


async def test_a_round_without_a_release_and_an_open_one_lose_nothing(world: World) -> None:
    await writes(world)
    do(world, "UPDATE comment SET status = 'read'")
    world.clock.forward(days=4000)
    assert not {WORDS, RESPONSES} & sweep(world).keys()
    world.writer.one(partial(closing.stop_answers, round_id=world.round.id, actor="test"))
    world.clock.forward(days=4000)
    assert not {WORDS, RESPONSES} & sweep(world).keys()


def follow(world: World) -> str:
    plan = world.writer.one(lambda db, _: planning.plan_of(db, Asked(follows="Spring")))
    later = rounds.Plan(
        "After",
        "parental_confidence",
        OPENS.replace(year=2029),
        CLOSES.replace(year=2031),
        linked=True,
        asking=plan,
    )
    return world.writer.one(partial(rounds.create, plan=later, actor="test")).id


async def test_a_round_that_is_followed_keeps_what_pairs_need_until_the_next_release(
    world: World,
) -> None:
    await writes(world)
    close(world, linked=True)
    after = follow(world)
    do(world, "UPDATE round SET status = 'open' WHERE id = ?", after)
    world.clock.forward(days=1100)
    gone = sweep(world)
    assert gone[WORDS] == 1, "pairs need no words"
    assert not {RESPONSES, retention.LINKS} & gone.keys()
    assert kept_back(world) == {RESPONSES: 1}
    assert world.rows("SELECT count(*) FROM link") == [(1,)]
    now = world.clock().isoformat()
    do(world, "UPDATE round SET status = 'closed', closed_at = ? WHERE id = ?", now, after)
    assert RESPONSES not in sweep(world), "its release is not made yet"
    world.writer.one(lambda db, then: releases.add(db, after, {"hash": "def"}, "", then))
    gone = sweep(world)
    assert (gone[RESPONSES], gone[retention.LINKS]) == (1, 1)


async def test_a_draft_that_was_never_opened_holds_nothing_after_its_closing_day(
    world: World,
) -> None:
    await writes(world)
    close(world, linked=True)
    follow(world)
    world.clock.forward(days=1100)
    assert RESPONSES not in sweep(world)
    world.clock.now = CLOSES.replace(year=2031)
    assert sweep(world)[RESPONSES] == 1


async def test_only_cases_closed_six_years_ago_go(world: World) -> None:
    for word in ("He hits me and I am afraid.", "He hits us and I am afraid."):
        await writes(world, word)
    (one,), _ = world.rows("SELECT id FROM safeguarding_case")
    world.writer.one(lambda db, now: comments.close_case(db, str(one), now))
    assert not world.writer.one(lambda db, now: comments.close_case(db, str(one), now))
    world.clock.forward(days=2191)
    assert retention.CASES not in sweep(world)
    world.clock.forward(days=2)
    assert sweep(world)[retention.CASES] == 1
    world.clock.forward(days=9000)
    assert retention.CASES not in sweep(world)
    assert world.rows("SELECT status FROM safeguarding_case") == [("open",)]


async def test_it_goes_in_chunks(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "CHUNK", 2)
    for _ in range(3):
        await writes(world)
    close(world)
    world.clock.forward(days=1100)
    commits: list[int] = []

    def commit(work: Work[int]) -> int:
        commits.append(world.writer.one(work))
        return commits[-1]

    found = retention.cutoffs(Settings(), world.clock())
    gone = retention.run(commit, found, "test")
    assert (gone[WORDS], gone[RESPONSES]) == (3, 3)
    assert max(commits) == 2
    assert entries(world) == [What.CUT, What.WORDS_GONE, What.ANSWERS_GONE]


@pytest.fixture
def before(world: World) -> Iterator[Database]:
    """The tables as a backup made while the round was open has them, beside its ledger."""
    path = Path(world.reader.conn.execute("PRAGMA database_list").fetchone()["file"])
    copy = path.with_name("backup.db")
    yield_from = world.writer._db.ledger.path
    database.create(copy, yield_from)
    db = database.open_writer(copy, yield_from)
    yield db
    db.conn.close()


async def test_a_restore_brings_neither_words_nor_answers_nor_cases_back(
    world: World, before: Database
) -> None:
    await writes(world, f"He hits me and I am afraid. {WORD}")
    do(world, "UPDATE comment SET status = 'read'")
    do(world, "UPDATE round SET linked = 1")
    world.reader.conn.commit()
    world.reader.conn.backup(before.conn)
    ((case,),) = world.rows("SELECT id FROM safeguarding_case")
    world.writer.one(lambda db, now: comments.close_case(db, str(case), now))
    close(world, linked=True)
    closed_at = world.rows("SELECT closed_at FROM round")
    world.clock.forward(days=2300)
    assert {WORDS, RESPONSES, retention.CASES} <= sweep(world).keys()
    noted = before.ledger.read().entries
    order = [What.CUT, What.WORDS_GONE, What.ANSWERS_GONE, What.CASE_GONE]
    assert [entry.what for entry in noted] == order
    with database.immediate(before):
        erasing.repeat(before, noted)
    for table in (*NOTHING_LEFT, "safeguarding_case"):
        rows = before.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        assert rows == 0, table
    # Its periods run from when it really closed, not from the restore.
    found = before.conn.execute("SELECT status, closed_at FROM round").fetchone()
    assert tuple(found) == ("closed", closed_at[0][0])


def test_every_kind_that_ages_has_a_period() -> None:
    whole = retention.cutoffs(Settings(), datetime(2030, 1, 1, 12, tzinfo=OPENS.tzinfo))
    assert {kind.what for kind in ageing.AGEING} == {What.WORDS_GONE, What.ANSWERS_GONE}
    assert (whole.words.year, whole.answers.year, whole.cases.year) == (2029, 2027, 2024)


def test_a_restore_has_words_for_everything_it_does_again() -> None:
    assert set(backups._REPEATED) == {what.value for what in What}
