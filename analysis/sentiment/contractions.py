"""Short forms of "not" written out, so that a word list sees the negation."""

import re

_IRREGULAR = {"can't": "can not", "cant": "can not", "won't": "will not", "wont": "will not",
              "shan't": "shall not", "ain't": "is not"}  # fmt: skip
_STEMS = "is|are|was|were|do|does|did|has|have|had|could|would|should|must|need"
_IRREGULAR_FORM = re.compile(r"\b(" + "|".join(_IRREGULAR) + r")\b", re.IGNORECASE)
# "wasnt" and "dont" are how people type; a bare "need" or "must" is no short form.
_REGULAR_FORM = re.compile(rf"\b({_STEMS})n'?t\b", re.IGNORECASE)
_APOSTROPHES = str.maketrans("\u2019\u2018\u02bc\uff07", "''''")


def expand(text: str) -> str:
    """The text with "isn't", "dont" and their like written as "is not" and "do not"."""
    straight = text.translate(_APOSTROPHES)
    written = _IRREGULAR_FORM.sub(lambda match: _IRREGULAR[match[1].lower()], straight)
    return _REGULAR_FORM.sub(r"\1 not", written)
