"""Telegram's own menu of commands, in the language of a parent's telephone."""

from telegram import Bot, BotCommand

from bot.words import ENGLISH, SHIPPED, Words, signed_off

_COMMANDS = (
    ("start", "telegram.menu.start"),
    ("back", "telegram.menu.back"),
    ("skip", "telegram.menu.skip"),
    ("language", "telegram.menu.language"),
    ("easyread", "telegram.menu.easy_read"),
    ("web", "telegram.menu.web"),
    ("help", "telegram.menu.help"),
    ("pause", "telegram.menu.pause"),
    ("stop", "telegram.menu.stop"),
    ("mydata", "telegram.menu.my_data"),
    ("erase", "telegram.menu.erase"),
    ("privacy", "telegram.menu.privacy"),
)
"""Each command, and the key of what it does in words."""


async def set_menus(bot: Bot) -> None:
    """Set the English menu for everybody, then those of the languages signed off.

    One bot serves real rounds and demonstrations, so the menu of an unchecked language is
    taken away where an earlier version had set it.

    Raises:
        TelegramError: one of them was not set.
    """
    await bot.set_my_commands(menu(ENGLISH))
    for code in SHIPPED:
        if code == ENGLISH or Words(code).main != code:
            # A telephone has no easy read.
            continue
        if signed_off(code):
            await bot.set_my_commands(menu(code), language_code=code)
        else:
            await bot.delete_my_commands(language_code=code)


def menu(code: str) -> list[BotCommand]:
    """The menu in one language."""
    return [BotCommand(command, Words(code).say(key)) for command, key in _COMMANDS]
