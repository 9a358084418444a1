"""Reads what the server answers, so that one update nobody can read stops no other."""

import json
from typing import Any

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.logs import fault

log = structlog.get_logger()


class CarefulRequest(HTTPXRequest):
    """The library's request, where an update it cannot read becomes an empty one.

    Otherwise the whole batch would fail. An answer is never written to the log: it may
    hold what parents wrote.
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """The answer of the server as plain data.

        Raises:
            TelegramError: it is not an answer of the Bot API, but a proxy's page, say.
        """
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or not {"result", "description"} & answer.keys():
            raise TelegramError("the server did not answer as Telegram does")
        if isinstance(answer.get("result"), list):
            answer["result"] = [_readable(item) for item in answer["result"]]
        return answer


def _readable(item: Any) -> Any:
    if not isinstance(item, dict) or "update_id" not in item:
        return item
    try:
        Update.de_json(item, None)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, its number lets us pass
        log.error("update_unreadable", **fault(error))
        return {"update_id": item["update_id"]}
    return item
