"""The web chat, as a browser without scripts sees it."""

import asyncio
import re

from surveys.model import State
from surveys.session import Answer, Stage
from tests.bot.web.browser_forms import forms_of, press, read_on
from tests.bot.web.conftest import Client
from tests.bot.web.fakes import MemoryConversations

UP_TO_TOPICS = (("choice", "primary"), ("choice", "no"), ("choice", "4"))
UP_TO_CHANGE = (*UP_TO_TOPICS, ("choice", "transport"))
WHOLE = (*UP_TO_CHANGE, ("text", "More time"))
HOSTILE = "<img src=x onerror=alert(1)>"


async def test_a_whole_chat_is_stored_and_thanked(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client, *WHOLE)
    assert "Check your answers" in page
    assert "More time" in page
    page = await (await press(client, forms_of(page)["submit"])).text()
    assert "Thank you" in page
    session = conversations.session()
    assert session is not None
    assert session.stage is Stage.FINISHED
    assert session.answers["topics"] == Answer(State.ANSWERED, ("transport",))
    assert session.answers["change"] == Answer(State.ANSWERED, "More time")


async def test_help_is_shown_at_once_and_leads_on(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client, *UP_TO_CHANGE)
    response = await press(client, forms_of(page)["answer"], {"text": conversations.urgent})
    page = await response.text()
    assert response.status == 200
    assert "Thank you for telling us" in page
    assert "If anyone is in danger now, call " in page
    assert page.count('href="tel:999"') == 1
    assert page.count("999") == 2
    assert 'href="tel:01234567890" dir="ltr">01234\N{NO-BREAK SPACE}567890</a>.' in page
    assert conversations.urgent not in page
    [onward] = re.findall(r'<a href="([^"]+)" role="button"', page)
    assert "Check your answers" in await (await client.get(onward)).text()


async def test_looking_changes_nothing(client: Client, conversations: MemoryConversations) -> None:
    await read_on(client, *UP_TO_TOPICS)
    before, turns = conversations.session(), len(conversations.turns)
    for path in ("", "/q/phase", "/q/topics", "/q/change", "/q/nosuch", "/review", "/done"):
        await client.get(f"/c/tok-1{path}")
        await client.head(f"/c/tok-1{path}")
    assert conversations.session() == before
    assert len(conversations.turns) == turns


async def test_the_welcome_says_what_becomes_of_answers(client: Client) -> None:
    page = await (await client.get("/c/tok-1")).text()
    assert "28 March 2027 at 11:59pm" in page
    assert "fewer than 10 families" in page
    assert "we cut the link between you and your answers" in page
    assert "Demonstration: invented families. Nothing here is a real answer" in page
    assert "http://127.0.0.1:8080/c/tok-1" in page


async def test_a_question_outside_the_route_leads_to_the_one_being_asked(client: Client) -> None:
    await read_on(client, *UP_TO_TOPICS)
    response = await client.get("/c/tok-1/q/plan_kept", allow_redirects=False)
    assert response.status == 303
    assert response.headers["Location"] == "/c/tok-1/q/topics#question"


async def test_progress_is_in_words(client: Client) -> None:
    page = await read_on(client, *UP_TO_TOPICS)
    assert "Question 4 of 5" in page


async def test_b39_another_device_goes_on_where_the_first_one_stopped(
    client: Client, conversations: MemoryConversations
) -> None:
    await read_on(client, *UP_TO_CHANGE)
    page = await (await client.get("/c/tok-1")).text()
    assert "About change" in page
    words = "It takes so long. " * 17
    page = await (await press(client, forms_of(page)["answer"], {"text": words})).text()
    assert "Check your answers" in page
    session = conversations.session()
    assert session is not None
    assert session.answers["phase"] == Answer(State.ANSWERED, "primary")
    assert session.answers["change"] == Answer(State.ANSWERED, words)


async def test_b38_two_identical_posts_have_one_effect_and_both_redirect(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client, *WHOLE)
    form = forms_of(page)["submit"]
    both = await asyncio.gather(*(press(client, form, follow=False) for _ in range(2)))
    assert [each.status for each in both] == [303, 303]
    assert {each.headers["Location"] for each in both} == {"/c/tok-1/done"}
    assert len({turn.delivery_key for turn in conversations.turns[-2:]}) == 1


async def test_b38_a_change_after_sending_is_refused_and_said(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client, *UP_TO_TOPICS)
    old = forms_of(await (await client.get("/c/tok-1/q/listened")).text())["answer"]
    for form_name, value in (("choice", "transport"), ("text", "More time")):
        page = await (await press(client, forms_of(page)["answer"], {form_name: value})).text()
    await press(client, forms_of(page)["submit"])
    response = await press(client, old, {"choice": "2"})
    assert response.status == 409
    assert "You have already sent your answers" in await response.text()
    session = conversations.session()
    assert session is not None
    assert session.answers["listened"] == Answer(State.ANSWERED, "4")


async def test_b38_a_page_brought_back_by_the_browser_can_change_its_answer(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client, *UP_TO_TOPICS[:2])
    brought_back = forms_of(page)["answer"]
    await press(client, brought_back, {"choice": "3"})
    await press(client, brought_back, {"choice": "4"})
    session = conversations.session()
    assert session is not None
    assert session.answers["listened"] == Answer(State.ANSWERED, "4")


async def test_b38_an_old_copy_sent_over_a_newer_answer_is_shown_not_stored(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client, *UP_TO_TOPICS[:2])
    brought_back = forms_of(page)["answer"]
    for code in ("3", "4", "3"):
        response = await press(client, brought_back, {"choice": code})
    page = await response.text()
    assert "This answer is not saved yet" in page
    assert forms_of(page)["answer"].ticked == ["3"]
    session = conversations.session()
    assert session is not None
    assert session.answers["listened"] == Answer(State.ANSWERED, "4")
    await press(client, forms_of(page)["answer"], {"choice": "3"})
    session = conversations.session()
    assert session is not None
    assert session.answers["listened"] == Answer(State.ANSWERED, "3")


async def test_no_answer_can_be_read_out_of_a_delivery_key(
    client: Client, conversations: MemoryConversations
) -> None:
    await read_on(client, *WHOLE)
    for turn in conversations.turns:
        assert turn.delivery_key.startswith("web:")
        assert len(turn.delivery_key) == 44
        assert "primary" not in turn.delivery_key


async def test_an_empty_answer_is_refused_with_the_reason_beside_the_control(
    client: Client,
) -> None:
    page = await read_on(client, *UP_TO_TOPICS[:2])
    response = await press(client, forms_of(page)["answer"])
    page = await response.text()
    assert response.status == 422
    assert page.count("Choose one answer, or press Skip this question") == 2
    assert 'href="#choice"' in page
    assert "<title>Error: " in page


async def test_a_required_question_cannot_be_skipped(client: Client) -> None:
    page = await read_on(client)
    assert "Skip this question" not in page
    response = await press(client, forms_of(page)["answer"], {"instead": "skip"})
    assert response.status == 422


async def test_a_comment_too_long_keeps_every_word(client: Client) -> None:
    page = await read_on(client, *UP_TO_CHANGE)
    words = "slow " * 900
    response = await press(client, forms_of(page)["answer"], {"text": words})
    page = await response.text()
    assert response.status == 422
    assert forms_of(page)["answer"].fields["text"] == words
    assert "Make your answer 4,000 characters or fewer" in page


async def test_line_breaks_count_once_and_are_stored_as_typed(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client, *UP_TO_CHANGE)
    await press(client, forms_of(page)["answer"], {"text": "a\r\n" * 2000})
    session = conversations.session()
    assert session is not None
    assert session.answers["change"] == Answer(State.ANSWERED, "a\n" * 2000)


async def test_skip_and_back_do_not_throw_away_words_just_written(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client, *UP_TO_CHANGE)
    for button in ("skip", "back"):
        form = forms_of(page)["answer"]
        response = await press(client, form, {"instead": button, "text": "They listen"})
        page = await response.text()
        assert response.status == 422
        assert forms_of(page)["answer"].fields["text"] == "They listen"
        assert "Your words are not your answer yet" in page
    await press(client, forms_of(page)["answer"], {"instead": "skip", "text": ""})
    session = conversations.session()
    assert session is not None
    assert session.answers["change"] == Answer(State.SKIPPED)


async def test_back_leads_to_the_question_before_once(client: Client) -> None:
    page = await read_on(client, *UP_TO_TOPICS)
    form = forms_of(page)["answer"]
    for _ in range(2):
        response = await press(client, form, {"instead": "back"})
    page = await response.text()
    assert "About listened" in page
    assert forms_of(page)["answer"].ticked == ["4"]


async def test_the_parent_is_told_which_answers_a_change_removed(client: Client) -> None:
    await read_on(client, ("choice", "primary"), ("choice", "yes"), ("choice", "4"))
    page = await (await client.get("/c/tok-1/q/has_plan")).text()
    page = await (await press(client, forms_of(page)["answer"], {"choice": "no"})).text()
    assert "We removed your answer to:" in page
    assert "About plan_kept" in page


async def test_two_tabs_an_answer_to_a_question_no_longer_asked_is_handed_back(
    client: Client, conversations: MemoryConversations
) -> None:
    steps = (("choice", "primary"), ("choice", "yes"), ("choice", "2"))
    old = forms_of(await read_on(client, *steps))["answer"]
    other = forms_of(await (await client.get("/c/tok-1/q/has_plan")).text())["answer"]
    await press(client, other, {"choice": "no"})
    response = await press(client, old, {"text": "2021"})
    page = await response.text()
    assert response.status == 409
    assert "This is not one of your answers" in page
    assert "2021" in page
    session = conversations.session()
    assert session is not None
    assert "plan_year" not in session.answers


async def test_b40_what_was_typed_is_never_markup(client: Client) -> None:
    page = await read_on(client, *UP_TO_CHANGE, ("text", HOSTILE))
    assert HOSTILE not in page
    assert "&lt;img" in page
    page = await (await client.get("/c/tok-1/q/change")).text()
    assert HOSTILE not in page
    assert forms_of(page)["answer"].fields["text"] == HOSTILE


async def test_open_questions_say_that_nobody_watches_and_whom_to_call(client: Client) -> None:
    page = await read_on(client, *UP_TO_TOPICS)
    assert "Nobody reads this as you write it" not in page
    page = await read_on(client, ("choice", "transport"))
    assert "Nobody reads this as you write it" in page
    assert 'href="tel:999"' in page
    assert "01234\N{NO-BREAK SPACE}567890" in page


async def test_a_page_has_the_language_and_direction_of_its_questions(
    client: Client, conversations: MemoryConversations
) -> None:
    conversations.language = "ar"
    page = await read_on(client, *UP_TO_TOPICS[:2])
    assert '<html lang="ar" dir="rtl"' in page
    assert "أوافق بشدة" in page


async def test_odd_fields_are_refused_kindly(
    client: Client, conversations: MemoryConversations
) -> None:
    good = {"nonce": "n" * 22, "action": "answer", "key": "phase", "choice": "primary"}
    odd: tuple[dict[str, str], ...] = (
        {},
        {**good, "nonce": ""},
        {**good, "nonce": "short"},
        {**good, "nonce": "<b>" * 9},
        {**good, "action": "drop table"},
        {**good, "key": ""},
    )
    for fields in odd:
        response = await client.post("/c/tok-1", data=fields)
        assert response.status == 400, fields
        assert "We could not read that" in await response.text()
    response = await client.post("/c/tok-1", json=good)
    assert response.status == 400
    response = await client.post(
        "/c/tok-1", data=b"\xff", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert response.status == 400
    assert not conversations.turns


async def test_every_address_leads_to_where_the_conversation_stands(client: Client) -> None:
    paths = ("/c/tok-1/q/phase", "/c/tok-1/review", "/c/tok-1/done")
    assert {(await client.get(path)).url.path for path in paths} == {"/c/tok-1"}
    page = await read_on(client, *UP_TO_TOPICS)
    assert (await client.get("/c/tok-1/done")).url.path == "/c/tok-1/q/topics"
    page = await (await client.get("/c/tok-1/review")).text()
    assert "Some questions are not answered yet" in page
    assert "submit" not in forms_of(page)
    page = await read_on(client, ("choice", "transport"), ("text", "More time"))
    await press(client, forms_of(page)["submit"])
    assert {(await client.get(path)).url.path for path in ("/c/tok-1", *paths)} == {"/c/tok-1/done"}


async def test_words_beside_skip_are_given_back_where_the_round_has_closed(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client, *UP_TO_CHANGE)
    conversations.now = conversations.round.closes_at
    response = await press(client, forms_of(page)["answer"], {"instead": "skip", "text": "Slow"})
    assert response.status == 409
    assert "Slow" in await response.text()


async def test_skip_beside_words_already_stored_is_a_skip(
    client: Client, conversations: MemoryConversations
) -> None:
    await read_on(client, *WHOLE)
    page = await (await client.get("/c/tok-1/q/change")).text()
    await press(client, forms_of(page)["answer"], {"instead": "skip"})
    session = conversations.session()
    assert session is not None
    assert session.answers["change"] == Answer(State.SKIPPED)
