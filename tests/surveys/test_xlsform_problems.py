"""Every fault of a form is found, named by its cell, and comes with a remedy."""

import pytest

from surveys.errors import FormProblem, FormRefused
from surveys.xlsform import read_form_bytes
from tests.surveys.forms import (
    CHOICES,
    SETTINGS,
    SURVEY,
    Rows,
    markdown,
    problems,
    read,
    with_row,
)

Found = tuple[str, str, int | None, str | None]
LONG = "x" * 51


def places(found: tuple[FormProblem, ...]) -> list[Found]:
    return [(each.code, each.sheet, each.row, each.column) for each in found]


def only(found: tuple[FormProblem, ...]) -> FormProblem:
    assert len(found) == 1, found
    assert found[0].cause
    assert found[0].remedy
    return found[0]


@pytest.mark.parametrize(
    ("row", "cells", "code", "column", "says"),
    [
        (4, {"type": "txt"}, "unknown_type", "type", "Did you mean text?"),
        (4, {"type": "geopoint"}, "unknown_type", "type", "Use one of"),
        (4, {"type": "begin_repeat"}, "unknown_type", "type", "Did you mean begin_group?"),
        (4, {"type": "text lines"}, "unknown_type", "type", "Write text alone."),
        (4, {"type": ""}, "missing_type", "type", "Write its type"),
        (4, {"name": ""}, "missing_name", "name", "short name"),
        (4, {"name": "2b"}, "bad_name", "name", "Begin with a letter"),
        (4, {"name": "o-1"}, "bad_name", "name", "Begin with a letter"),
        (4, {"name": "AGE"}, "duplicate_name", "name", "capital letters"),
        (4, {"name": "age"}, "duplicate_name", "name", "its own name"),
        (4, {"label": ""}, "missing_label", "label", "Write its label"),
        (4, {"label": "For ${age}?"}, "reference_in_label", "label", "reads well without"),
        (4, {"relevant": "${age} + 1"}, "bad_expression", "relevant", "arithmetic"),
        (4, {"constraint": "regex(., '(')"}, "bad_expression", "constraint", "pattern"),
        (4, {"relevant": "${ages} = 1"}, "unknown_reference", "relevant", "Did you mean age?"),
        (3, {"relevant": "${o1} = 'x'"}, "forward_reference", "relevant", "move this row down"),
        (3, {"constraint": "${age} > 1"}, "forward_reference", "constraint", "dot"),
        (3, {"relevant": ". > 1"}, "misplaced_dot", "relevant", "${name}"),
        (4, {"required": "maybe"}, "not_yes_or_no", "required", "yes or no"),
        (2, {"reverse": "1"}, "not_yes_or_no", "reverse", "yes or no"),
        (2, {"index": "x"}, "not_yes_or_no", "index", "yes or no"),
        (2, {"anchor": "x"}, "not_yes_or_no", "anchor", "yes or no"),
        (4, {"reverse": "yes"}, "not_a_rating", "reverse", "scores"),
        (4, {"anchor": "yes"}, "not_a_rating", "anchor", "scores"),
        (4, {"index": "yes", "construct": "voice"}, "not_a_rating", "index", "scores"),
        (2, {"index": "yes", "construct": ""}, "missing_construct", "construct", "Name its"),
        (2, {"construct": "Their voice"}, "bad_construct", "construct", "small letters"),
        (2, {"moment": "befour"}, "unknown_moment", "moment", "Did you mean before?"),
        (4, {"calculation": "1"}, "misplaced_calculation", "calculation", "calculate rows"),
        (4, {"type": "calculate"}, "missing_calculation", "calculation", "calculate rows"),
        (2, {"name": "q" * 49}, "button_too_long", "name", "Shorten"),
        (4, {"name": LONG}, "button_too_long", "name", "Shorten"),
        (4, {"label": "😀" * 1751}, "text_too_long", "label", "Shorten"),
        (4, {"label": "x" * 1800, "hint": "y" * 1701}, "text_too_long", "label", "3,501"),
        (3, {"name": "phase"}, "bad_profile_question", "type", "must be a select_one"),
        (2, {"name": "setting"}, "bad_profile_question", "type", "mainstream"),
    ],
)
def test_a_survey_cell(row: int, cells: dict[str, str], code: str, column: str, says: str) -> None:
    found = only(problems(with_row(SURVEY, row, **cells)))
    assert places((found,)) == [(code, "survey", row, column)]
    assert says in str(found)


@pytest.mark.parametrize(
    ("row", "cells", "code", "column", "says"),
    [
        (4, {"list_name": ""}, "missing_list_name", "list_name", "select_one NAME"),
        (4, {"list_name": "spare"}, "unused_list", "list_name", "select_one spare"),
        (4, {"name": ""}, "missing_name", "name", "short code"),
        (4, {"name": "don't"}, "bad_code", "name", "_ and -"),
        (4, {"name": "5"}, "duplicate_choice", "name", "own code"),
        (4, {"label": ""}, "missing_label", "label", "Write its label"),
        (2, {"score": "4.5"}, "bad_score", "score", "1 to 5"),
        (2, {"score": "0"}, "bad_score", "score", "1 to 5"),
        (2, {"score": "five"}, "bad_score", "score", "1 to 5"),
        (4, {"state": ""}, "missing_score", "score", "dont_know"),
        (4, {"score": "3"}, "score_on_state", "score", "never a number"),
        (4, {"state": "dont_kno", "score": "3"}, "unknown_state", "state", "dont_know?"),
    ],
)
def test_a_choices_cell(row: int, cells: dict[str, str], code: str, column: str, says: str) -> None:
    found = only(problems(choices=with_row(CHOICES, row, **cells)))
    assert places((found,)) == [(code, "choices", row, column)]
    assert says in str(found)


@pytest.mark.parametrize(
    ("cells", "code", "column", "says"),
    [
        ({"form_title": ""}, "missing_setting", "form_title", "Add it"),
        ({"form_id": ""}, "missing_setting", "form_id", "Add it"),
        ({"version": ""}, "missing_setting", "version", "Add it"),
        ({"form_id": "a form"}, "bad_form_id", "form_id", "Begin with a letter"),
        ({"default_language": "klingon!"}, "unknown_language", "default_language", "English (en)"),
        ({"translated_title": "T"}, "duplicate_column", "translated_title", "Remove"),
    ],
)
def test_a_settings_cell(cells: dict[str, str], code: str, column: str, says: str) -> None:
    found = only(problems(settings=with_row(SETTINGS, 2, **cells)))
    assert places((found,)) == [(code, "settings", 2, column)]
    assert says in str(found)


def test_a_second_row_of_settings() -> None:
    found = only(problems(settings=[*SETTINGS, {"form_id": "b"}]))
    assert places((found,)) == [("extra_settings", "settings", 3, "form_id")]


@pytest.mark.parametrize(
    ("heading", "code", "says"),
    [
        ("relevantt", "unknown_column", "Did you mean relevant?"),
        ("choice_filter", "unknown_column", "Use one of"),
        ("media::image", "unknown_column", "Use one of"),
        ("hint::English", "bad_language", "hint::English (en)"),
        ("name::English (en)", "bad_language", "not translated"),
        ("Label", "duplicate_column", "Keep one"),
    ],
)
def test_a_survey_heading(heading: str, code: str, says: str) -> None:
    found = only(problems(with_row(SURVEY, 2, **{heading: "x"})))
    assert places((found,)) == [(code, "survey", 1, heading)]
    assert says in str(found)


def test_a_title_with_a_language_is_refused_because_pyxform_cannot_compile_it() -> None:
    settings = [{"form_title::English (en)": "T", "form_id": "t", "version": "1"}]
    found = problems(settings=settings)
    assert places(found) == [
        ("bad_language", "settings", 1, "form_title::English (en)"),
        ("missing_setting", "settings", 2, "form_title"),
    ]
    assert "translated_title::Polish (pl)" in found[0].remedy


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("select_one agree5", "Did you mean agree?"),
        ("select_one", "The list is not named."),
        ("select_multiple nothing_like", "Use one of: agree."),
    ],
)
def test_a_list_that_is_missing(kind: str, says: str) -> None:
    extra = {"type": kind, "name": "x", "label": "X"}
    found = only(problems([*SURVEY, extra]))
    assert places((found,)) == [("missing_list", "survey", 5, "type")]
    assert says in str(found)


def test_codes_that_differ_in_capital_letters_only() -> None:
    found = only(problems(choices=[*CHOICES, {**CHOICES[2], "name": "DK"}]))
    assert places((found,)) == [("duplicate_choice", "choices", 5, "name")]


def test_a_profile_question_in_capital_letters() -> None:
    choices = [{"list_name": "agree", "name": "primary", "label": "Primary"}]
    found = only(problems(with_row(SURVEY, 2, name="Phase"), choices))
    assert places((found,)) == [("bad_profile_question", "survey", 2, "name")]


def test_or_other_is_not_in_the_profile() -> None:
    found = problems(with_row(SURVEY, 2, type="select_one agree or_other"))
    assert "missing_list" in {each.code for each in found}


def test_scores_are_not_for_choosing_many() -> None:
    found = only(problems(with_row(SURVEY, 2, type="select_multiple agree")))
    assert places((found,)) == [("rating_of_many", "survey", 2, "type")]


def test_only_one_anchor() -> None:
    first = {**SURVEY[0], "anchor": "yes"}
    found = only(problems([first, {**first, "name": "c2"}]))
    assert places((found,)) == [("second_anchor", "survey", 3, "anchor")]
    assert "c1" in found.cause


@pytest.mark.parametrize(
    ("rows", "row", "says"),
    [
        ([{"type": "begin_group", "name": "g"}, *SURVEY], 2, "never ends"),
        ([*SURVEY, {"type": "end_group"}], 5, "never began"),
    ],
)
def test_groups_must_balance(rows: Rows, row: int, says: str) -> None:
    found = only(problems(rows))
    assert places((found,)) == [("unbalanced_group", "survey", row, "type")]
    assert says in found.cause


@pytest.mark.parametrize(
    ("kind", "label"), [("note", "N"), ("begin_group", "N"), ("begin_group", "")]
)
def test_a_note_and_a_group_have_no_answer_to_refer_to(kind: str, label: str) -> None:
    rows: Rows = (
        {"type": kind, "name": "n", "label": label},
        {"type": "text", "name": "o", "label": "O", "relevant": "${n} = 'x'"},
        *([{"type": "end_group"}] if kind == "begin_group" else []),
    )
    found = only(problems(rows, ()))
    assert places((found,)) == [("reference_without_answer", "survey", 3, "relevant")]


def test_a_group_needs_a_name_and_cannot_say_what_belongs_to_its_questions() -> None:
    rows = [{"type": "begin_group", "moment": "after"}, *SURVEY, {"type": "end_group"}]
    assert places(problems(rows)) == [
        ("misplaced_cell", "survey", 2, "moment"),
        ("missing_name", "survey", 2, "name"),
    ]


def test_a_group_s_bad_relevance_is_reported_once() -> None:
    group = {"type": "begin_group", "name": "g", "label": "G", "relevant": "1 +"}
    found = only(problems([group, *SURVEY, {"type": "end_group"}]))
    assert places((found,)) == [("bad_expression", "survey", 2, "relevant")]


def test_relevances_that_are_too_long_together() -> None:
    half = " or ".join(["${a} = 'some quite long answer'"] * 35)
    rows: Rows = (
        {"type": "text", "name": "a", "label": "A"},
        {"type": "begin_group", "name": "g", "relevant": half},
        {"type": "text", "name": "b", "label": "B", "relevant": half},
        {"type": "end_group"},
    )
    found = only(problems(rows, ()))
    assert places((found,)) == [("bad_expression", "survey", 4, "relevant")]
    assert "relevance of its groups" in found.cause


def test_a_form_that_only_speaks() -> None:
    found = only(problems([{"type": "note", "name": "n", "label": "N"}], ()))
    assert places((found,)) == [("no_questions", "survey", None, None)]


def test_missing_sheets() -> None:
    assert places(problems(settings=())) == [("missing_sheet", "settings", None, None)]
    assert places(problems(choices=())) == [
        ("missing_list", "survey", 2, "type"),
        ("missing_sheet", "choices", None, None),
    ]
    assert places(problems(survey=())) == [
        ("missing_sheet", "survey", None, None),
        ("unused_list", "choices", 2, "list_name"),
    ]


def test_a_sheet_with_headings_only_or_another_name() -> None:
    text = markdown(SURVEY[1:], ()).replace("| settings |", "| setting |")
    text += "| choices |\n| | list_name | name | label |\n"
    with pytest.raises(FormRefused) as refused:
        read_form_bytes(text.encode(), "md", "form.md")
    assert places(refused.value.problems) == [("missing_sheet", "settings", None, None)]
    assert "The sheets are: survey, setting, choices." in str(refused.value)


def test_headings_without_rows() -> None:
    text = markdown((), (), SETTINGS) + "| survey |\n| | type | name | label |\n"
    with pytest.raises(FormRefused, match="The sheet has no rows"):
        read_form_bytes(text.encode(), "md", "form.md")


POLISH = "label::Polish (pl)"


def test_an_empty_translation() -> None:
    survey = [{**row, POLISH: "P"} for row in SURVEY]
    choices = [{**row, POLISH: "P"} for row in CHOICES]
    settings = with_row(SETTINGS, 2, default_language="English (en)")
    assert read(survey, choices, settings).languages == ("en", "pl")
    survey[1][POLISH] = ""
    choices[2][POLISH] = ""
    assert places(problems(survey, choices, settings)) == [
        ("missing_translation", "survey", 3, POLISH),
        ("missing_translation", "choices", 4, POLISH),
    ]


def test_a_sheet_without_one_of_the_languages() -> None:
    survey = [{**row, POLISH: "P", "hint": "H"} for row in SURVEY]
    settings = with_row(SETTINGS, 2, default_language="English (en)")
    assert places(problems(survey, CHOICES, settings)) == [
        ("missing_translation", "survey", 1, "hint::Polish (pl)"),
        ("missing_translation", "choices", 1, POLISH),
    ]


def test_two_languages_need_a_default() -> None:
    survey = [{"type": "text", "name": "o", "label::English (en)": "E", POLISH: "P"}]
    found = only(problems(survey, ()))
    assert places((found,)) == [("missing_setting", "settings", 2, "default_language")]
    assert "English (en), Polish (pl)" in found.remedy


def test_a_plain_heading_beside_a_language_needs_a_default() -> None:
    survey = [{"type": "text", "name": "o", "label": "E", POLISH: "P"}]
    found = only(problems(survey, ()))
    assert places((found,)) == [("missing_setting", "settings", 2, "default_language")]


def test_the_default_must_be_one_of_the_languages() -> None:
    survey = [{"type": "text", "name": "o", POLISH: "P"}]
    settings = with_row(SETTINGS, 2, default_language="Urdu (ur)")
    found = only(problems(survey, (), settings))
    assert places((found,)) == [("unknown_language", "settings", 2, "default_language")]
    assert "Polish (pl)" in found.remedy


def test_a_language_must_be_spelt_one_way() -> None:
    survey = [{"type": "select_one l", "name": "o", POLISH: "P"}]
    choices = [{"list_name": "l", "name": "x", "label::Polski (pl)": "P"}]
    found = only(problems(survey, choices))
    assert found.code == "language_named_twice"
    assert "Polish (pl)" in found.cause


def test_a_cell_under_no_heading() -> None:
    found = only(problems(with_row(SURVEY, 3, **{"": "stray"})))
    assert places((found,)) == [("cell_without_heading", "survey", 3, None)]
    assert "stray" in found.cause


def test_what_pyxform_refuses_is_reported_with_its_row() -> None:
    found = only(problems(with_row(SURVEY, 3, name="meta")))
    assert found.code == "not_an_xlsform"
    assert (found.sheet, found.row) == ("survey", 3)


def test_every_problem_is_found_in_one_reading_in_order() -> None:
    survey = [{**SURVEY[0], "type": "select_on agree"}, {**SURVEY[1], "name": ""}, SURVEY[2]]
    choices = with_row(CHOICES, 3, score="low")
    assert places(problems(survey, choices, with_row(SETTINGS, 2, version=""))) == [
        ("unknown_type", "survey", 2, "type"),
        ("missing_name", "survey", 3, "name"),
        ("unused_list", "choices", 2, "list_name"),
        ("bad_score", "choices", 3, "score"),
        ("missing_setting", "settings", 2, "version"),
    ]
