"""A new installation: the settings file, the keys, the database with its questionnaires."""

from pathlib import Path

from bot import clock
from bot.intake import Writer
from bot.settings import TEMPLATE, Settings
from storage import database, questionnaires
from storage.vault import create_keys
from surveys.catalogue import shipped


def write_settings(path: Path, council_name: str, area: str, port: int) -> bool:
    """Write the commented settings file; `False` where there is one."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    quoted = council_name.replace("\\", "\\\\").replace('"', '\\"')
    path.write_text(TEMPLATE.format(council_name=quoted, area=area, port=port), encoding="utf-8")
    return True


def prepare(settings: Settings) -> None:
    """Make the keys and the database that are not there yet; add the shipped questionnaires."""
    create_keys(settings.keys)
    database.create(settings.database, settings.ledger)
    forms = shipped()
    db = database.open_writer(settings.database, settings.ledger)
    try:
        Writer(db, clock.now).one(
            lambda db, now: [questionnaires.add(db, form, now) for form in forms]
        )
    finally:
        db.conn.close()
