"""Files for analysts, from what is stored to text."""

from bot.errors import RoundRefused
from bot.rounds import find
from storage import columns, funnel, questionnaires, releases
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
    questionnaire = questionnaires.by_hash(db, found.questionnaire_hash)
    assert questionnaire is not None  # noqa: S101 - a foreign key holds it
    from analysis import export as files  # noqa: PLC0415 - only an export needs them

    if kind == "metrics":
        return files.metrics_csv(release)
    if kind == "codebook":
        return files.codebook_csv(questionnaire)
    read = columns.read(db, found.id)
    gave = sum(row.started for row in funnel.of_round(db, found.id))
    if len(read.ids) < found.threshold <= gave:
        raise RoundRefused(
            f"{gave:,} children were answered for in the round {found.name!r}; their answers are"
            " kept no longer. Its figures stand: sendvoice export metrics"
        )
    return files.responses_csv(
        questionnaire,
        read,
        order_key=release["hash"],
        threshold=found.threshold,
    )
