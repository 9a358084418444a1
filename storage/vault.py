"""Keys: contact details sealed and found again, and the tokens of invitations.

The keys are files of their own, outside the database, the settings and the backups.
"""

import base64
import hashlib
import hmac
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from storage.errors import KeysMissing

ENCRYPTION_FILE = "encryption.key"
LOOKUP_FILE = "lookup.key"
LINK_FILE = "link.key"

_TOKEN_BYTES = 16


def create_keys(folder: Path) -> None:
    """Make the three key files that are not there yet, readable by their owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (ENCRYPTION_FILE, LOOKUP_FILE, LINK_FILE):
        path = folder / name
        if not path.exists():
            path.touch(mode=0o600)
            path.write_bytes(Fernet.generate_key() + b"\n")


def add_encryption_key(folder: Path) -> None:
    """Seal with a new key from now on; what the older ones sealed opens still.

    Raises:
        KeysMissing: the key file is missing.
    """
    path = folder / ENCRYPTION_FILE
    older = _read_key(path)
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_bytes(Fernet.generate_key() + b"\n" + older + b"\n")
    part.replace(path)


class Vault:
    """Seals addresses, finds them by a keyed hash, and makes invitation tokens."""

    def __init__(self, encryption_keys: list[bytes], lookup_key: bytes, link_key: bytes) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in encryption_keys])
        self._lookup_key = lookup_key
        self._link_key = link_key

    @classmethod
    def from_folder(cls, folder: Path) -> "Vault":
        """The vault whose key files lie in `folder`.

        Raises:
            KeysMissing: a key file is missing or damaged.
        """
        encryption = _read_key(folder / ENCRYPTION_FILE).split()
        lookup, link = _read_key(folder / LOOKUP_FILE), _read_key(folder / LINK_FILE)
        try:
            return cls(encryption, lookup, link)
        except ValueError as error:
            raise KeysMissing(f"The key file {folder / ENCRYPTION_FILE} is damaged.") from error

    def seal(self, text: str) -> str:
        """The text, encrypted."""
        return self._fernet.encrypt(text.encode()).decode()

    def seal_bytes(self, data: bytes) -> bytes:
        """A file's bytes, encrypted; a third longer."""
        return self._fernet.encrypt(data)

    def unseal_bytes(self, sealed: bytes) -> bytes:
        """The bytes that were sealed.

        Raises:
            KeysMissing: they were sealed with a key that is not here.
        """
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise KeysMissing("A sealed file does not open with the keys here.") from error

    def unseal(self, sealed: str) -> str:
        """The text that was sealed.

        Raises:
            KeysMissing: it was sealed with a key that is not here.
        """
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise KeysMissing("A sealed address does not open with the keys here.") from error

    def lookup(self, channel: str, address: str) -> str:
        """The keyed hash under which an address is found."""
        return self._digest(self._lookup_key, f"{channel}\n{address}").hex()

    def token(self, invitation_id: str, generation: int) -> str:
        """The invitation's token: 128 bits as 22 characters of `A-Za-z0-9_-`."""
        digest = self._digest(self._link_key, f"{invitation_id}\n{generation}")[:_TOKEN_BYTES]
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    @staticmethod
    def _digest(key: bytes, text: str) -> bytes:
        return hmac.new(key, text.encode(), hashlib.sha256).digest()


def hash_secret(secret: str) -> str:
    """What is stored of a token or secret: its SHA-256, as 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def new_id() -> str:
    """A random id of 22 characters that says nothing about when it was made."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def _read_key(path: Path) -> bytes:
    try:
        key = path.read_bytes().strip()
    except OSError as error:
        raise KeysMissing(
            f"The key file {path} cannot be read. Restore it, or: sendvoice init"
        ) from error
    if not key:
        raise KeysMissing(f"The key file {path} is empty. Restore it from your safe copy.")
    return key
