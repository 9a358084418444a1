"""Exports of small rounds, and files read back."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.export import About, Export, Format, Source, Table, codebook_export, write
from analysis.export.codebook import codebook_table
from analysis.export.csv_text import read_csv
from analysis.export.records import records_table
from analysis.frames import as_frames
from surveys.model import Questionnaire
from surveys.records import ResponseRecord
from tests.analysis.answers import Said, answers_of, columns_of, responses_of

ABOUT = About(
    kind="Test", round="Spring", opens="1 March 2027", closes="28 March 2027",
    demonstration="no", base="", questionnaire="Small (small, version 1)",
    questionnaire_hash="f" * 64, weights="None", suppression="Under 10", code_version="1",
    release_hash="e" * 64, made_on=date(2027, 4, 1),
)  # fmt: skip


def source(
    questionnaire: Questionnaire,
    people: Sequence[Said],
    key: str = "k",
    threshold: int = 0,
    *,
    a_round: str = "Spring",
    responses: Sequence[ResponseRecord] | None = None,
    skip: int = 0,
) -> Source:
    """These people's answers as a source; `skip` leaves out the ids of the first ones."""
    made = responses or responses_of([{}] * skip + list(people), questionnaire)[skip:]
    answers = answers_of([{}] * skip + list(people))
    return Source(a_round, as_frames(questionnaire, columns_of(made, answers)), key, threshold)


def export_of(sources: Sequence[Source]) -> Export:
    table = records_table(sources)
    versions = list(
        {s.answers.questionnaire.hash: s.answers.questionnaire for s in sources}.values()
    )
    return Export(table, ABOUT, codebook_table(table, versions))


def written(export: Export, form: Format, path: Path) -> Path:
    write(export, form, path)
    return path


def csv_text(table: Table) -> str:
    with TemporaryDirectory() as folder:
        path = written(Export(table, ABOUT), Format.CSV, Path(folder) / "x.csv")
        return path.read_bytes().decode()


def csv_of(sources: Sequence[Source]) -> str:
    return csv_text(records_table(sources))


def codebook_csv(*versions: Questionnaire) -> str:
    """The codebook's table, of versions in their order, the newest last."""
    release = {
        "round": {
            "name": "Spring", "opens": "2027-03-01T09:00:00+00:00",
            "closes": "2027-03-28T23:59:00+01:00", "demonstration": False, "threshold": 10,
        },
        "questionnaire": {"title": "T", "key": "k", "version": "1", "hash": "f"},
        "made_on": "2027-04-01", "hash": "e",
    }  # fmt: skip
    return csv_text(codebook_export([release], versions, "1").table)


def rows_of(text: str) -> list[dict[str, str]]:
    header, *rows = read_csv(text)
    return [dict(zip(header, row, strict=True)) for row in rows]
