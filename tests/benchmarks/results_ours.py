"""Our way from a round in the database to its results."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from surveys.columns import Columns
from surveys.model import Questionnaire
from surveys.records import Round
from tests.benchmarks.results_round import NOW, ROUND
from tests.benchmarks.results_side import RESAMPLES, Limits, Side, peak_megabytes, rows_of

if TYPE_CHECKING:
    import pandas as pd

    from analysis.frames import Answers


def ours(folder: Path) -> Side:
    """Every step, on the database in `folder`."""
    # What comments need is loaded too: the peer reads none, so it would count against us.
    import analysis.release  # noqa: PLC0415 - weighed before anything is read
    import analysis.sentiment.textblob_reader  # noqa: F401, PLC0415
    from analysis.confidence import person_indexes  # noqa: PLC0415
    from analysis.frames import as_frames  # noqa: PLC0415
    from storage import columns, database  # noqa: PLC0415

    db = database.open_reader(folder / "sendvoice.db")
    a_round, form = _asked(db)
    side = Side(imports=peak_megabytes())
    read = side.step("read", partial(columns.read, db, ROUND))
    answers = side.step("frames", partial(as_frames, form, read))
    side.seconds["read"] += side.seconds.pop("frames")
    index = side.step("score", partial(person_indexes, answers))
    side.counts = side.step("distributions", partial(_counts, answers))
    side.means = side.step("intervals", partial(_intervals, answers, index))
    side.index = index.to_list()
    del answers, index
    release = side.step("release", partial(_release, a_round, form, read))
    side.index_table = {row["group"]: row["value"] for row in release["tables"][0]["rows"]}
    file = folder / "ours.csv"
    side.step("export", partial(_export, release, form, read, file))
    side.peak = peak_megabytes()
    side.file = rows_of(file)
    return side


def _asked(db: Any) -> tuple[Round, Questionnaire]:
    from storage import questionnaires, rounds  # noqa: PLC0415

    a_round = rounds.by_id(db, ROUND)
    assert a_round is not None
    form = questionnaires.by_hash(db, a_round.questionnaire_hash)
    assert form is not None
    return a_round, form


def _counts(answers: "Answers") -> dict[str, dict[str, int]]:
    from analysis.items import item_result  # noqa: PLC0415

    return {
        question.key: {each.code: each.count for each in item_result(answers, question).answers}
        for question in answers.questionnaire.questions
        if question.choices
    }


def _intervals(answers: "Answers", index: "pd.Series") -> dict[str, Limits]:
    """The mean of everybody, and by phase and by provision."""
    valued = index.dropna()
    people = answers.people.loc[valued.index]
    means = {"all": _limits(valued, people["household"])}
    for by in ("phase", "provision"):
        for group in people[by].cat.categories:
            chosen = (people[by] == group).to_numpy()
            means[group] = _limits(valued[chosen], people["household"][chosen])
    return means


def _limits(values: "pd.Series", households: "pd.Series") -> Limits:
    from analysis.intervals import of_mean  # noqa: PLC0415

    interval = of_mean(values, 0, 100, households=households, resamples=RESAMPLES)
    assert interval.low is not None
    assert interval.high is not None
    return float(values.mean()), interval.low, interval.high


def _release(a_round: Round, form: Questionnaire, read: Columns) -> dict[str, Any]:
    from analysis.release import build_release  # noqa: PLC0415

    return build_release(a_round, form, read, made_on=NOW.date(), code_version="bench")


def _export(release: dict[str, Any], form: Questionnaire, read: Columns, file: Path) -> None:
    from analysis.export import Format, Source, responses_export, write  # noqa: PLC0415
    from analysis.frames import as_frames  # noqa: PLC0415

    source = Source("bench", as_frames(form, read), release["hash"], 10)
    write(responses_export([release], [source], "bench"), Format.CSV, file)
