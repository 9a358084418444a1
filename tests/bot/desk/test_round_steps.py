"""Steps of a round that ask first, and what its page calls by their right name."""

from dataclasses import replace

from bot.round_ports import LedRow, ReminderSeen, SentRow
from surveys.records import RoundStatus
from tests.bot.desk.test_round_pages import HERE, Officer, officer, standing
from tests.bot.web.fake_rounds import SEEN, MemoryRounds

__all__ = ["officer"]


async def test_a_draft_is_deleted_after_a_question_and_nothing_else_is(
    officer: Officer, rounds: MemoryRounds
) -> None:
    standing(rounds, RoundStatus.DRAFT)
    assert f'href="{HERE}/delete"' in await officer.sees(HERE)
    assert "Delete the draft" in await officer.sees(f"{HERE}/delete")
    assert rounds.done == []
    assert "The draft is deleted." in await officer.posts(f"{HERE}/delete")
    assert rounds.done == [("deleted",)]
    rounds.refusal = "Links to the round were made."
    assert "Links to the round were made." in await officer.posts(f"{HERE}/delete", 422)
    standing(rounds, RoundStatus.OPEN)
    assert "only a draft can" in await officer.sees(f"{HERE}/delete")


async def test_reminding_says_first_who_and_how_many(
    officer: Officer, rounds: MemoryRounds
) -> None:
    page = await officer.sees(f"{HERE}/remind")
    for said in (
        "80 families get a reminder: Email",
        "7 families get a reminder: Letter, by mail merge",
        "1 has no way left",
        "2 had a message less than a day ago",
        "the last reminder went on 8 March 2027 at 9:05am",
        "a family gets 2 at most",
    ):
        assert said in page, said
    assert rounds.done == []


async def test_who_cannot_be_reminded_now_is_said_and_there_is_no_button(
    officer: Officer, rounds: MemoryRounds
) -> None:
    reason = "3 messages are still on the way."
    standing(rounds, RoundStatus.OPEN, reminder=ReminderSeen(why_not=reason))
    for path in (HERE, f"{HERE}/remind"):
        page = await officer.sees(path)
        assert reason in page
        assert "Remind them now" not in page


async def test_where_no_letter_waits_there_is_no_button_and_no_file(
    officer: Officer, rounds: MemoryRounds
) -> None:
    page = await officer.sees(HERE)
    assert "No letters wait to be downloaded." in page
    assert "Download the letters" not in page
    assert "so there is no file" in await officer.posts(f"{HERE}/letters", 422)


async def test_what_was_only_made_or_rehearsed_is_called_so(
    officer: Officer, rounds: MemoryRounds
) -> None:
    sent = (
        SentRow("invitation", "letter", "made", "", "", 31),
        SentRow("invitation", "email", "rehearsed", "", "put in the folder for rehearsals", 42),
    )
    led = (LedRow("email", 42, 0, 0, 0, 0), LedRow("letter", 31, None, 0, 0, 0))
    standing(rounds, RoundStatus.OPEN, sent=sent, led=led)
    page = await officer.sees(HERE)
    for said in (
        "<dt>Delivered</dt><dd>0</dd>",
        "<dt>Letters made</dt><dd>31</dd>",
        "<dt>Rehearsed, not sent</dt><dd>42</dd>",
    ):
        assert said in page, said


async def test_what_was_typed_of_an_entry_stays_and_the_box_at_fault_is_named(
    officer: Officer, rounds: MemoryRounds
) -> None:
    standing(rounds, RoundStatus.CLOSED)
    fields = {"said": "Slow replies.", "done": "Faster ones.", "owner": "Head", "due_on": "soon"}
    for path in (f"{HERE}/said", f"{HERE}/said/e1"):
        page = await officer.posts(path, 422, **fields)
        assert "By when: &#39;soon&#39; is not a day. Write it like 30/6/2027" in page
        assert 'href="#due_on"' in page
        for typed in ("Slow replies.", "Faster ones.", 'value="Head"', 'value="soon"'):
            assert typed in page, typed
    assert rounds.done == []


async def test_an_entry_is_corrected_or_removed_until_families_were_told(
    officer: Officer, rounds: MemoryRounds
) -> None:
    standing(rounds, RoundStatus.CLOSED)
    assert f'href="{HERE}/said/e1"' in await officer.sees(HERE)
    page = await officer.sees(f"{HERE}/said/e1")
    assert 'value="30/6/2027"' in page
    await officer.sees(f"{HERE}/said/none", 404)
    fields = {"said": "Slow.", "done": "Faster.", "owner": "Head", "due_on": "1 July 2027"}
    assert "is corrected." in await officer.posts(f"{HERE}/said/e1", **fields)
    assert "is removed." in await officer.posts(f"{HERE}/said/e1/remove")
    assert rounds.done == [("said", "Slow.", "2027-07-01", "e1"), ("unsaid", "e1")]
    standing(rounds, RoundStatus.CLOSED, said=(replace(SEEN.said[0], told_with="Summer"),))
    page = await officer.sees(HERE)
    assert "Families were told when Summer opened" in page
    assert f'href="{HERE}/said/e1"' not in page
