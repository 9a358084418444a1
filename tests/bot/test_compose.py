"""What the service refuses before it starts."""

from pathlib import Path

import pytest

from bot import compose
from bot.errors import NoticeRefused, ServeRefused
from bot.settings import Settings

SECRET = "0123456789abcdef"


def asked(url: str, *, webhook: bool = True) -> Settings:
    return Settings.model_validate(
        {"public_url": url, "telegram_webhook": webhook, "telegram_webhook_secret": SECRET}
    )


@pytest.mark.parametrize("url", ["http://voice.example.org", "https://voice.example.org:8080"])
def test_a_webhook_that_telegram_would_never_post_to_is_refused(url: str) -> None:
    with pytest.raises(ServeRefused, match="telegram_webhook to false"):
        compose.check_webhook(asked(url))
    compose.check_webhook(asked(url, webhook=False))


@pytest.mark.parametrize(
    "url", ["https://voice.example.org", "https://v.example.org:8443", "http://127.0.0.1:8080"]
)
def test_a_webhook_that_telegram_posts_to_is_taken(url: str) -> None:
    compose.check_webhook(asked(url))


def test_a_notice_that_cannot_be_used_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    (tmp_path / "en.md").write_text("Version: 1\nDate: soon\n", encoding="utf-8")
    path = tmp_path / "sendvoice.db"
    with pytest.raises(NoticeRefused, match=r"en\.md, line 2: 'soon' is not a date"):
        compose.build(Settings(privacy_notice=tmp_path, database=path))
    assert not path.exists()
