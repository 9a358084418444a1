"""The limits of messages and buttons, in the words of the real server."""

import json
import re
from typing import Any

from yarl import URL

from tests.fake_telegram import html_mode
from tests.fake_telegram.refusals import bad_request

MOST_UNITS = 4_096
MOST_BYTES = 64
MOST_BUTTONS = 100

_ACTIONS = {"callback_data", "url", "web_app", "login_url", "switch_inline_query", "pay"}
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PORTS = (80, 88, 443, 8443)
_LANGUAGE = re.compile("[a-z]{2}")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def text_of(parameters: dict[str, Any]) -> tuple[str, str, list[dict[str, Any]]]:
    """The text shown, the text sent, and the entities.

    Raises:
        Refusal: it is empty, too long, or not what its parse mode says.
    """
    source = str(parameters.get("text", ""))
    mode = str(parameters.get("parse_mode", "")).lower()
    if mode not in {"", "html"}:
        raise bad_request(f"unsupported parse_mode {mode!r} in this stand-in")
    shown, entities = html_mode.parse(source) if mode else (source, [])
    if not shown.strip():
        raise bad_request("message text is empty")
    if html_mode.units(shown) > MOST_UNITS:
        raise bad_request("message is too long")
    return shown, source, entities


def markup_of(parameters: dict[str, Any]) -> dict[str, Any] | None:
    """The inline keyboard, or `None`.

    Raises:
        Refusal: a button is not one the real server takes.
    """
    markup = parsed(parameters.get("reply_markup"), "reply markup")
    if not markup:
        return None
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("object expected as reply markup")
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        _check_button(button)
    return {"inline_keyboard": [row for row in rows if row]} if buttons else None


def commands_of(parameters: dict[str, Any]) -> list[dict[str, str]]:
    """The commands of `setMyCommands`.

    Raises:
        Refusal: one is not a command.
    """
    commands = parsed(parameters.get("commands"), "commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse BotCommand: expected an Array")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands


def language_of(parameters: dict[str, Any]) -> str:
    """The language of a menu of commands; "" for everybody who has none in theirs.

    Raises:
        Refusal: it is not a two-letter code.
    """
    code = str(parameters.get("language_code", ""))
    if code and not _LANGUAGE.fullmatch(code):
        raise bad_request("LANGUAGE_CODE_INVALID")
    return code


def webhook_of(parameters: dict[str, Any]) -> tuple[str, str]:
    """The address and the secret of `setWebhook`.

    One rule is looser than the real server's: this machine may be reached by http.

    Raises:
        Refusal: it would never be posted to.
    """
    url, secret = URL(str(parameters.get("url", ""))), str(parameters.get("secret_token", ""))
    if str(url) and not is_on_this_machine(str(url)):
        if url.scheme != "https":
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if url.port not in _PORTS:
            raise bad_request(
                "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
            )
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    return str(url), secret


def is_on_this_machine(url: str) -> bool:
    """Whether an address can be reached without a network."""
    return URL(url).host in _LOOPBACK


def parsed(value: Any, what: str) -> Any:
    """A parameter that arrives as JSON text, or as JSON already.

    Raises:
        Refusal: it is not JSON.
    """
    if not isinstance(value, str) or not value:
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"can't parse {what} JSON object") from None


def number(parameters: dict[str, Any], name: str, default: int = 0) -> int:
    """A whole number.

    Raises:
        Refusal: it is none.
    """
    try:
        return int(parameters.get(name, default))
    except (TypeError, ValueError):
        raise bad_request(f"{name} must be an integer") from None


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be non-empty')
    if not _ACTIONS & button.keys():
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" in button:
        size = len(str(button["callback_data"]).encode())
        if not 1 <= size <= MOST_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
