"""Forms of a page, read as a browser reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient


@dataclass
class Form:
    """A form: where it posts, its fields with their values, and the choices on offer."""

    address: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: list[str] = field(default_factory=list)
    ticked: list[str] = field(default_factory=list)

    @property
    def action(self) -> str:
        """The button it stands for."""
        return self.fields.get("action", "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.inside = False
        self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(at["action"]))
            self.inside = True
        elif tag == "textarea":
            self.textarea = at["name"]
            self.forms[-1].fields[at["name"]] = ""
        elif tag == "input" and self.inside:
            self._input(at)

    def _input(self, at: dict[str, str]) -> None:
        form = self.forms[-1]
        if at.get("type") in ("radio", "checkbox"):
            form.choices.append(at["value"])
            if "checked" in at:
                form.ticked.append(at["value"])
        else:
            form.fields[at["name"]] = at.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.forms[-1].fields[self.textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.textarea = ""


def forms_of(page: str) -> dict[str, Form]:
    """The forms of a page by their action."""
    reader = _Reader()
    reader.feed(page)
    return {form.action: form for form in reader.forms}


async def press(
    client: TestClient[web.Request, web.Application],
    form: Form,
    values: Mapping[str, str] | None = None,
    *,
    follow: bool = True,
) -> ClientResponse:
    """Post the form with these values in its fields."""
    data = {**form.fields, **(values or {})}
    return await client.post(form.address, data=data, allow_redirects=follow)


async def read_on(
    client: TestClient[web.Request, web.Application], *answers: tuple[str, str]
) -> str:
    """Start at the welcome of "tok-1" and give these answers ("choice" or "text", value)."""
    page = await (await client.get("/c/tok-1")).text()
    if "start" in forms_of(page):
        page = await (await press(client, forms_of(page)["start"])).text()
    for name, value in answers:
        page = await (await press(client, forms_of(page)["answer"], {name: value})).text()
    return page
