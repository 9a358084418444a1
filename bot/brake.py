"""Slows down whoever tries to sign in wrongly again and again, by network address.

It is kept in memory: after a restart everybody begins anew, and accounts keep their locks.
"""

import ipaddress
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

FREE_TRIES = 20
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
FORGET_AFTER = timedelta(hours=1)
MOST_ADDRESSES = 10_000
HOME_NETWORK = 64
"""Bits of an IPv6 address that one household shares."""


@dataclass(frozen=True)
class _Tries:
    failures: int
    last: datetime
    wait_until: datetime


class Brake:
    """Counts failures by address."""

    def __init__(self) -> None:
        self._tries: OrderedDict[str, _Tries] = OrderedDict()

    def holds(self, address: str, now: datetime) -> bool:
        """Whether this address must wait."""
        tries = self._tries.get(_network(address))
        return tries is not None and now < tries.wait_until

    def failed(self, address: str, now: datetime) -> None:
        """Count a failure; from the twentieth on each doubles the wait, up to 15 minutes."""
        network = _network(address)
        before = self._tries.pop(network, None)
        if before is None or now - before.last >= FORGET_AFTER:
            before = _Tries(0, now, now)
        failures = before.failures + 1
        self._tries[network] = _Tries(failures, now, now + _wait(failures))
        if len(self._tries) > MOST_ADDRESSES:
            self._tries.popitem(last=False)


def doubling(failures: int, free: int, first: timedelta, longest: timedelta) -> timedelta:
    """The wait after so many failures: none before `free`, then `first`, doubled each time."""
    if failures < free:
        return timedelta(0)
    # Bounded, or a long siege would overflow.
    times: int = 1 << min(failures - free, 16)
    return min(longest, first * times)


def _wait(failures: int) -> timedelta:
    return doubling(failures, FREE_TRIES, FIRST_WAIT, LONGEST_WAIT)


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:  # noqa: PLR2004 - the name of a protocol
        return str(parsed)
    return str(ipaddress.ip_network((int(parsed), HOME_NETWORK), strict=False))
