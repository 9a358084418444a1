"""The chat in the parent's language, and the buttons that change it."""

import re
from dataclasses import replace

import pytest

from bot.notice import notices
from bot.notice.text import Section
from bot.words import SHIPPED, Words
from surveys.catalogue import shipped
from tests.bot.web.browser_forms import forms_of, press, read_on
from tests.bot.web.conftest import Client
from tests.bot.web.fakes import MemoryConversations, a_round

FORM = shipped()[0]


@pytest.fixture
def conversations() -> MemoryConversations:
    """The parental questionnaire, in a round of invented families."""
    return MemoryConversations(FORM, a_round(FORM))


async def change(client: Client, page: str, code: str, **entered: str) -> str:
    """The page after a language is pressed, beside what was entered in the same form."""
    forms = forms_of(page)
    form = forms.get("language") or forms["answer"]
    return await (await press(client, form, {"language": code, **entered})).text()


def seen(page: str) -> str:
    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return re.sub(r"<[^>]+>", " ", main)


@pytest.mark.parametrize("code", ["pl", "ar", "en-x-easyread"])
async def test_the_welcome_changes_to_the_language_that_is_pressed(
    client: Client, code: str
) -> None:
    page = await change(client, await (await client.get("/c/tok-1")).text(), code)
    words = Words(code)
    assert f'<html lang="{code}" dir="{words.direction}"' in page
    assert words.say("notice.read_all") in page
    assert notices.shipped().by_language[code].sections[Section.ANONYMOUS][0].lines[0] in page
    assert FORM.titles[code] in page


async def test_each_language_is_named_in_itself_and_marked_as_what_it_is(client: Client) -> None:
    page = await (await client.get("/c/tok-1")).text()
    for name, code, direction in [("العربية", "ar", "rtl"), ("Polski", "pl", "ltr")]:
        assert f'value="{code}" lang="{code}" dir="{direction}">{name}</button>' in page
    assert 'aria-current="true"><strong>English</strong>' in page


async def test_changing_in_mid_survey_keeps_answers_and_asks_again(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client, ("choice", "primary"), ("choice", "home"))
    page = await change(client, page, "ar")
    question = FORM.question("provision")
    assert question is not None
    assert question.labels["ar"] in page
    page = await (await press(client, forms_of(page)["answer"], {"choice": "ehcp"})).text()
    session = conversations.session()
    assert session is not None
    assert {key: answer.value for key, answer in session.answers.items()} == {
        "phase": "primary",
        "setting": "home",
        "provision": "ehcp",
    }


UP_TO_COMMENT = tuple(
    ("choice", each.choices[0].code) for each in FORM.questions[:-2] if each.choices
)
WORDS = "Nobody rings back.\n<b>Not</b> once & <i>never</i>"


async def test_words_not_yet_sent_are_still_in_the_box_and_in_no_address(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client, *UP_TO_COMMENT)
    form = forms_of(page)["answer"]
    response = await press(client, form, {"language": "pl", "text": WORDS})
    page = await response.text()
    assert response.status == 200
    assert not response.history
    assert 'lang="pl"' in page
    assert forms_of(page)["answer"].fields["text"].strip() == WORDS
    assert Words("pl").say("web.unsaved") in page
    session = conversations.session()
    assert session
    assert form.fields["key"] not in session.answers
    page = await (await press(client, forms_of(page)["answer"])).text()
    session = conversations.session()
    assert session
    assert session.answers[form.fields["key"]].value == WORDS


async def test_the_same_press_again_shows_the_words_again(
    client: Client, conversations: MemoryConversations
) -> None:
    form = forms_of(await read_on(client, *UP_TO_COMMENT))["answer"]
    taken = []
    for _ in range(2):
        page = await (await press(client, form, {"language": "ar", "text": WORDS})).text()
        assert forms_of(page)["answer"].fields["text"].strip() == WORDS
        taken.append(len(conversations.delivered))
    assert taken[1] == taken[0]


async def test_a_ticked_choice_stays_ticked(client: Client) -> None:
    page = await read_on(client, ("choice", "primary"))
    page = await change(client, page, "pl", choice="home")
    assert forms_of(page)["answer"].ticked == ["home"]
    assert Words("pl").say("web.unsaved") in page


async def test_without_new_words_the_same_question_is_shown_by_a_redirect(client: Client) -> None:
    await read_on(client, ("choice", "primary"), ("choice", "home"))
    page = await (await client.get("/c/tok-1/q/phase")).text()
    form = forms_of(page)["answer"]
    data = {**form.fields, "choice": form.ticked[0], "language": "pl"}
    response = await client.post(form.address, data=data)
    page = await response.text()
    assert response.history[0].status == 303
    assert response.url.path == "/c/tok-1/q/phase"
    assert Words("pl").say("web.unsaved") not in page


async def test_words_for_a_finished_survey_are_handed_back(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client, *UP_TO_COMMENT)
    form = forms_of(page)["answer"]
    stored = conversations.sessions["tok-1"]
    conversations.sessions["tok-1"] = {**stored, "stage": "finished", "current": None}
    response = await press(client, form, {"language": "pl", "text": "Too late"})
    assert response.status == 409
    assert "Too late" in await response.text()


async def test_the_review_changes_too_and_stays_the_review(client: Client) -> None:
    await read_on(client, ("choice", "primary"))
    page = await (await client.get("/c/tok-1/review")).text()
    page = await change(client, page, "pl")
    assert Words("pl").say("web.review.title") in page
    assert 'aria-current="true"><strong>Polski</strong>' in page


async def test_the_enter_key_does_not_press_a_language(client: Client) -> None:
    page = await read_on(client, *UP_TO_COMMENT)
    first = page.index('form="answer"')
    assert page[page.rindex("<", 0, first) : first].startswith("<button")
    assert 'name="language"' not in page[page.rindex("<", 0, first) : page.index(">", first)]


async def test_a_real_round_has_no_unchecked_language_to_press(
    client: Client, conversations: MemoryConversations
) -> None:
    conversations.round = replace(conversations.round, demonstration=False)
    page = await (await client.get("/c/tok-1")).text()
    assert "language" not in forms_of(page)
    assert "العربية" not in page


async def test_a_change_without_a_language_is_refused(client: Client) -> None:
    form = forms_of(await (await client.get("/c/tok-1")).text())["language"]
    assert (await press(client, form)).status == 400


@pytest.mark.parametrize("code", SHIPPED)
async def test_no_page_of_the_chat_mixes_languages(
    client: Client, conversations: MemoryConversations, code: str
) -> None:
    conversations.language = code
    answers = [
        ("text", "7") if question.key in {"o1", "o2"} else ("choice", question.choices[0].code)
        for question in FORM.questions
    ]
    pages = [await read_on(client, *answers[:number]) for number in (0, 1)]
    pages.append(await read_on(client, *answers[1:]))
    if code == "ar":
        for page in pages:
            foreign = re.findall(r"[A-Za-z]{4,}", seen(page))
            known = {"Anyshire", "Council", "SEND", "English", "easy", "read", "Polski", "http"}
            known |= {
                "Reception",
                "Year",
                "send",
                "anyshire",
                "example",
                "pupil",
                "referral",
                "unit",
            }
            assert {word for word in foreign if word not in known} == set()
    else:
        assert all(f'lang="{code}"' in page for page in pages)


@pytest.mark.parametrize("code", ["pl", "ar"])
async def test_the_help_numbers_change_to_the_language_that_is_pressed(
    client: Client, conversations: MemoryConversations, code: str
) -> None:
    steps = [("choice", "primary"), ("choice", "home"), ("choice", "ehcp")]
    page = await read_on(client, *steps)
    while "text" not in forms_of(page)["answer"].fields:
        page = await (await press(client, forms_of(page)["answer"], {"instead": "skip"})).text()
    form = forms_of(page)["answer"]
    page = await (await press(client, form, {"text": conversations.urgent})).text()
    page = await change(client, page, code)
    assert Words(code).say("help.thanks.title") in page
    assert page.count('href="tel:999"') == 1
    assert "If a child is in danger" not in page
    assert conversations.urgent not in page
