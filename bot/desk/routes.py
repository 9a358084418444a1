"""The addresses of the staff pages, each with the roles that may use it."""

from functools import wraps

from aiohttp import web

from bot.desk import (
    accounts,
    cases,
    comments,
    contacts,
    enter,
    own_account,
    progress,
    results,
    round_new,
    round_page,
    round_said,
    rounds,
    set_up,
)
from bot.desk.staff import Handler, staff
from surveys.roles import Role

SECRET = "[A-Za-z0-9_-]{1,200}"  # noqa: S105 - the shape of a secret, not one
ID = "[A-Za-z0-9_-]{1,100}"

OPEN = frozenset({"/staff/sign-in", "/staff/set-up/{secret}", "/staff/enter/{secret}"})
"""The staff pages for those who have not signed in. Every other one states its roles."""


LARGEST_LIST = 20 * 1024 * 1024


def large(handler: Handler) -> Handler:
    """The same for a form that brings a file."""

    @wraps(handler)
    async def enlarged(request: web.Request) -> web.StreamResponse:
        return await handler(request.clone(client_max_size=LARGEST_LIST))

    return enlarged


def routes() -> list[web.RouteDef]:
    """Every route of the staff pages."""
    officer = staff(Role.OFFICER)
    lead = staff(Role.SAFEGUARDING_LEAD)
    reader = staff(Role.OFFICER, Role.SAFEGUARDING_LEAD)
    administrator = staff(Role.ADMINISTRATOR)
    anybody = staff(*Role)
    round_ = f"/staff/rounds/{{id:{ID}}}"
    case = f"/staff/cases/{{id:{ID}}}"
    account = f"/staff/accounts/{{id:{ID}}}"
    return [
        web.get("/staff/sign-in", enter.sign_in_form),
        web.post("/staff/sign-in", enter.sign_in),
        web.get(f"/staff/set-up/{{secret:{SECRET}}}", set_up.form),
        web.post(f"/staff/set-up/{{secret:{SECRET}}}", set_up.set_up),
        web.get(f"/staff/enter/{{secret:{SECRET}}}", enter.door),
        web.post(f"/staff/enter/{{secret:{SECRET}}}", enter.enter),
        web.get("/staff", anybody(enter.begin)),
        web.post("/staff/sign-out", anybody(enter.leave)),
        web.get("/staff/account", anybody(own_account.own)),
        web.post("/staff/account", anybody(own_account.change_password)),
        web.get("/staff/", officer(rounds.overview)),
        web.get("/staff/rounds/new", officer(round_new.form)),
        web.post("/staff/rounds/new", officer(round_new.create)),
        web.get(round_, officer(round_page.see)),
        web.get(f"{round_}/progress", officer(progress.stream), allow_head=False),
        web.get(f"{round_}/open", officer(round_page.confirm_open)),
        web.post(f"{round_}/open", officer(round_page.open_round)),
        web.get(f"{round_}/delete", officer(round_page.confirm_delete)),
        web.post(f"{round_}/delete", officer(round_page.delete)),
        web.post(f"{round_}/invite", officer(round_page.invite)),
        web.get(f"{round_}/remind", officer(round_page.confirm_remind)),
        web.post(f"{round_}/remind", officer(round_page.remind)),
        web.post(f"{round_}/settle/{{number:[0-9]{{1,18}}}}", officer(round_page.settle)),
        web.post(f"{round_}/said", officer(round_said.write)),
        web.get(f"{round_}/said/{{entry:{ID}}}", officer(round_said.form)),
        web.post(f"{round_}/said/{{entry:{ID}}}", officer(round_said.correct)),
        web.post(f"{round_}/said/{{entry:{ID}}}/remove", officer(round_said.remove)),
        web.post(f"{round_}/letters", officer(round_page.letters)),
        web.post(f"{round_}/letters/{{number:[0-9]{{1,18}}}}", officer(round_page.letters_again)),
        web.post(f"{round_}/assisted", officer(round_page.assisted)),
        web.get("/staff/contacts", officer(contacts.overview)),
        web.post("/staff/contacts", large(officer(contacts.look))),
        web.post("/staff/contacts/columns", officer(contacts.look_again)),
        web.post("/staff/contacts/keep", officer(contacts.keep)),
        web.post("/staff/contacts/give-up", officer(contacts.give_up)),
        web.get(f"{round_}/close", officer(rounds.confirm_close)),
        web.post(f"{round_}/close", officer(rounds.close)),
        web.get(f"{round_}/release", anybody(results.release)),
        web.get("/staff/comments", reader(comments.waiting)),
        web.post(f"/staff/comments/{{id:{ID}}}/read", reader(comments.mark_read)),
        web.post(f"/staff/comments/{{id:{ID}}}/put-back", reader(comments.put_back)),
        web.get("/staff/cases", lead(cases.overview)),
        web.get(case, lead(cases.one)),
        web.post(f"{case}/reach", lead(cases.reach)),
        web.post(f"{case}/acknowledge", lead(cases.acknowledge)),
        web.post(f"{case}/close", lead(cases.close)),
        web.get("/staff/strategy", anybody(results.strategy)),
        web.get("/staff/accounts", administrator(accounts.everybody)),
        web.get("/staff/accounts/add", administrator(accounts.add_form)),
        web.post("/staff/accounts/add", administrator(accounts.add)),
        web.get(account, administrator(accounts.one)),
        web.post(f"{account}/roles", administrator(accounts.change_roles)),
        web.get(f"{account}/deactivate", administrator(accounts.confirm_deactivate)),
        web.post(f"{account}/deactivate", administrator(accounts.deactivate)),
        web.post(f"{account}/link", administrator(accounts.send_link)),
    ]
