"""The `survey` sheet: rows to questions, in order, with groups folded in.

A group's relevance is joined with `and` to that of everything in it. A group with a
label is kept as a note that stands where the group begins; one without leaves no trace.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveys.errors import ExpressionRefused
from surveys.expressions import parse
from surveys.model import Choice, Labels, Question, QuestionType
from surveys.xlsform_cells import (
    Names,
    check_labels_plain,
    read_construct,
    read_expression,
    read_moment,
    read_name,
    read_yes_no,
)
from surveys.xlsform_choices import ChoiceList
from surveys.xlsform_sheets import Languages, Report, Row, near, texts

SELECTS = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE})
_ON_AN_END = frozenset({"type", "name", "label"})
_ON_A_GROUP = _ON_AN_END | {"hint", "guidance_hint", "relevant", "appearance"}
_TYPES = frozenset({"begin_group", "end_group", *QuestionType})


@dataclass(frozen=True)
class Placed:
    """A question with the row it came from."""

    row: Row
    question: Question


@dataclass(frozen=True)
class _Group:
    row: Row
    relevant: str


@dataclass
class SurveyReader:
    """Walks down the sheet once."""

    lists: Mapping[str, ChoiceList]
    languages: Languages
    report: Report
    names: Names = field(default_factory=lambda: Names(frozenset()))
    used_lists: set[str] = field(default_factory=set)
    groups: list[_Group] = field(default_factory=list)

    def read(self, rows: Sequence[Row]) -> tuple[Placed, ...]:
        """The questions of the sheet; what cannot be read is reported and left out."""
        self.names = Names(frozenset(row.cell("name") for row in rows if row.cell("name")))
        placed = [self._row(row) for row in rows]
        for group in self.groups:
            self.report.add(
                "unbalanced_group",
                group.row.at("type"),
                "The group that begins here never ends.",
                "Add an end_group row after its last question.",
            )
        return tuple(each for each in placed if each is not None)

    def _row(self, row: Row) -> Placed | None:
        kind, argument = split_type(row.cell("type"))
        if kind == "begin_group":
            return self._begin_group(row)
        if kind == "end_group":
            self._end_group(row)
            return None
        if kind in _TYPES:
            relevant = read_expression(row, "relevant", self.names, self.report)
            return self._question(row, QuestionType(kind), argument, relevant)
        self._unknown_type(row, kind)
        return None

    def _unknown_type(self, row: Row, kind: str) -> None:
        read_name(row, self.names, has_value=True, report=self.report)
        self.report.add(
            "unknown_type" if kind else "missing_type",
            row.at("type"),
            f"There is no type “{kind}” in this profile." if kind else "The row has no type.",
            near(kind, _TYPES) if kind else "Write its type, or clear the row.",
        )

    def _begin_group(self, row: Row) -> Placed | None:
        self._check_group_cells(row, _ON_A_GROUP)
        relevant = read_expression(row, "relevant", self.names, self.report)
        note = None
        if any(column == "label" for column, _ in row.cells):
            note = self._question(row, QuestionType.NOTE, "", relevant)
        else:
            read_name(row, self.names, has_value=False, report=self.report)
        self.groups.append(_Group(row, relevant))
        return note

    def _check_group_cells(self, row: Row, meant: frozenset[str]) -> None:
        for column, language in row.cells:
            if column not in meant:
                self.report.add(
                    "misplaced_cell",
                    row.at(column, language),
                    f"A group row cannot have {column}; it would not reach the questions in it.",
                    "Move it to each question it is meant for.",
                )

    def _end_group(self, row: Row) -> None:
        self._check_group_cells(row, _ON_AN_END)
        if self.groups:
            self.groups.pop()
        else:
            self.report.add(
                "unbalanced_group",
                row.at("type"),
                "This ends a group that never began.",
                "Remove the row, or add its begin_group.",
            )

    def _question(self, row: Row, kind: QuestionType, argument: str, relevant: str) -> Placed:
        report = self.report
        question = Question(
            type=kind,
            labels=self._labels(row, kind),
            hints=texts(row, "hint", self.languages, report),
            guidance=texts(row, "guidance_hint", self.languages, report),
            choices=self._choices(row, kind, argument),
            relevant=self._joined(row, relevant),
            constraint=read_expression(row, "constraint", self.names, report),
            constraint_messages=texts(row, "constraint_message", self.languages, report),
            calculation=self._calculation(row, kind),
            required=read_yes_no(row, "required", report),
            appearance=row.cell("appearance"),
            construct=read_construct(row, report),
            reverse=read_yes_no(row, "reverse", report),
            index=read_yes_no(row, "index", report),
            anchor=read_yes_no(row, "anchor", report),
            moment=read_moment(row, report),
            # last, so that no expression of the row finds its own name above it
            key=read_name(row, self.names, has_value=kind is not QuestionType.NOTE, report=report),
        )
        return Placed(row, question)

    def _labels(self, row: Row, kind: QuestionType) -> Labels:
        labels = texts(row, "label", self.languages, self.report)
        check_labels_plain(row, labels, self.report)
        if not labels and kind is not QuestionType.CALCULATE:
            self.report.add(
                "missing_label",
                row.at("label", self.languages.default),
                "The row has no words for parents.",
                "Write its label.",
            )
        return labels

    def _choices(self, row: Row, kind: QuestionType, name: str) -> tuple[Choice, ...]:
        if kind not in SELECTS:
            if name:
                self.report.add(
                    "unknown_type",
                    row.at("type"),
                    f"“{row.cell('type')}” has a word too many.",
                    f"Write {kind} alone.",
                )
            return ()
        self.used_lists.add(name)
        if name in self.lists:
            return self.lists[name].choices
        self.report.add(
            "missing_list",
            row.at("type"),
            f"The choices sheet has no list “{name}”." if name else "The list is not named.",
            near(name, self.lists) if self.lists else "Add the list to the choices sheet.",
        )
        return ()

    def _joined(self, row: Row, own: str) -> str:
        parts = [part for part in (*(group.relevant for group in self.groups), own) if part]
        if len(parts) < 2:  # noqa: PLR2004  one part needs no joining
            return "".join(parts)
        joined = " and ".join(f"({part})" for part in parts)
        try:
            parse(joined)
        except ExpressionRefused as refused:
            self.report.add(
                "bad_expression",
                row.at("relevant"),
                f"Joined with the relevance of its groups: {refused.cause}",
                refused.remedy,
            )
        return joined

    def _calculation(self, row: Row, kind: QuestionType) -> str:
        written = row.cell("calculation")
        if (kind is QuestionType.CALCULATE) != bool(written):
            self.report.add(
                "misplaced_calculation" if written else "missing_calculation",
                row.at("calculation"),
                f"A {kind} row {'cannot have' if written else 'must have'} a calculation.",
                "Only calculate rows have one.",
            )
        return read_expression(row, "calculation", self.names, self.report)


def split_type(written: str) -> tuple[str, str]:
    """The type and what follows it: `("select_one", "agree")`.

    ODK's older spelling with a space, such as `begin group`, is read too.
    """
    words = written.split()
    if len(words) > 1 and f"{words[0]}_{words[1]}" in _TYPES:
        words[:2] = [f"{words[0]}_{words[1]}"]
    return (words[0], " ".join(words[1:])) if words else ("", "")


def unused_lists(lists: Mapping[str, ChoiceList], used: set[str], report: Report) -> None:
    """Report every list that no question uses."""
    for name, each in lists.items():
        if name not in used:
            report.add(
                "unused_list",
                each.first.at("list_name"),
                f"No question uses the list “{name}”.",
                f"Remove it, or write select_one {name} on the survey sheet.",
            )
