"""From a form file (.xlsx, .xls, .csv or a Markdown table) to a Questionnaire.

pyxform reads the file and, once our own profile is satisfied, must be able to compile
it, so that ODK and Kobo can read it too. Every fault is found before any is raised.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from surveys.errors import FormProblem, FormRefused
from surveys.model import Questionnaire
from surveys.xlsform_checks import check_questions
from surveys.xlsform_choices import read_choices
from surveys.xlsform_languages import find_languages
from surveys.xlsform_lost import check_nothing_lost
from surveys.xlsform_settings import read_settings
from surveys.xlsform_sheets import (
    CHOICES,
    SETTINGS,
    SURVEY,
    Heading,
    Languages,
    Layout,
    Place,
    Report,
    read_headings,
    read_rows,
)
from surveys.xlsform_survey import SurveyReader, unused_lists
from surveys.xlsform_workbook import Workbook, read_workbook, unreadable

_LAYOUTS = (SURVEY, CHOICES, SETTINGS)
_ORDER = {layout.name: index for index, layout in enumerate(_LAYOUTS)}


def read_form(path: Path) -> Questionnaire:
    """The questionnaire in a file; its kind is known by the end of its name.

    Raises:
        FormRefused: the file cannot be read, or breaks the profile; holds every problem.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path.name, f"It cannot be opened: {error.strerror}.") from error
    return read_form_bytes(data, path.suffix, path.name)


def read_form_bytes(data: bytes, kind: str, source: str) -> Questionnaire:
    """The questionnaire in the bytes of a file.

    Args:
        data: the file, 5 MB at most.
        kind: "md", "xlsx", "xls" or "csv", with or without a dot.
        source: what to call the file in errors.

    Raises:
        FormRefused: the file cannot be read, or breaks the profile; holds every problem.
    """
    kind = kind.removeprefix(".").lower()
    workbook = read_workbook(data, kind, source)
    report = Report()
    questionnaire = _questionnaire(workbook, report)
    if kind == "xlsx":
        check_nothing_lost(data, workbook, report)
    if not report.problems:
        _compile(data, kind, report)
    if report.problems:
        raise FormRefused(source, tuple(sorted(report.problems, key=_position)))
    return questionnaire


def _position(problem: FormProblem) -> tuple[int, int]:
    return _ORDER.get(problem.sheet, -1), problem.row or 0


def _questionnaire(workbook: Workbook, report: Report) -> Questionnaire:
    headings = {
        layout.name: read_headings(layout, _heading_texts(workbook, layout), report)
        for layout in _LAYOUTS
    }
    languages = _languages(workbook, headings, report)
    survey, choices, settings = (
        read_rows(layout, headings[layout.name], workbook[layout.name] or (), languages, report)
        for layout in _LAYOUTS
    )
    lists = read_choices(choices, languages, report)
    reader = SurveyReader(lists, languages, report)
    placed = reader.read(survey)
    needed = _LAYOUTS if reader.used_lists else (SURVEY, SETTINGS)
    _check_sheets(workbook, needed, report)
    unused_lists(lists, reader.used_lists, report)
    if survey:
        check_questions(placed, report)
    named = read_settings(settings, languages, report)
    return Questionnaire(
        key=named.key,
        version=named.version,
        titles=named.titles,
        default_language=languages.default,
        languages=tuple(languages.names),
        questions=tuple(each.question for each in placed),
    )


def _check_sheets(workbook: Workbook, needed: Sequence[Layout], report: Report) -> None:
    present = workbook["sheet_names"] or ()
    for layout in needed:
        if not workbook[layout.name]:
            is_there = layout.name in (name.lower() for name in present)
            report.add(
                "missing_sheet",
                Place(layout.name),
                "The sheet has no rows." if is_there else "The sheet is missing.",
                "Add rows under its headings."
                if is_there
                else f"Add a sheet named {layout.name}. The sheets are: {', '.join(present)}.",
            )


def _heading_texts(workbook: Workbook, layout: Layout) -> tuple[str, ...]:
    header: Sequence[Mapping[str, None]] = workbook[f"{layout.name}_header"] or ({},)
    # a blank heading of a Markdown table comes as the text "None"
    return tuple(text for text in header[0] if text != "None")


def _languages(
    workbook: Workbook, headings: Mapping[str, tuple[Heading, ...]], report: Report
) -> Languages:
    raw: Mapping[str, str] = next(iter(workbook[SETTINGS.name] or ()), {})
    written = next(
        (
            raw.get(each.text, "")
            for each in headings[SETTINGS.name]
            if each.column == "default_language"
        ),
        "",
    )
    place = Place(SETTINGS.name, 2, "default_language")
    every = tuple(heading for layout in _LAYOUTS for heading in headings[layout.name])
    return find_languages(every, written, place, report)


def _compile(data: bytes, kind: str, report: Report) -> None:
    from pyxform.xls2xform import convert  # noqa: PLC0415  slow, as above

    try:
        convert(data, file_type=f".{kind}", validate=False)
    except Exception as error:  # noqa: BLE001  whatever stops pyxform would stop ODK and Kobo
        cause = str(error)
        row = re.search(r"\[row : ([0-9]+)\]", cause)
        sheet = re.search(r"'(survey|choices|settings)' sheet", cause)
        report.add(
            "not_an_xlsform",
            Place(sheet[1] if sheet else SURVEY.name, int(row[1]) if row else None),
            f"ODK's own reader refuses the form: {cause}",
            "Correct it as that message says.",
        )
