"""Profiles as a file of responses may show them: those that too few share are joined."""

from collections import Counter, defaultdict
from collections.abc import Mapping

OTHER = "other"

Combination = tuple[str, ...]


def joined(combinations: Mapping[str, Combination], threshold: int) -> dict[str, Combination]:
    """Each response's combination, or "other" throughout where too few share it.

    The joined ones must themselves be at least `threshold`: the next rarest join them
    until they are.
    """
    counts = Counter(combinations.values())
    rarest_first = sorted(counts, key=lambda combination: (counts[combination], combination))
    rare: set[Combination] = set()
    people = 0
    for combination in rarest_first:
        if counts[combination] >= threshold and (people == 0 or people >= threshold):
            break
        rare.add(combination)
        people += counts[combination]
    return {
        response: (OTHER,) * len(combination) if combination in rare else combination
        for response, combination in combinations.items()
    }


def joined_within(
    groups: Mapping[str, Combination], combinations: Mapping[str, Combination], threshold: int
) -> dict[str, Combination]:
    """The combinations joined apart in each group, so that no group and combination is rare."""
    members: dict[Combination, dict[str, Combination]] = defaultdict(dict)
    for response, combination in combinations.items():
        members[groups[response]][response] = combination
    return {
        response: combination
        for each in members.values()
        for response, combination in joined(each, threshold).items()
    }
