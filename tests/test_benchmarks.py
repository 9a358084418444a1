"""The bench runs, at a size that says nothing: a change elsewhere must not break it unseen."""

from pathlib import Path

import pytest

from tests.benchmarks import answers, growth, sending, telegram

SMALL = {"PARENTS": 2, "STORED": 3, "FEW": 3, "MANY": 6, "CHANGED": 1, "DURABLE_PARENTS": 2}


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (answers, growth, telegram):
        for name in SMALL.keys() & vars(module).keys():
            monkeypatch.setattr(module, name, SMALL[name])


async def test_answers_and_growth_are_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await answers.answers(tmp_path)
    await growth.growth(tmp_path, full=False)
    assert "ratio" in capsys.readouterr().out


async def test_telegram_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await telegram.telegram(tmp_path)
    assert "ratio" in capsys.readouterr().out


async def test_sending_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "INVITED", 30)
    monkeypatch.setattr(sending, "OPENED", 10)
    await sending.sending(tmp_path)
    said = capsys.readouterr().out
    assert "0 refused" in said
    assert "10 families" in said
