"""A release's table of the ways of answering: whether web, chat, phone and paper agree."""

from dataclasses import replace

from analysis.disclosure import Crowd, Draft, Note, where
from analysis.frames import Answers
from analysis.mean_tables import Counted, Group, Measure, Values, mean_table
from analysis.mode_tests import LEAST_TESTED
from analysis.modes import CAUTION, NOT_KNOWN, modes_of, warning_of

MODE = "mode"
NAMES = {
    "web": "Web page",
    "chat": "Chat",
    "phone": "Telephone",
    "paper": "Paper",
    "terminal": "Terminal",
    NOT_KNOWN: "Not known",
}
ALL = "All ways"
DEFINITION = (
    "The confidence index of people who answered in different ways. Parents chose their way, or"
    " it was chosen for them, so a difference between ways is not an effect of the way."
)
NO_DIFFERENCE = (
    f"No difference beyond chance was found between ways that {LEAST_TESTED} people or more"
    " used; that is not proof that there is none."
)


def mode_tables(
    answers: Answers,
    crowd: Crowd,
    values: Values,
    measure: Measure,
    counted: Counted,
    *,
    threshold: int,
    population: int | None,
    base_note: str,
) -> list[Draft]:
    """The index by way of answering, and a warning where the ways differ.

    `values`, `measure`, `counted` and `base_note` are those of the index, `population` is how many
    children all its people stand for. No way of answering has a population of its own.
    """
    modes = modes_of(answers)
    crowd.divide(MODE, modes, NAMES)
    groups = [Group(ALL, (), values, population)]
    for code in crowd.categories[MODE]:
        some = values.among(modes == code)
        if code != NOT_KNOWN or len(some.of):
            groups.append(Group(NAMES.get(code, code), (where(**{MODE: code}),), some))
    warning = warning_of(answers, values.of.reindex(modes.index)) or f"{NO_DIFFERENCE} {CAUTION}"
    table = mean_table(
        "modes",
        "Confidence index by way of answering",
        groups,
        replace(measure, by="Way of answering"),
        counted,
        threshold=threshold,
        notes=(Note(warning, (counted.base(),), weight=0.1),),
        about={"definition": DEFINITION, "base_note": base_note},
    )
    return [table]
