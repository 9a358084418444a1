"""PSPP and LibreOffice, which share nothing with our writers, read the files as they are meant."""

import csv
import io
import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.export import Export, Format, metrics_export
from analysis.export.csv_text import read_csv
from surveys.model import Choice, QuestionType
from tests.analysis.answers import Said, confidence, form, parent, rating
from tests.analysis.export.files import csv_text, export_of, rows_of, source, written
from tests.analysis.export.test_formats import ODD, fifty, texts
from tests.analysis.test_release import release, school
from tests.builders import question, several

TEXT_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
"""Commas, quotes, UTF-8, values and not looks, and every sheet a file."""

ODD_PEOPLE: list[Said] = [
    {"2nd_visit": "4", "q1.a": "dk", "twelve": "twelve_chars", "q" * 70: "5"},
    {"2nd_visit": "skip", "q1.a": "1"},
]
MANY = form(
    rating("c1"),
    several("m", tuple(Choice(code, {"en": code}) for code in ("a", "b", "none"))),
    question("count", QuestionType.INTEGER),
    question("place", offered=(Choice("01", {"en": "First"}), Choice("x", {"en": "Second"}))),
)


def crowd() -> list[Said]:
    """Two hundred people of the confidence survey who say all that can be said."""
    drawn = random.Random(6)  # noqa: S311 - invented answers, the same each time
    people: list[Said] = []
    for _ in range(200):
        phase, setting = drawn.choice(["primary", "secondary"]), drawn.choice(["special", "home"])
        person = parent(phase, setting)
        said = {
            key: drawn.choice(["1", "2", "3", "4", "5", "dk", "na", "skip"])
            for key in person
            if key.startswith("c")
        }
        left_out = drawn.choice(sorted(said))
        people.append({k: v for k, v in {**person, **said}.items() if k != left_out})
    return people


EXPORTS = {
    "confidence": lambda: export_of([source(confidence(), crowd(), threshold=10)]),
    "odd names": lambda: export_of([source(ODD, ODD_PEOPLE)]),
    "boxes and numbers": lambda: export_of(
        [source(MANY, [{"c1": "4", "m": "a b", "count": "-2", "place": "01"}, {"m": "none"},
                       {"c1": "na", "m": "skip", "count": "17", "place": "x"}, {}])]
    ),
}  # fmt: skip


def pspp(folder: Path, *commands: str) -> str:
    """What PSPP prints of x.sav after these commands, as CSV with names and values."""
    lines = ['GET FILE="x.sav".', "SET TVARS=NAMES TNUMBERS=VALUES.", *commands]
    (folder / "x.sps").write_text("\n".join(lines) + "\n")
    done = subprocess.run(
        ["pspp", "-O", "format=csv", "x.sps"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def frequencies(printed: str) -> Iterator[tuple[str, dict[str, Counter[str]]]]:
    """Each variable with how often PSPP found each valid and each missing value."""
    for block in printed.split("Table: ")[1:]:
        name, *rows = csv.reader(io.StringIO(block))
        if name[0] == "Statistics":
            continue
        found: dict[str, Counter[str]] = {"Valid": Counter(), "Missing": Counter()}
        side = ""
        for row in rows[1:]:
            side = (row[0] if row else "") or side
            if side in found and len(row) > 2:
                found[side][row[1].strip()] += int(row[2])
        yield name[0], found


@pytest.mark.parametrize("name", EXPORTS)
def test_pspp_counts_every_code_and_every_nothing_as_the_csv_has_them(
    tmp_path: Path, name: str
) -> None:
    export: Export = EXPORTS[name]()
    written(export, Format.SAV, tmp_path / "x.sav")
    assert export.codebook is not None
    book = rows_of(csv_text(export.codebook))
    rows = rows_of(csv_text(export.table))
    key_of = {row["spss_name"]: row["variable"] for row in book}
    names = [n for n, key in key_of.items() if key != "participant"]
    found = dict(frequencies(pspp(tmp_path, f"FREQUENCIES {' '.join(names)}.")))
    assert sorted(found) == sorted(names)
    columns = {column.key: column for column in export.table.columns}
    for spss, sides in found.items():
        key = key_of[spss]
        numbers = {
            row["code"]: row["spss_code"] for row in book if row["variable"] == key and row["code"]
        }
        valid = Counter(numbers.get(row[key]) or row[key] for row in rows if row[key])
        assert sides["Valid"] == valid, key
        if columns[key].reason:
            said = {state: str(number) for state, (number, _) in columns[key].missing.items()}
            empty = Counter(said[row[columns[key].reason]] for row in rows if not row[key])
            assert sides["Missing"] == empty, key


def test_pspp_reads_labels_and_long_texts(tmp_path: Path) -> None:
    written(export_of([source(ODD, ODD_PEOPLE)]), Format.SAV, tmp_path / "x.sav")
    printed = pspp(tmp_path, "DISPLAY DICTIONARY.")
    assert "A code of 12 characters" in printed
    assert "v2nd_visit" in printed
    written(texts(*fifty()), Format.SAV, tmp_path / "x.sav")
    commands = ["COMPUTE long = LENGTH(RTRIM(comment)).", "FREQUENCIES long."]
    [(_, sides)] = frequencies(pspp(tmp_path, *commands))
    assert sides["Valid"]["32767.00"] == 1
    assert sides["Valid"]["1600.00"] == 1
    assert sum(sides["Valid"].values()) == 50


def converted(path: Path, sheet: str) -> list[list[str]]:
    """The cells of a sheet as LibreOffice has them."""
    profile = f"-env:UserInstallation=file://{path.parent / 'profile'}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", TEXT_CSV, "--outdir", path.parent, path],
        capture_output=True, check=True, timeout=110,
    )  # fmt: skip
    text = (path.parent / f"{path.stem}-{sheet}.csv").read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_libreoffice_shows_the_same_responses(tmp_path: Path) -> None:
    export = EXPORTS["confidence"]()
    shown = converted(written(export, Format.XLSX, tmp_path / "x.xlsx"), "Responses")
    wide = len(export.table.columns)
    assert shown == [row[:wide] for row in read_csv(csv_text(export.table))]


def test_libreoffice_shows_the_same_figures_and_runs_nothing(tmp_path: Path) -> None:
    export = metrics_export([release([*school(), parent("primary", c1="5")])], "1")
    shown = converted(written(export, Format.XLSX, tmp_path / "x.xlsx"), "Metrics")
    header, *rows = read_csv(csv_text(export.table))
    assert shown[0] == header[: len(shown[0])]
    assert [[_number(c) for c in row] for row in shown[1:]] == [
        [_number(c) for c in row[: len(shown[0])]] for row in rows
    ]
    comments = ["=1+1", "+44 is the wrong code", "-2 out of ten", "@school", "\t=1", "5-11"]
    path = written(texts(*comments, title="=Total"), Format.XLSX, tmp_path / "y.xlsx")
    assert [row[0] for row in converted(path, "Comments")] == ["=Total", *comments]


def _number(cell: str) -> float | str:
    try:
        return float(cell)
    except ValueError:
        return cell
