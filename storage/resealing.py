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
    "safeguarding_case": ("contact", "note"),
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
    holds = f"FROM {table} WHERE coalesce({column}, '') <> ''"
    values = [row[0] for row in db.conn.execute(f"SELECT DISTINCT {column} {holds}")]
    anew = {value: vault.seal(vault.unseal(value)) for value in values}
    # One pass: to look for each value would read the table once for each.
    db.conn.create_function("anew", 1, anew.get, deterministic=True)
    db.conn.execute(
        f"UPDATE {table} SET {column} = anew({column}) WHERE coalesce({column}, '') <> ''"  # noqa: S608 - our own names
    )
    return len(anew)
