"""Whose lines are wanted of LAIT: a council's, its neighbours', its region's and England's."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.indicators.areas import (
    COUNCIL,
    Area,
    AreaUnknown,
    Place,
    match_places,
    shipped_areas,
)
from analysis.indicators.errors import CellProblem, IndicatorRefused
from analysis.indicators.lait_definitions import neighbours, neighbours_version
from analysis.indicators.lait_rows import NAME, NUMBER, Lines

ENGLAND = "E92000001"


@dataclass(frozen=True)
class Wanted:
    """The wanted areas by their three digits, the council first."""

    areas: Mapping[str, Area]

    def notes(self, since: int, file: str) -> tuple[CellProblem, ...]:
        """What is to be known of the areas: reorganisations since a year, no neighbours."""
        own = next(iter(self.areas.values()))
        notes = [
            shipped_areas().break_note(area)
            for area in self.areas.values()
            if any(day and day.year >= since for day in (area.start, area.end))
        ]
        if own.number not in neighbours():
            notes.append(f"{own.name} has no statistical neighbours of {neighbours_version()}.")
        return tuple(
            CellProblem(file, None, NAME, note, "Nothing to do.") for note in notes if note
        )

    def absent(self, present: set[str], file: str) -> tuple[CellProblem, ...]:
        """The wanted areas of which the file has no line.

        Raises `IndicatorRefused` where that is the council itself.
        """
        lacking = [area for number, area in self.areas.items() if number not in present]
        own = next(iter(self.areas.values()))
        if own in lacking:
            cause = f"No row of these figures is about {own.name} ({own.number})."
            remedy = "Check the code, or choose a file that holds this council."
            raise IndicatorRefused(file, (CellProblem(file, None, NUMBER, cause, remedy),))
        return tuple(
            CellProblem(
                file,
                None,
                NUMBER,
                f"There is no row about {area.name} ({area.number}).",
                "The other areas were read.",
            )
            for area in lacking
        )


@dataclass(frozen=True)
class Placed:
    """The areas that are not on our list, as problems, and how many lines are about them."""

    unknown: tuple[CellProblem, ...]
    rows: int


def wanted_areas(code: str, file: str) -> Wanted:
    """The areas to read for one council. Raises `IndicatorRefused` for a code of none."""
    areas = shipped_areas()
    try:
        own = areas.coded(code)
    except AreaUnknown as error:
        raise _refused(file, str(error)) from error
    if own.level != COUNCIL:
        raise _refused(file, f'"{code}" is the code of {own.name}, which is not a council.')
    near = neighbours().get(own.number, ())
    others = (*map(areas.coded, near), areas.coded(own.region), areas.coded(ENGLAND))
    wanted = {one.number: one for one in (own, *others)}
    return Wanted(wanted)


def place_lines(lines: Lines, wanted: Wanted, file: str) -> Placed:
    """Every number and name to its area, both having to agree.

    Raises `IndicatorRefused` where one of the two is of a wanted area and the other is not:
    whose figures those are cannot be told.
    """
    first = {(one.number, one.name): one.row for one in reversed(lines.wanted)} | lines.first
    places = [Place(row, number, name) for (number, name), row in first.items()]
    matched = match_places(places, shipped_areas())
    mistaken = [(one, why) for one, why in matched.unmatched if _is_about(one, wanted)]
    if mistaken:
        remedy = "Correct the row, or download the file again."
        problems = (CellProblem(file, one.row, NAME, why, remedy) for one, why in mistaken)
        raise IndicatorRefused(file, tuple(problems))
    counts = [lines.elsewhere[one.code, one.name] for one, _ in matched.unmatched]
    unknown = (
        CellProblem(file, one.row, NAME, _told(one, why, count), "They were left.")
        for (one, why), count in zip(matched.unmatched, counts, strict=True)
    )
    return Placed(tuple(unknown), sum(counts))


def _is_about(place: Place, wanted: Wanted) -> bool:
    if place.code in wanted.areas:
        return True
    try:
        return shipped_areas().named(place.name).number in wanted.areas
    except AreaUnknown:
        return False


def _told(place: Place, why: str, count: int) -> str:
    about = f"{count:,} rows are" if count > 1 else "1 row is"
    return f"{about} about {place.name} ({place.code}). {why}"


def _refused(file: str, cause: str) -> IndicatorRefused:
    remedy = "Use the council's code, such as E06000003 or 807."
    return IndicatorRefused(file, (CellProblem(file, None, "", cause, remedy),))
