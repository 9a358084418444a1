"""A round that follows another: the same children, one asking, one series."""

from functools import partial

import pytest

from bot import inviting, planning, rounds, saying
from bot.errors import RoundRefused
from bot.planning import Asked
from bot.ports import WebPlace
from storage import contacts
from storage.you_said import YouSaid
from surveys.contacts import Contact
from surveys.errors import PlanRefused
from surveys.inputs import Chosen, NoticeAcknowledged, Opened, Skipped, Submitted
from surveys.invitations import Child
from surveys.plans import Population
from tests.bot.conftest import CLOSES, OPENS, World


def made(world: World, name: str, **but: object) -> rounds.Plan:
    known = {"name": name, "survey": "parental_confidence", "opens_at": OPENS, "closes_at": CLOSES}
    plan = rounds.Plan(**known | {"linked": True} | but)  # type: ignore[arg-type]  # fields by name
    world.writer.one(partial(rounds.create, plan=plan, actor="test"))
    world.round = world.writer.one(partial(rounds.open_round, name=name, actor="test"))
    return plan


def family(world: World, number: int) -> None:
    contact = Contact(email=f"parent{number}@example.com", children=(Child("primary"),))
    sealed = contacts.seal(world.vault, contact)
    world.writer.one(lambda db, now: contacts.add(db, sealed, now))


def invite(world: World) -> list[str]:
    world.writer.one(partial(inviting.invite, vault=world.vault, a_round=world.round, actor="test"))
    rows = world.rows(
        "SELECT invitation.id FROM invitation JOIN contact ON contact.id = contact_id"
        " WHERE round_id = ? ORDER BY contact.added_at, contact.id",
        world.round.id,
    )
    return [world.vault.token(str(row[0]), 1) for row in rows]


async def answers(world: World, token: str, *, sends: bool = True) -> None:
    place = WebPlace(token)
    await world.says(place, Opened())
    await world.says(place, NoticeAcknowledged())
    await world.says(place, Chosen("phase", "primary"))
    looked = await world.service.look(place)
    while sends and looked.session is not None and looked.session.current is not None:
        await world.says(place, Skipped(looked.session.current))
        before = looked.session.current
        looked = await world.service.look(place)
        if looked.session is not None and looked.session.current == before:
            assert looked.questionnaire is not None
            question = looked.questionnaire.question(before)
            assert question is not None
            await world.says(place, Chosen(before, question.choices[0].code))
            looked = await world.service.look(place)
    if sends:
        await world.says(place, Submitted())


def series(world: World) -> list[object]:
    return [
        row[0]
        for row in world.rows(
            "SELECT series FROM response WHERE round_id = ? ORDER BY series", world.round.id
        )
    ]


async def test_the_same_children_are_asked_again_and_have_one_series(world: World) -> None:
    for number in range(3):
        family(world, number)
    made(world, "Before")
    tokens = invite(world)
    await answers(world, tokens[0])
    await answers(world, tokens[1], sends=False)
    first = series(world)
    plan = world.writer.one(lambda db, _: planning.plan_of(db, Asked(follows="Before")))
    world.clock.forward(days=3)
    made(world, "After", asking=plan)
    again = invite(world)
    assert len(again) == 1, "only who answered, and within 28 days of the first asking"
    await answers(world, again[0])
    (same,) = series(world)
    assert same in first
    assert same is not None


async def test_an_anonymous_round_has_no_series(world: World) -> None:
    [token] = world.invite()
    await answers(world, token, sends=False)
    assert series(world) == [None]


def test_an_anonymous_round_cannot_be_followed(world: World) -> None:
    with pytest.raises(RoundRefused, match="is anonymous"):
        world.writer.one(lambda db, _: planning.plan_of(db, Asked(follows="Spring")))
    with pytest.raises(RoundRefused, match="There is no round 'Winter'"):
        world.writer.one(lambda db, _: planning.plan_of(db, Asked(follows="Winter")))


def test_an_anonymous_round_cannot_follow(world: World) -> None:
    made(world, "Before")
    plan = world.writer.one(lambda db, _: planning.plan_of(db, Asked(follows="Before")))
    with pytest.raises(RoundRefused, match="both must be linked"):
        made(world, "After", asking=plan, linked=False)


def closed(world: World) -> None:
    world.writer.one(
        lambda db, now: db.conn.execute(
            "UPDATE round SET status = 'closed', closed_at = ? WHERE name = 'Spring'",
            (now.isoformat(),),
        )
    )


def test_the_next_round_waits_until_families_hear_what_was_done(world: World) -> None:
    spring = world.round
    closed(world)
    with pytest.raises(RoundRefused, match="what 'Spring' said"):
        made(world, "Summer")
    entry = YouSaid("e", spring.id, "Slow replies.", "We ring back.", "Head", CLOSES.date())
    world.writer.one(partial(saying.write, entry=entry, actor="test"))
    world.round = world.writer.one(partial(rounds.open_round, name="Summer", actor="test"))
    assert world.round.status.value == "open"


def test_a_named_role_opens_it_with_a_reason_that_is_logged(world: World) -> None:
    closed(world)
    with pytest.raises(RoundRefused):
        made(world, "Summer")
    world.writer.one(
        partial(rounds.open_round, name="Summer", actor="test", override="The move is in May")
    )
    told = "SELECT detail FROM audit WHERE action = 'opened before saying what was done'"
    assert world.rows(told) == [("The move is in May",)]


@pytest.mark.parametrize("but", [{"said": " "}, {"done": ""}, {"owner": ""}, {"said": "x" * 2001}])
def test_an_entry_is_filled_in_and_about_a_closed_round(world: World, but: dict[str, str]) -> None:
    known = {"said": "a", "done": "b", "owner": "c"} | but
    entry = YouSaid("e", world.round.id, due_on=CLOSES.date(), **known)
    with pytest.raises(RoundRefused, match="Only of a closed round"):
        world.writer.one(partial(saying.write, entry=entry, actor="test"))
    closed(world)
    with pytest.raises(RoundRefused, match="fill it in"):
        world.writer.one(partial(saying.write, entry=entry, actor="test"))


def test_a_plan_in_words(world: World) -> None:
    asked = Asked(
        settings=("mainstream",),
        channels=("letter", "email"),
        reminder_days=(5,),
        quiet="21:00-07:30",
        population=("primary=1,200", "secondary/ehcp = 90"),
    )
    plan = world.writer.one(lambda db, _: planning.plan_of(db, asked))
    assert plan.population == (Population("primary", "", 1200), Population("secondary", "ehcp", 90))
    assert [each.value for each in plan.channels] == ["letter", "email"]
    assert plan.quiet_until.isoformat("minutes") == "07:30"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (Asked(channels=("pigeon",)), "There is no channel 'pigeon'"),
        (Asked(settings=("moon",)), "There is no setting 'moon'"),
        (Asked(quiet="late"), "is not a time of quiet"),
        (Asked(population=("primary",)), "is not a population"),
        (Asked(population=("primary/x=1",)), "There is no provision 'x'"),
        (Asked(reminder_days=(1, 2, 3)), "at most 2"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(world: World, asked: Asked, message: str) -> None:
    with pytest.raises((RoundRefused, PlanRefused), match=message):
        world.writer.one(lambda db, _: planning.plan_of(db, asked))


def test_numbers_in_words() -> None:
    assert planning.days("7, 14") == (7, 14)
    assert planning.days(" ") == ()
    with pytest.raises(RoundRefused, match="must be a whole number, not 'ten'"):
        planning.number("The threshold", "ten")
