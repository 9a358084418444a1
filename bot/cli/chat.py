"""`sendvoice chat`: a rehearsal in the terminal."""

from typing import Annotated

import typer

from bot import clock
from bot.cli.context import DEFAULT_SETTINGS, SettingsOption, reading, settings_at
from bot.errors import RoundRefused


def chat(
    survey: Annotated[str, typer.Option(help="The questionnaire's key.")],
    moment: Annotated[str, typer.Option(help="before or after, for a survey about a move.")] = "",
    language: Annotated[str, typer.Option(help="The code of a language to ask in.")] = "",
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Rehearse a questionnaire here.

    It is the same conversation as on the web and Telegram, and nothing is kept.
    """
    from bot.channels.terminal import rehearse  # noqa: PLC0415 - not needed by other commands
    from bot.languages import offered, spoken_at  # noqa: PLC0415 - not needed by other commands
    from bot.notice import notices  # noqa: PLC0415 - not needed by other commands
    from bot.notice.wording import in_short  # noqa: PLC0415 - not needed by other commands
    from bot.words import Words  # noqa: PLC0415 - not needed by other commands
    from storage import questionnaires  # noqa: PLC0415 - storage is slow to import

    loaded = settings_at(settings)
    with reading(loaded) as db:
        form = questionnaires.latest(db, survey)
    if form is None:
        raise RoundRefused(
            f"There is no questionnaire {survey!r}. See them with: sendvoice survey list"
        )
    if language and language not in (codes := offered(form, None)):
        raise RoundRefused(f"There is no language {language!r} in it. Choose: {', '.join(codes)}")
    notice = notices.load(loaded.privacy_notice)

    def short(spoken: str) -> tuple[str, ...]:
        paragraphs = in_short(notice, spoken, None, loaded.council_name, loaded.contact)
        link = spoken_at(Words(spoken), f"{loaded.public_url}/privacy", rehearsed=True)
        return (*paragraphs, Words(spoken).say("notice.full", link=link))

    rehearse.rehearse(form, moment, loaded.help_numbers, clock.now, language=language, notice=short)
