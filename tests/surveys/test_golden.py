"""Whole conversations, each session written out and read back between every two turns."""

from pathlib import Path

import pytest

from tests.surveys.transcript import GOLDEN, play

SCRIPTS = sorted(GOLDEN.glob("*.txt"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path: Path) -> None:
    script = path.read_text(encoding="utf-8")

    assert play(script) == script


def test_there_are_conversations_to_play() -> None:
    assert len(SCRIPTS) >= 12


def test_a_line_the_parent_cannot_do_is_refused() -> None:
    with pytest.raises(ValueError, match="dances"):
        play("parent: dances")
