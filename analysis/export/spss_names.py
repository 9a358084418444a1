"""Names that SPSS takes: a letter first, at most 64 bytes, no two alike but for case."""

import re
from collections.abc import Sequence
from itertools import chain, count

LONGEST = 64
_RESERVED = frozenset(
    {"ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"}
)
_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9_.]")


def spss_names(keys: Sequence[str]) -> dict[str, str]:
    """The SPSS name of every key, in order. A key that is a name already keeps it."""
    names: dict[str, str] = {}
    taken = {key.casefold() for key in keys if _valid(key)}
    for key in keys:
        first = _valid(key) and key.casefold() not in {name.casefold() for name in names.values()}
        names[key] = key if first else _free(_made(key), taken)
        taken.add(names[key].casefold())
    return names


def _valid(key: str) -> bool:
    return _made(key) == key


def _made(key: str) -> str:
    name = _NOT_ALLOWED.sub("_", key)
    if not name[:1].isalpha():
        name = f"v{name}"
    name = name[:LONGEST].rstrip(".") or "v"
    return f"{name}_" if name.upper() in _RESERVED else name


def _free(wanted: str, taken: set[str]) -> str:
    numbered = (f"{wanted[: LONGEST - 1 - len(str(n))]}_{n}" for n in count(2))
    return next(name for name in chain([wanted], numbered) if name.casefold() not in taken)
