"""Telegram's Bot API on this machine, over real HTTP, as strict as the real one.

A test starts a server, gives its address and token to a bot, and speaks for parents:

    async with FakeTelegram() as telegram:
        parent = telegram.parent(8812)
        parent.sends("/start CODE")
        welcome = await parent.receives("I have read this – start")
        parent.taps(welcome, "I have read this – start")
"""

from tests.fake_telegram.people import Group, Parent
from tests.fake_telegram.refusals import Refusal
from tests.fake_telegram.server import FakeTelegram
from tests.fake_telegram.world import Call, Sent

__all__ = ["Call", "FakeTelegram", "Group", "Parent", "Refusal", "Sent"]
