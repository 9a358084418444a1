"""Everything that is sealed, sealed again with the newest key."""

from collections.abc import Mapping

from storage.database import Database
from storage.vault import Vault

SEALED: Mapping[str, tuple[str, ...]] = {
    "chat": ("address",),
    "outbox": ("address",),
    "contact": ("reference", "name", "email", "phone", "address"),
    "contact_chat": ("address",),
    "account": ("email", "code_key"),
    "staff_link": ("code_key",),
    "safeguarding_case": ("contact",),
}
"""By table the columns that hold sealed text; "" and NULL hold none."""


def reseal(db: Database, vault: Vault) -> int:
    """Seal every value anew, in the transaction under way; returns how many there were.

    Raises:
        KeysMissing: one was sealed with a key that is not here; then nothing is changed.
    """
    return sum(
        _reseal(db, vault, table, column) for table, columns in SEALED.items() for column in columns
    )


def _reseal(db: Database, vault: Vault, table: str, column: str) -> int:
    sealed = f"SELECT DISTINCT {column} AS sealed FROM {table} WHERE coalesce({column}, '') <> ''"  # noqa: S608 - our own names
    values = [row["sealed"] for row in db.conn.execute(sealed).fetchall()]
    db.conn.executemany(
        f"UPDATE {table} SET {column} = ? WHERE {column} = ?",  # noqa: S608 - our own names
        ((vault.seal(vault.unseal(value)), value) for value in values),
    )
    return len(values)
