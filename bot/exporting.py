"""Files for analysts, from what is stored to text."""

from bot.errors import RoundRefused
from bot.rounds import find
from storage import releases
from storage.database import Database


def export(db: Database, kind: str, round_name: str) -> str:
    """The "metrics", "responses" or "codebook" of a closed round, as CSV text.

    Raises:
        RoundRefused: there is no such round, or it has no release yet.
        ExportRefused: the file would say too much about too few.
    """
    found = find(db, round_name)
    release = releases.current(db, found.id)
    if release is None:
        raise RoundRefused(
            f"The round {found.name!r} has no release yet. Close it with: sendvoice round close"
        )
    return _KINDS[kind](db, found.id, found.questionnaire_hash, release)
