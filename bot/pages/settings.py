"""What a council sets for its pages."""

from dataclasses import dataclass, field

from bot.notice.notices import Notices, shipped

EMERGENCY_LINE = "If a child is in danger now, call 999."


@dataclass(frozen=True)
class WebSettings:
    """The settings of the pages.

    `base_url` is the address parents see, without a slash at its end, such as
    "https://voice.example.gov.uk". `help_lines` are shown before each open question, one
    line each: the emergency number and the council's own. `contact` says how to reach the
    SEND team ("" where nobody has said). `telegram_bot_name` is the bot's
    name without @ ("" where there is none). `secure_cookies` is true wherever the pages are
    reached by https. `notice` is the privacy notice, ours where the council has none.
    """

    council_name: str
    base_url: str
    help_lines: tuple[str, ...] = (EMERGENCY_LINE,)
    contact: str = ""
    telegram_bot_name: str = ""
    secure_cookies: bool = False
    notice: Notices = field(default_factory=shipped)
