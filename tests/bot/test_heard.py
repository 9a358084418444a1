"""Replies beside the children there are: a whole phase is measured against all of its replies."""

from datetime import datetime

from bot import heard
from bot.round_ports import HeardRow
from storage.database import Database
from surveys.phases import Provision
from surveys.plans import Audience, Population, RoundPlan
from tests.bot.conftest import World
from tests.bot.test_following import family, invite

EHCP, SUPPORT = Provision.EHCP.value, Provision.SEN_SUPPORT.value


def reply(world: World, name: str, phase: str, provision: str = "") -> None:
    """A finished response with these answers, and no other."""
    given = {"phase": phase} | ({"provision": provision} if provision else {})

    def put(db: Database, _: datetime) -> None:
        db.conn.execute(
            "INSERT INTO response (id, round_id, questionnaire_hash, mode, language, started_on,"
            " finished_on) VALUES (?, ?, ?, 'web', 'en', '2027-03-01', '2027-03-01')",
            (name, world.round.id, world.round.questionnaire_hash),
        )
        for key, value in given.items():
            db.conn.execute("INSERT INTO answer VALUES (?, ?, 'answered', ?)", (name, key, value))

    world.writer.one(put)


def rows(world: World, plan: RoundPlan) -> tuple[HeardRow, ...]:
    return heard.heard(world.reader, world.round, plan)


def test_a_figure_of_a_whole_phase_is_measured_against_all_its_replies(world: World) -> None:
    for number in range(10):
        reply(world, f"a{number}", "primary", EHCP if number % 2 else SUPPORT)
    reply(world, "b", "primary")
    plan = RoundPlan(population=(Population("primary", "", 18),))
    whole, *kinds = rows(world, plan)
    assert whole == HeardRow("primary", "", 11, 11, 18, 0, whole_phase=True)
    assert {(row.provision, row.finished, row.population) for row in kinds} == {
        ("", 1, None),
        (EHCP, 5, None),
        (SUPPORT, 5, None),
    }
    assert not heard.unheard(world.reader, world.round, plan)


def test_a_group_with_a_population_of_its_own_is_measured_against_its_own(world: World) -> None:
    reply(world, "a", "primary", EHCP)
    plan = RoundPlan(population=(Population("primary", EHCP, 40), Population("primary", "", 90)))
    whole, own = rows(world, plan)
    assert (whole.finished, whole.population) == (1, 90)
    assert (own.finished, own.population, own.rate) == (1, 40, 2.5)


def test_a_phase_that_was_asked_has_a_row_without_a_population(world: World) -> None:
    family(world, 1)
    invite(world)
    plan = RoundPlan(
        audience=Audience(phases=("primary", "secondary")),
        population=(Population("early_years", "", 5),),
    )
    assert [(row.phase, row.population, row.still_needed) for row in rows(world, plan)] == [
        ("early_years", 5, 10),
        ("primary", None, 10),
        ("secondary", None, 10),
    ]


def test_a_phase_that_was_asked_and_is_too_small_is_too_small_to_publish(world: World) -> None:
    assert not heard.unheard(world.reader, world.round, RoundPlan())
    family(world, 1)
    invite(world)
    assert heard.unheard(world.reader, world.round, RoundPlan())
    for number in range(10):
        reply(world, f"a{number}", "primary", EHCP)
    assert not heard.unheard(world.reader, world.round, RoundPlan())
