"""What the database must hold when every parent has finished."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from storage import database, rounds, seats
from storage.database import Database
from storage.seats import Seat
from storage.vault import Vault
from surveys.model import State
from surveys.session import Answer
from tests.fake_telegram import FakeTelegram
from tests.soak.errors import error_in
from tests.soak.house import LOG, ROUND
from tests.soak.ledger import Ledger
from tests.soak.telegram_parent import TelegramParent
from tests.soak.web_parent import WebParent

_ANSWERS = (
    "SELECT answer.* FROM answer JOIN response ON response.id = answer.response_id"
    " WHERE response.round_id = ?"
)

Parents = Sequence[TelegramParent | WebParent]


def judge(folder: Path, parents: Parents, telegram: FakeTelegram, ledger: Ledger) -> None:
    """Write down every violation in the ledger."""
    db = database.open_reader(folder / "sendvoice.db")
    try:
        _rows(db, parents, ledger)
        _answers(db, Vault.from_folder(folder / "keys"), parents, ledger)
    finally:
        db.conn.close()
    for sent in telegram.world.sent:
        if shown := error_in(sent.text):
            ledger.wrong(f"a message showed {shown!r}")
    for event, count in _errors_logged(folder / LOG).items():
        ledger.wrong(f"the service logged {event} {count} times")


def _rows(db: Database, parents: Parents, ledger: Ledger) -> None:
    for table, wanted in (("response", len(parents)), ("link", len(parents)), ("outbox", 0)):
        found = _count(db, table)
        if found != wanted:
            ledger.wrong(f"{found} rows in {table}, not {wanted}")
    for row in db.conn.execute("SELECT error, count(*) AS times FROM failure GROUP BY error"):
        ledger.wrong(f"{row['times']} rows in failure: {row['error']}")
    unfinished = _count(db, "response WHERE finished_on IS NULL")
    if unfinished:
        ledger.wrong(f"{unfinished} responses are not finished")


def _answers(db: Database, vault: Vault, parents: Parents, ledger: Ledger) -> None:
    a_round = rounds.by_name(db, ROUND)
    assert a_round is not None
    stored: dict[str, dict[str, Answer]] = {}
    for row in db.conn.execute(_ANSWERS, (a_round.id,)):
        answer = Answer(State(row["state"]), row["value"])
        stored.setdefault(row["response_id"], {})[row["question_key"]] = answer
    for parent in parents:
        seat = _seat(db, vault, parent)
        response = seat.response_id if seat else None
        _compare(parent, stored.get(response or "", {}), ledger)


def _compare(parent: TelegramParent | WebParent, stored: dict[str, Answer], ledger: Ledger) -> None:
    if wrong := parent.memory.disagreement():
        ledger.wrong(f"{parent.name}: the engine made something else of {wrong}")
    for key, answer in parent.memory.expected().items():
        wanted = _as_stored(answer)
        if stored.get(key) != wanted:
            ledger.wrong(f"{parent.name}: {key} is {stored.get(key)}, not {wanted}")
    asked = [answer for answer in stored.values() if answer.state is not State.NOT_ASKED]
    ledger.add("stored", len(asked))


def _as_stored(answer: Answer) -> Answer:
    value = " ".join(answer.value) if isinstance(answer.value, tuple) else answer.value
    return Answer(answer.state, value)


def _seat(db: Database, vault: Vault, parent: TelegramParent | WebParent) -> Seat | None:
    if isinstance(parent, WebParent):
        return seats.by_token(db, parent.token)
    return seats.by_chat(db, vault.lookup("telegram", str(parent.id)))


def _count(db: Database, what: str) -> int:
    return int(db.conn.execute(f"SELECT count(*) FROM {what}").fetchone()[0])


def _errors_logged(path: Path) -> Counter[str]:
    counted: Counter[str] = Counter()
    with path.open(encoding="utf-8") as log:
        for line in log:
            if '"level": "error"' in line:
                counted[json.loads(line)["event"]] += 1
            elif "Traceback" in line:
                counted["a traceback"] += 1
    return counted
