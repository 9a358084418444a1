"""TextBlob, the baseline: a list of English words with a tone each.

It reads most complaints about SEND as neutral, because they state facts. It needs no
network and none of NLTK's data as used here.
"""

from importlib.metadata import version

from textblob import TextBlob

from analysis.sentiment.contractions import expand
from analysis.sentiment.reading import Label, Reading

NEUTRAL_WITHIN = 0.1
_SMILEY = "mood"


class TextBlobReader:
    """Reads English by TextBlob's word list."""

    name = "TextBlob"
    version = version("textblob")

    def read(self, text: str | None, language: str) -> Reading:
        """How the text sounds; not scored unless the list knows at least one of its words.

        TextBlob itself says 0.0 both for "neutral" and for "nothing recognised". A smiley
        beside words of another language is not a word understood.
        """
        # A missing value of a frame is no `None`: it is NaN, which has no words either.
        if not isinstance(text, str) or not text.strip():
            return _not_scored("blank")
        if not language.lower().startswith("en"):
            return _not_scored("not in English")
        if not any(character.isalpha() for character in text):
            return _not_scored("no words")
        found = TextBlob(expand(text)).sentiment_assessments
        if all(kind == _SMILEY for _, _, _, kind in found.assessments):
            return _not_scored("no word in the list")
        # A mean of tenths that falls a hair short of the border is on the border.
        score = round(found.polarity, 6)
        return Reading(_label(score), score)


def _label(score: float) -> Label:
    if score <= -NEUTRAL_WITHIN:
        return Label.NEGATIVE
    return Label.POSITIVE if score >= NEUTRAL_WITHIN else Label.NEUTRAL


def _not_scored(reason: str) -> Reading:
    return Reading(Label.NOT_SCORED, reason=reason)
