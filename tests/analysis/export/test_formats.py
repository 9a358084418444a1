"""Every format holds the same cells, and none breaks on what parents and forms can hold."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it has no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import ExportRefused
from analysis.export import Column, Export, Format, Table, Type, as_xlsx, metrics_export, write
from analysis.export.codebook import codebook_table
from analysis.export.csv_text import guard, read_csv, restore
from analysis.export.spss_names import spss_names
from surveys.model import Choice, Question, QuestionType
from tests.analysis.answers import Said, confidence, form, parent, rating
from tests.analysis.export import reading
from tests.analysis.export.files import ABOUT, export_of, rows_of, source, written
from tests.analysis.test_release import release, school
from tests.builders import question, several

COMMENTS = ["=1+1", "+44 is the wrong code", "-2 out of ten", "@school", "\t=1"]
CARRIED = 5
"""The facts behind a CSV of responses, whose round has a column already."""


def texts(*cells: str | None, title: str = "comment") -> Export:
    columns = (Column(title, title, Type.TEXT),)
    table = Table.of_rows("comments", "Comments", columns, [(cell,) for cell in cells])
    return Export(table, ABOUT, codebook_table(table))


MIXED = form(
    question("phase", offered=(Choice("primary", {"en": "Primary"}),)),
    rating("c1"),
    several("m", tuple(Choice(code, {"en": code.upper()}) for code in ("a", "b", "none"))),
    question("count", QuestionType.INTEGER),
    question("share", QuestionType.DECIMAL),
    question("day", QuestionType.DATE),
    question("place", offered=(Choice("01", {"en": "First"}), Choice("x", {"en": "Other place"}))),
)
PEOPLE: list[Said] = [
    {"phase": "primary", "c1": "4", "m": "a none", "count": "-2", "share": "-1.5",
     "day": "2026-11-25", "place": "01"},
    {"phase": "primary", "c1": "dk", "m": "skip", "count": "4", "share": "0.25", "place": "x"},
    {"phase": "skip", "c1": "na", "m": "none", "count": "skip", "day": "skip"},
    {"c1": "skip"},
    {},
]  # fmt: skip


def small() -> Export:
    return export_of([source(MIXED, PEOPLE)])


def test_json_parquet_and_xlsx_hold_the_same_rows(tmp_path: Path) -> None:
    export = small()
    rows = list(export.table.rows())
    assert reading.json_rows(written(export, Format.JSON, tmp_path / "x.json")) == rows
    assert reading.parquet_rows(written(export, Format.PARQUET, tmp_path / "x.parquet")) == rows
    assert reading.xlsx_rows(written(export, Format.XLSX, tmp_path / "x.xlsx"), "Responses") == rows


def test_the_csv_holds_the_same_rows_and_what_the_file_is_about(tmp_path: Path) -> None:
    export = small()
    path = written(export, Format.CSV, tmp_path / "x.csv")
    header, *rows = read_csv(path.read_bytes().decode())
    assert header[:-CARRIED] == list(export.table.keys)
    as_text = [["" if cell is None else str(cell) for cell in row] for row in export.table.rows()]
    assert [row[:-CARRIED] for row in rows] == as_text
    assert {tuple(row[-CARRIED:]) for row in rows} == {
        ("f" * 64, "None", "Under 10", "1", "e" * 64)
    }


def test_the_sav_has_labels_and_every_kind_of_nothing_declared_missing(tmp_path: Path) -> None:
    export = small()
    frame, meta = reading.sav(written(export, Format.SAV, tmp_path / "x.sav"))
    assert list(frame.columns) == list(export.table.keys)
    assert sorted(frame["c1"]) == [-9, -8, -7, -1, 4]
    assert meta.missing_ranges["c1"] == [{"lo": -9, "hi": -1}]
    labels = meta.variable_value_labels["c1"]
    assert (labels[4], labels[-8], labels[-1]) == ("Score 4", "Don't know", "Does not apply")
    assert (labels[-9], labels[-7]) == ("Skipped", "Not asked, or not reached")
    assert meta.variable_value_labels["m_a"][1] == "Ticked"
    assert set(frame["place"]) == {1, 2, -7}
    assert meta.variable_value_labels["place"] | {} == {
        1: "First", 2: "Other place", -1: "Does not apply", -7: "Not asked, or not reached",
        -8: "Don't know", -9: "Skipped",
    }  # fmt: skip
    assert meta.column_names_to_labels["c1"] == "c1"
    assert "Round: Spring" in meta.notes
    assert {day for day in frame["day"] if isinstance(day, date)} == {date(2026, 11, 25)}
    assert set(frame["count"]) == {-2, 4, -9_999_999, -9_999_997}


def valid_in_sav(path: Path) -> dict[str, int]:
    import pyreadstat  # noqa: PLC0415 - missing codes are read as missing here alone

    frame, _ = pyreadstat.read_sav(path)
    empty = frame.isna() | (frame == "")
    return {str(name): int(count) for name, count in (~empty).sum().items()}


def valid_in_csv(path: Path) -> dict[str, int]:
    rows = rows_of(path.read_bytes().decode())
    names = spss_names(list(rows[0])[:-CARRIED])
    return {names[key]: sum(row[key] != "" for row in rows) for key in names}


def test_the_valid_n_of_the_sav_is_that_of_the_csv(tmp_path: Path) -> None:
    people = [*PEOPLE, *PEOPLE[:3]]
    export = export_of([source(MIXED, people)])
    expected = valid_in_csv(written(export, Format.CSV, tmp_path / "x.csv"))
    assert valid_in_sav(written(export, Format.SAV, tmp_path / "x.sav")) == expected
    assert expected["c1"] == 2
    assert expected["m_a"] == 4


def test_a_number_that_stands_for_nothing_in_spss_is_refused_there(tmp_path: Path) -> None:
    export = export_of([source(MIXED, [{"count": "-9999998"}])])
    with pytest.raises(ExportRefused, match="count holds"):
        write(export, Format.SAV, tmp_path / "x.sav")


@given(st.text())
def test_b18_what_is_guarded_is_restored_and_never_runs(text: str) -> None:
    assert restore(str(guard(text))) == text
    assert not str(guard(text)).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_b18_no_text_is_a_formula_in_any_format(tmp_path: Path) -> None:
    export = texts(*COMMENTS, "5-11", "http://example.org", title="=Total")
    path = written(export, Format.XLSX, tmp_path / "x.xlsx")
    expected = [(cell,) for cell in (*COMMENTS, "5-11", "http://example.org")]
    assert reading.xlsx_rows(path, "Comments") == expected
    sheet = openpyxl.load_workbook(path)["Comments"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert all(cell.hyperlink is None for row in sheet.iter_rows() for cell in row)
    csv_path = written(export, Format.CSV, tmp_path / "x.csv")
    header, *rows = read_csv(csv_path.read_bytes().decode())
    assert header[0] == "=Total"
    assert [(row[0],) for row in rows] == expected
    assert b"\xef\xbb\xbf'=Total," in csv_path.read_bytes()


def test_b18_a_negative_difference_is_a_number(tmp_path: Path) -> None:
    table = Table.of_rows("metrics", "M", (Column("change", "Change", Type.NUMBER),), [(-1.5,)])
    export = Export(table, ABOUT)
    assert reading.xlsx_rows(written(export, Format.XLSX, tmp_path / "x.xlsx"), "Metrics") == [
        (-1.5,)
    ]
    assert ",-1.5" not in written(export, Format.CSV, tmp_path / "x.csv").read_text("utf-8-sig")[:9]
    assert (
        written(export, Format.CSV, tmp_path / "x.csv")
        .read_text("utf-8-sig")
        .split("\n")[1]
        .startswith("-1.5,")
    )


def test_b19_the_first_person_skipped_and_nothing_moves(tmp_path: Path) -> None:
    asked = form(*(rating(f"q{n}") for n in range(1, 6)))
    people: list[Said] = [
        {"q1": "4", "q2": "4", "q3": "4", "q4": "4", "q5": "skip"},
        {f"q{n}": "4" for n in range(1, 6)},
    ]
    export = export_of([source(asked, people)])
    path = written(export, Format.CSV, tmp_path / "x.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfparticipant,")
    rows = rows_of(path.read_bytes().decode())
    assert [key for key in rows[0] if key in {f"q{n}" for n in range(1, 6)}] == [
        "q1", "q2", "q3", "q4", "q5",
    ]  # fmt: skip
    assert sorted(row["q5"] for row in rows) == ["", "4"]
    found = reading.strict(written(export, Format.JSON, tmp_path / "x.json"))["tables"][0]["rows"]
    assert {row["q5"] for row in found} == {None, "4"}


def test_b19_accents_and_scripts_come_back_in_every_format(tmp_path: Path) -> None:
    export = texts("Zoë – naïve اردو")
    expected = [("Zoë – naïve اردو",)]
    assert reading.json_rows(written(export, Format.JSON, tmp_path / "x.json")) == expected
    assert reading.parquet_rows(written(export, Format.PARQUET, tmp_path / "x.parquet")) == expected
    assert reading.xlsx_rows(written(export, Format.XLSX, tmp_path / "x.xlsx"), "Comments") == (
        expected
    )
    frame, _ = reading.sav(written(export, Format.SAV, tmp_path / "x.sav"))
    assert list(frame["comment"]) == ["Zoë – naïve اردو"]


def test_b20_a_skip_is_no_none_of_these_in_any_format(tmp_path: Path) -> None:
    options = tuple(Choice(code, {"en": code}) for code in ("a", "b", "c"))
    none = Choice("none", {"en": "None of these"})
    asked = form(several("m", (*options, none)))
    people: list[Said] = [{"m": "a c"}, {"m": "none"}, {"m": "skip"}, {}]
    export = export_of([source(asked, people)])
    expected = {
        (1, 0, 1, "answered"), (0, 0, 0, "answered"),
        (None, None, None, "skipped"), (None, None, None, "not_asked"),
    }  # fmt: skip
    rows = reading.strict(written(export, Format.JSON, tmp_path / "x.json"))["tables"][0]["rows"]
    assert {(r["m_a"], r["m_b"], r["m_c"], r["m_state"]) for r in rows} == expected
    counts = valid_in_sav(written(export, Format.SAV, tmp_path / "x.sav"))
    assert (counts["m_a"], counts["m_b"]) == (2, 2)
    frame, _ = reading.sav(tmp_path / "x.sav")
    assert sorted(frame["m_a"]) == [-9, -7, 0, 1]


def fifty() -> list[str]:
    comments = [f"Comment {n}" for n in range(1, 51)]
    comments[16] = "Pasted\x0bfrom Word"
    comments[20] = "a" * 40_000
    comments[30] = "é" * 800
    return comments


def test_b21_one_odd_character_stops_nothing_and_what_is_cut_is_listed(tmp_path: Path) -> None:
    export = texts(*fifty())
    changes = write(export, Format.XLSX, tmp_path / "x.xlsx")
    rows = reading.xlsx_rows(tmp_path / "x.xlsx", "Comments")
    assert len(rows) == 50
    assert rows[16] == ("Pastedfrom Word",)
    assert len(rows[20][0]) == 32_767
    assert rows[30] == ("é" * 800,)
    told = [str(change) for change in changes]
    assert told == [
        "comments, row 17, comment: 1 character removed that the format forbids (U+000B)",
        "comments, row 21, comment: cut from 40,000 characters to 32,767",
    ]
    last = openpyxl.load_workbook(tmp_path / "x.xlsx")["Cut or changed"]
    assert [row[0].value for row in last.iter_rows()] == told
    assert list(export.table.rows())[16] == ("Pasted\x0bfrom Word",)


def test_b21_the_other_formats_finish_with_fifty_rows(tmp_path: Path) -> None:
    export, expected = texts(*fifty()), [(comment,) for comment in fifty()]
    assert reading.json_rows(written(export, Format.JSON, tmp_path / "x.json")) == expected
    assert reading.parquet_rows(written(export, Format.PARQUET, tmp_path / "x.parquet")) == expected
    text = written(export, Format.CSV, tmp_path / "x.csv").read_bytes().decode()
    assert [(row[0],) for row in read_csv(text)[1:]] == expected
    [change] = write(export, Format.SAV, tmp_path / "x.sav")
    frame, _ = reading.sav(tmp_path / "x.sav")
    assert frame.shape == (50, 1)
    assert [len(each) for each in frame["comment"]] == [
        min(len(comment), 32_767) for (comment,) in expected
    ]
    assert str(change) == "comments, row 21, comment: cut from 40,000 characters to 32,767"


LONG = "q" * 70
ODD = form(
    rating("2nd_visit"),
    rating("q1.a"),
    rating(LONG),
    rating(f"{LONG[:-1]}z"),
    question("all"),
    question("twelve", offered=(Choice("twelve_chars", {"en": "A code of 12 characters"}),)),
)


def test_b21_names_are_fit_for_spss(tmp_path: Path) -> None:
    people: list[Said] = [
        {"2nd_visit": "4", "q1.a": "dk", LONG: "5", f"{LONG[:-1]}z": "1", "twelve": "twelve_chars"}
    ]
    export = export_of([source(ODD, people)])
    frame, meta = reading.sav(written(export, Format.SAV, tmp_path / "x.sav"))
    assert len(frame.columns) == len(export.table.columns)
    assert all(len(name.encode()) <= 64 and name[0].isalpha() for name in frame.columns)
    assert len({name.casefold() for name in frame.columns}) == len(frame.columns)
    assert {"v2nd_visit", "q1.a", "q" * 64, "q" * 62 + "_2"} <= set(frame.columns)
    assert frame["twelve"].tolist() == [1]
    assert meta.variable_value_labels["twelve"][1] == "A code of 12 characters"
    assert frame["q1.a"].tolist() == [-8]
    expected = valid_in_csv(written(export, Format.CSV, tmp_path / "x.csv"))
    assert valid_in_sav(tmp_path / "x.sav") == expected
    assert expected["q1.a"] == 0


KEYS = st.lists(st.text(min_size=1, max_size=80), unique=True, max_size=8)


@given(KEYS)
def test_b21_any_keys_get_names_that_spss_takes(keys: list[str]) -> None:
    names = list(spss_names(keys).values())
    assert len({name.casefold() for name in names}) == len(keys)
    for name in names:
        assert name.isascii()
        assert name[0].isalpha()
        assert len(name) <= 64
        assert not name.endswith(".")
        assert name.upper() not in {"ALL", "AND", "BY", "NOT", "OR", "TO", "WITH"}


def test_b21_long_labels_are_cut_whole_characters_and_listed(tmp_path: Path) -> None:
    words = "é" * 200
    asked = form(Question("q", QuestionType.SELECT_ONE, {"en": words}, choices=(
        Choice("1", {"en": words}),)))  # fmt: skip
    changes = write(export_of([source(asked, [{"q": "1"}])]), Format.SAV, tmp_path / "x.sav")
    _, meta = reading.sav(tmp_path / "x.sav")
    assert meta.variable_value_labels["q"][1] == "é" * 60
    assert meta.column_names_to_labels["q"] == "é" * 127
    assert [str(change) for change in changes] == [
        "responses, q: label cut from 200 characters to 127",
        "responses, q_state: label cut from 207 characters to 131",
        "responses, q: label of 1 cut from 200 characters to 60",
    ]


def metrics() -> Export:
    return metrics_export([release([*school(), parent("primary", c1="5")])], "1")


def test_metrics_are_the_same_in_every_format(tmp_path: Path) -> None:
    export = metrics()

    def blank(rows: Any) -> list[tuple[Any, ...]]:
        return [tuple(None if cell == "" else cell for cell in row) for row in rows]

    rows = blank(export.table.rows())
    assert blank(reading.json_rows(written(export, Format.JSON, tmp_path / "x.json"))) == rows
    parquet = written(export, Format.PARQUET, tmp_path / "x.parquet")
    assert blank(reading.parquet_rows(parquet)) == rows
    assert reading.xlsx_rows(written(export, Format.XLSX, tmp_path / "x.xlsx"), "Metrics") == rows
    frame, meta = reading.sav(written(export, Format.SAV, tmp_path / "x.sav"))
    assert len(frame) == len(rows)
    values = export.table.cells_of("value")
    filled = sum(value is not None for value in values)
    assert valid_in_sav(tmp_path / "x.sav")["value"] == filled
    assert set(meta.variable_value_labels["status"].values()) >= {"Shown"}


def test_the_workbook_has_a_front_sheet_number_formats_and_charts(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(metrics(), Format.XLSX, tmp_path / "x.xlsx"))
    assert book.sheetnames == ["About", "Metrics", "Codebook", "Charts"]
    front = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert (front["Round"], front["Opens"], front["Closes"]) == (
        "Spring", "1 March 2027", "28 March 2027",
    )  # fmt: skip
    assert front["Weights"] == "None: every response counts once."
    assert "under 10" in front["Suppression"]
    assert "mean" in front["Confidence index by phase"].lower()
    sheet = book["Metrics"]
    heads = [cell.value for cell in sheet[1]]
    value, unit = heads.index("value"), heads.index("unit")
    shown = [row for row in sheet.iter_rows(min_row=2) if row[value].value is not None]
    looks = {row[unit].value: row[value].number_format for row in shown}
    assert (looks["percent"], looks["0 to 100"]) == ('0"%"', "0.0")
    titles = [chart.title.tx.rich.p[0].r[0].t for chart in book["Charts"]._charts]
    assert titles == ["Confidence index by phase", "Answers to each question"]
    error_bars = book["Charts"]._charts[0].series[0].errBars
    assert error_bars.errValType == "cust"


def test_parquet_and_json_carry_what_they_are_about(tmp_path: Path) -> None:
    from pyarrow import parquet  # noqa: PLC0415 - only here

    export = small()
    schema = parquet.read_schema(written(export, Format.PARQUET, tmp_path / "x.parquet"))
    assert b'"questionnaire_hash": "ffff' in schema.metadata[b"about"]
    assert schema.field("c1").metadata[b"title"] == b"c1"
    about = reading.strict(written(export, Format.JSON, tmp_path / "x.json"))["about"]
    assert about == ABOUT.facts()
    assert about["suppression"] == "Under 10"


def test_an_empty_file_is_still_a_file_in_every_format(tmp_path: Path) -> None:
    export = small()
    nobody = replace(export, table=Table.of_rows("t", "T", export.table.columns, ()))
    for each in Format:
        write(nobody, each, tmp_path / f"x.{each.value}")
    assert reading.parquet_rows(tmp_path / "x.parquet") == []
    assert reading.sav(tmp_path / "x.sav")[0].shape == (0, len(export.table.columns))


@pytest.mark.parametrize("cell", [float("nan"), float("inf")])
def test_a_cell_that_is_no_number_makes_no_table(cell: float) -> None:
    with pytest.raises(ValueError, match="no number"):
        Table.of_rows("t", "T", (Column("a", "A", Type.NUMBER),), [(cell,)])


def test_confidence_has_the_same_columns_whoever_answers() -> None:
    crowds: list[list[Said]] = [[parent("primary")], [{}], [{"c14": "skip"}]]
    keys = {export_of([source(confidence(), people)]).table.keys for people in crowds}
    assert len(keys) == 1


def test_a_row_that_does_not_fit_its_columns_makes_no_table() -> None:
    with pytest.raises(ValueError, match="1 cells under 2 columns"):
        Table.of_rows(
            "t", "T", (Column("a", "A", Type.TEXT), Column("b", "B", Type.TEXT)), [("x",)]
        )


def test_b19_four_and_four_point_nought_keep_their_own_text(tmp_path: Path) -> None:
    table = Table.of_rows("t", "T", (Column("a", "A", Type.NUMBER),), [(4,), (4.0,), (4,)])
    text = written(Export(table, ABOUT), Format.CSV, tmp_path / "x.csv").read_bytes().decode()
    assert [row[0] for row in read_csv(text)] == ["a", "4", "4.0", "4"]


@given(st.lists(st.text(), min_size=1))
def test_b18_any_texts_of_a_file_come_back(cells: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = written(texts(*cells), Format.CSV, Path(folder) / "x.csv")
        assert [row[0] for row in read_csv(path.read_bytes().decode())[1:]] == cells


def test_two_columns_of_one_name_make_no_table() -> None:
    column = Column("a", "A", Type.TEXT)
    with pytest.raises(ValueError, match="one name"):
        Table.of_rows("t", "T", (column, column), [])


def test_more_rows_than_a_sheet_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_xlsx, "ROWS", 3)
    with pytest.raises(ExportRefused, match="A sheet holds 2 rows"):
        write(texts("a", "b", "c"), Format.XLSX, tmp_path / "x.xlsx")
