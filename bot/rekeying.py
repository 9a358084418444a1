"""A new encryption key: everything sealed is sealed again with it."""

from datetime import datetime
from pathlib import Path

from storage import resealing, staff, vault
from storage.database import Database
from storage.vault import Vault


def rotate(db: Database, now: datetime, keys: Path, actor: str) -> int:
    """Make a new key, seal everything anew, and let the old key stay for older backups.

    Returns how many values were sealed again. No service may run meanwhile: it would
    seal with the old key.
    """
    vault.add_encryption_key(keys)
    count = resealing.reseal(db, Vault.from_folder(keys))
    staff.log(db, now, actor, "encryption key changed", "keys", str(count))
    return count
