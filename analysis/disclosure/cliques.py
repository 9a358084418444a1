"""Which variables must be crossed with which to hold every count, and no more than that.

Crossing everything with everything would make more unknowns than any machine holds. A
decomposable model (Lauritzen 1996, Graphical Models, chapter 2) makes do with one small
cross-table a clique of a triangulated graph: tables that agree on what they share can
always be joined into one round of whole people, so nothing is lost.
"""

from collections.abc import Iterable, Mapping

Names = frozenset[str]


def cliques(sets: Iterable[Names], sizes: Mapping[str, int]) -> list[Names]:
    """Sets of variables such that each given set lies in one, and they form a tree."""
    near = _neighbours(sets)
    found: list[Names] = []
    while near:
        name = min(near, key=lambda each: (_missing(near, each), _weight(near, each, sizes), each))
        around = near.pop(name)
        found.append(frozenset({name, *around}))
        for one in around:
            near[one] = (near[one] | around) - {one, name}
    return [each for each in found if not any(each < other for other in found)]


def tree(found: list[Names]) -> list[tuple[int, int]]:
    """Pairs of cliques to hold equal on what they share: a spanning tree of most sharing.

    It may join what shares nothing: there the pair agrees on the number of people.
    """
    joined, edges = [0], list[tuple[int, int]]()
    rest = set(range(1, len(found)))
    while rest:
        pairs = [(one, other) for one in joined for other in sorted(rest)]
        edge = max(pairs, key=lambda pair: len(found[pair[0]] & found[pair[1]]))
        edges.append(edge)
        joined.append(edge[1])
        rest.remove(edge[1])
    return edges


def components(sets: Iterable[Names]) -> list[Names]:
    """Groups of variables that no count joins."""
    found: list[Names] = []
    for each in sets:
        touching = [one for one in found if one & each]
        found = [one for one in found if not one & each]
        found.append(each.union(*touching))
    return sorted(found, key=sorted)


def _neighbours(sets: Iterable[Names]) -> dict[str, Names]:
    near: dict[str, Names] = {}
    for each in sets:
        for name in each:
            near[name] = near.get(name, frozenset()) | (each - {name})
    return near


def _missing(near: Mapping[str, Names], name: str) -> int:
    around = sorted(near[name])
    return sum(
        other not in near[one] for place, one in enumerate(around) for other in around[place + 1 :]
    )


def _weight(near: Mapping[str, Names], name: str, sizes: Mapping[str, int]) -> int:
    weight = sizes[name]
    for one in near[name]:
        weight *= sizes[one]
    return weight
