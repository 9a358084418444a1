"""Short forms of "not" written out, so that a word list sees the negation."""

import re

_IRREGULAR = {"can't": "can not", "cant": "can not", "cannot": "can not", "won't": "will not",
              "wont": "will not", "shan't": "shall not", "shant": "shall not",
              "ain't": "is not", "aint": "is not"}  # fmt: skip
_STEMS = (
    "is|are|was|were|do|does|did|has|have|had|could|would|should|must|need|might|may|ought|dare"
)
_IRREGULAR_FORM = re.compile(r"\b(" + "|".join(_IRREGULAR) + r")\b", re.IGNORECASE)
# "wasnt" and "dont" are how people type; a bare "need" or "must" is no short form.
_REGULAR_FORM = re.compile(rf"\b({_STEMS})n'?t\b", re.IGNORECASE)
# Every mark that a phone or a keyboard offers for an apostrophe, accents among them.
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u201b\u02bc\uff07\u2032\u00b4`", "'"))


def expand(text: str) -> str:
    """The text with "isn't", "dont" and their like written as "is not" and "do not"."""
    straight = text.translate(_APOSTROPHES)
    written = _IRREGULAR_FORM.sub(lambda match: _IRREGULAR[match[1].lower()], straight)
    return _REGULAR_FORM.sub(r"\1 not", written)
