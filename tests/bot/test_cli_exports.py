"""Files for analysts by command: whole or not at all, and records only to whom they are for."""

import json
import shutil
import zipfile
from pathlib import Path

import pyreadstat
import pytest

from analysis import read_release
from analysis.errors import NotOurFile
from analysis.export import read_csv
from bot.errors import FileRefused
from bot.files import replacing
from storage import accounts, database
from storage.vault import Vault
from surveys.roles import Role
from tests.bot.test_cli import CREATE, Run, run

__all__ = ["run"]

TIMES = ("--opens", "2026-01-01 09:00", "--closes", "2099-03-28 23:59")
OVERRIDE = ("--by", "A. Lyst", "--override-reason", "The board asked for it")
PROFILE = {"phase": "primary", "setting": "mainstream", "provision": "ehcp"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test's closed round is kept for the others."""
    return tmp_path_factory.mktemp("made") / "closed"


@pytest.fixture
def closed(run: Run, tmp_path: Path, made: Path) -> Run:
    """A closed round of twelve parents who agree with everything."""
    if not made.exists():
        run("init", "--area", "E06000003")
        run(*CREATE, *TIMES)
        run("round", "open", "Spring")
        answer_twelve(tmp_path, "Spring")
        assert run("round", "close", "Spring", "--yes")[0] == 0
        shutil.copytree(tmp_path, made)
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return run


def answer_twelve(folder: Path, name: str) -> None:
    db = database.open_writer(folder / "sendvoice.db")
    said = {**PROFILE, **{f"c{n}": "4" for n in range(1, 15)}, "o1": "=my son Tom"}
    with db.conn:
        [(round_id, form)] = [
            tuple(row)
            for row in db.conn.execute(
                "SELECT id, questionnaire_hash FROM round WHERE name = ?", (name,)
            )
        ]
        for number in range(12):
            response = f"{name}-response-{number}"
            db.conn.execute(
                "INSERT INTO response (id, round_id, questionnaire_hash, mode, language,"
                " started_on) VALUES (?, ?, ?, 'web', 'en', '2026-11-20')",
                (response, round_id, form),
            )
            db.conn.executemany(
                "INSERT INTO answer VALUES (?, ?, 'answered', ?)",
                [(response, key, value) for key, value in said.items()],
            )
    db.conn.close()


def audit(folder: Path) -> list[tuple[str, str, str, str]]:
    reader = database.open_reader(folder / "sendvoice.db")
    rows = reader.conn.execute(
        "SELECT actor, action, subject, detail FROM audit WHERE action LIKE '%exported%'"
    ).fetchall()
    reader.conn.close()
    return [tuple(row) for row in rows]


def files(folder: Path) -> set[str]:
    ours = {"l.csv", "sendvoice.db", "sendvoice.toml"}
    return {p.name for p in folder.iterdir() if p.name not in ours and "sendvoice" not in p.name}


SPRING = ("--round", "Spring")


@pytest.mark.parametrize("form", ["csv", "xlsx", "sav", "parquet", "json"])
def test_figures_are_written_in_every_format_with_their_codebook(
    closed: Run, tmp_path: Path, form: str
) -> None:
    before = files(tmp_path)
    for kind in ("metrics", "items"):
        code, out, err = closed("export", kind, *SPRING, "--out", f"{kind}.{form}")
        assert (code, err) == (0, "")
        assert f"Written: {kind}.{form}" in out
    whole = form in {"xlsx", "json"}
    beside = set() if whole else {"metrics.codebook.csv", "items.codebook.csv"}
    assert files(tmp_path) - before == {f"metrics.{form}", f"items.{form}"} | beside
    assert audit(tmp_path) == []


def test_responses_need_an_analyst_or_a_named_override(closed: Run, tmp_path: Path) -> None:
    words = ("export", "responses", *SPRING, "--out", "r.csv")
    for who in ((), ("--by", "A. Lyst"), ("--override-reason", "Because")):
        code, _, err = closed(*words, *who)
        assert code == 1
        assert "--override-reason" in err
    assert not (tmp_path / "r.csv").exists()
    assert audit(tmp_path) == []
    assert closed(*words, *OVERRIDE)[0] == 0
    assert audit(tmp_path) == [
        (
            "command line", "responses exported by override", "Spring",
            "csv; A. Lyst: The board asked for it",
        )
    ]  # fmt: skip


def account(closed: Run, folder: Path, email: str, role: Role) -> str:
    """An account that has been set up; returns its id."""
    assert closed("staff", "add", email, "--name", "Ann Lyst", "--role", role.value)[0] == 0
    vault = Vault.from_folder(folder / "keys")
    db = database.open_writer(folder / "sendvoice.db")
    with db.conn:
        [found] = [each for each in accounts.everybody(db) if vault.unseal(each.email) == email]
        accounts.set_credentials(db, found.id, "hash", vault.seal("key"), 0)
    db.conn.close()
    return found.id


def test_an_analyst_is_logged_by_the_account(closed: Run, tmp_path: Path) -> None:
    analyst = account(closed, tmp_path, "ann@example.org", Role.ANALYST)
    officer = account(closed, tmp_path, "bob@example.org", Role.OFFICER)
    words = ("export", "responses", *SPRING, "--out", "r.sav", "--by")
    assert closed(*words, "ann@example.org")[0] == 0
    code, _, err = closed(*words, "bob@example.org")
    assert code == 1
    assert "no analyst" in err
    assert closed(*words, "bob@example.org", "--override-reason", "Cover")[0] == 0
    assert closed(*words, "who@example.org")[0] == 1
    assert [row[:2] for row in audit(tmp_path)] == [
        (f"account {analyst}", "responses exported"),
        (f"account {officer}", "responses exported by override"),
    ]


def test_the_files_of_responses_hold_no_comment_id_or_day(closed: Run, tmp_path: Path) -> None:
    for form in ("csv", "json"):
        closed("export", "responses", *SPRING, "--out", f"r.{form}", *OVERRIDE)
        text = (tmp_path / f"r.{form}").read_text("utf-8-sig")
        assert "Tom" not in text
        assert "response-" not in text
        assert "2026-11-20" not in text
    frame, _ = pyreadstat.read_sav(_sav(closed, tmp_path))
    assert frame["c1"].tolist() == [4.0] * 12


def _sav(closed: Run, folder: Path) -> Path:
    closed("export", "responses", *SPRING, "--out", "r.sav", *OVERRIDE)
    return folder / "r.sav"


def test_two_rounds_stand_in_one_file(closed: Run, tmp_path: Path) -> None:
    closed(*CREATE[:2], "Summer", *CREATE[3:], "--opens", "2026-01-02 09:00", *TIMES[2:])
    closed("round", "open", "Summer", "--override", "test")
    answer_twelve(tmp_path, "Summer")
    closed("round", "close", "Summer", "--yes")
    two = (*SPRING, "--round", "Summer")
    assert closed("export", "responses", *two, "--out", "two.csv", *OVERRIDE)[0] == 0
    header, *rows = read_csv((tmp_path / "two.csv").read_bytes().decode())
    place = header.index("round")
    assert sorted(row[place] for row in rows) == ["Spring"] * 12 + ["Summer"] * 12
    assert closed("export", "metrics", *two, "--out", "two.json")[0] == 0
    about = json.loads((tmp_path / "two.json").read_text())["about"]
    assert about["round"].split("; ") in (["Spring", "Summer"], ["Summer", "Spring"])


def test_everything_is_a_folder_or_a_zip(closed: Run, tmp_path: Path) -> None:
    assert closed("export", "all", *SPRING, "--out", "all", "--format", "sav", *OVERRIDE)[0] == 0
    expected = {
        "codebook.csv", "items.codebook.csv", "items.sav", "metrics.codebook.csv", "metrics.sav",
        "responses.codebook.csv", "responses.sav",
    }  # fmt: skip
    assert {path.name for path in (tmp_path / "all").iterdir()} == expected
    code, out, _ = closed("export", "all", *SPRING, "--out", "all.zip", *OVERRIDE)
    assert code == 0
    assert "Comments are not exported yet" in out
    with zipfile.ZipFile(tmp_path / "all.zip") as file:
        assert {name.split(".")[0] for name in file.namelist()} == {
            "metrics", "items", "responses", "codebook",
        }  # fmt: skip
    assert closed("export", "all", *SPRING, "--out", "all", *OVERRIDE)[0] == 1
    assert closed("export", "all", *SPRING, "--out", "all3")[0] == 1
    assert [path for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("comments", *SPRING, "--out", "x.csv", *OVERRIDE), "names of children"),
        (("metrics", "--round", "Nosuch", "--out", "x.csv"), "round list"),
        (("metrics", *SPRING, *SPRING, "--out", "x.csv"), "named twice"),
        (("metrics", "--round", "Open", "--out", "x.csv"), "round close"),
        (("codebook", *SPRING, "--out", "x.sav"), "--format csv, xlsx"),
        (("metrics", *SPRING, "--out", "x.csv", "--format", "xlsx"), "--format csv"),
        (("metrics", *SPRING, "--out", "nosuch/x.csv"), "cannot be written"),
        (("all", *SPRING, "--out", "nosuch/all", *OVERRIDE), "cannot be written"),
        (("responses", "--round", "Few", "--out", "x.csv", *OVERRIDE), "fewer than 10"),
    ],
)
def test_a_refusal_says_why_and_leaves_no_file(
    closed: Run, tmp_path: Path, words: tuple[str, ...], reason: str
) -> None:
    for name in ("Open", "Few"):
        closed(*CREATE[:2], name, *CREATE[3:], *TIMES)
        closed("round", "open", name, "--override", "test")
    closed("round", "close", "Few", "--yes")
    before = files(tmp_path)
    code, _, err = closed("export", *words)
    assert code == 1
    assert reason in err
    assert "Traceback" not in err
    assert files(tmp_path) == before


def test_a_writer_that_fails_leaves_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "x.sav"
    path.write_text("before")
    with pytest.raises(RuntimeError), replacing([path]) as [part]:
        part.write_text("half")
        raise RuntimeError
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(FileRefused, match="cannot be written"), replacing([tmp_path / "no" / "x"]):
        pass


def test_a_release_is_written_as_it_was_frozen(closed: Run, tmp_path: Path) -> None:
    file = tmp_path / "spring.json"
    assert closed("export", "release", "--round", "Spring", "--out", str(file))[0] == 0
    assert read_release(file)["round"]["name"] == "Spring"
    file.write_text(file.read_text(encoding="utf-8").replace("Spring", "Autumn"), encoding="utf-8")
    with pytest.raises(NotOurFile):
        read_release(file)


def test_charts_are_drawn_into_a_new_folder_each_with_its_table(
    closed: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "charts"
    code, out, _ = closed("export", "charts", "--round", "Spring", "--out", str(folder))
    assert code == 0
    assert "charts and their tables" in out
    pictures = {path.stem for path in folder.glob("*.svg")}
    assert {"index", "distributions"} <= pictures
    assert pictures == {path.stem for path in folder.glob("*.csv")}
    [heading, *rows] = read_csv((folder / "index.csv").read_text(encoding="utf-8"))
    assert heading[:2] == ["Phase", "People"]
    assert ["All phases", "12"] in [row[:2] for row in rows]
    code, _, err = closed("export", "charts", "--round", "Spring", "--out", str(folder))
    assert code == 1
    assert "is there already" in err
    assert not list(tmp_path.glob(".*.part"))
