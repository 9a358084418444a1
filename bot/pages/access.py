"""One log line a request, without the address: addresses hold tokens."""

import time

import structlog
from aiohttp import web

from bot.pages.headers import Handler

log = structlog.get_logger("bot.pages")


@web.middleware
async def access_log(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Log the method, the route's template, the status and the milliseconds."""
    began = time.perf_counter()
    response = await handler(request)
    resource = request.match_info.route.resource
    log.info(
        "request",
        method=request.method,
        route=resource.canonical if resource else "none",
        status=response.status,
        milliseconds=round((time.perf_counter() - began) * 1000),
    )
    return response
