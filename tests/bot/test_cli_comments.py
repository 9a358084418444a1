"""`sendvoice comments`: what waits, and that it was read."""

import re
from pathlib import Path

import pytest

from bot import rounds
from storage import comments, conversations, database
from storage.conversations import Place
from storage.invitations import Invitation, add
from storage.vault import Vault
from surveys.concern import Concern, Tier
from surveys.model import State
from surveys.records import ResponseRecord
from surveys.session import Answer
from tests.bot.test_cli import CREATE, TIMES, Run, ready, run
from tests.conftest import NOW

__all__ = ["ready", "run"]

TEXT = "First line\x1b[31m\nsecond\u202eline. " + "A long story. " * 30


@pytest.fixture
def at_risk(said: Run, tmp_path: Path) -> tuple[Run, str]:
    """The same, with the case that the comment opened, and its id."""
    db = database.open_writer(tmp_path / "sendvoice.db")
    contact = Vault.from_folder(tmp_path / "keys").seal(
        '{"channel": "telegram", "address": "8812"}'
    )
    case = comments.open_case(
        db, "response-1", "o2", Concern(Tier.URGENT, ("suicide",)), contact, NOW
    )
    db.conn.close()
    assert case
    return said, case


@pytest.fixture
def said(ready: Run, tmp_path: Path) -> Run:
    """A service with one urgent comment in the round Spring, and a round Empty."""
    ready(*CREATE, *TIMES)
    ready("round", "create", "Empty", *CREATE[3:], *TIMES)
    db = database.open_writer(tmp_path / "sendvoice.db")
    a_round = rounds.find(db, "Spring")
    invitation = Invitation("who-it-was", a_round.id, "personal")
    add(db, invitation, "token", NOW)
    response = ResponseRecord(
        "response-1", a_round.questionnaire_hash, "web", "en", NOW.date(), None
    )
    conversations.begin_response(db, Place(invitation), response)
    conversations.put_answer(db, response.id, "o2", Answer(State.ANSWERED, TEXT))
    comments.put(db, response.id, "o2", Concern(Tier.URGENT, ("suicide",)), NOW.date())
    db.conn.close()
    return ready


def test_what_waits_is_listed_without_who(said: Run) -> None:
    code, out, _ = said("comments", "waiting")
    assert code == 0
    [headings, line] = out.splitlines()
    assert headings.split() == ["Id", "Round", "Read", "by", "Concern", "Question", "Comment"]
    told = " ".join(line.split())
    shown = " ".join(TEXT[:200].replace("\x1b", " ").replace("\u202e", " ").split())
    question = "What one change would help your child most?"
    assert re.fullmatch(r"[0-9a-f]{16}", told.split()[0])
    assert told.endswith(f" Spring 1 March 2027 urgent {question} {shown}…")
    assert "\u202e" not in out
    assert "who-it-was" not in out
    assert "response-1" not in out


def test_only_the_round_asked_for_is_listed(said: Run) -> None:
    assert "urgent" in said("comments", "waiting", "--round", "spring")[1]
    assert said("comments", "waiting", "--round", "Empty")[1] == "No comments are waiting.\n"
    code, _, err = said("comments", "waiting", "--round", "Autumn")
    assert code == 1
    assert "There is no round" in err


def test_reading_takes_it_off_the_queue_once(said: Run) -> None:
    found = re.search(r"^(\S+)\s+Spring", said("comments", "waiting")[1], re.MULTILINE)
    assert found
    assert said("comments", "read", found[1])[:2] == (0, "Marked as read.\n")
    code, _, err = said("comments", "read", found[1])
    assert code == 1
    assert "is waiting" in err
    assert "No comments" in said("comments", "waiting")[1]
    assert "command line" in said("comments", "read-today")[1]
    assert said("comments", "put-back", found[1])[0] == 0
    assert found[1] in said("comments", "waiting")[1]
    assert said("comments", "read-today")[1] == "No comments were read today.\n"
    assert said("comments", "put-back", found[1])[0] == 1


def test_a_case_is_shown_taken_on_and_closed(at_risk: tuple[Run, str]) -> None:
    run, case = at_risk
    _, out, _ = run("cases", "waiting")
    [headings, line] = out.splitlines()
    assert headings.split("\t")[0] == "Id"
    assert line.split("\t")[:2] == [case, "Spring"]
    assert line.split("\t")[4:] == ["nobody has taken this on", "suicide"]
    assert run("cases", "acknowledge", case)[:2] == (0, "Taken on.\n")
    assert "taken on by command line" in run("cases", "waiting")[1]
    shown = run("cases", "show", case)[1]
    assert "First line [31m second line." in shown
    assert "8812" not in shown
    reached = run("cases", "show", case, "--contact")[1]
    assert "Telegram chat: 8812" in reached
    assert "Shown how to reach the family (command line)" in reached
    code, _, err = run("cases", "close", case, "--note", " ")
    assert (code, "Say in the note" in err) == (1, True)
    assert run("cases", "close", case, "--note", "Told the front door.")[0] == 0
    waits = run("cases", "waiting")[1]
    assert waits.startswith("No cases are open.\nClosed in the last 30 days:\n")
    assert "Note: Told the front door." in run("cases", "show", case)[1]


def test_a_case_that_is_not_there_is_refused(ready: Run) -> None:
    for words in (("show", "-x"), ("acknowledge", "-x"), ("close", "-x", "--note", "Done.")):
        code, _, err = ready("cases", *words)
        assert code == 1, words
        assert "There is no case '-x'" in err
