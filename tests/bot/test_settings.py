"""A settings file is taken whole or refused with every fault named."""

from pathlib import Path

import pytest

from bot.beginning import write_settings
from bot.errors import SettingsRefused
from bot.notice.notices import shipped
from bot.notice.text import Section
from bot.settings import Settings, load


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sendvoice.toml"


def test_the_file_that_init_writes_is_taken(path: Path) -> None:
    assert write_settings(path, 'The "Best" Council', "E06000003", 8123)
    settings = load(path)
    assert settings.council_name == 'The "Best" Council'
    assert (settings.area, settings.port) == ("E06000003", 8123)
    assert settings.database == path.parent / "sendvoice.db"
    assert settings.keys == path.parent / "keys"
    assert settings.public_url == "http://127.0.0.1:8123"


def test_a_settings_file_is_never_overwritten(path: Path) -> None:
    path.write_text("port = 1", encoding="utf-8")
    assert not write_settings(path, "x", "", 8080)
    assert path.read_text(encoding="utf-8") == "port = 1"


def test_the_template_names_every_setting(path: Path) -> None:
    write_settings(path, "x", "", 8080)
    text = path.read_text(encoding="utf-8")
    unsaid = [name for name in Settings.model_fields if f"{name} =" not in text]
    assert unsaid == ["telegram_api"]


def test_three_faults_are_named_at_once_and_no_secret_is_shown(path: Path) -> None:
    path.write_text(
        'port = 99999\npublic_url = "example.org"\ncouncil = "x"\n'
        'telegram_token = ["123:SECRET"]\n',
        encoding="utf-8",
    )
    with pytest.raises(SettingsRefused) as refused:
        load(path)
    text = str(refused.value)
    assert len(refused.value.faults) == 4
    assert "port (it is 99999)" in text
    assert "public_url" in text
    assert "must start with http" in text
    assert "council: there is no such setting" in text
    assert "council_name" in text
    assert "SECRET" not in text


def test_a_broken_line_is_named(path: Path) -> None:
    path.write_text("port = 8080\nhost = 127.0.0.1\n", encoding="utf-8")
    with pytest.raises(SettingsRefused, match="line 2"):
        load(path)


def test_a_missing_file_says_how_to_make_it(path: Path) -> None:
    with pytest.raises(SettingsRefused, match="sendvoice init"):
        load(path)


def test_a_file_in_another_encoding_is_refused(path: Path) -> None:
    path.write_bytes('council_name = "Caf\xe9"'.encode("cp1252"))
    with pytest.raises(SettingsRefused, match="cannot be read"):
        load(path)


def test_the_environment_wins_and_its_secret_is_not_printed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text('telegram_token = "file"', encoding="utf-8")
    monkeypatch.setenv("SENDVOICE_TELEGRAM_TOKEN", "123:SECRET")
    settings = load(path)
    assert settings.telegram_token.get_secret_value() == "123:SECRET"
    assert "SECRET" not in repr(settings)


@pytest.mark.parametrize("secret", ["", "short", "a secret of many words, with signs"])
def test_a_webhook_needs_a_secret_that_telegram_takes(path: Path, secret: str) -> None:
    path.write_text(
        f'telegram_webhook = true\ntelegram_webhook_secret = "{secret}"', encoding="utf-8"
    )
    with pytest.raises(SettingsRefused, match="telegram_webhook_secret") as refused:
        load(path)
    assert "openssl rand -hex 32" in str(refused.value)
    assert not secret or secret not in str(refused.value)


def test_a_webhook_with_a_secret_is_taken_and_the_secret_is_not_printed(path: Path) -> None:
    path.write_text(
        'telegram_webhook = true\ntelegram_webhook_secret = "0123456789abcdef-_"',
        encoding="utf-8",
    )
    settings = load(path)
    assert settings.telegram_webhook
    assert "0123456789" not in repr(settings)
    assert not Settings().telegram_webhook


def test_the_folder_of_the_privacy_notice_is_beside_the_settings(path: Path) -> None:
    path.write_text('privacy_notice = "privacy"', encoding="utf-8")
    assert load(path).privacy_notice == path.parent / "privacy"


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("telegram_staff_chat = -4001", "needs telegram_token too"),
        ('telegram_token = "1:a"\ntelegram_staff_chat = 8812', "less than 0"),
    ],
)
def test_a_staff_chat_is_a_group_and_needs_a_bot(path: Path, lines: str, why: str) -> None:
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(SettingsRefused, match=why):
        load(path)


def test_a_staff_chat_may_be_named_in_the_environment(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDVOICE_TELEGRAM_STAFF_CHAT", "-1001234567890")
    path.write_text('telegram_token = "1:a"', encoding="utf-8")
    assert load(path).telegram_staff_chat == -1001234567890


def test_the_periods_are_those_that_our_privacy_notice_tells_families() -> None:
    made = Settings()
    told = (made.comment_months, made.linked_months, made.answer_months, made.case_months)
    assert told == (12, 24, 36, 72)
    [full] = [
        "\n".join(line for block in blocks for line in block.lines)
        for section, blocks in shipped().by_language["en"].sections.items()
        if section is Section.FULL
    ]
    for words in (
        "one year after the survey closes",
        "two years after it closes",
        "three years after the survey closes",
        "six years after the matter is closed",
    ):
        assert words in full
