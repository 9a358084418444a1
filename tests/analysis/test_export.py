"""Files open everywhere, say what they mean, and point at nobody."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import AnswersRefused, ExportRefused
from analysis.export import codebook_csv, metrics_csv, responses_csv
from analysis.export.csv_text import read_csv, write_csv
from surveys.model import Choice, Question, Questionnaire, QuestionType
from tests.analysis.answers import (
    Said,
    answers_of,
    columns_of,
    confidence,
    form,
    parent,
    rating,
    responses_of,
)
from tests.analysis.test_release import release, school
from tests.builders import question, several

COMMENTS = ["=1+1", "+44 is the wrong code", "-2 out of ten", "@school", "\t=1"]


def file_of(
    people: Sequence[Said], key: str = "k", threshold: int = 10, **changes: Any
) -> list[dict[str, str]]:
    questionnaire = changes.pop("form", confidence())
    text = responses_csv(
        questionnaire,
        columns_of(responses_of(people, questionnaire), answers_of(people)),
        order_key=key,
        threshold=threshold,
    )
    header, *rows = read_csv(text)
    return [dict(zip(header, row, strict=True)) for row in rows]


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
    assert ["5-11", "5 to 11"] in [row[3:5] for row in read_csv(text)]
    file = responses_csv(
        ages,
        columns_of(responses_of([{}], ages), answers_of([{"age": "5-11"}])),
        order_key="k",
        threshold=0,
    )
    assert file.endswith(",'5-11,answered\r\n")


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
    assert header[:4] == ["participant", "questionnaire_version", "mode", "language"]
    assert [column for column in header[4:] if not column.endswith("_state")] == questions


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
    text = responses_csv(
        confidence(), columns_of(responses, answers_of(people)), order_key="k", threshold=10
    )
    combinations = Counter((*row[2:4], *row[4:9:2]) for row in read_csv(text)[1:])
    assert {row[3] for row in read_csv(text)[1:]} == {"en", "other"}
    assert all(count >= 10 for count in combinations.values())


def test_b14_one_file_holds_every_version_and_each_keeps_its_words() -> None:
    help_code = rating("q_help").choices[3]

    def helped(words: str) -> Question:
        asked = rating("q_help")
        choices = [c if c != help_code else replace(c, labels={"en": words}) for c in asked.choices]
        return replace(asked, choices=tuple(choices))

    first = form(rating("q_trust"), helped("Sometimes"))
    second = replace(form(helped("Rarely"), rating("q_speed")), version="2")
    before: list[Said] = [{"q_trust": "4", "q_help": "2"} for _ in range(6)]
    people: list[Said] = [*before, *({"q_help": "2", "q_speed": "5"} for _ in range(4))]
    responses = [*responses_of(before, first), *responses_of(people, second)[6:]]
    text = responses_csv(
        second,
        columns_of(responses, answers_of(people)),
        order_key="k",
        threshold=10,
        earlier=[first],
    )
    header, *rows = read_csv(text)
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert header[4::2] == ["q_help", "q_speed", "q_trust"]
    assert Counter(row["q_trust"] for row in found) == {"4": 6, "": 4}
    assert Counter(row["q_speed"] for row in found) == {"5": 4, "": 6}
    assert Counter(row["questionnaire_version"] for row in found) == {"1": 6, "2": 4}
    words = {
        row[-1]: row[4]
        for row in read_csv(codebook_csv(second, first))
        if (row[0], row[3]) == ("q_help", "2")
    }
    assert words == {"1": "Sometimes", "2": "Rarely"}


def test_a_box_that_a_version_did_not_have_is_blank_for_it() -> None:
    def boxes(*codes: str) -> Question:
        return several("m", tuple(Choice(code, {"en": code}) for code in codes))

    first, second = form(boxes("a")), form(boxes("a", "b"))
    people: list[Said] = [{"m": "a"}, {"m": "b"}]
    responses = [*responses_of(people[:1], first), *responses_of(people, second)[1:]]
    text = responses_csv(
        second,
        columns_of(responses, answers_of(people)),
        order_key="k",
        threshold=0,
        earlier=[first],
    )
    assert {tuple(row[4:]) for row in read_csv(text)[1:]} == {
        ("1", "", "answered"), ("0", "1", "answered"),
    }  # fmt: skip


def test_b14_comments_of_an_old_version_never_stand_in_a_column_of_codes() -> None:
    first = form(question("why", QuestionType.TEXT))
    second = form(question("why", offered=(Choice("1", {"en": "One"}),)))
    people: list[Said] = [{"why": "my son Tom"}]
    with pytest.raises(ExportRefused, match="why is text in one version and select_one"):
        responses_csv(
            second,
            columns_of(responses_of(people, first), answers_of(people)),
            order_key="k",
            threshold=0,
            earlier=[first],
        )


def test_answers_to_a_version_that_is_not_given_are_refused() -> None:
    people: list[Said] = [{"q1": "4"}]
    with pytest.raises(AnswersRefused, match="another version"):
        responses_csv(
            form(rating("q1")),
            columns_of(responses_of(people, form(rating("q1", "trust"))), answers_of(people)),
            order_key="k",
            threshold=0,
        )


def test_b18_numbers_stay_numbers_and_codes_stay_codes() -> None:
    asked = form(
        question("count", QuestionType.INTEGER),
        question("change", QuestionType.DECIMAL),
        question("place", offered=(Choice("01", {"en": "First"}),)),
    )
    people: list[Said] = [{"count": "-2", "change": "-1.5", "place": "01"}]
    text = responses_csv(
        asked,
        columns_of(responses_of(people, asked), answers_of(people)),
        order_key="k",
        threshold=0,
    )
    assert text.endswith("-2,answered,-1.5,answered,01,answered\r\n")


def test_the_codebook_names_every_code_with_state_and_score() -> None:
    header, *rows = read_csv(codebook_csv(confidence()))
    book = [dict(zip(header, row, strict=True)) for row in rows]
    c4 = [row for row in book if row["variable"] == "c4"]
    assert [row["code"] for row in c4] == ["", "5", "4", "3", "2", "1", "dk", "na"]
    assert c4[1]["score"] == "5"
    assert c4[-2]["state"] == "dont_know"
    assert {row["reverse"] for row in c4} == {"yes"}
    assert [row["variable"] for row in book if row["anchor"] == "yes"] == ["c10"] * 8


CLASHING = form(
    several("a", (Choice("b", {"en": "B"}), Choice("state", {"en": "State"}))),
    rating("a_b"),
    rating("Language"),
)


def test_no_two_columns_have_one_name() -> None:
    header = list(file_of([{"a_b": "4"} for _ in range(10)], form=CLASHING)[0])
    assert header[4:] == [
        "a_b", "a_state", "a_state_2", "a_b_2", "a_b_state", "Language_2", "Language_state",
    ]  # fmt: skip


@pytest.mark.parametrize("asked", [confidence(), form(several("topics"), rating("q1")), CLASHING])
def test_the_codebook_and_the_file_have_the_same_columns(asked: Questionnaire) -> None:
    header = list(file_of([{} for _ in range(10)], form=asked)[0])
    variables = [row[0] for row in read_csv(codebook_csv(asked))[1:]]
    assert list(dict.fromkeys(variables)) == header


def test_every_value_in_the_file_is_in_the_codebook() -> None:
    people = [parent("primary", c1="dk", c2="skip") for _ in range(12)]
    people += [parent("post_16", "home")]
    known = {(row[0], row[3]) for row in read_csv(codebook_csv(confidence()))[1:]}
    for row in file_of(people):
        for column, value in list(row.items())[4:]:
            assert (column, value) in known


def test_metrics_have_their_proof_and_withheld_tables_their_reason() -> None:
    made = release([*school(), parent("primary", c1="5")])
    header, *rows = read_csv(metrics_csv(made))
    found = [dict(zip(header, row, strict=True)) for row in rows]
    [anchor] = [r for r in found if r["table"] == "anchor" and r["metric"] == "value"]
    assert anchor["value"] == "51"
    assert (anchor["base"], anchor["low"], anchor["high"]) == ("91", "40", "61")
    assert (anchor["interval"], anchor["unit"]) == ("Wilson", "percent")
    assert "mainstream school" in anchor["definition"]
    assert anchor["release_hash"] == made["hash"]
    assert (anchor["opens"], anchor["made_on"]) == ("2027-03-01T09:00:00+00:00", "2027-04-01")
    strongly = [r for r in found if r["table"] == "item_c1" and r["group"] == "Strongly agree"]
    assert {(r["value"], r["status"]) for r in strongly} == {("", "not_published")}
    assert all("few people" in r["reason"] for r in strongly)
    post_16 = [r for r in found if r["table"] == "index" and r["group"] == "Post-16"]
    assert {(r["value"], r["base"]) for r in post_16} == {("", "")}
    [unsure] = [r for r in found if r["metric"] == "dont_know" and r["group"] == "Primary"]
    assert (unsure["value"], unsure["base"]) == ("0", "")


def test_every_value_of_the_metrics_is_a_number_with_its_base_beside_it() -> None:
    header, *rows = read_csv(metrics_csv(release(school())))
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert all(float(each["value"]) >= 0 for each in found if each["value"])
    means = [r for r in found if r["table"] == "index" and r["value"] and r["metric"] == "value"]
    assert [each["base"] for each in means] == ["90", "20", "40", "30"]
