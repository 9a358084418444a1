"""What the Bot API says when it refuses."""

from typing import Any


class Refusal(Exception):
    """An answer with `ok` false; `code` is also the HTTP status."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        self.code = code
        self.description = description
        self.parameters = parameters
        super().__init__(description)

    def as_json(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(what: str, **parameters: Any) -> Refusal:
    """A 400."""
    return Refusal(400, f"Bad Request: {what}", **parameters)


def forbidden(what: str) -> Refusal:
    """A 403."""
    return Refusal(403, f"Forbidden: {what}")


def conflict(what: str) -> Refusal:
    """A 409."""
    return Refusal(409, f"Conflict: {what}")


def too_many(seconds: int) -> Refusal:
    """A 429."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
