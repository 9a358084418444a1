"""Reads what `get_updates` brings, so that one update nobody can read stops no other."""

import json
from typing import Any

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.logs import fault

log = structlog.get_logger()


class UpdatesRequest(HTTPXRequest):
    """The library's request, where an update it cannot read becomes an empty one.

    Otherwise the whole batch would fail, and its text would be written to the log.
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """The answer of the server as plain data.

        Raises:
            TelegramError: it is not JSON.
        """
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError as error:
            # The answer itself is left out: it may hold what parents wrote.
            raise TelegramError("the server did not answer in JSON") from error
        if isinstance(answer, dict) and isinstance(answer.get("result"), list):
            answer["result"] = [_readable(update) for update in answer["result"]]
        return answer


def _readable(update: Any) -> Any:
    try:
        Update.de_json(update, None)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, its number lets us pass
        log.error("update_unreadable", **fault(error))
        return {"update_id": update["update_id"]}
    return update
