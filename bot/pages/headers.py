"""Headers of every response, and the refusal of forms sent from other sites."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from yarl import URL

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The content security policy of a page. A handler may set its own instead."""

HEADERS = {
    "Server": "SEND Voice",
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@web.middleware
async def security_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Set every header that the handler has not set itself."""
    response = await handler(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


@web.middleware
async def same_site_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a change that another site's page asked for, where the browser says so."""
    if request.method in CHANGING and _comes_from_elsewhere(request):
        raise web.HTTPForbidden
    return await handler(request)


def _comes_from_elsewhere(request: web.Request) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    # Without referrers a browser sends "null" for our own forms, so "null" says nothing.
    if origin is None or origin == "null":
        return False
    return URL(origin).authority != URL(f"//{request.host}").authority
