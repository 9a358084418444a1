"""The exported responses as a frame. A state is a column of its own, never a number."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import NotOurFile
from analysis.export.csv_text import read_csv
from surveys.model import State

PERSON = "participant"
STATE = "_state"
JOINED = "other"
"""The code and the state of profile answers that too few people share."""

STATES = pd.CategoricalDtype([*(state.value for state in State), JOINED])
"""The five states, and "other" where a profile was joined with others."""


def read_responses(path: str | Path, *, numbers: Sequence[str] = ()) -> pd.DataFrame:
    """The CSV of `sendvoice export responses`, as it was written: no cell is guessed.

    Returns one row a response, indexed by `participant` (Int64): a running number in a
    shuffled order, that stands for nobody. Columns, in the file's order:
        a question (str): the code that was given; missing in every state but "answered".
            One named in `numbers` is float64: ratings, whose codes are their scores 1 to 5
            (as given: no item is reversed), and questions that ask for a number.
        a box of a "choose all that apply" question (Int64): 1 ticked, 0 not, missing where
            the question was not answered.
        a state (category), `<question>_state`: "answered", "dont_know", "does_not_apply",
            "skipped" or "not_asked"; "other" where a profile that too few people share was
            joined with others (its code is "other" too).
        anything else (str): mode, language, versions, and what the file says of itself.

    Raises:
        NotOurFile: a column that every such file has is missing, a state is none of these,
            or a column named in `numbers` is not there or holds what is no number.
        OSError: the file cannot be read.
    """
    header, *rows = read_csv(_text(Path(path))) or [[]]
    if PERSON not in header:
        raise NotOurFile(f"{path} is no file of responses: it has no column {PERSON!r}.")
    if any(len(row) != len(header) for row in rows):
        raise NotOurFile(f"{path} has rows that are longer or shorter than its header.")
    kinds = _kinds(header, numbers)
    cells = {name: [row[place] or None for row in rows] for place, name in enumerate(header)}
    frame = pd.DataFrame({name: _series(name, cells[name], kinds[name]) for name in header})
    return frame.set_index(PERSON)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise NotOurFile(f"{path} is no UTF-8 text: it was saved by another program.") from error


def _kinds(header: Sequence[str], numbers: Sequence[str]) -> Mapping[str, str]:
    """The dtype of every column, by its name."""
    unknown = set(numbers) - set(header)
    if unknown:
        raise NotOurFile(f"There is no column {', '.join(sorted(unknown))} in this file.")
    kinds = dict.fromkeys(header, "str")
    for place, name in enumerate(header):
        if name.endswith(STATE):
            kinds[name] = "category"
            kinds |= dict.fromkeys(_boxes(header, place), "Int64")
    return {**kinds, **dict.fromkeys(numbers, "float64"), PERSON: "Int64"}


def _boxes(header: Sequence[str], place: int) -> list[str]:
    """The boxes that stand before a state; none where its question has one code."""
    question = header[place].removesuffix(STATE)
    before = header[place - 1]
    # A question named like a column of every file, such as "language", is "language_2".
    numbered = question in header and re.fullmatch(rf"{re.escape(question)}_[0-9]+", before)
    if before == question or numbered:
        return []
    found: list[str] = []
    for name in reversed(header[:place]):
        if name.endswith(STATE) or not name.startswith(f"{question}_"):
            break
        found.append(name)
    return found


def _series(name: str, cells: Sequence[str | None], kind: str) -> pd.Series:
    given: list[Any] = list(cells)
    texts = pd.Series(given, dtype="str")
    if kind == "category":
        wrong = sorted({str(cell) for cell in cells} - set(STATES.categories))
        if wrong:
            raise NotOurFile(f"The column {name} holds {', '.join(wrong)}: that is no state.")
        return texts.astype(STATES)
    if kind == "str":
        return texts
    try:
        numbers: pd.Series = pd.to_numeric(texts)
    except ValueError as error:
        raise NotOurFile(f"The column {name} holds what is no number.") from error
    return numbers.astype("float64") if kind == "float64" else numbers.astype("Int64")
