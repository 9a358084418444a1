"""Passwords by length, hashed in a thread, and as much work for nobody as for somebody."""

import asyncio
import threading
from typing import Literal

import pytest
from argon2 import PasswordHasher

from bot import passwords
from bot.passwords import Passwords

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
KNOWN = ("sam.example@council.example", "Sam Example", "Anyshire Council")


@pytest.mark.parametrize(
    "password",
    [
        "eleven char",
        "x" * 257,
        "abababababab",
        "sam.example@council.example",
        "SAM EXAMPLE ",
        "  Sam.Example!",
        "anyshire COUNCIL",
    ],
)
def test_short_plain_or_known_passwords_are_refused(password: str) -> None:
    assert "Password must" in passwords.fault(password, *KNOWN, "Samexample")


@pytest.mark.parametrize(
    "password",
    ["three random words", "123456789012", "!@#$%^&*()_+", "łąkaężźćńóś1", "ы" * 9 + "abc"],
)
def test_there_are_no_rules_about_kinds_of_characters(password: str) -> None:
    assert passwords.fault(password, *KNOWN, "") == ""


async def test_only_the_right_password_matches() -> None:
    made = Passwords(CHEAP)
    kept = await made.hash("correct horse é")
    assert kept.startswith("$argon2id$")
    assert await made.matches(kept, "correct horse é")
    # The same letter typed as two characters.
    assert await made.matches(kept, "correct horse e\N{COMBINING ACUTE ACCENT}")
    assert not await made.matches(kept, "correct horse")
    assert not await made.matches("not a hash", "correct horse")


async def test_nobody_costs_as_much_as_somebody_and_never_matches() -> None:
    threads: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - argon2's
            threads.append(threading.current_thread().name)
            return True

    made = Passwords(Watched(time_cost=1, memory_cost=8, parallelism=1))
    assert not await made.matches(None, "anything")
    assert await made.matches("kept", "anything")
    assert len(threads) == 2
    assert threading.current_thread().name not in threads


async def test_no_more_are_worked_out_at_once_than_there_is_memory_for() -> None:
    at_once, most = 0, 0
    lock, go = threading.Lock(), threading.Event()

    class Slow(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - argon2's
            nonlocal at_once, most
            with lock:
                at_once += 1
                most = max(most, at_once)
            go.wait(0.02)
            with lock:
                at_once -= 1
            return True

    made = Passwords(Slow(time_cost=1, memory_cost=8, parallelism=1))
    await asyncio.gather(*(made.matches("kept", "x") for _ in range(8)))
    assert most == passwords.AT_ONCE
