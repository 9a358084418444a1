"""The addresses of the staff pages."""

from aiohttp import web

from bot.desk import comments, enter, results, rounds
from bot.desk.staff import staff_only
from bot.pages.render import see_other

SECRET = "[A-Za-z0-9_-]{1,200}"  # noqa: S105 - the shape of a secret, not one
ID = "[A-Za-z0-9_-]{1,100}"


async def _to_first_page(_request: web.Request) -> web.Response:
    return see_other("/staff/")


def routes() -> list[web.RouteDef]:
    """Every route of the staff pages."""
    round_ = f"/staff/rounds/{{id:{ID}}}"
    return [
        web.get(f"/staff/enter/{{secret:{SECRET}}}", enter.door),
        web.post(f"/staff/enter/{{secret:{SECRET}}}", enter.enter),
        web.post("/staff/leave", staff_only(enter.leave)),
        web.get("/staff", _to_first_page),
        web.get("/staff/", staff_only(rounds.overview)),
        web.get(f"{round_}/close", staff_only(rounds.confirm_close)),
        web.post(f"{round_}/close", staff_only(rounds.close)),
        web.get(f"{round_}/release", staff_only(results.release)),
        web.get("/staff/comments", staff_only(comments.waiting)),
        web.post(f"/staff/comments/{{id:{ID}}}/read", staff_only(comments.mark_read)),
        web.get("/staff/strategy", staff_only(results.strategy)),
    ]
