"""Reading one table of a strategy file, noting each fault with its key instead of stopping."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.indicators.errors import StrategyProblem


@dataclass
class Faults:
    """The faults of one file, in the order they were met."""

    file: str
    found: list[StrategyProblem] = field(default_factory=list)

    def add(self, key: str, cause: str, remedy: str) -> None:
        """Note one fault."""
        self.found.append(StrategyProblem(self.file, key, cause, remedy))


@dataclass(frozen=True)
class Entry:
    """One table of the file. Each getter notes a fault and gives an empty value in its place."""

    values: Mapping[str, Any]
    key: str
    faults: Faults

    def text(self, name: str, *, optional: bool = False) -> str:
        """A text; required unless `optional`."""
        value = self.values.get(name, "" if optional else None)
        if isinstance(value, str) and (optional or value.strip()):
            return value
        self._fault(name, "A text is due here.", f'Write {name} = "..."')
        return ""

    def one_of(self, name: str, allowed: Sequence[str]) -> str:
        """One of a few words."""
        value = self.text(name)
        if value and value not in allowed:
            words = " or ".join(f'"{word}"' for word in allowed)
            self._fault(name, f'"{value}" is not {words}.', f"Write {words}.")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; it may be empty but must be there."""
        value = self.values.get(name)
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        self._fault(name, "A list of texts is due here.", f'Write {name} = ["..."] or [].')
        return ()

    def links(self, name: str, known: Sequence[str]) -> tuple[str, ...]:
        """A list of ids, each of which must exist."""
        found = self.texts(name)
        for one in found:
            if one not in known:
                self._fault(name, f'"{one}" does not exist.', f"Use one of {', '.join(known)}.")
        return found

    def number(self, name: str) -> float | None:
        """A number, or `None` where there is none."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        self._fault(name, "A number is due here.", f"Write {name} = 45.7, or leave it out.")
        return None

    def flag(self, name: str) -> bool:
        """True or false; false where it is left out."""
        value = self.values.get(name, False)
        if not isinstance(value, bool):
            self._fault(name, "true or false is due here.", f"Write {name} = true.")
        return value is True

    def entry(self, name: str) -> "Entry":
        """A table inside this one."""
        value = self.values.get(name)
        if not isinstance(value, dict):
            self._fault(name, "A table is due here.", f"Write {name} = {{ ... }}.")
        return Entry(value if isinstance(value, dict) else {}, f"{self.key}{name}.", self.faults)

    def entries(self, name: str, *, optional: bool = False) -> tuple["Entry", ...]:
        """A list of tables, each named by its id where it has one, or by its number."""
        value = self.values.get(name, [] if optional else None)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self._fault(name, "A list of tables is due here.", f"Write [[{name}]] sections.")
            return ()
        if not value and not optional:
            self._fault(name, "The list is empty.", f"Write at least one [[{name}]] section.")
        numbered = enumerate(value, start=1)
        return tuple(
            Entry(one, f"{self.key}{name}.{one.get('id', number)}.", self.faults)
            for number, one in numbered
        )

    def refuse_others(self, allowed: Sequence[str]) -> None:
        """Note every key that is not known: a misspelt one would be lost in silence."""
        for name in self.values:
            if name not in allowed:
                self._fault(name, "The key is not known.", f"Known: {', '.join(allowed)}.")

    def _fault(self, name: str, cause: str, remedy: str) -> None:
        self.faults.add(f"{self.key}{name}", cause, remedy)
