"""Structured logs, with nothing in them that a parent said or that names anybody."""

import logging
import sys
import traceback
from pathlib import PurePath

import structlog


def configure() -> None:
    """Log one JSON line an event to standard error."""
    for library in ("httpx", "httpcore", "telegram"):
        # At INFO they log addresses, and Telegram's hold the token.
        logging.getLogger(library).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        # Looked up at each line: standard error may be another stream by then.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )


def fault(error: BaseException) -> dict[str, str]:
    """An error's type and the line that raised it; never its message, which may quote input."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown"
    return {"error": type(error).__name__, "place": place}
