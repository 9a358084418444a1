"""The settings file: what it may hold, where each value comes from, every fault at once."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.errors import SettingsRefused

SETTINGS_FILE = "sendvoice.toml"
LONDON = ZoneInfo("Europe/London")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
SECRETS = frozenset(
    {
        "telegram_token",
        "telegram_webhook_secret",
        "smtp_password",
        "notify_key",
        "notify_callback_token",
    }
)

_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")

Port = Annotated[int, Field(ge=0, le=65535)]
Hour = Annotated[int, Field(ge=0, le=23)]
Days = Annotated[int, Field(ge=1)]
Months = Annotated[int, Field(ge=1)]
GroupId = Annotated[int, Field(lt=0)]
PerSecond = Annotated[float, Field(gt=0, le=1000)]


class Settings(BaseSettings):
    """Everything a council sets. Values of the environment win over the file's.

    An environment variable is the setting's name in capitals after `SENDVOICE_`, such
    as `SENDVOICE_TELEGRAM_TOKEN`.
    """

    model_config = SettingsConfigDict(env_prefix="SENDVOICE_", extra="forbid", frozen=True)

    council_name: str = "Your council"
    database: Path = Path("sendvoice.db")
    keys: Path = Path("keys")
    ledger: Path | None = None
    backups: Path | None = None
    backup_hour: Hour = 2
    backups_kept: Annotated[int, Field(ge=1)] = 14
    delivery_days: Days = 30
    message_days: Days = 400
    failure_days: Days = 90
    contact_months: Months = 6
    linked_months: Months = 24
    read_comment_months: Months = 12
    comment_months: Months = 12
    answer_months: Months = 36
    case_months: Months = 72
    audit_months: Months = 72
    host: str = "127.0.0.1"
    port: Port = 8080
    public_url: str = "http://127.0.0.1:8080"
    contact: str = ""
    telegram_token: SecretStr = SecretStr("")
    telegram_bot_name: str = ""
    telegram_api: str = "https://api.telegram.org"
    telegram_staff_chat: GroupId | None = None
    telegram_webhook: bool = False
    telegram_webhook_secret: SecretStr = Field(SecretStr(""), validate_default=True)
    help_numbers: tuple[str, ...] = ("In an emergency call 999.",)
    privacy_notice: Path | None = None
    strategy: Path | None = None
    area: str = ""
    email_by: Literal["", "smtp", "notify", "folder"] = ""
    text_by: Literal["", "notify", "folder"] = ""
    email_from: str = ""
    smtp_host: str = ""
    smtp_port: Port = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    notify_api: str = "https://api.notifications.service.gov.uk"
    notify_key: SecretStr = SecretStr("")
    notify_email_template: str = ""
    notify_text_template: str = ""
    notify_callback_token: SecretStr = SecretStr("")
    letters_folder: Path = Path("letters")
    email_per_second: PerSecond = 5
    text_per_second: PerSecond = 5

    @field_validator("public_url", "telegram_api", "notify_api")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/")

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _hard_to_guess(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        secret = value.get_secret_value()
        if not secret and not info.data.get("telegram_webhook"):
            return value
        if not _WEBHOOK_SECRET.fullmatch(secret):
            raise ValueError(
                "must be 16 to 256 letters, digits, _ or - where telegram_webhook is true."
                " Make one with: openssl rand -hex 32"
            )
        return value

    @model_validator(mode="after")
    def _can_alert(self) -> "Settings":
        if self.telegram_staff_chat is not None and not _plain(self.telegram_token):
            raise ValueError("telegram_staff_chat needs telegram_token too")
        return self

    @model_validator(mode="after")
    def _can_send(self) -> "Settings":
        lacking = [name for name in self._needed() if not _plain(getattr(self, name))]
        if lacking:
            raise ValueError(
                f"email_by is {self.email_by!r} and text_by is {self.text_by!r}, which need"
                f" {', '.join(lacking)} too"
            )
        return self

    def _needed(self) -> Iterator[str]:
        if self.email_by == "smtp":
            yield from ("smtp_host", "email_from")
        if "notify" in {self.email_by, self.text_by}:
            yield "notify_key"
        if self.email_by == "notify":
            yield "notify_email_template"
        if self.text_by == "notify":
            yield "notify_text_template"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then the file (given as init values)."""
        del settings_cls, dotenv_settings, file_secret_settings
        return (env_settings, init_settings)


def _plain(value: Any) -> Any:
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def load(path: Path) -> Settings:
    """The settings of the file at `path`; its own folder is where relative paths start.

    Raises:
        SettingsRefused: the file is missing or has faults; every fault is named.
    """
    values = _read(path)
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise SettingsRefused(str(path), tuple(_faults(error, values))) from None
    folder = path.resolve().parent
    places = {
        "database": folder / settings.database,
        "keys": folder / settings.keys,
        "ledger": folder / (settings.ledger or settings.database.with_suffix(".ledger")),
        "backups": settings.backups and folder / settings.backups,
        "letters_folder": folder / settings.letters_folder,
        "privacy_notice": settings.privacy_notice and folder / settings.privacy_notice,
        "strategy": settings.strategy and folder / settings.strategy,
    }
    return settings.model_copy(update=places)


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text)
    except FileNotFoundError:
        raise SettingsRefused(
            str(path), ("The file is not there. Make one with: sendvoice init",)
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsRefused(str(path), (f"The file cannot be read: {error}",)) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsRefused(
            str(path), (f"The file is not valid TOML: {error}. Mend that line.",)
        ) from None


def _faults(error: ValidationError, values: dict[str, Any]) -> list[str]:
    return [_fault(item["loc"], item["type"], item["msg"], values) for item in error.errors()]


def _fault(place: tuple[int | str, ...], kind: str, message: str, values: dict[str, Any]) -> str:
    name = ".".join(str(part) for part in place)
    if kind == "extra_forbidden":
        known = ", ".join(sorted(Settings.model_fields))
        return f"{name}: there is no such setting. The settings are: {known}."
    # A secret is never shown, not even a wrong one.
    shown = "" if name in SECRETS or name not in values else f" (it is {values[name]!r})"
    return f"{name}{shown}: {message}."


TEMPLATE = """\
# SEND Voice settings. Lines that begin with # are comments.
# Every setting can also come from the environment, for example SENDVOICE_TELEGRAM_TOKEN.

# The name that parents see.
council_name = "{council_name}"

# Your area's code: it picks your rows out of published files. Redcar and Cleveland is E06000003.
area = "{area}"

# Where the database and the key files are, beside this file.
# Keep a safe copy of the keys somewhere other than your backups.
database = "sendvoice.db"
keys = "keys"

# The ledger: who was erased, who stopped messages, which rounds were cut, as random ids alone.
# A restore does all of it again. Keep it on another disk than the backups, and never restore it.
# ledger = "sendvoice.ledger"

# A backup every day at this hour in England; so many are kept. An erased family's answers stay
# in older backups until those go, so do not keep more than you need. No folder: no backups.
# Best on another disk or machine. Keys are never in a backup: keep a safe copy elsewhere.
# backups = "/srv/backups/sendvoice"
backup_hour = 2
backups_kept = 14

# How long things are kept (see: sendvoice retention run --dry-run).
# delivery_days: which deliveries came in, so that a second one counts once; Telegram sends
#   again for a day. Messages that could not be delivered go with them.
# message_days: that an invitation or reminder was sent, so that no family gets too many a year.
# failure_days: that something failed: its kind, never what was said.
# contact_months: after a linked round closes, the chats it was answered in.
# linked_months: after it closes, who gave which answer; the round is cut as an anonymous one is.
# read_comment_months: after a round closes, that a comment of it was read.
# comment_months: after a round closes, what parents wrote in their own words. What nobody has
#   read yet, and what a safeguarding case that is not closed is about, waits until that is done.
# answer_months: after a round closes, all other answers, each parent's together. Releases stand.
#   A linked round keeps its answers and links until the round that follows it has its release.
# case_months: after a safeguarding case was closed, the note of it and how to reach the family.
#   One that is not closed is never removed. The case itself belongs in children's social care.
# audit_months: what staff and the service did. Six years is how long a claim may be brought.
# The privacy notice says 12, 24, 36 and 72 months for words, links, answers and cases: if you
# change these, say so in your own (privacy_notice below).
delivery_days = 30
message_days = 400
failure_days = 90
contact_months = 6
linked_months = 24
read_comment_months = 12
comment_months = 12
answer_months = 36
case_months = 72
audit_months = 72

# Where the service listens. Other addresses are refused until a staff administrator has set up
# an account, and public_url begins with https://.
host = "127.0.0.1"
port = {port}

# The address that parents' links begin with.
public_url = "http://127.0.0.1:{port}"

# Numbers shown before every question that takes a parent's own words.
# Ask your children's social care front door which numbers belong here.
help_numbers = ["In an emergency call 999."]

# How a parent reaches your SEND team, such as "sendteam@example.gov.uk or 01234 567890".
contact = ""

# Your own privacy notice: a folder with one file a language, such as en.md and pl.md.
# Copy bot/notice/en.md to begin. Each file has its version and date at its head: raise them
# with every change, and parents who read the one before are told. Ours is used without this line.
# privacy_notice = "privacy"

# Telegram: the bot's token from BotFather, and its name without @. Leave empty for no Telegram.
# The token is a secret: better in the environment, as SENDVOICE_TELEGRAM_TOKEN.
telegram_token = ""
telegram_bot_name = ""

# A Telegram group of your own staff that is told when a comment came in that may be urgent. The
# message says so and no more: no words, no name, no code. Make a private group, add the bot to it,
# and open the group at https://web.telegram.org/a/: its id, which begins with a minus, is at the
# end of the page's address. If Telegram gives the group another id, the service follows it.
# telegram_staff_chat = -1001234567890

# How messages come in. false: this service asks Telegram for them, which works anywhere.
# true: Telegram sends them to public_url, which must then begin with https:// and be reachable
# from the internet. It shows this secret each time, so that nobody else can send any.
# Make one with: openssl rand -hex 32. Better in the environment, like the token.
telegram_webhook = false
telegram_webhook_secret = ""

# How invitations and reminders go out by email: "smtp" (your own mail server), "notify"
# (GOV.UK Notify), "folder" (files for a rehearsal: nothing leaves), or "" for none.
email_by = ""
# The same for text messages: "notify", "folder" or "".
text_by = ""
# email_from = "SEND team <sendteam@example.gov.uk>"
# smtp_host = "mail.example.gov.uk"
# smtp_port = 587
# smtp_security = "starttls"    # or "tls"; "none" only for a server on this machine
# smtp_user = ""
# smtp_password = ""            # better in the environment, as SENDVOICE_SMTP_PASSWORD
# GOV.UK Notify: its key is better in the environment, as SENDVOICE_NOTIFY_KEY. The email
# template needs ((subject)), ((body)), ((link)) and ((after)); the text template ((body)).
# notify_key = ""
# notify_email_template = ""
# notify_text_template = ""
# Delivery receipts: set this bearer token at Notify for the address public_url/notify/receipts
# notify_callback_token = ""
# notify_api = "https://api.notifications.service.gov.uk"
# letters_folder = "letters"
# How many may leave in a second.
# email_per_second = 5
# text_per_second = 5

# Your own copy of the strategy, if you changed it.
# strategy = "strategy.toml"
"""
