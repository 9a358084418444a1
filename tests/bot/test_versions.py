"""FAULT B14: a changed questionnaire is another version, and no open round hears of it."""

from dataclasses import replace
from functools import partial

from bot import rounds
from bot.ports import WebPlace
from storage import columns, questionnaires
from surveys.inputs import Chosen
from surveys.model import Choice, Questionnaire
from tests.bot.conftest import CLOSES, OPENS, World

CODE = "4"


def reworded(form: Questionnaire) -> Questionnaire:
    """The same questionnaire where "Agree" of c1 now reads "Mostly", and c2 is gone."""
    questions = [each for each in form.questions if each.key != "c2"]
    changed = [
        replace(each, choices=tuple(map(mostly, each.choices))) if each.key == "c1" else each
        for each in questions
    ]
    return replace(form, version="2", questions=tuple(changed))


def mostly(choice: Choice) -> Choice:
    return replace(choice, labels={"en": "Mostly"}) if choice.code == CODE else choice


def says_for_code(form: Questionnaire | None) -> str:
    question = form.question("c1") if form else None
    choice = question.choice(CODE) if question else None
    return choice.labels["en"] if choice else ""


async def test_b14_a_code_of_an_open_round_keeps_its_meaning_for_ever(world: World) -> None:
    early, late = world.invite(2)
    await world.says(await world.begins(early), Chosen("c1", CODE))
    old = world.library.get(world.reader, world.round.questionnaire_hash)
    new = reworded(old)
    world.writer.one(lambda db, now: questionnaires.add(db, new, now))
    # As after a restart: nothing is remembered but the database.
    world.library._read.clear()

    for token in (early, late):
        place = WebPlace(token) if token == early else await world.begins(token)
        shown = await world.says(place, Chosen("c1", CODE))
        assert says_for_code(shown.questionnaire) == "Agree"
        assert (await world.says(place, Chosen("c2", CODE))).session
    kept = columns.read(world.reader, world.round.id)
    assert kept.version.texts == (old.hash,)
    assert len(world.rows("SELECT * FROM answer WHERE question_key = 'c2'")) == 2

    plan = rounds.Plan("Next", old.key, OPENS, CLOSES)
    following = world.writer.one(partial(rounds.create, plan=plan, actor="test"))
    assert following.questionnaire_hash == new.hash
    assert says_for_code(questionnaires.by_hash(world.reader, new.hash)) == "Mostly"
    assert says_for_code(questionnaires.by_hash(world.reader, old.hash)) == "Agree"
