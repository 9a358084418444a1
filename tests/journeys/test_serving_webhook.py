"""`sendvoice serve` as a council runs it behind a webhook: one process, one port."""

from pathlib import Path

from tests.fake_telegram import FakeTelegram
from tests.journeys.service import command, refused, running
from tests.journeys.test_command_line import a_free_port, an_open_round
from tests.journeys.webhook_house import SECRET

LINES = """
telegram_token = "{token}"
telegram_api = "{api}"
telegram_bot_name = "sendvoice_test_bot"
telegram_webhook = true
telegram_webhook_secret = "{secret}"
telegram_staff_chat = -4001
"""


def switch_on(path: Path, telegram: FakeTelegram) -> None:
    """Change the settings file as a person would."""
    kept = [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.startswith("telegram_")
    ]
    lines = LINES.format(token=telegram.token, api=telegram.api, secret=SECRET)
    path.write_text("\n".join(kept) + lines, encoding="utf-8")


async def test_a_parent_is_served_by_webhook_and_through_a_crash(tmp_path: Path) -> None:
    links = await an_open_round(tmp_path)
    code = links[0].rpartition("/")[2]
    async with FakeTelegram() as telegram:
        switch_on(tmp_path / "sendvoice.toml", telegram)
        parent, group = telegram.parent(8812), telegram.group(-4001, "SEND duty")
        parent.sends(f"/start {code}")
        async with running("serve", folder=tmp_path, ready="Serving at") as service:
            parent.taps(
                await parent.receives("I have read this – start", seconds=20),
                "I have read this – start",
            )
            question = await parent.receives("Question 1 of")
            assert telegram.world.webhook.endswith("/telegram/webhook")
            await service.kill()
        parent.taps(question, "Primary")
        async with running("serve", folder=tmp_path, ready="Serving at") as service:
            await parent.receives("Question 2 of", seconds=20)
            parent.sends("/web")
            assert links[0] in (await parent.receives("web browser")).text
            assert group.messages == []
            parent.sends("He says he wants to kill himself.")
            await telegram.until(lambda: group.messages != [], seconds=10)
            await telegram.confirmed()
            assert await service.stop() == 0
        assert telegram.calls("getUpdates") == []
        [alert] = group.messages
        assert alert.text.endswith("/staff/comments")


async def test_a_webhook_at_an_address_telegram_cannot_reach_is_refused(tmp_path: Path) -> None:
    port = str(a_free_port())
    await command("init", "--area", "E06000003", "--port", port, folder=tmp_path)
    path = tmp_path / "sendvoice.toml"
    async with FakeTelegram() as telegram:
        switch_on(path, telegram)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(f"http://127.0.0.1:{port}", "http://voice.example.org"), encoding="utf-8"
    )
    said = await refused("serve", folder=tmp_path)
    assert "Telegram posts to https:// addresses alone" in said
    assert SECRET not in said
