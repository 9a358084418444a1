"""Telegram's own menu of commands: in each language that a speaker has checked."""

import pytest
from telegram import Bot

from bot.channels.telegram import menu
from surveys.commands import command
from tests.bot.channels.telegram_notebook import telegram
from tests.fake_telegram import FakeTelegram

__all__ = ["telegram"]


async def _set(telegram: FakeTelegram) -> None:
    async with Bot(telegram.token, f"{telegram.api}/bot") as bot:
        await menu.set_menus(bot)


async def test_the_menu_of_an_unchecked_language_is_taken_away(telegram: FakeTelegram) -> None:
    telegram.world.menus["ar"] = [{"command": "start", "description": "?"}]
    await _set(telegram)
    assert set(telegram.world.menus) == {""}


async def test_a_checked_language_has_the_same_menu_in_its_words(
    telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(menu, "signed_off", lambda code: "checked" if code != "ar" else "")
    await _set(telegram)
    assert set(telegram.world.menus) == {"", "pl"}
    polish = {each["command"]: each["description"] for each in telegram.world.menus["pl"]}
    assert polish["language"] == "Wybierz język"
    assert list(polish) == [each["command"] for each in telegram.world.menus[""]]


def test_every_command_of_the_menu_is_understood() -> None:
    for each in menu.menu("en"):
        assert each.command == "web" or command(f"/{each.command}"), each.command
