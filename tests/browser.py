"""A real Chromium for tests. Where it is missing tests fail, with the command to type."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = ViewportSize(width=320, height=640)
DESKTOP = ViewportSize(width=1280, height=800)


class ChromiumMissing(Exception):
    """The browser tests need Chromium."""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser, closed at the end.

    Raises:
        ChromiumMissing: it is not installed.
    """
    if not CHROMIUM.exists():  # noqa: ASYNC240 - one look at a local file
        raise ChromiumMissing(f"{CHROMIUM} is not here. Type: apt-get install -y chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def a_page(
    browser: Browser, base: str, *, scripts: bool = True, viewport: ViewportSize = DESKTOP
) -> AsyncIterator[Page]:
    """A page of a fresh browser, as on a new device. It fails on any fault the page reports.

    Faults are scripts that fail, content the security policy refused, and files not found.
    """
    context: Any = await browser.new_context(
        base_url=base, java_script_enabled=scripts, viewport=viewport
    )
    context.set_default_timeout(5_000)
    page: Page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if _is_fault(said) else None)
    page.on("requestfailed", lambda lost: faults.append(lost.url) if _is_lost(lost) else None)
    page.on("response", lambda got: faults.append(got.url) if _is_missing(got) else None)
    try:
        yield page
    finally:
        await context.close()
    assert not faults, faults


async def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page: rule, help and the first place, one line each."""
    found = (await Axe().run(page)).response["violations"]
    return [f"{each['id']}: {each['help']}: {each['nodes'][0]['html'][:200]}" for each in found]


async def is_too_wide(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    width: bool = await page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return width


def _is_fault(said: Any) -> bool:
    # A refused form answers 422 on purpose, and the browser writes that to the console.
    return said.type == "error" and "status of 4" not in said.text


def _is_lost(request: Any) -> bool:
    # Going on to the next page cancels what the last one was still loading.
    return bool(request.failure != "net::ERR_ABORTED")


def _is_missing(response: Any) -> bool:
    return "/static/" in response.url and not response.ok
