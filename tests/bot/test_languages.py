"""Words that no speaker has checked reach no family but an invented one."""

from dataclasses import replace

import pytest

from bot import languages, rounds, words
from bot.languages import OWN_NAMES, english_name, offered, own_name, waiting
from bot.words import SHIPPED
from surveys import command_words
from surveys.catalogue import shipped
from surveys.commands import Command
from surveys.events import CommandTaken, TapIgnored
from surveys.inputs import Chosen, LanguageChosen, Typed
from surveys.records import Round, RoundStatus
from tests.bot.conftest import CLOSES, OPENS, World

FORM = shipped()[0]
REAL = Round("r1", "Spring", FORM.key, FORM.hash, RoundStatus.OPEN, OPENS, CLOSES)
INVENTED = replace(REAL, demonstration=True)


def test_a_real_round_offers_only_what_is_signed_off() -> None:
    assert offered(FORM, REAL) == ("en",)
    assert waiting(FORM) == ("en-x-easyread", "pl", "ar")


@pytest.mark.parametrize("a_round", [INVENTED, None])
def test_demonstrations_and_rehearsals_offer_every_language(a_round: Round | None) -> None:
    assert offered(FORM, a_round) == FORM.languages


def test_a_sign_off_opens_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "signed_off", lambda code: "checked" if code == "pl" else "")
    assert offered(FORM, REAL) == ("en", "pl")
    assert waiting(FORM) == ("en-x-easyread", "ar")


def test_the_questionnaires_own_language_is_always_offered() -> None:
    assert offered(replace(FORM, default_language="cy", languages=("cy", "pl")), REAL) == ("cy",)


def test_a_sign_off_is_read_from_the_catalogues_header(monkeypatch: pytest.MonkeyPatch) -> None:
    source = b'msgid ""\nmsgstr ""\n"X-Signed-Off: A. Speaker, 1 March 2027\\n"\n'
    monkeypatch.setattr(words, "_source", lambda _: source)
    assert words.signed_off.__wrapped__("pl") == "A. Speaker, 1 March 2027"


def test_every_shipped_language_has_names() -> None:
    assert set(OWN_NAMES) == set(SHIPPED) == set(languages.ENGLISH_NAMES)
    assert (own_name("ar"), english_name("ar")) == ("العربية", "Arabic")
    assert (own_name("cy"), english_name("cy")) == ("cy", "cy")


def test_every_shipped_language_has_words_for_commands() -> None:
    assert {code.partition("-")[0] for code in SHIPPED} == set(command_words.WORDS)


async def test_the_service_refuses_a_language_that_is_not_on_offer(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    await world.says(place, Chosen("phase", "primary"))
    turned = await world.says(place, LanguageChosen("pl"))
    assert turned.events == (TapIgnored("pl"),)
    assert turned.session
    assert turned.session.language == "en"
    assert set(turned.session.answers) == {"phase"}


async def test_easy_read_that_is_not_on_offer_is_not_spoken(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    turned = await world.says(place, Typed("easyread"))
    assert turned.events == (CommandTaken(Command.EASY_READ),)
    looked = await world.service.look(place)
    assert looked.session
    assert looked.session.language == "en"


async def test_easy_read_on_offer_is_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "signed_off", lambda _: "checked")
    [token] = world.invite()
    place = await world.begins(token)
    await world.says(place, Typed("/easyread"))
    looked = await world.service.look(place)
    assert looked.session
    assert looked.session.language == "en-x-easyread"


async def test_a_change_is_kept_with_the_response(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(languages, "signed_off", lambda _: "checked")
    [token] = world.invite()
    place = await world.begins(token)
    await world.says(place, Chosen("phase", "primary"))
    await world.says(place, LanguageChosen("pl"))
    await world.says(place, Chosen("setting", "home"))
    assert world.rows("SELECT language FROM response") == [("pl",)]
    assert world.rows("SELECT question_key, value FROM answer ORDER BY question_key") == [
        ("phase", "primary"),
        ("setting", "home"),
    ]


def test_staff_are_told_what_is_on_offer_and_what_waits(world: World) -> None:
    told = rounds.counts(world.reader, world.round)
    assert told.languages == ("en",)
    assert told.unchecked == ("en-x-easyread", "pl", "ar")
