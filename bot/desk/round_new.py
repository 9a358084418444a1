"""A new round: one form, whose every answer is kept when something has to be mended."""

from collections.abc import Mapping

from aiohttp import web
from multidict import MultiDict

from bot.desk.staff import page
from bot.errors import RoundRefused
from bot.pages.forms import read_form
from bot.pages.keys import ROUNDS
from bot.pages.render import see_other
from bot.round_ports import Wanted
from bot.staff_ports import Staff
from surveys.errors import PlanRefused
from surveys.invitations import Channel
from surveys.phases import PHASE_NAMES, PROVISION_NAMES, SETTING_NAMES

CHANNEL_NAMES: Mapping[Channel, str] = {
    Channel.TELEGRAM: "Telegram, for those who use it with us",
    Channel.EMAIL: "Email",
    Channel.TEXT: "Text message",
    Channel.LETTER: "Letter, by mail merge",
}
USUAL = MultiDict(
    [
        ("threshold", "10"),
        ("reminder_days", "7, 14"),
        ("quiet", "20:00-08:00"),
        ("linked", "no"),
        *(("channels", channel.value) for channel in Channel),
    ]
)


async def form(request: web.Request, who: Staff) -> web.Response:
    """What the round is to be."""
    return await _page(request, who, USUAL)


async def create(request: web.Request, who: Staff) -> web.Response:
    """Make the draft and show it."""
    filled = await read_form(request)
    try:
        round_id = await request.app[ROUNDS].create(_wanted(filled), who.actor)
    except (RoundRefused, PlanRefused) as refusal:
        return await _page(request, who, filled, fault=str(refusal))
    return see_other(f"/staff/rounds/{round_id}")


def _wanted(filled: MultiDict[str]) -> Wanted:
    return Wanted(
        name=filled.get("name", ""),
        survey=filled.get("survey", ""),
        opens=filled.get("opens", ""),
        closes=filled.get("closes", ""),
        moment=filled.get("moment", ""),
        linked=filled.get("linked") == "yes",
        threshold=filled.get("threshold", ""),
        phases=filled.getall("phases", []),
        settings=filled.getall("settings", []),
        provisions=filled.getall("provisions", []),
        channels=filled.getall("channels", []),
        reminder_days=filled.get("reminder_days", ""),
        quiet=filled.get("quiet", ""),
        population=filled.get("population", ""),
        follows=filled.get("follows", ""),
    )


async def _page(
    request: web.Request, who: Staff, filled: MultiDict[str], fault: str = ""
) -> web.Response:
    rounds = request.app[ROUNDS]
    return page(
        request,
        who,
        "desk/round_new.html",
        status=422 if fault else 200,
        fault=fault,
        filled=filled,
        surveys=await rounds.surveys(),
        linked_rounds=await rounds.linked_rounds(),
        groups={
            "phases": [(code.value, name) for code, name in PHASE_NAMES.items()],
            "settings": [(code.value, name) for code, name in SETTING_NAMES.items()],
            "provisions": [(code.value, name) for code, name in PROVISION_NAMES.items()],
            "channels": [(code.value, name) for code, name in CHANNEL_NAMES.items()],
        },
    )
