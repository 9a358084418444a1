"""The release's table of ways of answering."""

import pytest

from tests.analysis.answers import Said, parent
from tests.analysis.released import population, release, rows, table


def glad(count: int) -> list[Said]:
    """Half agree with everything that is good, half strongly."""
    return [parent("primary", rate="4" if n % 2 else "5", c4="2", c8="2") for n in range(count)]


def sad(count: int) -> list[Said]:
    return [parent("primary", rate="2" if n % 2 else "1", c4="4", c8="4") for n in range(count)]


def test_each_way_has_its_base_and_its_index() -> None:
    made = release([*glad(40), *sad(20)], modes=["web"] * 40 + ["paper"] * 20)
    found = rows(made, "modes")
    # Agreeing: (12 x 75 + 2 x 75) / 14 = 75, strongly (12 x 100 + 2 x 75) / 14 = 96.43.
    assert (found["Web page"]["base"], found["Web page"]["value"]) == (40, 85.7)
    # Disagreeing: 25; strongly (0 + 2 x 25) / 14 = 3.57.
    assert (found["Paper"]["base"], found["Paper"]["value"]) == (20, 14.3)
    assert found["All ways"]["base"] == 60
    assert found["Chat"]["status"] == "no_answers"
    assert found["Web page"]["low"] < 85.7 < found["Web page"]["high"]
    assert found["Web page"]["dont_know"] == 0


def test_ways_that_differ_beyond_chance_are_warned_of() -> None:
    note = table(release([*glad(40), *sad(20)], modes=["web"] * 40 + ["paper"] * 20), "modes")
    assert "Ways of answering differ in confidence, by more than chance." in note["base_note"]
    same = table(release(glad(60), modes=["web"] * 40 + ["telegram"] * 20), "modes")
    assert "No difference beyond chance was found" in same["base_note"]


@pytest.mark.parametrize("few", [1, 9])
def test_a_way_that_few_used_is_hidden_with_another(few: int) -> None:
    modes = ["web"] * 40 + ["telegram"] * 20 + ["phone"] * few
    found = rows(release(glad(60 + few), modes=modes), "modes")
    assert found["Telephone"]["status"] == "not_published"
    assert found["All ways"]["base"] == 60 + few
    assert "not_published" in {found["Web page"]["status"], found["Chat"]["status"]}


def test_everybodys_interval_is_that_of_the_index_table() -> None:
    made = release(glad(60), stands_for=population(primary=200))
    everybody, index = rows(made, "modes")["All ways"], rows(made, "index")["All phases"]
    assert everybody["interval"] == index["interval"]
    assert (everybody["low"], everybody["high"]) == (index["low"], index["high"])
    assert rows(made, "modes")["Web page"]["interval"] == "bootstrap of people"
