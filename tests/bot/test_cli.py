"""Commands do what they say, or refuse with a reason, change nothing and exit with 1."""

import csv
import io
import re
import sqlite3
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot import cli, clock, merging
from storage import database
from surveys.catalogue import shipped_source

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `sendvoice ...` in an empty folder; returns exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def sendvoice(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["sendvoice", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
            sys.exit(0)
        out, err = capsys.readouterr()
        code = ended.value.code
        return (code if isinstance(code, int) else 0), out, err

    return sendvoice


@pytest.fixture
def ready(run: Run) -> Run:
    """The same after `sendvoice init`."""
    assert run("init", "--area", "E06000003")[0] == 0
    return run


def dump(folder: Path) -> str:
    reader = database.open_reader(folder / "sendvoice.db")
    text = "\n".join(reader.conn.iterdump())
    reader.conn.close()
    return text


CREATE = ("round", "create", "Spring", "--survey", "parental_confidence")
TIMES = ("--opens", "2027-03-01 09:00", "--closes", "2037-03-28 23:59")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("init",),
        ("serve",),
        ("chat",),
        ("demo",),
        *(("survey", name) for name in ("list", "check", "add", "export")),
        *(("contacts", name) for name in ("import", "opt-out", "count")),
        *(
            ("round", name)
            for name in ("create", "list", "open", "delete", "status", "invite", "close")
        ),
        *(("round", name) for name in ("preview", "send", "remind", "sent", "settle")),
        *(("round", name) for name in ("letters", "merges", "reply", "said", "poster")),
        *(("indicators", name) for name in ("import", "list")),
        *(("export", name) for name in ("metrics", "items", "responses", "comments")),
        *(("export", name) for name in ("codebook", "all")),
        ("strategy", "build"),
        *(("comments", name) for name in ("waiting", "read")),
        *(("staff", name) for name in ("add", "list", "role", "deactivate", "reset", "link")),
        ("backup",),
        ("restore",),
        ("erase",),
        ("retention", "run"),
        ("keys", "rotate"),
    ],
)
def test_every_command_explains_itself(run: Run, words: tuple[str, ...]) -> None:
    code, out, _ = run(*words, "--help")
    assert code == 0
    assert "Usage: sendvoice" in out


def test_init_makes_what_is_missing_and_keeps_what_is_there(ready: Run, tmp_path: Path) -> None:
    before = dump(tmp_path)
    settings = (tmp_path / "sendvoice.toml").read_bytes()
    code, out, _ = ready("init", "--council-name", "Another")
    assert code == 0
    assert "left as it was" in out
    assert dump(tmp_path) == before
    assert (tmp_path / "sendvoice.toml").read_bytes() == settings


def test_without_init_every_command_says_what_to_do(run: Run) -> None:
    code, _, err = run("round", "list")
    assert code == 1
    assert "sendvoice init" in err


def test_the_shipped_questionnaires_are_listed(ready: Run) -> None:
    _, out, _ = ready("survey", "list")
    for key in ("parental_confidence", "transition_y6_y7", "transition_post16"):
        assert key in out


def test_a_round_goes_from_making_to_invitations(ready: Run, tmp_path: Path) -> None:
    assert ready(*CREATE, *TIMES, "--phase", "primary")[0] == 0
    assert "closes 28 March 2037 at 11:59pm" in ready(*CREATE[:2], "Two", *CREATE[3:], *TIMES)[1]
    code, out, _ = ready("round", "open", "Spring")
    assert code == 0
    assert "http://127.0.0.1:8080/o/" in out
    for name in ("help_numbers", "contact"):
        assert f"set {name} in sendvoice.toml" in " ".join(out.split())
    assert ready("round", "invite", "Spring", "--count", "3", "--out", "links.csv")[0] == 0
    with (tmp_path / "links.csv").open(encoding="utf-8-sig") as file:
        links = list(csv.DictReader(file))
    assert [link["number"] for link in links] == ["1", "2", "3"]
    assert all(link["web_link"].endswith(f"/c/{link['code']}") for link in links)
    _, status, _ = ready("round", "status", "Spring")
    assert "invited 3, started 0, finished 0" in status
    assert "Spring" in ready("round", "list")[1]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((*CREATE[:3], "--survey", "nosuch", *TIMES), "survey list"),
        ((*CREATE, "--opens", "soon", "--closes", "2027-03-28 23:59"), "2027-03-28 17:00"),
        ((*CREATE, *TIMES, "--phase", "nosuch"), "early_years"),
        (("round", "open", "nosuch"), "round list"),
        (("round", "status", "nosuch"), "round list"),
        (("round", "close", "nosuch"), "round list"),
        (("round", "invite", "nosuch", "--count", "1", "--out", "x.csv"), "round list"),
        (("export", "metrics", "--round", "nosuch", "--out", "x.csv"), "round list"),
        (("survey", "check", "nosuch.xlsx"), "nosuch.xlsx"),
        (("survey", "add", "nosuch.md"), "nosuch.md"),
        (("indicators", "import", "nosuch.csv"), "nosuch.csv"),
        (("chat", "--survey", "nosuch"), "survey list"),
        (("backup",), "--out FOLDER"),
        (("restore", "nosuch.db", "--yes"), "There is no backup at nosuch.db"),
        (("restore", "sendvoice.toml", "--yes"), "Use another"),
        (("erase", "nosuch", "--yes"), "mistyped, or it is erased already"),
        (("chat", "--survey", "parental_confidence", "--language", "xx"), "en-x-easyread"),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(
    ready: Run, tmp_path: Path, words: tuple[str, ...], reason: str
) -> None:
    before = dump(tmp_path)
    code, _, err = ready(*words)
    assert code == 1
    assert reason in err
    assert "Traceback" not in err
    assert dump(tmp_path) == before
    assert not (tmp_path / "x.csv").exists()


def test_links_are_never_written_over_another_file(ready: Run, tmp_path: Path) -> None:
    ready(*CREATE, *TIMES)
    (tmp_path / "links.csv").write_text("mine", encoding="utf-8")
    code, _, err = ready("round", "invite", "Spring", "--count", "3", "--out", "links.csv")
    assert code == 1
    assert "is there already" in err
    assert (tmp_path / "links.csv").read_text(encoding="utf-8") == "mine"
    assert "invited 0" in ready("round", "status", "Spring")[1]


def test_a_broken_questionnaire_is_refused_with_row_and_remedy(ready: Run, tmp_path: Path) -> None:
    form = tmp_path / "form.md"
    form.write_text(
        shipped_source("parental_confidence").replace(
            "select_one provision", "select_on provision"
        ),
        encoding="utf-8",
    )
    before = dump(tmp_path)
    code, _, err = ready("survey", "add", "form.md")
    assert code == 1
    assert "row 4" in err
    assert "select_one" in err
    assert dump(tmp_path) == before


def test_a_good_questionnaire_is_added_once(ready: Run, tmp_path: Path) -> None:
    form = tmp_path / "form.md"
    source = shipped_source("parental_confidence").replace("Which stage", "What stage")
    form.write_text(source, encoding="utf-8")
    assert "no problems" in ready("survey", "check", "form.md")[1]
    assert " added." in ready("survey", "add", "form.md")[1]
    assert "is there already" in ready("survey", "add", "form.md")[1]


def test_a_settings_file_with_three_faults_names_all_three(ready: Run, tmp_path: Path) -> None:
    (tmp_path / "sendvoice.toml").write_text(
        'port = "many"\npublic_url = "x"\ncolour = "red"\n', encoding="utf-8"
    )
    code, _, err = ready("round", "list")
    assert code == 1
    assert "has 3 faults" in err


def change_settings(folder: Path, **values: str) -> None:
    path = folder / "sendvoice.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.partition(" =")[0] not in values]
    told = [f'{name} = "{value}"' for name, value in values.items()]
    path.write_text("\n".join([*kept, *told]), encoding="utf-8")


def test_serve_refuses_other_addresses_until_somebody_can_sign_in_safely(
    ready: Run, tmp_path: Path
) -> None:
    change_settings(tmp_path, host="0.0.0.0")  # noqa: S104 - that it is refused is the test
    code, _, err = ready("serve")
    assert code == 1
    assert "sendvoice staff add EMAIL" in err
    change_settings(tmp_path, host="0.0.0.0", public_url="http://voice.example.org")  # noqa: S104
    code, _, err = ready("serve")
    assert code == 1
    assert "https://" in err


def test_the_first_administrator_is_made_by_a_command_that_prints_one_link(
    ready: Run, tmp_path: Path
) -> None:
    add = ("staff", "add", "Sam@council.example", "--name", "Sam", "--role", "administrator")
    code, out, _ = ready(*add, "--role", "officer")
    assert code == 0
    secret = out.strip().rpartition("http://127.0.0.1:8080/staff/set-up/")[2]
    assert len(secret) > 20
    assert secret not in dump(tmp_path)
    assert "council.example" not in dump(tmp_path)
    code, _, err = ready(*add)
    assert code == 1
    assert "has an account already" in err
    _, out, _ = ready("staff", "list")
    assert "Sam\tSam@council.example\tSEND officer and administrator\tnot set up yet" in out


def test_accounts_are_changed_by_e_mail_address(ready: Run) -> None:
    ready("staff", "add", "sam@council.example", "--name", "Sam", "--role", "administrator")
    assert ready("staff", "role", "SAM@council.example", "--role", "analyst")[0] == 0
    assert "analyst" in ready("staff", "list")[1]
    assert ready("staff", "deactivate", "sam@council.example")[0] == 0
    assert "deactivated" in ready("staff", "list")[1]
    code, out, _ = ready("staff", "reset", "sam@council.example")
    assert code == 0
    assert "/staff/set-up/" in out
    for words in (("role", "x@y.example", "--role", "analyst"), ("reset", "x@y.example")):
        code, _, err = ready("staff", *words)
        assert code == 1
        assert "sendvoice staff list" in err
    assert ready("staff", "role", "sam@council.example", "--role", "king")[0] == 2


def test_a_link_alone_opens_nothing_but_a_demonstration(ready: Run) -> None:
    code, _, err = ready("staff", "link")
    assert code == 1
    assert "Only a demonstration" in err
    assert "sendvoice staff add" in err


def test_commands_say_which_role_their_page_needs(run: Run) -> None:
    for words, role in (
        (("staff", "add"), "administrator"),
        (("round", "close"), "SEND officer"),
        (("comments", "read"), "SEND officer or safeguarding lead"),
        (("strategy", "build"), "every role"),
    ):
        out = " ".join(run(*words, "--help")[1].split())
        assert f"On the staff pages: {role}" in out, words


def test_a_poster_is_written_as_svg_or_pdf_and_nothing_else(ready: Run, tmp_path: Path) -> None:
    ready(*CREATE, *TIMES)
    for name, start in (("poster.svg", b"<svg"), ("poster.PDF", b"%PDF")):
        code, out, _ = ready("round", "poster", "Spring", "--out", name)
        assert code == 0
        assert f"Poster of Spring written to {name}." in out
        # Nobody else can open an address of this machine.
        assert "Set public_url" in out
        assert (tmp_path / name).read_bytes().startswith(start)
    code, _, err = ready("round", "poster", "Spring", "--out", "poster.docx")
    assert code == 1
    assert ".svg or a .pdf" in err
    assert not (tmp_path / "poster.docx").exists()


def test_a_poster_in_a_language_not_on_offer_is_refused(ready: Run, tmp_path: Path) -> None:
    ready(*CREATE, *TIMES)
    code, _, err = ready("round", "poster", "Spring", "--out", "poster.svg", "--language", "pl")
    assert code == 1
    assert "does not offer the language 'pl'" in " ".join(err.split())
    assert not (tmp_path / "poster.svg").exists()


def no_space(link: str) -> bytes:
    raise OSError(f"no space left for {len(link)} letters")


def had_again(run: Run, home: Path) -> None:
    """The mail merge that was made can be made again, the same; no other letter waits."""
    assert "No letters wait" in run("round", "letters", "Ask", "--out", "none")[1]
    assert not (home / "none").exists()
    assert "\t1\t1\t" in run("round", "merges", "Ask")[1]
    assert (
        "1 letters written" in run("round", "letters", "Ask", "--again", "1", "--out", "again")[1]
    )
    for file in ("letters.csv", "code-00001.svg"):
        assert (home / "again" / file).read_bytes() == (home / "letters" / file).read_bytes()
    code, _, error = run("round", "letters", "Ask", "--again", "9", "--out", "none")
    assert code == 1
    assert "no mail merge number 9" in error
    assert run("contacts", "opt-out", "a@example.com")[0] == 0


def reminded(run: Run, home: Path) -> None:
    """A day after the invitations: once, and by those who can be reached."""
    with sqlite3.connect(home / "sendvoice.db") as db:
        left = clock.now() - timedelta(days=1)
        db.execute("UPDATE outbox SET due_at = ?", (left.isoformat(timespec="milliseconds"),))
    assert "letter\t1\n" in (told := run("round", "remind", "Ask", "--yes")[1])
    assert "1 reminders queued" in told
    code, _, error = run("round", "remind", "Ask", "--yes")
    assert (code, "waits to be downloaded" in error) == (1, True)


def replies(run: Run) -> None:
    """A reply on paper is entered by a link, for a family that is known."""
    told = run("round", "reply", "Ask", "--mode", "paper", "--family", "a@example.com")[1]
    assert "Enter it here: http" in told
    code, _, error = run("round", "reply", "Ask", "--mode", "paper", "--family", "nobody")
    assert code == 1
    assert "No family in the contacts" in error


def test_a_round_asks_the_contacts_and_tells_what_came_of_it(
    ready: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, home = ready, tmp_path
    (home / "list.csv").write_text("Email,Address,Phase\na@example.com,,Primary\n,1 High St,\n")
    assert run("contacts", "import", "list.csv", "--keep")[0] == 0
    now = clock.now()
    opens, closes = (now + timedelta(days=days) for days in (-1, 20))
    times = ("--opens", f"{opens:%Y-%m-%d} 12:00", "--closes", f"{closes:%Y-%m-%d} 12:00")
    assert run("round", "create", "Ask", "--survey", "parental_confidence", *times)[0] == 0
    assert "already_invited" not in run("round", "preview", "Ask")[1]
    assert run("round", "open", "Ask")[0] == 0
    assert "2 invitations queued" in run("round", "send", "Ask")[1]
    assert "0 invitations queued" in run("round", "send", "Ask")[1]
    code, _, error = run("round", "remind", "Ask", "--yes")
    assert (code, "still on the way" in error) == (1, True)
    with monkeypatch.context() as full, pytest.raises(OSError, match="no space left"):
        full.setattr(merging, "code", no_space)
        run("round", "letters", "Ask", "--out", "not whole")
    assert "1 letters written" in run("round", "letters", "Ask", "--out", "letters")[1]
    assert (home / "letters" / "code-00001.svg").exists()
    had_again(run, home)
    replies(run)
    reminded(run, home)
    told = run("round", "sent", "Ask")[1]
    assert "invitation\temail\tqueued" in told
    code, _, error = run("round", "settle", "1", "--arrived")
    assert code == 1
    assert "not one of those that are unknown" in error
    code, _, error = run(
        "round", "said", "Ask", "--said", "a", "--done", "b", "--owner", "c", "--due", "2027-06-30"
    )
    assert code == 1
    assert "Only of a closed round" in error
    assert "2 families" in run("contacts", "count")[1]


def test_a_draft_is_deleted_when_it_was_meant(ready: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ready(*CREATE, *TIMES)
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    ready("round", "delete", "Spring")
    assert "Spring" in ready("round", "list")[1]
    assert ready("round", "delete", "Spring", "--yes")[0] == 0
    assert "Spring" not in ready("round", "list")[1]


def test_a_round_is_closed_only_when_it_was_meant(
    ready: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(*CREATE, *TIMES)
    ready("round", "open", "Spring")
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert ready("round", "close", "Spring")[0] == 1
    assert "Spring: open" in ready("round", "status", "Spring")[1]


def test_what_was_done_is_written_corrected_and_removed(ready: Run) -> None:
    ready(*CREATE, *TIMES)
    ready("round", "open", "Spring")
    ready("round", "close", "Spring", "--yes")
    said = ("round", "said", "Spring")
    written = ("--said", "Slow.", "--done", "Faster.", "--owner", "Head", "--due", "30 June 2027")
    assert ready(*said, *written)[0] == 0
    assert ready(*said, "--correct", "1", "--owner", "Deputy")[0] == 0
    assert "1\tSlow.\tFaster.\tDeputy\t30 June 2027" in ready(*said)[1]
    assert ready(*said, "--remove", "1")[0] == 0
    code, _, error = ready(*said, "--remove", "1")
    assert (code, "no entry number 1" in error) == (1, True)


def test_a_closed_round_says_how_far_each_way_of_asking_led(ready: Run) -> None:
    ready(*CREATE, *TIMES)
    ready("round", "open", "Spring")
    ready("round", "invite", "Spring", "--count", "3", "--out", "links.csv")
    assert "Came in" not in ready("round", "status", "Spring")[1]
    told = ready("round", "close", "Spring", "--yes")[1]
    assert "Spring: 3 invited, 0 started, 0 finished. It would close by itself on" in told
    assert "cut for ever" in told
    said = ready("round", "status", "Spring")[1]
    assert "Came in" in said
    assert re.search(r"no message\W+3\W+0\W+0\W+0\W+0", said)


def test_retention_counts_what_would_go_and_says_what_waits(
    ready: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Old enough, and kept" not in ready("retention", "run", "--dry-run")[1]
    words = ("answer", "parents' own words")
    monkeypatch.setattr("bot.retention.kept_back", lambda *_: {words: 1234})
    for options in (("--dry-run",), ()):
        code, said, _ = ready("retention", "run", *options)
        assert code == 0
        assert "responses with all their answers" in said
        assert "safeguarding cases closed long ago" in said
        assert "Old enough, and kept: 1,234 parents' own words." in said
