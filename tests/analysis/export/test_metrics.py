"""Figures travel with their proof."""

import math
from typing import Any

from analysis.export.items import items_table
from analysis.export.metrics import FEW, metrics_table
from tests.analysis.answers import parent
from tests.analysis.export.files import csv_text, rows_of
from tests.analysis.test_change_tables import FIRST, Spring, said
from tests.analysis.test_release import release, school


def test_metrics_have_their_proof_and_withheld_tables_their_reason() -> None:
    made = release([*school(), parent("primary", c1="5")])
    found = rows_of(csv_text(metrics_table([made])))
    [anchor] = [r for r in found if r["table"] == "anchor" and r["metric"] == "value"]
    assert anchor["value"] == "51"
    assert (anchor["base"], anchor["low"], anchor["high"]) == ("91", "40", "61")
    assert (anchor["interval"], anchor["unit"]) == ("Wilson", "percent")
    assert "mainstream school" in anchor["definition"]
    assert anchor["release_hash"] == made["hash"]
    assert (anchor["opens"], anchor["made_on"]) == ("2027-03-01T09:00:00+00:00", "2027-04-01")
    post_16 = [r for r in found if r["table"] == "index" and r["group"] == "Post-16"]
    assert {(r["value"], r["base"]) for r in post_16} == {("", "")}
    [unsure] = [r for r in found if r["metric"] == "dont_know" and r["group"] == "Primary"]
    assert (unsure["value"], unsure["base"]) == ("0", "")


def test_every_value_of_the_metrics_is_a_number_with_its_base_beside_it() -> None:
    found = rows_of(csv_text(metrics_table([release(school())])))
    assert all(math.isfinite(float(each["value"])) for each in found if each["value"])
    means = [r for r in found if r["table"] == "index" and r["value"] and r["metric"] == "value"]
    assert [each["base"] for each in means] == ["90", "20", "40", "30"]


def released(rows: list[dict[str, object]], name: str = "item_c1") -> dict[str, Any]:
    """A release of one table with these rows."""
    made = release(school())
    columns = [
        {"key": "group", "title": "Answer", "unit": ""},
        {"key": "count", "title": "People", "unit": "people"},
        {"key": "value", "title": "Share", "unit": "percent"},
    ]
    [table] = [each for each in made["tables"] if each["name"] == "item_c1"]
    return {**made, "tables": [{**table, "name": name, "columns": columns, "rows": rows}]}


HIDDEN: list[dict[str, object]] = [
    {"group": "Agree", "count": 40, "value": 80, "status": "shown", "reason": "", "hidden": []},
    {"group": "Neither", "count": 9, "value": None, "status": "shown", "reason": "",
     "hidden": ["value"]},
    {"group": "Don't know", "count": 9, "value": None, "status": "shown", "reason": "",
     "hidden": []},
    {"group": "Disagree", "count": None, "value": None, "status": "shown", "reason": "",
     "hidden": ["count", "value"]},
    {"group": "Skipped", "count": None, "value": None, "status": "not_published",
     "reason": "fewer than 10 answers"},
]  # fmt: skip


def test_a_hidden_cell_is_empty_and_says_that_it_is_not_shown() -> None:
    found = rows_of(csv_text(metrics_table([released(HIDDEN)])))
    values = [each for each in found if each["metric"] == "value"]
    assert [(r["value"], r["status"], r["reason"]) for r in values] == [
        ("80", "shown", ""),
        ("", "not_shown", FEW),
        ("", "no_figure", ""),
        ("", "not_shown", FEW),
        ("", "not_published", "fewer than 10 answers"),
    ]


def test_items_are_tidy_and_in_order_with_every_base() -> None:
    made = release([*school(), parent("primary", c1="5")])
    found = rows_of(csv_text(items_table([made])))
    assert [*dict.fromkeys(each["item"] for each in found)] == [
        f"c{number}" for number in range(1, 15)
    ] + ["l1"]
    [agreed] = [r for r in found if (r["item"], r["answer"]) == ("c2", "Agree")]
    assert (agreed["count"], agreed["value"], agreed["of_answered"]) == ("46", "51", "51")
    assert "91 people were asked" in agreed["base_note"]
    assert {each["release_hash"] for each in found} == {made["hash"]}


def test_a_withheld_table_is_one_row_with_its_reason() -> None:
    made = released([])
    [table] = made["tables"]
    withheld = {**made, "tables": [{**table, "status": "withheld", "reason": "some counts"}]}
    for rows in (metrics_table([withheld]), items_table([withheld])):
        [row] = rows_of(csv_text(rows))
        assert (row["value"], row["status"], row["reason"]) == ("", "withheld", "some counts")


def test_a_hidden_item_row_says_so_too() -> None:
    found = rows_of(csv_text(items_table([released(HIDDEN)])))
    assert [(each["status"], each["reason"]) for each in found] == [
        ("shown", ""),
        ("shown", f"not shown, {FEW}: value"),
        ("shown", ""),
        ("not_shown", FEW),
        ("not_published", "fewer than 10 answers"),
    ]


def test_an_empty_cell_of_an_earlier_release_says_what_it_may_be() -> None:
    row = {"group": "Agree", "count": 9, "value": None, "status": "shown", "reason": ""}
    found = rows_of(csv_text(metrics_table([released([row])])))
    assert [each["status"] for each in found] == ["shown", "not_shown"]
    assert "or there is no such figure" in found[1]["reason"]


def test_two_releases_stand_below_each_other() -> None:
    one, two = release(school()), release(school(), demonstration=True)
    found = rows_of(csv_text(metrics_table([one, two])))
    assert {each["demonstration"] for each in found} == {"no", "yes"}
    assert {each["release_hash"] for each in found} == {one["hash"], two["hash"]}


def test_a_difference_has_its_interval_its_design_and_what_may_be_said() -> None:
    made = Spring(said("primary", low=5, high=15), FIRST).release
    found = rows_of(csv_text(metrics_table([made])))
    rows = [r for r in found if r["table"] == "index_change" and r["group"] == "Primary"]
    assert {r["metric"]: r["value"] for r in rows} == {
        "base_before": "20", "base_after": "20", "before": "50.0", "after": "58.9",
        "difference": "8.9",
    }  # fmt: skip
    row = rows[-1]
    assert (row["unit"], row["low"], row["high"]) == ("points", "-2.0", "19.9")
    assert (row["design"], row["verdict"]) == ("independent", "no clear change")
    assert row["interval"] == "Welch's t"
    assert "Could have shown" in row["note"]
