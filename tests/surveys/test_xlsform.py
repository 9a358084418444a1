"""A form that keeps to the profile becomes the questionnaire it says."""

from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from surveys.errors import FormRefused
from surveys.model import Questionnaire, QuestionType, State
from surveys.xlsform import read_form, read_form_bytes
from surveys.xlsform_workbook import MAX_BYTES
from tests.surveys.forms import CHOICES, SETTINGS, SURVEY, Rows, markdown, read, with_row, workbook


def test_reads_settings_questions_and_choices() -> None:
    form = read()
    assert (form.key, form.version, form.titles) == ("a_form", "1", {"en": "A form"})
    assert (form.default_language, form.languages) == ("en", ("en",))
    assert [each.key for each in form.questions] == ["c1", "age", "o1"]
    c1 = form.questions[0]
    assert c1.type is QuestionType.SELECT_ONE
    assert c1.labels == {"en": "They listen."}
    assert c1.construct == "voice"
    assert [each.code for each in c1.choices] == ["5", "1", "dk"]
    assert [each.score for each in c1.choices] == [5, 1, None]
    assert [each.state for each in c1.choices] == [State.ANSWERED, State.ANSWERED, State.DONT_KNOW]


def test_reads_every_column_and_type() -> None:
    survey: Rows = (
        {"type": "note", "name": "hello", "label": "Hello"},
        {
            "type": "select_one agree",
            "name": "c1",
            "label": "They listen.",
            "hint": "Think of this year.",
            "guidance_hint": "For interviewers.",
            "required": "yes",
            "appearance": "minimal",
            "construct": "voice",
            "reverse": "yes",
            "index": "TRUE",
            "anchor": "yes",
            "moment": "after",
        },
        {
            "type": "integer",
            "name": "age",
            "label": "Age?",
            "constraint": ". > 0 and . < 26",
            "constraint_message": "From 1 to 25.",
            "relevant": "${c1} != ''",
            "required": "no",
        },
        {"type": "decimal", "name": "miles", "label": "How far?"},
        {"type": "date", "name": "moved", "label": "When?"},
        {"type": "acknowledge", "name": "ok", "label": "Tick"},
        {"type": "select_multiple agree_not", "name": "many", "label": "Which?"},
        {"type": "calculate", "name": "old", "calculation": "if(${age} > 10, 'yes', 'no')"},
    )
    choices = (*CHOICES, {"list_name": "agree_not", "name": "x", "label": "X"})
    form = read(survey, choices)
    assert [each.type.value for each in form.questions] == [
        "note",
        "select_one",
        "integer",
        "decimal",
        "date",
        "acknowledge",
        "select_multiple",
        "calculate",
    ]
    c1, age, old = form.questions[1], form.questions[2], form.questions[7]
    assert (c1.hints, c1.guidance) == ({"en": "Think of this year."}, {"en": "For interviewers."})
    assert (c1.required, c1.reverse, c1.index, c1.anchor) == (True, True, True, True)
    assert (c1.appearance, c1.moment) == ("minimal", "after")
    assert (age.constraint, age.constraint_messages) == (
        ". > 0 and . < 26",
        {"en": "From 1 to 25."},
    )
    assert (age.relevant, age.required) == ("${c1} != ''", False)
    assert old.calculation == "if(${age} > 10, 'yes', 'no')"
    assert old.labels == {}


def test_an_excel_file_says_the_same_as_a_markdown_table() -> None:
    data = workbook(survey=SURVEY, choices=CHOICES, settings=SETTINGS)
    assert read_form_bytes(data, ".XLSX", "form.xlsx").hash == read().hash


def test_numbers_in_excel_cells_are_read_as_written() -> None:
    choices = [{"list_name": "agree", "name": 5, "label": "Agree", "score": 5.0}]
    data = workbook(survey=SURVEY, choices=choices, settings=SETTINGS)  # type: ignore[arg-type]  # what Excel makes of digits
    choice = read_form_bytes(data, "xlsx", "form.xlsx").questions[0].choices[0]
    assert (choice.code, choice.score) == ("5", 5)


def test_a_csv_file_is_read_too() -> None:
    lines = ["survey", ",type,name,label", ",text,o1,Why?"]
    lines += ["settings", ",form_title,form_id,version", ",T,t,1"]
    assert read_form_bytes("\n".join(lines).encode(), "csv", "form.csv").key == "t"


def test_reads_a_file_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    path.write_text(markdown(), encoding="utf-8")
    assert read_form(path) == read()


def test_an_accepted_form_compiles_with_pyxform_alone() -> None:
    assert "<h:title>A form</h:title>" in convert(markdown().encode(), file_type=".md").xform


def translated(rows: Rows, column: str, polish: str) -> Rows:
    renamed = ({**row, f"{column}::English (en)": row[column]} for row in rows)
    return [
        {
            **{name: text for name, text in row.items() if name != column},
            f"{column}::Polish (pl)": polish,
        }
        for row in renamed
    ]


@pytest.mark.parametrize("default", ["Polish (pl)", "pl", "PL"])
def test_languages_come_from_the_headings(default: str) -> None:
    form = read(
        translated(SURVEY, "label", "Pytanie"),
        translated(CHOICES, "label", "Wybór"),
        with_row(
            SETTINGS, 2, **{"default_language": default, "translated_title::English (en)": "Title"}
        ),
    )
    assert (form.default_language, form.languages) == ("pl", ("pl", "en"))
    assert form.questions[0].labels == {"pl": "Pytanie", "en": "They listen."}
    assert form.questions[0].choices[0].labels == {"pl": "Wybór", "en": "Agree"}
    assert form.titles == {"pl": "A form", "en": "Title"}


@pytest.mark.parametrize("default", ["English (en)", "en"])
def test_a_heading_without_a_language_is_the_default_one(default: str) -> None:
    survey = [{**row, "label :: Easy read (en-x-easyread)": "Easy."} for row in SURVEY]
    choices = [{**row, "label::Easy read (en-x-easyread)": "Easy."} for row in CHOICES]
    form = read(survey, choices, with_row(SETTINGS, 2, default_language=default))
    assert form.languages == ("en", "en-x-easyread")
    assert form.questions[0].labels == {"en": "They listen.", "en-x-easyread": "Easy."}


def test_one_language_in_the_headings_needs_no_setting() -> None:
    survey = [{"type": "text", "name": "o1", "label::Polish (pl)": "Pytanie"}]
    assert read(survey, ()).default_language == "pl"


def test_headings_forgive_case_and_spaces() -> None:
    survey = [{"Type": "text", "NAME": "o1", "Label": "Why?"}]
    assert read(survey, ()).questions[0].key == "o1"


def test_columns_for_other_tools_are_ignored() -> None:
    survey = with_row(SURVEY, 2, required_message="Please", notes="Ask the forum")
    assert read(survey, CHOICES, with_row(SETTINGS, 2, style="pages")).hash == read().hash


GROUPED: Rows = (
    {"type": "text", "name": "a", "label": "A"},
    {"type": "begin_group", "name": "g", "relevant": "${a} = 'x' or ${a} = 'y'"},
    {"type": "text", "name": "b", "label": "B"},
    {"type": "begin group", "name": "h", "label": "Part two", "relevant": "${b} = 'x'"},
    {"type": "text", "name": "c", "label": "C", "relevant": "${b} != 'z'"},
    {"type": "end group"},
    {"type": "begin_group", "name": "i"},
    {"type": "text", "name": "d", "label": "D"},
    {"type": "end_group"},
    {"type": "end_group"},
    {"type": "text", "name": "e", "label": "E"},
)


def test_a_group_s_relevance_is_joined_to_its_questions() -> None:
    form = read(GROUPED, ())
    relevant = {each.key: each.relevant for each in form.questions}
    outer = "${a} = 'x' or ${a} = 'y'"
    assert relevant == {
        "a": "",
        "b": outer,
        "h": f"({outer}) and (${{b}} = 'x')",
        "c": f"({outer}) and (${{b}} = 'x') and (${{b}} != 'z')",
        "d": outer,
        "e": "",
    }


def test_a_group_s_label_is_kept_as_a_note() -> None:
    form = read(GROUPED, ())
    note = form.question("h")
    assert note is not None
    assert (note.type, note.labels) == (QuestionType.NOTE, {"en": "Part two"})
    assert form.question("i") is None


def test_reading_twice_gives_the_same_hash_and_the_json_reads_back() -> None:
    form = read(GROUPED, ())
    assert read(GROUPED, ()).hash == form.hash
    assert Questionnaire.from_json(form.to_json()) == form


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        (b"not a workbook", "xlsx", "not a readable .xlsx"),
        (b"", "xls", "not a readable .xls"),
        (b"just words", "md", "not a readable .md"),
        (b"\xff\xfe|||||", "md", "not a readable .md"),
        (b"| survey |\n| | type |\n| | text | too | many |\n", "md", "not a readable .md"),
        (b"", "docx", "“docx” is not a kind"),
        (b"x" * (MAX_BYTES + 1), "md", "over 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(data: bytes, kind: str, says: str) -> None:
    with pytest.raises(FormRefused, match="unreadable") as refused:
        read_form_bytes(data, kind, "form")
    assert says in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormRefused, match=r"nowhere\.md.*\n.*cannot be opened"):
        read_form(tmp_path / "nowhere.md")


def test_rows_are_counted_as_excel_shows_them() -> None:
    survey: Rows = (SURVEY[0], {}, {}, {"type": "txt", "name": "o", "label": "Why?"})
    data = workbook(survey=survey, choices=CHOICES, settings=SETTINGS)
    with pytest.raises(FormRefused) as refused:
        read_form_bytes(data, "xlsx", "form.xlsx")
    assert "sheet survey, row 5, column type: There is no type “txt”" in str(refused.value)
