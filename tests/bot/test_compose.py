"""What the service refuses before it starts."""

import pytest

from bot import compose
from bot.errors import ServeRefused
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
