"""The codebook: what every column and code of an export means, also by its SPSS name."""

from collections.abc import Iterator, Mapping, Sequence

from analysis.export.columns import OTHER, Part, asked_in, named
from analysis.export.columns import Column as Place
from analysis.export.csv_text import Cell
from analysis.export.model import Column, Table, Type
from analysis.export.spss_names import spss_names
from analysis.export.typed import version_names, words
from surveys.model import Choice, Question, Questionnaire, State

COLUMNS = (
    Column("variable", "The column's name", Type.TEXT),
    Column("label", "What it is", Type.TEXT),
    Column("type", "What its cells are", Type.TEXT),
    Column("unit", "The unit of its numbers", Type.TEXT),
    Column("code", "A code that its cells hold", Type.TEXT),
    Column("code_label", "What the code means", Type.TEXT),
    Column("state", "The state of an answer with this code", Type.TEXT),
    Column("score", "The number a rating stands for, before any turning round", Type.INTEGER),
    Column("reverse", "Whether the score is turned round in the index", Type.TEXT),
    Column("construct", "The construct it measures", Type.TEXT),
    Column("index", "Whether it counts in the index", Type.TEXT),
    Column("anchor", "Whether it is the strategy's own measure", Type.TEXT),
    Column("moment", "Asked before or after a move", Type.TEXT),
    Column("questionnaire_version", "The version with these words", Type.TEXT),
    Column("spss_name", "The column's name in an SPSS file", Type.TEXT),
    Column("spss_code", "The code's number in an SPSS file", Type.INTEGER),
)
KEYS = tuple(column.key for column in COLUMNS)


def codebook_table(table: Table, versions: Sequence[Questionnaire] = ()) -> Table:
    """One row a column of the table, then one row a code of it.

    `versions` are those that a table of responses holds: a question's code stands once
    for each version, with that version's words.
    """
    spss = spss_names(table.keys)
    names = {name: place for place, name in named(asked_in(versions)).items()} if versions else {}
    rows: list[tuple[Cell, ...]] = []
    for column in table.columns:
        found = names.get(column.key)
        made = _of_question(column, found, versions) if found else _plain(column)
        rows += [_cells({**row, "spss_name": spss[column.key]}) for row in made]
    return Table.of_rows("codebook", f"Codebook: {table.title}", COLUMNS, rows)


def _cells(row: Mapping[str, Cell]) -> tuple[Cell, ...]:
    return tuple(None if row.get(key) == "" else row.get(key) for key in KEYS)


def _plain(column: Column) -> Iterator[dict[str, Cell]]:
    """A column that is no question's: its own words and codes."""
    head: dict[str, Cell] = {
        "variable": column.key,
        "label": column.title,
        "type": column.type.value,
        "unit": column.unit or (f"see {column.unit_in}" if column.unit_in else None),
    }
    yield head
    yield from ({**head, **code} for code in _codes(column))
    yield from ({**head, **nothing} for nothing in _nothings(column))


def _codes(column: Column) -> Iterator[dict[str, Cell]]:
    for code, label in column.labels.items():
        number = int(code) if column.type is Type.INTEGER else column.numbers.get(code)
        yield {"code": code, "code_label": label, "spss_code": number}


def _nothings(column: Column, known: frozenset[str] = frozenset()) -> Iterator[dict[str, Cell]]:
    for state, (number, label) in column.missing.items():
        if state not in known:
            yield {"state": state, "code_label": label, "spss_code": number}


def _of_question(
    column: Column, place: Place, versions: Sequence[Questionnaire]
) -> Iterator[dict[str, Cell]]:
    names = version_names(versions)
    for version in versions:
        question = version.question(place.question)
        if question is None:
            continue
        head: dict[str, Cell] = {
            "variable": column.key,
            "label": _label(place, question, version),
            "type": "state" if place.part is Part.STATE else question.type.value,
            "questionnaire_version": names[version.hash],
        }
        about = {} if place.part is Part.STATE else _about(question)
        yield {**head, **about}
        for code in _question_codes(column, place, question, version):
            yield {**head, **about, **code}


def _label(place: Place, question: Question, version: Questionnaire) -> str:
    label = words(question.labels, version.default_language)
    if place.part is Part.STATE:
        return f"State: {label}"
    box = question.choice(place.code) if place.part is Part.BOX else None
    return f"{label} {words(box.labels, version.default_language)}" if box else label


def _about(question: Question) -> dict[str, Cell]:
    return {
        "reverse": "yes" if question.reverse else "no",
        "construct": question.construct,
        "index": "yes" if question.index else "no",
        "anchor": "yes" if question.anchor else "no",
        "moment": question.moment,
    }


def _question_codes(
    column: Column, place: Place, question: Question, version: Questionnaire
) -> Iterator[dict[str, Cell]]:
    if place.part is Part.STATE:
        yield from ({**code, "state": code["code"]} for code in _codes(column))
        return
    if place.part is Part.BOX:
        yield from ({**code, "state": State.ANSWERED.value} for code in _codes(column))
        yield from _nothings(column)
        return
    for choice in question.choices:
        yield _choice(column, choice, version)
    if OTHER in column.numbers and question.choice(OTHER) is None:
        yield {
            "code": OTHER, "code_label": column.labels[OTHER], "state": OTHER,
            "spss_code": column.numbers[OTHER],
        }  # fmt: skip
    yield from _nothings(column, frozenset(choice.state.value for choice in question.choices))


def _choice(column: Column, choice: Choice, version: Questionnaire) -> dict[str, Cell]:
    number = column.numbers.get(choice.code)
    if choice.state is not State.ANSWERED:
        number = column.missing[choice.state.value][0]
    return {
        "code": choice.code,
        "code_label": words(choice.labels, version.default_language),
        "state": choice.state.value,
        "score": choice.score,
        "spss_code": number,
    }
