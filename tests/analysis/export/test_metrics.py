"""Figures travel with their proof."""

from analysis.export.metrics import metrics_table
from tests.analysis.answers import parent
from tests.analysis.export.files import csv_text, rows_of
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
    [hidden] = [r for r in found if r["table"] == "item_c1"]
    assert (hidden["value"], hidden["status"]) == ("", "withheld")
    assert hidden["reason"] == "some counts are from 1 to 4"
    post_16 = [r for r in found if r["table"] == "index" and r["group"] == "Post-16"]
    assert {(r["value"], r["base"]) for r in post_16} == {("", "")}
    [unsure] = [r for r in found if r["metric"] == "dont_know" and r["group"] == "Primary"]
    assert (unsure["value"], unsure["base"]) == ("0", "")


def test_every_value_of_the_metrics_is_a_number_with_its_base_beside_it() -> None:
    found = rows_of(csv_text(metrics_table([release(school())])))
    assert all(float(each["value"]) >= 0 for each in found if each["value"])
    means = [r for r in found if r["table"] == "index" and r["value"] and r["metric"] == "value"]
    assert [each["base"] for each in means] == ["90", "20", "40", "30"]
