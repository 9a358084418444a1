"""A parent in a browser without scripts: double posts, old tabs, back, skip, changed answers."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import aiohttp

from surveys.inputs import Filled, Input, NoticeAcknowledged, Skipped, Submitted, WentBack
from surveys.model import Question, QuestionType, State
from surveys.session import Answer, Stage
from tests.bot.web.browser_forms import Form, forms_of
from tests.soak.answering import Reply, reply
from tests.soak.errors import error_in
from tests.soak.ledger import Ledger
from tests.soak.memory import Memory
from tests.soak.plan import GaveUp, Plan

MOST_ODD = 6
Fields = list[tuple[str, str]]
Request = Callable[[], AbstractAsyncContextManager[aiohttp.ClientResponse]]


@dataclass(frozen=True)
class Sent:
    """A form as it was posted, still open in some old tab."""

    key: str
    address: str
    fields: tuple[tuple[str, str], ...]


class WebParent:
    """One, from the link to the thanks."""

    def __init__(
        self, http: aiohttp.ClientSession, link: str, memory: Memory, plan: Plan, ledger: Ledger
    ) -> None:
        self.token = link.rpartition("/")[2]
        self.memory = memory
        self._http, self._link = http, link
        self._plan, self._ledger = plan, ledger
        self._dice = plan.dice(f"web {link[-4:]}")
        self._odd = MOST_ODD
        self._page = ""
        self._tabs: list[Sent] = []

    @property
    def name(self) -> str:
        """For reports: never the token."""
        return "web parent"

    async def lives(self) -> None:
        """Answer everything.

        Raises:
            GaveUp: the service did not answer until the end.
        """
        await self._plan.arrive(self._dice)
        await self._opens()
        while self.memory.stage is not Stage.FINISHED:
            await self._plan.think(self._dice)
            await self._acts()
        if "Thank you" not in self._page:
            self._ledger.wrong("a parent who sent the answers on the web was not thanked")

    async def _acts(self) -> None:
        forms = forms_of(self._page)
        if self._odd and not self._plan.is_calm and self._dice.random() < 0.3:
            self._odd -= 1
            await self._dice.choice(self._ODDITIES)(self)
        elif "start" in forms:
            await self._posts(forms["start"], [], NoticeAcknowledged())
        elif "submit" in forms:
            await self._posts(forms["submit"], [], Submitted())
        elif "answer" in forms:
            await self._answers(forms["answer"])
        else:
            await self._opens()

    async def _answers(self, form: Form, times: int = 1) -> None:
        question = self._question(form)
        said = reply(self._dice, self.memory.here, question)
        fields = _fields(question, said)
        filled = Filled(question.key, said.values)
        self._tabs.append(self._sent(form, fields, question.key))
        await self._posts(form, fields, filled, (question.key, said.answer), times)

    async def _twice(self) -> None:
        form = forms_of(self._page).get("answer")
        if form is not None:
            await self._answers(form, times=self._dice.choice((2, 3)))

    async def _back(self) -> None:
        form = forms_of(self._page).get("answer")
        if form is not None and 'value="back"' in self._page:
            said = WentBack(form.fields["key"])
            await self._posts(form, [("instead", "back")], said)

    async def _skip(self) -> None:
        form = forms_of(self._page).get("answer")
        if form is not None:
            key = form.fields["key"]
            form.fields.pop("text", None)
            skipped = (key, Answer(State.SKIPPED))
            await self._posts(form, [("instead", "skip")], Skipped(key), skipped)

    async def _nothing_chosen(self) -> None:
        form = forms_of(self._page).get("answer")
        if form is not None:
            for name in ("text", "day", "month", "year"):
                form.fields.pop(name, None)
            await self._posts(form, [], Filled(form.fields["key"], ()))

    async def _changes(self) -> None:
        """An answer given before, at its own address."""
        on_route = [each.key for each in self.memory.here.route.questions]
        answered = [key for key in on_route if key in self.memory.session.answers]
        if answered:
            await self._opens(f"/q/{self._dice.choice(answered)}")
            await self._answers(forms_of(self._page)["answer"])

    async def _old_tab(self) -> None:
        """The same old form once more: known by its nonce, it changes nothing."""
        route = self.memory.here.route
        tabs = [tab for tab in self._tabs if route.question(tab.key) is not None]
        if tabs:
            tab = self._dice.choice(tabs)
            await self._tries(lambda: self._http.post(tab.address, data=list(tab.fields)))
            await self._opens()

    async def _reload(self) -> None:
        await self._opens()

    _ODDITIES = (_twice, _twice, _back, _skip, _nothing_chosen, _changes, _old_tab, _reload)

    async def _opens(self, page: str = "") -> None:
        self._page = await self._tries(lambda: self._http.get(self._link + page))

    async def _posts(
        self,
        form: Form,
        fields: Fields,
        said: Input,
        meant: tuple[str, Answer] | None = None,
        times: int = 1,
    ) -> None:
        """Post it, so many times at once; what comes back is the next page."""
        self._ledger.add("turns", times)
        self.memory.does(said, meant)
        recorded = self.memory.recorded()
        sent = self._sent(form, fields, "")
        pages = await asyncio.gather(
            *(
                self._tries(lambda: self._http.post(sent.address, data=list(sent.fields)))
                for _ in range(times)
            )
        )
        self._page = pages[-1]
        self._ledger.add("acknowledged", recorded)

    async def _tries(self, request: Request) -> str:
        """The page, however often the service is gone; a form goes again with its nonce."""
        began = time.monotonic()
        while self._plan.left > 1:
            try:
                async with request() as answer:
                    text = await answer.text()
            except (aiohttp.ClientError, TimeoutError, ConnectionError):
                self._ledger.add("again")
                await asyncio.sleep(self._dice.uniform(0.1, 0.5))
            else:
                self._ledger.waited_since(began)
                self._reads(answer.status, text)
                return text
        raise GaveUp(f"a {self.name} could not reach the service until the end")

    def _reads(self, status: int, text: str) -> None:
        self._ledger.add("pages")
        shown = error_in(text)
        if status not in {200, 422} or shown:
            self._ledger.wrong(f"a {self.name} was shown status {status} {shown!r}")

    def _question(self, form: Form) -> Question:
        found = self.memory.form.question(form.fields["key"])
        assert found is not None
        return found

    def _sent(self, form: Form, fields: Sequence[tuple[str, str]], key: str) -> Sent:
        names = {name for name, _ in fields}
        kept = [(name, value) for name, value in form.fields.items() if name not in names]
        address = self._link.partition("/c/")[0] + form.address
        return Sent(key, address, (*kept, *fields))


def _fields(question: Question, said: Reply) -> Fields:
    if question.type is QuestionType.DATE:
        return list(zip(("day", "month", "year"), said.typed.split("/"), strict=True))
    name = "choice" if question.choices else "text"
    return [(name, value) for value in said.values]
