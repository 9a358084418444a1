"""The addresses of the web chat."""

from aiohttp import web

from bot.channels.web import open_link, rights, turns, views

CODE = "[A-Za-z0-9_-]{1,64}"
"""What personal tokens and open codes are made of."""


def routes() -> list[web.RouteDef]:
    """Every route of the web chat."""
    personal, opened = f"/c/{{token:{CODE}}}", f"/o/{{code:{CODE}}}"
    return [
        web.get(personal, views.home),
        web.post(personal, turns.take_turn),
        web.get(f"{personal}/q/{{key}}", views.question),
        web.get(f"{personal}/review", views.review),
        web.get(f"{personal}/done", views.done),
        web.get(f"{personal}/rights", rights.rights),
        web.get(f"{personal}/my-data.txt", rights.my_data),
        web.get(f"{personal}/erase", rights.ask_to_erase),
        web.get(opened, open_link.welcome),
        web.post(opened, open_link.begin),
    ]
