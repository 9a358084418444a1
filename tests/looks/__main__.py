"""Photographs every page into build/screenshots, to be looked at: `make screenshots`."""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser, ViewportSize

from tests.browser import DESKTOP, PHONE, a_page, chromium
from tests.looks import walk
from tests.looks.house import open_house
from tests.looks.walk_staff import staff

TARGET = Path("build/screenshots")
ZOOMED = ViewportSize(width=320, height=256)
"""What is left of a screen of 1280 by 1024 at 400% zoom."""

LOOKS = (
    ("en", "phone", PHONE),
    ("ar", "phone", PHONE),
    ("en-x-easyread", "phone", PHONE),
    ("pl", "phone", PHONE),
    ("en", "desk", DESKTOP),
    ("ar", "desk", DESKTOP),
    ("en", "zoomed", ZOOMED),
)


async def main(wanted: list[str]) -> None:
    """Every look, or those whose names are given, such as "ar-phone"."""
    make_folders()
    async with chromium() as browser:
        for language, shape, viewport in LOOKS:
            name = f"{language}-{shape}"
            if not wanted or name in wanted:
                (TARGET / name).mkdir(parents=True, exist_ok=True)
                await _photograph(browser, TARGET / name, language, viewport)


def make_folders() -> None:
    """A folder for each look."""
    for language, shape, _ in LOOKS:
        (TARGET / f"{language}-{shape}").mkdir(parents=True, exist_ok=True)


async def _photograph(browser: Browser, into: Path, language: str, viewport: ViewportSize) -> None:
    whole = viewport is not ZOOMED
    with TemporaryDirectory() as folder:
        async with (
            open_house(Path(folder)) as house,
            a_page(browser, house.base, viewport=viewport) as page,
        ):
            number = 0
            for stops in (walk.everything(page, house, language), staff(page, house)):
                async for name in stops:
                    number += 1
                    await page.screenshot(path=into / f"{number:02}-{name}.png", full_page=whole)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
