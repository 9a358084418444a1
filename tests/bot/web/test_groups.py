"""B41: on every page of every shipped survey the question names its controls, and so its error.

Chromium is not needed to see it: it stands in the page.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from surveys.catalogue import shipped
from surveys.model import Questionnaire, QuestionType, in_language
from tests.bot.web.browser_forms import forms_of, press, read_on
from tests.bot.web.conftest import Client
from tests.bot.web.fakes import MemoryConversations, a_round
from tests.builders import CONFIDENCE

FORMS = (CONFIDENCE, *shipped())
GROUPED = ("radio", "checkbox")
VOID = frozenset({"input", "br", "hr", "img", "link", "meta", "path", "svg"})


@dataclass
class Seen(HTMLParser):
    """The groups, controls and labels of a page as a screen reader finds them."""

    legends: list[str] = field(default_factory=list)
    described_by: list[str] = field(default_factory=list)
    grouped: list[int] = field(default_factory=list)
    """For each radio and box, in how many groups it is."""
    controls: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    labelled: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    """The addresses in the summary that is announced."""
    depth: int = 0
    in_legend: bool = False
    in_alert: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        self.ids += [at["id"]] if "id" in at else []
        if tag == "fieldset":
            self.depth += 1
            self.described_by.append(at.get("aria-describedby", ""))
        elif tag == "legend":
            self.in_legend = True
            self.legends.append("")
        elif tag == "label":
            self.labelled.append(at["for"])
        elif tag == "textarea" or (tag == "input" and at.get("type") != "hidden"):
            self._control(at)
        self._announced(tag, at)

    def _control(self, at: dict[str, str]) -> None:
        self.controls.append(at["id"])
        self.described.append(at.get("aria-describedby", ""))
        if at.get("type") in GROUPED:
            self.grouped.append(self.depth)

    def _announced(self, tag: str, at: dict[str, str]) -> None:
        if at.get("role") == "alert":
            self.in_alert = 1
        elif self.in_alert and tag not in VOID:
            self.in_alert += 1
        if self.in_alert and tag == "a":
            self.errors.append(at["href"])

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "fieldset"
        self.in_legend = self.in_legend and tag != "legend"
        self.in_alert -= bool(self.in_alert) and tag not in VOID

    def handle_data(self, data: str) -> None:
        if self.in_legend:
            self.legends[-1] += data


def seen(page: str) -> Seen:
    reader = Seen()
    reader.feed(page)
    return reader


@pytest.fixture
def conversations(request: pytest.FixtureRequest) -> MemoryConversations:
    """Conversations over the survey of this test; a move is asked about afterwards."""
    form: Questionnaire = request.param
    moment = "after" if form.has_moments else ""
    return MemoryConversations(form, a_round(form, moment=moment))


@pytest.mark.parametrize("conversations", FORMS, indirect=True, ids=lambda form: form.key)
async def test_b41_the_question_is_the_name_of_its_group_and_its_error_is_announced(
    client: Client, conversations: MemoryConversations
) -> None:
    page, pages = await read_on(client), 0
    while "submit" not in forms_of(page):
        session = conversations.session()
        assert session is not None
        question = conversations.questionnaire.question(session.current or "")
        assert question is not None
        label = in_language(question.labels, "en", "en")
        form = forms_of(page)["answer"]
        refused = await (await press(client, form)).text()
        for shown in (page, refused):
            assert_named(seen(shown), label, question.type)
        assert_announced(seen(refused), question.type)
        given = {"choice": form.choices[0]} if form.choices else {"text": "2020"}
        page = await (await press(client, form, given)).text()
        pages += 1
    assert pages >= 5


def assert_named(page: Seen, label: str, kind: QuestionType) -> None:
    assert len(page.ids) == len(set(page.ids))
    assert page.controls
    assert sorted(page.labelled) == sorted(page.controls)
    if kind in {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE}:
        assert [legend.strip() for legend in page.legends] == [label]
        assert len(page.grouped) == len(page.controls) > 1
        assert set(page.grouped) == {1}


def assert_announced(page: Seen, kind: QuestionType) -> None:
    [error] = page.errors
    assert error.removeprefix("#") in page.controls
    of_group = kind in {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE}
    [tied] = page.described_by if of_group else page.described
    name = "choice-error" if of_group else "text-error"
    assert name in tied.split()
    assert name in page.ids
