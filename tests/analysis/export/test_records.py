"""Files open everywhere, say what they mean, and point at nobody."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import ExportRefused
from analysis.export.csv_text import read_csv, write_csv
from analysis.export.records import records_table
from surveys.model import Choice, Question, Questionnaire, QuestionType
from tests.analysis.answers import Said, confidence, form, parent, rating, responses_of
from tests.analysis.export.files import codebook_csv, csv_of, rows_of, source
from tests.builders import question, several

COMMENTS = ["=1+1", "+44 is the wrong code", "-2 out of ten", "@school", "\t=1"]


def file_of(
    people: Sequence[Said], key: str = "k", threshold: int = 10, **changes: Any
) -> list[dict[str, str]]:
    questionnaire = changes.pop("form", confidence())
    return rows_of(csv_of([source(questionnaire, people, key, threshold)]))


def small_csv(questionnaire: Questionnaire, people: Sequence[Said]) -> str:
    return csv_of([source(questionnaire, people, "k", 0)])


def test_b18_no_cell_runs_and_every_comment_comes_back() -> None:
    text = write_csv(["=Total", "change"], [[comment, -1.5] for comment in COMMENTS])
    assert text.count("'=Total") == 1
    assert all(f"'{comment}" in text for comment in COMMENTS)
    assert ",-1.5\r\n" in text
    header, *rows = read_csv(text)
    assert header == ["=Total", "change"]
    assert [row[0] for row in rows] == COMMENTS


def test_b18_an_age_group_does_not_open_as_a_day() -> None:
    ages = form(question("age", offered=(Choice("5-11", {"en": "5-11"}),)))
    text = codebook_csv(ages)
    assert ",'5-11,5 to 11," in text
    assert ["5-11", "5 to 11"] in [row[4:6] for row in read_csv(text)]
    file = small_csv(ages, [{"age": "5-11"}])
    assert ",'5-11,answered," in file


def test_a_row_that_does_not_fit_its_header_is_never_written() -> None:
    with pytest.raises(ValueError, match="Row 2 has 1 cells under 2 headings"):
        write_csv(["a", "b"], [["x", 1], ["y"]])


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_never_written_as_one(number: float) -> None:
    with pytest.raises(ValueError, match="missing figure is None"):
        write_csv(["a"], [[number]])


def test_b19_the_file_begins_with_its_mark_and_a_whole_number_stays_whole() -> None:
    text = write_csv(["participant", "q"], [["Zoë – naïve اردو", 4], ["x", None]])
    assert text.encode().startswith(b"\xef\xbb\xbfparticipant,")
    assert "Zoë – naïve اردو,4\r\n" in text
    assert "x,\r\n" in text


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_text_comes_back_equal(cells: list[str]) -> None:
    # A lone carriage return inside a cell is read back as csv reads it: within quotes, as it is.
    assert read_csv(write_csv(["h"] * len(cells), [cells]))[1] == cells


def test_b19_every_question_is_a_column_in_order_whoever_answered_first() -> None:
    people: list[Said] = [{"phase": "primary"}, *(parent("primary") for _ in range(10))]
    header = list(file_of(people)[0])
    questions = [q.key for q in confidence().questions if q.type is not QuestionType.TEXT]
    assert header[:5] == ["participant", "round", "questionnaire_version", "mode", "language"]
    assert [column for column in header[5:-5] if not column.endswith("_state")] == questions


def test_five_kinds_of_nothing_stay_apart() -> None:
    said = {"c1": "dk", "c2": "na", "c3": "skip", "c4": "5"}
    people: list[Said] = [{**parent("primary"), **said} for _ in range(10)]
    row = file_of([{k: v for k, v in person.items() if k != "c5"} for person in people])[0]
    assert [row[f"c{n}_state"] for n in range(1, 6)] == [
        "dont_know", "does_not_apply", "skipped", "answered", "not_asked",
    ]  # fmt: skip
    assert [row[f"c{n}"] for n in range(1, 6)] == ["", "", "", "5", ""]


def test_b20_boxes_are_one_nought_or_blank() -> None:
    options = tuple(Choice(code, {"en": code}) for code in ("a", "b", "none"))
    small = form(Question("m", QuestionType.SELECT_MULTIPLE, {"en": "m"}, choices=options))
    people: list[Said] = [{"m": "a"}, {"m": "none"}, {"m": "skip"}, {}]
    found = {
        (row["m_a"], row["m_b"], row["m_none"], row["m_state"])
        for row in file_of(people, threshold=0, form=small)
    }
    assert found == {
        ("1", "0", "0", "answered"), ("0", "0", "1", "answered"),
        ("", "", "", "skipped"), ("", "", "", "not_asked"),
    }  # fmt: skip


def test_b22_no_time_no_id_no_comment_and_no_order_of_arrival() -> None:
    people = [parent("primary", rate=str(1 + n % 5), o1=f"son called Tom {n}") for n in range(50)]
    first, again = file_of(people, "k"), file_of(people, "k")
    other = file_of(people, "another")
    assert first == again
    assert [row["c1"] for row in first] != [person["c1"] for person in people]
    assert [row["c1"] for row in first] != [row["c1"] for row in other]
    text = json.dumps(first)
    assert "Tom" not in text
    assert "response-" not in text
    assert "2027" not in text
    assert [row["participant"] for row in first] == [str(n) for n in range(1, 51)]


def test_b22_a_rare_profile_is_joined_with_the_next_rarest() -> None:
    people: list[Said] = [parent("primary") for _ in range(20)]
    people += [parent("secondary") for _ in range(15)]
    people += [parent("post_16", "home")]
    rows = file_of(people)
    assert sum(row["phase"] == "other" for row in rows) == 16
    assert sum(row["phase"] == "primary" for row in rows) == 20
    assert {row["setting"] for row in rows} == {"mainstream", "other"}


def test_b22_one_parent_who_skipped_does_not_stand_out_among_those_not_asked() -> None:
    people: list[Said] = [parent("primary") for _ in range(20)]
    people += [{"phase": "primary", "provision": "ehcp"} for _ in range(10)]
    people += [{"phase": "primary", "setting": "skip", "provision": "ehcp"}]
    rows = file_of(people)
    assert Counter(row["setting_state"] for row in rows) == {"answered": 20, "other": 11}
    people[-1] = people[-2]
    states = Counter(row["setting_state"] for row in file_of(people))
    assert states == {"answered": 20, "not_asked": 11}


def test_a_file_of_too_few_is_refused_with_a_way_out() -> None:
    with pytest.raises(ExportRefused, match="export metrics"):
        file_of([parent("primary") for _ in range(9)])


def test_one_language_in_a_profile_is_joined_so_that_no_combination_is_rare() -> None:
    people = [parent("primary") for _ in range(15)] + [parent("secondary") for _ in range(15)]
    responses = [
        replace(response, language="pl" if number == 0 else "en")
        for number, response in enumerate(responses_of(people, confidence()))
    ]
    text = csv_of([source(confidence(), people, threshold=10, responses=responses)])
    combinations = Counter((*row[3:5], *row[5:10:2]) for row in read_csv(text)[1:])
    assert {row[4] for row in read_csv(text)[1:]} == {"en", "other"}
    assert all(count >= 10 for count in combinations.values())


def help_item(words: str) -> Question:
    """An item whose code 2 has these words."""
    asked = rating("q_help")
    choices = [replace(c, labels={"en": words}) if c.code == "2" else c for c in asked.choices]
    return replace(asked, choices=tuple(choices))


FIRST = form(rating("q_trust"), help_item("Sometimes"))
SECOND = replace(form(help_item("Rarely"), rating("q_speed")), version="2")
SIX: list[Said] = [{"q_trust": "4", "q_help": "2"} for _ in range(6)]
FOUR: list[Said] = [{"q_help": "2", "q_speed": "5"} for _ in range(4)]


@pytest.mark.parametrize("rounds", [("Spring", "Spring"), ("Spring", "Summer")])
def test_b14_one_file_holds_every_version_and_each_keeps_its_words(
    rounds: tuple[str, str],
) -> None:
    least = 10 if len(set(rounds)) == 1 else 4
    sources = [
        source(FIRST, SIX, threshold=least, a_round=rounds[0]),
        source(SECOND, FOUR, threshold=least, a_round=rounds[1], skip=6),
    ]
    text = csv_of(sources)
    header, found = read_csv(text)[0], rows_of(text)
    assert header[5:11:2] == ["q_help", "q_speed", "q_trust"]
    assert Counter(row["q_trust"] for row in found) == {"4": 6, "": 4}
    assert Counter(row["q_speed"] for row in found) == {"5": 4, "": 6}
    assert Counter(row["questionnaire_version"] for row in found) == {"1": 6, "2": 4}
    assert {row["q_speed_state"] for row in found if not row["q_speed"]} == {"not_asked"}
    words = {
        row["questionnaire_version"]: row["code_label"]
        for row in rows_of(codebook_csv(FIRST, SECOND))
        if (row["variable"], row["code"]) == ("q_help", "2")
    }
    assert words == {"1": "Sometimes", "2": "Rarely"}
    [label] = [c.labels["2"] for c in records_table(sources).columns if c.key == "q_help"]
    assert label == "version 1: Sometimes; version 2: Rarely"


def test_two_versions_of_one_name_are_told_apart() -> None:
    again = replace(SECOND, version="1")
    rows = rows_of(csv_of([source(FIRST, SIX), source(again, FOUR, skip=6)]))
    names = {f"1 ({FIRST.hash[:8]})": 6, f"1 ({again.hash[:8]})": 4}
    assert Counter(row["questionnaire_version"] for row in rows) == names


def test_two_rounds_of_different_questionnaires_are_refused() -> None:
    other = replace(SECOND, key="other")
    with pytest.raises(ExportRefused, match="different questionnaires"):
        csv_of([source(FIRST, SIX), source(other, FOUR, skip=6)])


def test_b22_profiles_are_joined_within_each_round() -> None:
    first: list[Said] = [parent("primary") for _ in range(12)]
    second: list[Said] = [parent("primary") for _ in range(4)] + [parent("secondary")] * 20
    rows = rows_of(
        csv_of(
            [
                source(confidence(), first, threshold=10),
                source(confidence(), second, "l", threshold=10, a_round="Summer", skip=12),
            ]
        )
    )
    assert Counter((row["round"], row["phase"]) for row in rows) == {
        ("Spring", "primary"): 12, ("Summer", "other"): 24,
    }  # fmt: skip
    assert [row["participant"] for row in rows] == [str(n) for n in range(1, 37)]
    assert [row["round"] for row in rows] != sorted(row["round"] for row in rows)


def test_a_box_that_a_version_did_not_have_is_blank_for_it() -> None:
    def boxes(*codes: str) -> Question:
        return several("m", tuple(Choice(code, {"en": code}) for code in codes))

    first, second = form(boxes("a")), form(boxes("a", "b"))
    text = csv_of([source(first, [{"m": "a"}]), source(second, [{"m": "b"}], skip=1)])
    assert {tuple(row[5:8]) for row in read_csv(text)[1:]} == {
        ("1", "", "answered"), ("0", "1", "answered"),
    }  # fmt: skip


def test_b14_comments_of_an_old_version_never_stand_in_a_column_of_codes() -> None:
    first = form(question("why", QuestionType.TEXT))
    second = form(question("why", offered=(Choice("1", {"en": "One"}),)))
    with pytest.raises(ExportRefused, match="why is text in one version and select_one"):
        csv_of([source(first, [{"why": "my son Tom"}]), source(second, [{}], skip=1)])


def test_b18_numbers_stay_numbers_and_codes_stay_codes() -> None:
    asked = form(
        question("count", QuestionType.INTEGER),
        question("change", QuestionType.DECIMAL),
        question("place", offered=(Choice("01", {"en": "First"}),)),
    )
    people: list[Said] = [{"count": "-2", "change": "-1.5", "place": "01"}]
    assert ",-2,answered,-1.5,answered,01,answered," in small_csv(asked, people)


def test_the_codebook_names_every_code_with_state_and_score() -> None:
    header, *rows = read_csv(codebook_csv(confidence()))
    book = [dict(zip(header, row, strict=True)) for row in rows]
    c4 = [row for row in book if row["variable"] == "c4"]
    assert [row["code"] for row in c4] == ["", "5", "4", "3", "2", "1", "dk", "na", "", ""]
    assert c4[1]["score"] == "5"
    assert [row["state"] for row in c4[-4:]] == [
        "dont_know", "does_not_apply", "not_asked", "skipped",
    ]  # fmt: skip
    assert [row["spss_code"] for row in c4[1:]] == ["5", "4", "3", "2", "1", "-8", "-1", "-7", "-9"]
    assert {row["reverse"] for row in c4} == {"yes"}
    assert [row["variable"] for row in book if row["anchor"] == "yes"] == ["c10"] * 10


CLASHING = form(
    several("a", (Choice("b", {"en": "B"}), Choice("state", {"en": "State"}))),
    rating("a_b"),
    rating("Language"),
)


def test_no_two_columns_have_one_name() -> None:
    header = list(file_of([{"a_b": "4"} for _ in range(10)], form=CLASHING)[0])
    assert header[5:-5] == [
        "a_b", "a_state", "a_state_2", "a_b_2", "a_b_state", "Language_2", "Language_state",
    ]  # fmt: skip


@pytest.mark.parametrize("asked", [confidence(), form(several("topics"), rating("q1")), CLASHING])
def test_the_codebook_and_the_file_have_the_same_columns(asked: Questionnaire) -> None:
    header = list(file_of([{} for _ in range(10)], form=asked)[0])[:-5]
    variables = [row[0] for row in read_csv(codebook_csv(asked))[1:]]
    assert list(dict.fromkeys(variables)) == header


def test_every_value_in_the_file_is_in_the_codebook() -> None:
    people = [parent("primary", c1="dk", c2="skip") for _ in range(12)]
    people += [parent("post_16", "home")]
    known = {(row["variable"], row["code"]) for row in rows_of(codebook_csv(confidence()))}
    for row in file_of(people):
        for column, value in list(row.items())[5:-5]:
            assert (column, value) in known
