"""What each round is planned to be; a round without a plan of its own has the usual one."""

import json

from storage.database import Database
from surveys.plans import RoundPlan


def of_round(db: Database, round_id: str) -> RoundPlan:
    """The round's plan."""
    row = db.conn.execute("SELECT body FROM round_plan WHERE round_id = ?", (round_id,)).fetchone()
    return RoundPlan() if row is None else RoundPlan.from_dict(json.loads(row["body"]))


def put(db: Database, round_id: str, plan: RoundPlan) -> None:
    """Keep the round's plan in place of any before."""
    db.conn.execute(
        "INSERT INTO round_plan VALUES (?, ?)"
        " ON CONFLICT (round_id) DO UPDATE SET body = excluded.body",
        (round_id, json.dumps(plan.to_dict(), ensure_ascii=False)),
    )


def following(db: Database, round_id: str) -> list[str]:
    """The ids of the rounds that follow this one."""
    rows = db.conn.execute(
        "SELECT round_id FROM round_plan WHERE body ->> '$.follows' = ? ORDER BY round_id",
        (round_id,),
    )
    return [str(row["round_id"]) for row in rows]
