"""The notebook in the documents runs, shows what it says it shows, and uses only the door."""

import ast
from pathlib import Path
from typing import Any

import pytest

import analysis
from analysis.release import hash_of
from tests.example.__main__ import NOTEBOOK
from tests.example.making import DOCS, FOLDER, RELEASE, RESPONSES, write
from tests.example.notebook import code_cells, load, run

AGAIN = "run: python -m tests.example"


@pytest.fixture(scope="module")
def outputs() -> list[list[dict[str, Any]]]:
    return run(load(NOTEBOOK), DOCS)


def texts(outputs: list[dict[str, Any]]) -> list[str]:
    return ["".join(output["data"]["text/plain"]) for output in outputs]


def test_the_kept_outputs_are_what_its_cells_show_now(outputs: list[list[dict[str, Any]]]) -> None:
    kept = [texts(cell["outputs"]) for cell in code_cells(load(NOTEBOOK))]
    assert kept == [texts(each) for each in outputs], AGAIN


def test_its_charts_are_pictures_with_words(outputs: list[list[dict[str, Any]]]) -> None:
    pictures = [
        "".join(output["data"]["image/svg+xml"])
        for each in outputs
        for output in each
        if "image/svg+xml" in output["data"]
    ]
    assert len(pictures) == 2
    assert all('role="img"' in picture and "<desc" in picture for picture in pictures)


def test_it_uses_only_what_analysis_offers() -> None:
    for cell in code_cells(load(NOTEBOOK)):
        for node in ast.walk(ast.parse("".join(cell["source"]))):
            assert not isinstance(node, ast.Import)
            if isinstance(node, ast.ImportFrom):
                assert node.module == "analysis"
                assert {name.name for name in node.names} <= set(analysis.__all__)


def test_the_records_give_the_release_s_own_count(outputs: list[list[dict[str, Any]]]) -> None:
    shown = [text for each in outputs for text in texts(each)]
    (again, rated), released = next(
        found
        for text in shown
        if text.startswith("((") and isinstance(found := ast.literal_eval(text), tuple)
    )
    assert again == released
    assert rated > again


def test_the_example_is_what_our_own_functions_make(tmp_path: Path) -> None:
    write(tmp_path)
    for name in (RELEASE, RESPONSES):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), AGAIN
    assert analysis.read_release(FOLDER / RELEASE)["round"]["demonstration"]
    assert hash_of(analysis.read_release(FOLDER / RELEASE)) in (FOLDER / RELEASE).read_text("utf-8")
