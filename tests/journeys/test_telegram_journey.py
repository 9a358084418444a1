"""Whole parents on Telegram: the real service, outbox and library, a strict server."""

from tests.bot.conftest import World, world
from tests.fake_telegram import FakeTelegram, Parent
from tests.journeys.telegram_house import (
    ANSWERS,
    House,
    at_the_ratings,
    begins,
    house,
    parent,
    telegram,
)

__all__ = ["house", "parent", "telegram", "world"]


async def test_a_parent_answers_the_whole_survey_by_taps_and_words(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    question = await at_the_ratings(parent, world)
    assert question.labels[0] == "5 – Strongly agree"
    assert question.labels[-2:] == ["Back", "Skip"]
    parent.taps(question, "Strongly agree")
    for number, said in enumerate(["4", "agree", "Don't know", "does not apply", "skip"], start=5):
        assert "Agree" in (await parent.receives(f"Question {number} of 20")).labels[1]
        parent.sends(said)
    for number in range(10, 19):
        parent.taps(await parent.receives(f"Question {number} of 20"), "2 – Disagree")
    opened = await parent.receives("Question 19 of 20")
    assert "Nobody watches this chat live.\nIn an emergency call 999." in opened.text
    parent.sends("Her teaching assistant <3 & the sports club")
    parent.taps(await parent.receives("Question 20 of 20"), "Skip")
    review = await parent.receives("These are your answers")
    assert "Her teaching assistant <3 & the sports club" in review.text
    parent.taps(review, "Send my answers")
    assert "Thank you" in (await parent.receives("sent")).text
    await house.quiet()
    answers = {key: (state, value) for key, state, value in world.rows(ANSWERS)}
    assert len(answers) == 20
    assert answers["phase"] == ("answered", "primary")
    assert [answers[f"c{n}"] for n in range(1, 7)] == [
        ("answered", "5"),
        ("answered", "4"),
        ("answered", "4"),
        ("dont_know", None),
        ("does_not_apply", None),
        ("skipped", None),
    ]
    assert answers["o1"] == ("answered", "Her teaching assistant <3 & the sports club")
    assert answers["o2"] == ("skipped", None)
    assert world.rows("SELECT mode, finished_on FROM response") == [("telegram", "2027-03-01")]
    assert [call for call in telegram.world.calls if call.status != 200] == []


async def test_a_parent_goes_back_and_the_answer_given_is_ticked(
    house: House, world: World, parent: Parent
) -> None:
    parent.taps(await at_the_ratings(parent, world), "Strongly agree")
    parent.taps(await parent.receives("Question 5 of"), "Back")
    again = await parent.receives("Question 4 of")
    assert again.text.startswith("Going back. Question 4 of 20")
    assert "✓ 5 – Strongly agree" in again.labels
    parent.taps(again, "4 – Agree")
    next_one = await parent.receives("Question 5 of")
    assert next_one.text.startswith("You changed your answer to: Agree")
    await house.quiet()
    assert ("c1", "answered", "4") in world.rows(ANSWERS)


async def test_there_is_nothing_to_go_back_to_on_the_first_question(
    house: House, world: World, parent: Parent
) -> None:
    assert (await begins(parent, world)).labels[-1:] == ["Skip"]
    assert house.is_running


async def test_an_answer_is_changed_from_the_review(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    await at_the_ratings(parent, world)
    for number in range(4, 21):
        parent.sends("skip")
        await parent.receives(f"Question {number + 1} of" if number < 20 else "your answers")
    review = parent.messages[-1]
    parent.taps(review, "Change an answer")
    await telegram.until(lambda: review.edits == 1)
    assert review.labels[3] == "4. The school or setting noticed my child's needs early enough."
    assert review.labels[-1] == "Send my answers"
    parent.taps(review, "4. The school")
    asked = await parent.receives("You can change this answer. Question 4 of 20")
    parent.taps(asked, "1 – Strongly disagree")
    again = await parent.receives("You changed your answer to: Strongly disagree")
    parent.taps(again, "Send my answers")
    await parent.receives("Thank you")
    await house.quiet()
    assert ("c1", "answered", "1") in world.rows(ANSWERS)


async def test_change_an_answer_after_the_round_has_closed_says_so(
    house: House, world: World, parent: Parent
) -> None:
    await at_the_ratings(parent, world)
    for number in range(4, 21):
        parent.sends("skip")
        await parent.receives(f"Question {number + 1} of" if number < 20 else "your answers")
    world.clock.forward(days=40)
    parent.taps(parent.messages[-1], "Change an answer")
    closed = await parent.receives("closed on 28 March 2027 at 11:59pm")
    assert "We cannot take more answers" in closed.text
    assert house.is_running


async def test_near_misses_are_offered_as_buttons_and_the_second_miss_shows_all(
    house: House, world: World, parent: Parent
) -> None:
    await at_the_ratings(parent, world)
    parent.sends("agre")
    first = await parent.receives("Did you mean one of these?")
    assert "Question 4" not in first.text
    assert "4 – Agree" in first.labels
    assert len(first.labels) < 9
    parent.sends("no idea what to say about that one")
    second = await parent.receives("Question 4 of 20")
    assert second.labels[-2:] == ["Back", "Skip"]
    assert len(second.labels) == 9
    assert world.rows("SELECT * FROM answer WHERE question_key = 'c1'") == []
    parent.taps(first, "4 – Agree")
    await parent.receives("Question 5 of 20")
    assert house.is_running


async def test_too_early_and_too_late_are_told_in_local_time(
    house: House, world: World, parent: Parent
) -> None:
    [token] = world.invite()
    world.clock.forward(hours=-2)
    parent.sends(f"/start {token}")
    await parent.receives("It opens on 1 March 2027 at 9am.")
    world.clock.forward(days=60)
    parent.sends(f"/start {token}")
    await parent.receives("This survey closed on 28 March 2027 at 11:59pm.")
    assert world.rows("SELECT * FROM response") == []
    assert house.is_running


async def test_a_word_before_start_is_answered_with_the_welcome_again(
    house: House, world: World, parent: Parent
) -> None:
    parent.sends(f"/start {world.code}")
    await parent.receives("I have read this – start")
    parent.sends("what is this?")
    welcome = await parent.receives("I have read this – start")
    assert "Anytown Council asks these questions" in welcome.text
    assert house.is_running
