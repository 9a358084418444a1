"""What the soak counts, and everything that must not happen, as it happens."""

import time
from collections import Counter
from dataclasses import dataclass, field

MOST_SHOWN = 20


@dataclass
class Ledger:
    """Figures and violations of one soak. Waits are in seconds."""

    counts: Counter[str] = field(default_factory=Counter)
    longest_wait: float = 0.0
    violations: list[str] = field(default_factory=list)
    finished: int = 0

    def add(self, what: str, count: int = 1) -> None:
        """Count something."""
        self.counts[what] += count

    def waited_since(self, began: float) -> None:
        """A parent waited from `began` (`time.monotonic()`) until now."""
        self.longest_wait = max(self.longest_wait, time.monotonic() - began)

    def wrong(self, what: str) -> None:
        """Something that must not happen happened."""
        self.violations.append(what)
