"""Staff in browsers without scripts: setting up, signing in, and being refused."""

import re
import time
from pathlib import Path

import pyotp
from playwright.async_api import Page

from surveys.roles import Role
from tests.journeys.service import command

PASSWORD = "three random words"


def link_in(text: str) -> str:
    """The address that a command printed."""
    return str(re.findall(r"http://\S+", text)[0])


async def add(folder: Path, name: str, role: Role) -> str:
    """The link of a new account, as the command line prints it."""
    email = f"{name.lower()}@council.example"
    words = ("staff", "add", email, "--name", name, "--role", role.value)
    return link_in(await command(*words, folder=folder))


async def sets_up(page: Page, link: str) -> tuple[pyotp.TOTP, str]:
    """The authenticator app, and the code that was used up."""
    await page.goto(link)
    # Looking again spends nothing.
    await page.reload()
    key = (await page.locator(".sv-key").inner_text()).replace(" ", "")
    app = pyotp.TOTP(key)
    code = app.now()
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_label("Six-digit code").fill(code)
    await page.get_by_role("button", name="Set up and sign in").click()
    return app, code


async def signs_in(page: Page, email: str, code: str) -> None:
    """Fill in the form that the page shows."""
    await page.get_by_label("E-mail address").fill(email)
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_label("Six-digit code").fill(code)
    await page.get_by_role("button", name="Sign in").click()


def next_code(app: pyotp.TOTP) -> str:
    """The code of the next half minute, taken already: this one's is used."""
    return app.at(int(time.time()), counter_offset=1)


async def sees(page: Page, *words: str) -> None:
    """The page says all of these."""
    said = await page.inner_text("main")
    for each in words:
        assert each in said, (each, said)


async def is_refused(page: Page, *paths: str) -> None:
    """The page says that this is not for the role."""
    for path in paths:
        response = await page.goto(path)
        assert response
        assert response.status == 403, path
        await sees(page, "This is not for your role", "Who may do this")


async def posts(page: Page, path: str, **fields: str) -> int:
    """The form of another role's page, with one's own session and token; the status it gets."""
    token = await page.locator("input[name=token]").first.get_attribute("value")
    data: dict[str, str | float | bool] = {"token": str(token), **fields}
    answer = await page.context.request.post(path, form=data, max_redirects=0)
    return answer.status
