"""Reads what the other side answers, so that nothing it answers can end the channel.

Between us and Telegram there may be a proxy or a sign-in page with JSON of its own, and
the library fails on such answers with errors that are not its own.
"""

import json
from collections.abc import Sequence
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot.logs import fault

log = structlog.get_logger()


class AnswersRequest(HTTPXRequest):
    """The library's request, where an answer that is not the Bot API's is a network error."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """The answer of the server as plain data.

        Raises:
            NetworkError: it is not an answer of the Bot API.
        """
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError as error:
            # The answer itself is left out: it may hold what parents wrote.
            raise NetworkError("the server did not answer in JSON") from error
        if not isinstance(answer, dict) or answer.get("ok") is not ("result" in answer):
            raise NetworkError("the answer is not one of the Bot API; is something between us?")
        if isinstance(answer.get("result"), dict) and "message_id" in answer["result"]:
            # The library would make an object of the message sent, and nobody looks at it.
            return {**answer, "result": True}
        return answer


class UpdatesReader:
    """Reads what `getUpdates` answers into `updates`, each that cannot be read as an empty one.

    The library is left an empty list. It would read every update once more, and where it
    cannot read one it would fail the whole batch and write its text to the log.
    """

    updates: Sequence[Update] = ()
    """Those of the last answer."""

    def parse_json_payload(self, payload: bytes) -> Any:
        """The answer of the server, its updates taken out.

        Raises:
            NetworkError: it is not an answer of the Bot API.
        """
        answer = AnswersRequest.parse_json_payload(payload)
        if "result" not in answer:
            return answer
        updates = answer["result"]
        if not isinstance(updates, list) or not all(map(is_numbered, updates)):
            raise NetworkError("what was answered are not updates; is something between us?")
        self.updates = tuple(map(read, updates))
        return {**answer, "result": []}


class UpdatesRequest(UpdatesReader, HTTPXRequest):
    """The library's request for `getUpdates`."""


def is_numbered(update: Any) -> bool:
    """Whether this is an update at all: they all have a number."""
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def read(update: dict[str, Any], bot: Bot | None = None) -> Update:
    """The update, or an empty one of its number where the library cannot read it."""
    try:
        return Update.de_json(update, bot)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, its number lets us pass
        log.error("update_unreadable", **fault(error))
        return Update(update["update_id"])
