"""A machine's guess is called one, and what it could not read is not called neutral."""

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comment_tables import person_sentiment, read_comments
from analysis.frames import as_frames
from analysis.sentiment import Label, Reading, default_reader
from analysis.sentiment.contractions import expand
from surveys.records import ResponseRecord
from tests.analysis.answers import (
    MADE_ON,
    Said,
    answers_of,
    columns_of,
    confidence,
    frames_of,
    name,
)

READER = default_reader()


def label(text: str | None, language: str = "en") -> Label:
    return READER.read(text, language).label


def test_b31_only_what_was_understood_is_scored() -> None:
    texts = ["Great help", "", "😡😡", "Szkoła jest okropna", None]
    labels = [label(text) for text in texts]
    assert labels == [Label.POSITIVE, *[Label.NOT_SCORED] * 4]
    assert all(READER.read(text, "en").reason for text in texts[1:])
    assert READER.read("EHCP took 60 weeks", "en").score is None


def test_b31_a_missing_value_of_a_frame_is_blank() -> None:
    missing = cast("None", float("nan"))
    assert READER.read(missing, "en") == READER.read(None, "en")


@pytest.mark.parametrize("text", ["Szkoła jest okropna :(", "Szkoła ♥", ":)", "!!!"])
def test_b31_a_smiley_is_not_a_word_understood(text: str) -> None:
    assert label(text) is Label.NOT_SCORED


@given(st.text())
def test_no_text_stops_the_reader(text: str) -> None:
    reading = READER.read(text, "en")
    assert (reading.score is None) == (reading.label is Label.NOT_SCORED) == bool(reading.reason)
    assert reading.score is None or -1 <= reading.score <= 1


def test_the_labels_begin_at_a_tenth() -> None:
    assert READER.read("not very", "en") == Reading(Label.NEGATIVE, -0.1)


@pytest.mark.parametrize(
    "written", ["It isn't great", "It isn’t great", "It isn´t great", "It isnt great"]
)
def test_b32_a_short_not_is_a_not(written: str) -> None:
    assert READER.read(written, "en") == READER.read("It is not great", "en")
    assert label(written) is Label.NEGATIVE


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("We can't go", "We can not go"),
        ("wasn’t good", "was not good"),
        ("DON'T know", "DO not know"),
        ("won't", "will not"),
        ("I cannot fault them", "I can not fault them"),
        ("It mightn`t help", "It might not help"),
        ("They must go", "They must go"),
        ("Kent is far", "Kent is far"),
    ],
)
def test_short_forms_are_written_out(text: str, expanded: str) -> None:
    assert expand(text) == expanded


def test_another_language_is_not_read_as_english() -> None:
    reading = READER.read("great", "pl")
    assert (reading.label, reading.reason) == (Label.NOT_SCORED, "not in English")


def test_words_without_a_tone_that_are_known_are_neutral() -> None:
    assert label("It is the same one again") in {Label.NEUTRAL, Label.NOT_SCORED}
    assert READER.read("an average school", "en").score is not None


def test_a_person_counts_once_however_much_they_wrote() -> None:
    people: list[Said] = [{"o1": "Great help", "o2": "terrible"}, {"o1": "EHCP"}, {}]
    questionnaire = confidence()
    answers = frames_of(people, questionnaire)
    scores = person_sentiment(answers, read_comments(answers, READER))
    assert scores[name(0)] == pytest.approx((0.8 - 1.0) / 2)
    assert scores.isna().tolist() == [False, True, True]


def test_a_comment_is_read_in_its_own_language() -> None:
    questionnaire = confidence()
    polish = ResponseRecord(name(0), questionnaire.hash, "web", "pl", MADE_ON, MADE_ON)
    answers = as_frames(questionnaire, columns_of([polish], answers_of([{"o1": "super great"}])))
    assert person_sentiment(answers, read_comments(answers, READER)).isna().all()


def test_a_reader_says_what_it_is() -> None:
    assert READER.name == "TextBlob"
    assert READER.version == "0.20.1"
