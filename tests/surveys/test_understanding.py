"""A parent's words become an answer only where they are plainly one."""

import pytest

from surveys.events import Miss
from surveys.model import Choice, Question, QuestionType, State
from surveys.route import ACKNOWLEDGEMENT
from surveys.session import Answer
from surveys.understanding import LONGEST_TEXT, Misread, Reading, Understood, understand
from tests.builders import PHASES, YES_NO, choices, comment, question, rating, several

RATING = rating("listened")
PHASE = question("phase", offered=PHASES)
TOPICS = several("topics")


def read(asked: Question, text: str, language: str = "en") -> Reading:
    return understand(asked, text, language, "en", asked.choices)


def answered(value: str | tuple[str, ...]) -> Understood:
    return Understood(Answer(State.ANSWERED, value))


@pytest.mark.parametrize(
    "text",
    ["4", "٤", "４", "4️⃣", "4.", "(4)", "agree", " AGREE. ", "a g r e e", "4 - Agree", "٤. agree"],
)
def test_a_rating_is_typed_by_its_number_or_its_words(text: str) -> None:
    assert read(RATING, text) == answered("4")


def test_the_words_of_the_parents_language_and_of_the_default_one_count() -> None:
    assert read(RATING, "أوافق بشدة", "ar") == answered("5")
    assert read(RATING, "Strongly agree", "ar") == answered("5")
    assert read(RATING, "أوافق بشدة", "en") == Misread(Miss.NO_MATCH)


@pytest.mark.parametrize("text", ["don't know", "Dont know", "DON’T KNOW!", "dk"])
def test_b13_dont_know_is_a_state_and_never_a_value(text: str) -> None:
    assert read(RATING, text) == Understood(Answer(State.DONT_KNOW))


@pytest.mark.parametrize("text", ["N/A", "does not apply", "na"])
def test_b13_does_not_apply_is_a_state_and_never_a_value(text: str) -> None:
    assert read(RATING, text) == Understood(Answer(State.DOES_NOT_APPLY))


@pytest.mark.parametrize(
    ("text", "suggestions"),
    [
        ("4 or 5", ("4", "5")),
        ("4/5", ("4", "5")),
        ("3.5", ("3", "4")),
        ("٣٫٥", ("3", "4")),
        ("-4", ("4",)),
        ("−4", ("4",)),
        ("4?", ("4",)),
        ("4²", ("4", "2")),
        ("5 agree", ("5", "4")),
        ("agre", ("4",)),
        ("stongly disagree", ("1",)),
        ("stro", ("5", "1")),
        ("I agree with that", ("4",)),
        ("disagre", ("2",)),
        ("3 or 4 or 5", ("3", "4", "5")),
    ],
)
def test_near_misses_are_asked_back_and_never_guessed(
    text: str, suggestions: tuple[str, ...]
) -> None:
    reading = read(RATING, text)

    assert isinstance(reading, Misread)
    assert reading.miss is Miss.NEAR_MISS
    assert reading.suggestions[: len(suggestions)] == suggestions


@pytest.mark.parametrize("text", ["purple", "6", "10", "0", "👍", "#", "x" * 201, "444 555"])
def test_words_that_come_near_to_nothing_have_no_suggestions(text: str) -> None:
    assert read(RATING, text) == Misread(Miss.NO_MATCH)


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\0"])
@pytest.mark.parametrize("asked", [RATING, TOPICS, comment("change")], ids=lambda each: each.key)
def test_nothing_is_empty_whatever_is_asked(asked: Question, text: str) -> None:
    assert read(asked, text) == Misread(Miss.EMPTY)


def test_without_numeric_codes_a_number_is_a_place_in_the_list() -> None:
    assert read(PHASE, "2") == answered("primary")
    assert read(PHASE, "post 16") == answered("post_16")
    assert read(PHASE, "0") == Misread(Miss.NO_MATCH)
    assert read(PHASE, "5") == Misread(Miss.NO_MATCH)


def test_a_place_is_counted_in_the_choices_on_offer() -> None:
    offered = PHASES[2:]

    assert understand(PHASE, "1", "en", "en", offered) == answered("secondary")
    assert understand(PHASE, "primary", "en", "en", offered) == Misread(Miss.NO_MATCH)


def test_a_place_and_a_label_that_disagree_are_asked_back() -> None:
    children = question("children", offered=choices(none_yet="0", one="1", more="2 or more"))

    assert read(children, "1") == Misread(Miss.NEAR_MISS, ("one", "none_yet"))


def test_labels_that_read_alike_are_asked_back_with_both() -> None:
    alike = question("alike", offered=choices(a="Speech therapy", b="Speech-therapy", c="Other"))

    assert read(alike, "speech therapy") == Misread(Miss.NEAR_MISS, ("a", "b"))
    assert read(alike, "a") == answered("a")


def test_an_age_band_is_a_label_and_not_two_numbers() -> None:
    ages = question("age", offered=choices(young="5-11", old="12-16"))

    assert read(ages, "5-11") == answered("young")
    assert read(ages, "511") == Misread(Miss.NEAR_MISS, ("young",))


def test_a_choice_without_a_label_in_either_language_is_found_by_code() -> None:
    bare = question("bare", offered=(Choice("x", {}), Choice("y", {"en": "Why"})))

    assert read(bare, "X") == answered("x")


def test_an_acknowledgement_is_given_in_words() -> None:
    seen = question("seen", QuestionType.ACKNOWLEDGE)

    assert understand(seen, "ok!", "en", "en", (ACKNOWLEDGEMENT,)) == answered("OK")


@pytest.mark.parametrize(
    "text", ["1, 3", "3,1", "٣، ١", "transport; School place", "3\n1", "1,3,1"]
)
def test_several_choices_are_typed_between_commas(text: str) -> None:
    assert read(TOPICS, text) == answered(("transport", "school"))


def test_one_choice_is_enough_and_may_be_none_of_these() -> None:
    assert read(TOPICS, "therapy") == answered(("therapy",))
    assert read(TOPICS, "none of these") == answered(("none",))
    assert read(TOPICS, "don't know") == Understood(Answer(State.DONT_KNOW))


def test_a_label_with_a_comma_is_one_choice() -> None:
    asked = several("often", choices(always="Yes, always", no="No"))

    assert read(asked, "yes, always") == answered(("always",))


@pytest.mark.parametrize("text", ["transport, none of these", "1, dk", "1 3", "transport, therpy"])
def test_boxes_that_contradict_or_are_unclear_are_asked_back(text: str) -> None:
    reading = read(TOPICS, text)

    assert isinstance(reading, Misread)
    assert reading.miss is Miss.NEAR_MISS


@pytest.mark.parametrize("text", [",", "gym", "1," * 101])
def test_boxes_that_name_nothing_have_no_match(text: str) -> None:
    assert read(TOPICS, text) == Misread(Miss.NO_MATCH)


def test_a_whole_number_is_kept_in_plain_figures() -> None:
    year = question("year", QuestionType.INTEGER)

    assert read(year, "٢٬٠٢٠") == answered("2020")
    assert read(year, "3.5") == Misread(Miss.NOT_A_WHOLE_NUMBER)
    assert read(year, "a few") == Misread(Miss.NOT_A_NUMBER)


def test_a_decimal_number_keeps_its_fraction() -> None:
    hours = question("hours", QuestionType.DECIMAL)

    assert read(hours, "3٫5") == answered("3.5")
    assert read(hours, "3,5") == Misread(Miss.NOT_A_NUMBER)


def test_a_date_is_kept_as_iso() -> None:
    start = question("start", QuestionType.DATE)

    assert read(start, "1/9/2026") == answered("2026-09-01")
    assert read(start, "1/9/26") == Misread(Miss.NOT_A_DATE)


def test_a_comment_is_kept_character_for_character() -> None:
    text = "  5 < 6 & it_was *awful* \u202e 🙂\r\nZoë "

    assert read(comment("change"), text) == answered(text)


def test_a_comment_loses_only_what_cannot_be_stored() -> None:
    assert read(comment("change"), "a\0\ud83d") == answered("a\ufffd")


def test_a_comment_may_have_four_thousand_letters_and_no_more() -> None:
    assert read(comment("change"), "🙂" * LONGEST_TEXT) == answered("🙂" * 4_000)
    assert read(comment("change"), "x" * 4_001) == Misread(Miss.TOO_LONG)


def test_a_yes_is_a_yes() -> None:
    assert read(question("has_plan", offered=YES_NO), "YES") == answered("yes")
