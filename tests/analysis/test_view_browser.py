"""The strategy page in a real browser: on a phone, on paper, and for everyone."""

from pathlib import Path

import pytest

from analysis.strategy import build_view, load_strategy
from analysis.view import render_html
from tests.analysis.answers import parent
from tests.analysis.strategies import shipped_figures
from tests.analysis.test_release import release
from tests.browser import PHONE, a_page, chromium, is_too_wide, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("view") / "strategy.html"
    people = [parent("primary", rate="4" if n % 3 else "2") for n in range(60)]
    view = build_view(load_strategy(), shipped_figures(), (release(people),))
    path.write_text(render_html(view), encoding="utf-8")
    return path.as_uri()


async def test_the_page_fits_a_phone_and_breaks_no_accessibility_rule(address: str) -> None:
    async with chromium() as browser, a_page(browser, address, viewport=PHONE) as page:
        await page.goto(address)
        assert await violations(page) == []
        assert not await is_too_wide(page)


async def test_paper_shows_what_the_screen_folds_away(address: str) -> None:
    async with chromium() as browser, a_page(browser, address) as page:
        await page.goto(address)
        folded = page.locator("details table").first
        assert not await folded.is_visible()
        await page.emulate_media(media="print")
        assert await folded.is_visible()
