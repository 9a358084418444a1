"""Methods called with JSON, past the library."""

from collections.abc import Awaitable, Callable
from typing import Any

Raw = Callable[..., Awaitable[dict[str, Any]]]
"""Calls a method by its name; returns the whole answer."""


async def refused(raw: Raw, method: str, **given: Any) -> str:
    """The description of a refusal."""
    body = await raw(method, **given)
    assert body["ok"] is False
    return str(body["description"])
