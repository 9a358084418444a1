"""Staff erase a family who rings: everything goes, nothing else does, and they see what."""

import io
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from bot import cli, closing, comments, forgetting, rounds
from bot.errors import ErasingRefused
from bot.ports import ChatPlace, CodeGiven, WebPlace
from storage import database, invitations, outbox
from storage.database import Database
from storage.invitations import Invitation
from storage.outbox import Message
from surveys.inputs import Chosen, Filled, NoticeAcknowledged, Typed
from tests.bot.conftest import CLOSES, OPENS, TELEGRAM, World

WORDS = ("xylophonic", "quixotry")
TABLES = ("answer", "response", "invitation", "session", "link", "chat", "comment", "second_chat")


async def somebody(world: World) -> str:
    """A family with answers, two comments, a chat, waiting messages and a second chat."""
    [token] = world.invite()
    await world.says(TELEGRAM, CodeGiven("nosuch"))  # leaves a message about no round
    await world.says(TELEGRAM, CodeGiven(token))
    await world.says(TELEGRAM, NoticeAcknowledged())
    await world.says(TELEGRAM, Chosen("phase", "primary"))
    for key, word in zip(("o1", "o2"), WORDS, strict=True):
        await world.says(WebPlace(token), Filled(key, (word,)))
    await world.says(ChatPlace("telegram", "99"), CodeGiven(token))
    [(invitation, lookup, address)] = world.rows("SELECT invitation_id, lookup, address FROM chat")
    for _ in range(3):
        message = Message("telegram", lookup, address, invitation, "prompt", "turn", {})
        world.writer.one(partial(queue, message=message))
    return token


def queue(db: Database, now: datetime, message: Message) -> None:
    outbox.add(db, message, now)


async def neighbour(world: World) -> None:
    place = await world.begins(world.invite()[0])
    await world.says(place, Chosen("phase", "secondary"))
    await world.says(place, Filled("o1", ("marigold",)))


def counts(world: World) -> dict[str, int]:
    return {table: world.rows(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}


@pytest.fixture
def sendvoice(
    database_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Runs a command on the world's own database."""
    monkeypatch.chdir(database_path.parent)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    (database_path.parent / "sendvoice.toml").write_text("", encoding="utf-8")

    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["sendvoice", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
            sys.exit(0)
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out + err

    return run


async def test_b36_every_trace_goes_and_nobody_else_s(
    world: World, database_path: Path, sendvoice: Callable[..., tuple[int, str]]
) -> None:
    await neighbour(world)
    before = counts(world)
    messages = world.rows("SELECT * FROM outbox")
    token = await somebody(world)
    assert counts(world)["comment"] == before["comment"] + 2
    code, said = sendvoice("erase", f"https://voice.example.org/c/{token}", "--yes")
    assert code == 0, said
    assert counts(world) == before
    # What the other chat was told is that chat's.
    other = world.vault.lookup("telegram", "99")
    assert world.rows(f"SELECT * FROM outbox WHERE lookup <> '{other}'") == messages
    line = world.rows("SELECT actor, action, subject, detail FROM audit ORDER BY id DESC LIMIT 1")
    assert line == [("command line", "answers erased", "Spring", "")]
    files = [path for path in database_path.parent.rglob("*") if path.is_file()]
    everything = b"".join(path.read_bytes() for path in files)
    assert b"marigold" in everything
    assert not [word for word in WORDS if word.encode() in everything]
    assert not [word for word in WORDS if word in said]


async def test_it_says_what_goes_and_what_cannot(
    world: World, sendvoice: Callable[..., tuple[int, str]]
) -> None:
    token = await somebody(world)
    code, said = sendvoice("erase", token)  # nobody answers the question
    assert code == 1
    assert "answers\t3" in said
    assert "comments among them\t2" in said
    assert "links of their own\t1" in said
    assert "Backups" in said
    assert "released" not in said
    assert world.rows("SELECT count(*) FROM answer") == [(3,)]


async def test_after_a_cut_it_says_that_answers_cannot_be_found(
    world: World, sendvoice: Callable[..., tuple[int, str]]
) -> None:
    token = await somebody(world)
    world.writer.one(partial(closing.stop_answers, round_id=world.round.id, actor="test"))
    world.writer.one(partial(closing.keep, round_id=world.round.id, release={"hash": "abc"}))
    code, said = sendvoice("erase", token, "--yes")
    assert code == 0
    assert "answers\t0" in said
    assert "was cut when it closed" in said
    assert "Figures that were released" in said
    assert world.rows("SELECT count(*) FROM answer") == [(3,)]
    assert world.rows("SELECT count(*) FROM invitation") == [(0,)]


async def test_a_case_stays_and_is_told(
    world: World, sendvoice: Callable[..., tuple[int, str]]
) -> None:
    place = await world.begins(world.invite()[0])
    await world.says(place, Chosen("phase", "primary"))
    await world.says(place, Filled("o1", ("I am going to kill myself",)))
    assert comments.waiting(world.reader)
    _, said = sendvoice("erase", place.token, "--yes")
    assert "Notes that a child may be in danger: 1." in said
    assert world.rows("SELECT count(*) FROM safeguarding_case") == [(1,)]


async def test_a_case_of_words_outside_a_question_is_told_too(world: World) -> None:
    place = await world.begins(world.invite()[0])
    await world.says(place, Typed("I am going to kill myself"))
    assert forgetting.find(world.reader, place.token).cases == 1


async def test_every_round_it_reaches_is_told_before(
    world: World, sendvoice: Callable[..., tuple[int, str]]
) -> None:
    place = await world.begins(world.invite()[0])
    await world.says(place, Chosen("phase", "primary"))
    [(first,)] = world.rows("SELECT id FROM invitation")
    for name in ("Unused", "Begun"):
        plan = rounds.Plan(name, "parental_confidence", OPENS, CLOSES)
        later = world.writer.one(partial(rounds.create, plan=plan, actor="test"))
        made = Invitation(name, later.id, "personal", earlier_id=first)
        world.writer.one(partial(follow, made=made))
    [(body, at)] = world.rows("SELECT body, updated_at FROM session")
    begun = ("Begun", 1, "run", body, at)
    world.writer.one(
        lambda db, _: db.conn.execute("INSERT INTO session VALUES (?, ?, ?, ?, ?)", begun)
    )
    held = forgetting.find(world.reader, place.token)
    assert (held.also, held.stays, held.goes["links of their own"]) == (("Unused",), ("Begun",), 2)
    _, said = sendvoice("erase", place.token, "--yes")
    assert "From the round Spring this goes:" in said
    assert "From the round Unused: the link to it, which they have not used." in said
    assert "From the round Begun: their link, and what was answered by it." in said
    assert world.rows("SELECT id FROM invitation") == [("Begun",)]


def follow(db: Database, now: datetime, made: Invitation) -> None:
    invitations.add(db, made, f"token of {made.id}", now)


def test_a_bot_is_named_only_where_there_is_one(world: World) -> None:
    for has_bot in (True, False):
        with pytest.raises(ErasingRefused) as refused:
            forgetting.find(world.reader, "nosuch", has_bot=has_bot)
        assert ("/web" in str(refused.value)) is has_bot


@pytest.mark.parametrize("code", ["nosuch", "https://voice.example.org/c/nosuch", ""])
def test_an_unknown_code_is_refused(world: World, code: str) -> None:
    with pytest.raises(ErasingRefused, match="No invitation has this code"):
        forgetting.find(world.reader, code)


async def test_a_code_is_found_in_any_of_its_links(world: World) -> None:
    token = await somebody(world)
    for written in (
        token,
        f" {token} ",
        f"http://127.0.0.1:8080/c/{token}/review",
        f"https://t.me/some_bot?start={token}",
    ):
        assert forgetting.find(world.reader, written).goes["answers"] == 3


async def test_the_log_is_not_emptied_under_a_reader_and_writers_do_not_wait(
    world: World, database_path: Path
) -> None:
    reader = database.open_reader(database_path)
    reader.conn.execute("BEGIN")
    reader.conn.execute("SELECT count(*) FROM answer").fetchone()
    token = await somebody(world)
    assert not database.truncate_log(database_path)
    assert (await world.says(WebPlace(token), Typed("help"))).session
    reader.conn.close()
    assert database.truncate_log(database_path)
    assert database_path.with_name("sendvoice.db-wal").stat().st_size == 0


@pytest.mark.parametrize("code", ["-nosuch", "--nosuch", "-y", "-"])
def test_a_code_may_begin_with_a_dash(
    world: World, sendvoice: Callable[..., tuple[int, str]], code: str
) -> None:
    assert world
    ended, said = sendvoice("erase", code)
    assert ended == 1
    assert "No invitation has this code" in said
