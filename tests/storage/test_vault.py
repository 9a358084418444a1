"""Addresses are sealed, found by a keyed hash, and tokens can be printed again."""

import re
import stat
from pathlib import Path

import pytest

from storage.errors import KeysMissing
from storage.vault import Vault, create_keys


def test_a_sealed_address_opens_again_and_shows_nothing(vault: Vault) -> None:
    sealed = vault.seal("8812")
    assert "8812" not in sealed
    assert vault.unseal(sealed) == "8812"


def test_an_address_is_found_by_channel_and_number(vault: Vault) -> None:
    assert vault.lookup("telegram", "8812") == vault.lookup("telegram", "8812")
    assert vault.lookup("telegram", "8812") != vault.lookup("email", "8812")


def test_every_token_fits_a_telegram_link(vault: Vault) -> None:
    tokens = {vault.token(f"invitation-{number}", 1) for number in range(1000)}
    assert len(tokens) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", token) for token in tokens)


def test_a_new_generation_gives_a_new_token(vault: Vault) -> None:
    assert vault.token("i", 1) == vault.token("i", 1)
    assert vault.token("i", 1) != vault.token("i", 2)


def test_key_files_are_for_their_owner_alone_and_are_never_replaced(tmp_path: Path) -> None:
    create_keys(tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    create_keys(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize("content", [None, b"", b"not a key"])
def test_a_missing_or_damaged_key_is_named(tmp_path: Path, content: bytes | None) -> None:
    create_keys(tmp_path)
    key = tmp_path / "encryption.key"
    key.unlink()
    if content is not None:
        key.write_bytes(content)
    with pytest.raises(KeysMissing, match=r"encryption\.key"):
        Vault.from_folder(tmp_path)


def test_what_other_keys_sealed_does_not_open(vault: Vault, tmp_path: Path) -> None:
    create_keys(tmp_path / "other")
    other = Vault.from_folder(tmp_path / "other")
    with pytest.raises(KeysMissing):
        other.unseal(vault.seal("8812"))
