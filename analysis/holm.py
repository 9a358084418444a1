"""Several tests at once: the more phases are looked at, the likelier one differs by luck."""

from collections.abc import Sequence


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Holm's adjusted p-values, in the order given; `None` stays `None` and is no test.

    Holm (1979), Scand. J. Stat. 6, 65-70: sorted, the k-th smallest of m is multiplied by
    m - k + 1, never falls below the one before it, and never exceeds 1. Claiming what is
    below 0.05 makes one false claim or more among all of them at most 1 time in 20,
    whatever the tests have to do with each other.

    Raises:
        ValueError: a p-value is not from 0 to 1.
    """
    tests = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    if any(not 0 <= p <= 1 for p, _ in tests):
        raise ValueError(f"p-values lie from 0 to 1: {p_values}")
    adjusted: list[float | None] = [None] * len(p_values)
    highest = 0.0
    for done, (p, place) in enumerate(tests):
        highest = max(highest, min(1.0, (len(tests) - done) * p))
        adjusted[place] = highest
    return adjusted
