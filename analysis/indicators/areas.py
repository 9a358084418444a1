"""Councils, regions and England by every code and name the publishers give them.

The three digits of the Department for Education are the area itself: they change exactly
when the land or the powers of a council do. The ONS code of one area may change more often
(Somerset has had two). The table is `analysis/data/areas.csv`; dates in it are those on
which a code began and ended, "" where that was before 2009 or is not yet.
"""

import csv
import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

COUNCIL = "Local authority"
REGION = "Regional"
NATION = "National"


@dataclass(frozen=True)
class Area:
    """One council, region or nation for as long as it stayed the same area.

    `number` is the three digits ("807"; LAIT's own for regions and England), `code` its
    latest ONS code, `codes` every one it has had, oldest first. `region` is the code of its
    region, "" for others. `start` and `end` are the first and last day of the area, `None`
    where it began before 2009 or goes on. `became` holds the numbers of the areas that took
    its place. `names` holds every name, the publisher's usual one first.
    """

    number: str
    code: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    level: str
    region: str
    start: dt.date | None
    end: dt.date | None
    became: tuple[str, ...]

    @property
    def name(self) -> str:
        """The usual name."""
        return self.names[0]

    def existed(self, first: int, last: int | None = None) -> bool:
        """Whether it existed on some day of a calendar year, or of several up to `last`."""
        began = self.start is None or self.start.year <= (first if last is None else last)
        return began and (self.end is None or self.end.year >= first)


class AreaUnknown(LookupError):
    """A code or name that is no area, or more than one; says what to do about it."""


class Areas:
    """Every area of a table; `shipped_areas()` is ours."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self.all = tuple(areas)
        self._codes: dict[str, Area] = {}
        self._names: defaultdict[str, list[Area]] = defaultdict(list)
        for area in self.all:
            self._codes |= dict.fromkeys((area.number, *area.codes), area)
            for name in {name_key(one) for one in area.names}:
                self._names[name].append(area)

    def coded(self, code: str) -> Area:
        """The area of an ONS code or of three digits. Raises `AreaUnknown`."""
        area = self._codes.get(code.strip())
        if area is None:
            raise AreaUnknown(f'"{code}" is not the code of an area on our list.')
        return area

    def named(self, name: str, level: str = "", year: int | None = None) -> Area:
        """The one area of this name, at this level and in this year where they are given.

        Raises `AreaUnknown` where no area or more than one has the name: it is not guessed.
        """
        found = [
            area
            for area in self._names.get(name_key(name), ())
            if level in {"", area.level} and (year is None or area.existed(year))
        ]
        if not found:
            raise AreaUnknown(f'"{name}" is not the name of an area on our list.')
        if len(found) > 1:
            which = "; ".join(f"{one.level} {one.name} ({one.number})" for one in found)
            raise AreaUnknown(f'"{name}" could be any of these: {which}. Give its code.')
        return found[0]

    def before(self, area: Area) -> tuple[Area, ...]:
        """The areas in whose place this one came."""
        return tuple(one for one in self.all if area.number in one.became)

    def break_note(self, area: Area) -> str:
        """Why the figures of an area do not continue another's; "" where none came before.

        Nobody's figures are continued across a reorganisation: this is said instead.
        """
        parts = []
        before = self.before(area)
        if before and area.start:
            parts.append(
                f"{area.name} was formed on {_day(area.start)} from {_listed(before)}: "
                "its figures do not continue theirs."
            )
        if area.became and area.end:
            after = tuple(self.coded(number) for number in area.became)
            parts.append(
                f"{area.name} ended on {_day(area.end)} and {_listed(after)} took its place: "
                "its figures are not continued in theirs."
            )
        return " ".join(parts)


@dataclass(frozen=True)
class Place:
    """What a row of a file says of its area: `row` as Excel counts, "" for what it lacks."""

    row: int
    code: str = ""
    name: str = ""
    level: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Matched:
    """Rows with their area, and rows with why they have none. Together they are every row."""

    matched: tuple[tuple[Place, Area], ...]
    unmatched: tuple[tuple[Place, str], ...]


def match_places(places: Iterable[Place], areas: Areas) -> Matched:
    """Give each row its area by its code, or by its name where it has no code.

    A code and a name of different areas, or a code of another level, match nothing.
    """
    matched: list[tuple[Place, Area]] = []
    unmatched: list[tuple[Place, str]] = []
    for place in places:
        try:
            matched.append((place, _area_of(place, areas)))
        except AreaUnknown as error:
            unmatched.append((place, str(error)))
    return Matched(tuple(matched), tuple(unmatched))


def _area_of(place: Place, areas: Areas) -> Area:
    if not place.code.strip():
        return areas.named(place.name, place.level, place.year)
    area = areas.coded(place.code)
    if place.level not in {"", area.level}:
        raise AreaUnknown(f"{place.code} is a code of level {area.level}, not {place.level}.")
    if place.name.strip() and name_key(place.name) not in map(name_key, area.names):
        raise AreaUnknown(f'{place.code} is the code of {area.name}, not of "{place.name}".')
    return area


def name_key(name: str) -> str:
    """A name without what publishers differ in: case, &, commas, points, hyphens, spaces."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    return " ".join(re.sub(r"['’.]", "", re.sub(r"[,\-–]", " ", plain)).split())


@cache
def shipped_areas() -> Areas:
    """The areas of `analysis/data/areas.csv`."""
    text = files("analysis").joinpath("data/areas.csv").read_text(encoding="utf-8")
    return read_areas(text)


def read_areas(text: str) -> Areas:
    """Areas of a table: one line a code, the lines of one number being one area's, in order."""
    lines: defaultdict[str, list[Mapping[str, str]]] = defaultdict(list)
    for line in csv.DictReader(text.splitlines()):
        lines[line["number"]].append(line)
    return Areas(_area(number, found) for number, found in lines.items())


def _area(number: str, lines: list[Mapping[str, str]]) -> Area:
    first, last = lines[0], lines[-1]
    other = (name for line in lines for name in line["other_names"].split("|") if name)
    return Area(
        number=number,
        code=last["code"],
        codes=tuple(line["code"] for line in lines),
        names=tuple(dict.fromkeys((last["name"], *(line["name"] for line in lines), *other))),
        level=last["level"],
        region=last["region"],
        start=_date(first["from"]),
        end=_date(last["to"]),
        became=tuple(last["became"].split()),
    )


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _listed(areas: tuple[Area, ...]) -> str:
    return " and ".join(f"{one.name} ({one.number})" for one in areas)
