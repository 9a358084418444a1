"""A missing Chromium is a failure with its remedy, never a skipped test."""

from pathlib import Path

import pytest

from tests import browser


async def test_without_chromium_the_tests_fail_with_the_command_to_type(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(browser, "CHROMIUM", tmp_path / "chromium")
    with pytest.raises(browser.ChromiumMissing, match="apt-get install -y chromium"):
        async with browser.chromium():
            pass
