"""What `analysis` offers to analysts: frames with stated columns, and no cell guessed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analysis
from analysis import figures, index_by_phase, item_results, read_release, read_responses, tables
from analysis.door import releases as door
from analysis.errors import NotOurFile
from analysis.export.csv_text import write_csv
from surveys.model import State
from tests.analysis.answers import Said, parent
from tests.analysis.test_release import release, school

HEADER = ["participant", "mode", "phase", "phase_state", "c1", "c1_state"]
ROW = [1, "web", "primary", "answered", "4", "answered"]


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    # Post-16 has six parents, so it is hidden, and early years with it.
    people: list[Said] = [*school(), *(parent("post_16") for _ in range(6))]
    return release([*people, *(parent("primary", rate="dk") for _ in range(5))])


def file_of(folder: Path, header: list[str], *rows: list[Any]) -> Path:
    path = folder / "responses.csv"
    path.write_bytes(write_csv(header, rows).encode())
    return path


def with_hidden(made: dict[str, Any], key: str) -> dict[str, Any]:
    """The release with one hidden cell in the first row of its first table."""
    first, *others = made["tables"]
    row = {**first["rows"][0], key: None, "hidden": [key]}
    return {**made, "tables": [{**first, "rows": [row, *first["rows"][1:]]}, *others]}


def test_importing_it_is_light_and_every_name_is_there() -> None:
    slow = ("pandas", "numpy", "scipy", "altair")
    code = f"import sys, analysis; print([m for m in {slow} if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
    assert set(analysis.__all__) <= set(dir(analysis))
    for name in analysis.__all__:
        assert getattr(analysis, name).__doc__
        assert f"`{name}(" in (analysis.__doc__ or "")
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        analysis.nonsense  # type: ignore[attr-defined]  # noqa: B018 - that is what is tried


@pytest.mark.parametrize(
    ("frame", "dtypes"),
    [(figures, door.FIGURES), (item_results, door.ITEMS), (index_by_phase, door.INDEX)],
)
def test_columns_and_dtypes_are_those_documented(
    made: dict[str, Any], frame: Any, dtypes: dict[str, str]
) -> None:
    empty = release([])
    for source in (made, empty, {**made, "tables": []}):
        found = frame(source)
        assert {name: str(dtype) for name, dtype in found.dtypes.items()} == dtypes
        assert list(found.columns) == list(dtypes)
    assert all(name in frame.__doc__ for name in dtypes)


def test_a_release_is_read_from_a_file_or_from_data(made: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "release.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    assert read_release(path) == read_release(str(path)) == read_release(made) == made


def test_a_changed_or_foreign_file_is_refused(made: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(NotOurFile, match="changed after"):
        read_release({**made, "reason": "better"})
    with pytest.raises(NotOurFile, match="no release"):
        read_release({"hash": "0"})
    path = tmp_path / "release.json"
    for text, words in (("{", "not JSON"), ("[]", "a list"), ("", "not JSON")):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(NotOurFile, match=words):
            read_release(path)


def test_the_index_is_as_released_and_hidden_is_missing(made: dict[str, Any]) -> None:
    found = index_by_phase(made).set_index("phase")
    released = {row["group"]: row for row in made["tables"][0]["rows"]}
    assert found.loc["All phases", "index"] == released["All phases"]["value"]
    assert found.loc["All phases", "base"] == released["All phases"]["base"]
    assert found.loc["Post-16", "status"] == tables.NOT_PUBLISHED
    assert found.loc["Post-16", ["base", "index", "low", "high", "dont_know"]].isna().all()


def test_b13_every_figure_has_a_value_or_a_reason(made: dict[str, Any]) -> None:
    found = figures(made)
    valued = found["value"].notna()
    assert (found.loc[valued, "status"] == tables.SHOWN).all()
    assert (found.loc[~valued, "status"] != tables.SHOWN).all()
    silent = found["status"].isin(["no_figure", "no_answers"])
    assert (found.loc[~valued & ~silent, "reason"] != "").all()
    assert (found["definition"] != "").all()
    assert found["round"].eq("Spring").all()


def test_one_hidden_cell_is_told_from_a_figure_that_there_is_not(made: dict[str, Any]) -> None:
    found = figures(with_hidden(made, "dont_know"))
    cell = found[(found["group"] == "All phases") & (found["metric"] == "dont_know")].iloc[0]
    assert (cell["status"], cell["reason"]) == ("not_shown", "few people")
    skipped = (found["group"] == "Skipped") & (found["metric"] == "of_answered")
    assert (found.loc[skipped, "status"] == "no_figure").all()
    assert skipped.any()


def test_words_stand_apart_from_numbers(made: dict[str, Any]) -> None:
    columns = (tables.Column("group", "Phase"), tables.Column("verdict", "In words"))
    rows = [tables.shown(group="Primary", verdict="no clear change")]
    table = tables.published("change", "Change", columns, rows)
    found = figures({**made, "tables": [table]}).iloc[0]
    assert found["words"] == "no clear change"
    assert pd.isna(found["value"])
    assert found["status"] == tables.SHOWN


def test_items_have_every_answer_on_every_base(made: dict[str, Any]) -> None:
    found = item_results(made)
    first = found[found["item"] == "c1"].set_index("answer")
    assert first.loc["Don't know", "count"] == 5
    assert first["of_answered"].isna()["Don't know"]
    assert first.loc["Don't know", "with_dont_know"] == 5
    assert {"c1", "c14", "l1"} <= set(found["item"])
    withheld = item_results(release([parent("primary")] * 3))
    assert set(withheld["status"]) == {"withheld"}
    assert withheld["answer"].isna().all()


def test_b12_the_five_states_of_a_response_are_read_apart(tmp_path: Path) -> None:
    rows = [[n, "web", "primary", "answered", None, state.value] for n, state in enumerate(State)]
    rows[0][4] = "4"
    found = read_responses(file_of(tmp_path, HEADER, *rows), numbers=["c1"])
    assert found["c1_state"].tolist() == [state.value for state in State]
    assert found["c1_state"].dtype == "category"
    assert found["c1"].dtype == "float64"
    assert found["c1"].notna().tolist() == [True, False, False, False, False]
    assert found["phase"].dtype == "str"
    assert str(found.index.dtype) == "Int64"
    assert found.index.name == "participant"


def test_codes_stay_as_they_were_written(tmp_path: Path) -> None:
    found = read_responses(
        file_of(tmp_path, HEADER, [1, "web", "NA", "answered", "01", "answered"])
    )
    assert found["c1"].tolist() == ["01"]
    assert found["phase"].tolist() == ["NA"]


def test_b20_an_unticked_box_is_not_an_unanswered_question(tmp_path: Path) -> None:
    header = ["participant", "language", "help_a", "help_b", "help_state", "language_2"]
    header += ["language_state", "round"]
    rows = [
        [1, "en", 1, 0, "answered", "en", "answered", "Spring"],
        [2, "en", None, None, "skipped", None, "skipped", "Spring"],
    ]
    found = read_responses(file_of(tmp_path, header, *rows))
    assert found[["help_a", "help_b"]].dtypes.astype(str).tolist() == ["Int64", "Int64"]
    assert found["help_b"].tolist() == [0, pd.NA]
    assert found["language_2"].dtype == "str"
    assert found["round"].dtype == "str"


@pytest.mark.parametrize(
    ("header", "row", "numbers", "words"),
    [
        (["mode"], ["web"], [], "no column 'participant'"),
        (HEADER, [*ROW[:5], "maybe"], [], "no state"),
        (HEADER, [*ROW[:5], None], [], "no state"),
        (HEADER, ROW, ["phase"], "no number"),
        (HEADER, ROW, ["c2"], "no column c2"),
    ],
)
def test_what_is_no_file_of_responses_is_refused(
    tmp_path: Path, header: list[str], row: list[Any], numbers: list[str], words: str
) -> None:
    with pytest.raises(NotOurFile, match=words):
        read_responses(file_of(tmp_path, header, row), numbers=numbers)


def test_a_cut_file_is_refused(tmp_path: Path) -> None:
    path = file_of(tmp_path, HEADER, ROW)
    path.write_bytes(path.read_bytes() + b"2,web\r\n")
    with pytest.raises(NotOurFile, match="longer or shorter"):
        read_responses(path)
    path.write_bytes("participant,mode\r\n1,caf\u00e9\r\n".encode("cp1252"))
    with pytest.raises(NotOurFile, match="UTF-8"):
        read_responses(path)
