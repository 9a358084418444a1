"""No filled cell of a workbook is passed over in silence."""

import pytest

from surveys.errors import FormRefused
from surveys.xlsform import read_form_bytes
from tests.surveys.forms import CHOICES, SETTINGS, SURVEY, Rows, workbook

BLANK: Rows = ({},) * 70


@pytest.mark.parametrize(
    ("survey", "code", "row", "column"),
    [
        ([*SURVEY, {"": "stray"}], "cell_without_heading", 5, None),
        ([*SURVEY, {"hint": "=A1"}], "formula_without_value", 5, "hint"),
        ([*SURVEY, *BLANK, {"type": "text"}], "row_too_far", 75, "type"),
    ],
)
def test_what_pyxform_leaves_out_is_reported(
    survey: Rows, code: str, row: int, column: str | None
) -> None:
    data = workbook(survey=survey, choices=CHOICES, settings=SETTINGS)
    with pytest.raises(FormRefused) as refused:
        read_form_bytes(data, "xlsx", "form.xlsx")
    found = [(each.code, each.sheet, each.row, each.column) for each in refused.value.problems]
    assert found == [(code, "survey", row, column)]


def test_other_sheets_and_blank_rows_are_the_author_s_own() -> None:
    survey = [{"type ": "text", " name": "o", "label": "Why?"}, {}, {}]
    data = workbook(Notes=[{"": "x", "a": "=A1"}], Survey=survey, SETTINGS=SETTINGS)
    assert read_form_bytes(data, "xlsx", "form.xlsx").questions[0].key == "o"


def test_an_empty_sheet_loses_nothing() -> None:
    data = workbook(survey=SURVEY[1:], choices=[], settings=SETTINGS)
    assert read_form_bytes(data, "xlsx", "form.xlsx").key == "a_form"
