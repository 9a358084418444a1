"""Single cells of the `survey` sheet, each read or reported."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from surveys.errors import ExpressionRefused
from surveys.expressions import parse
from surveys.phases import Moment
from surveys.xlsform_sheets import Report, Row, near

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_CONSTRUCT = re.compile(r"[a-z][a-z0-9_]*")
_YES_NO = {
    "": False,
    **dict.fromkeys(("yes", "true", "true()"), True),
    **dict.fromkeys(("no", "false", "false()"), False),
}


@dataclass
class Names:
    """Question names: `everywhere` on the sheet, and `above` the row being read.

    `above` says for each whether it can have an answer, which a note cannot.
    """

    everywhere: frozenset[str]
    above: dict[str, bool] = field(default_factory=dict)


def read_name(row: Row, names: Names, *, has_value: bool, report: Report) -> str:
    """The row's name, now counted among the names above the next row."""
    name = row.cell("name")
    if not name:
        report.add(
            "missing_name",
            row.at("name"),
            "The row has no name.",
            "Give it a short name of its own.",
        )
    elif not NAME.fullmatch(name):
        report.add(
            "bad_name",
            row.at("name"),
            f"“{name}” cannot be a name.",
            "Begin with a letter; use the letters A to Z, digits and _ only.",
        )
    elif name.lower() in {each.lower() for each in names.above}:
        report.add(
            "duplicate_name",
            row.at("name"),
            f"The name “{name}” is used above.",
            "Give every row its own name; capital letters do not make it different.",
        )
    names.above.setdefault(name, has_value)
    return name


def read_expression(row: Row, column: str, names: Names, report: Report) -> str:
    """The cell's expression, "" where it is empty or was reported."""
    source = row.cell(column)
    if not source:
        return ""
    try:
        expression = parse(source)
    except ExpressionRefused as refused:
        report.add("bad_expression", row.at(column), refused.cause, refused.remedy)
        return ""
    for name in sorted(expression.names):
        _check_reference(row, column, name, names, report)
    if expression.has_this and column != "constraint":
        report.add(
            "misplaced_dot",
            row.at(column),
            "Only a constraint can look at its own answer with a dot.",
            "Name the question, as in ${name}.",
        )
    return source


def _check_reference(row: Row, column: str, name: str, names: Names, report: Report) -> None:
    place = row.at(column)
    if name == row.cell("name"):
        report.add(
            "forward_reference",
            place,
            f"${{{name}}} is this question itself.",
            "In a constraint write a dot for its own answer.",
        )
    elif name not in names.everywhere:
        report.add(
            "unknown_reference",
            place,
            f"There is no question {name}.",
            near(name, names.everywhere),
        )
    elif name not in names.above:
        report.add(
            "forward_reference",
            place,
            f"The question {name} comes later.",
            "Use questions above this row only, or move this row down.",
        )
    elif not names.above[name]:
        report.add(
            "reference_without_answer",
            place,
            f"{name} is a note or a group and never has an answer.",
            "Name a question instead.",
        )


def read_yes_no(row: Row, column: str, report: Report) -> bool:
    """Whether the cell says yes; an empty cell says no."""
    written = row.cell(column)
    if written.lower() not in _YES_NO:
        report.add(
            "not_yes_or_no",
            row.at(column),
            f"“{written}” is neither yes nor no.",
            "Write yes or no, or leave it empty.",
        )
    return _YES_NO.get(written.lower(), False)


def read_moment(row: Row, report: Report) -> str:
    """The side of a move the row belongs to, "" where it belongs to every round."""
    written = row.cell("moment")
    if written and written not in frozenset(Moment):
        report.add(
            "unknown_moment",
            row.at("moment"),
            f"There is no moment “{written}”.",
            near(written, Moment),
        )
    return written


def read_construct(row: Row, report: Report) -> str:
    """What the row measures, as a word that can name a column."""
    written = row.cell("construct")
    if written and not _CONSTRUCT.fullmatch(written):
        report.add(
            "bad_construct",
            row.at("construct"),
            f"“{written}” cannot name a construct.",
            "Use small letters, digits and _ only, such as staff_knowledge.",
        )
    return written


def check_labels_plain(row: Row, texts: Mapping[str, str], report: Report) -> None:
    """Report `${name}` within a label, which a chat would show as it stands."""
    for code, text in texts.items():
        if "${" in text:
            report.add(
                "reference_in_label",
                row.at("label", code),
                "The label has an answer of another question in it.",
                "Write the label so that it reads well without.",
            )
