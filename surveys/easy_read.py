"""Easy read: the variant of a language in shorter sentences, under the code "en-x-easyread"."""

_ENDING = "-x-easyread"


def turned(language: str) -> str:
    """The code of a language's easy read; of an easy read, its language."""
    if language.endswith(_ENDING):
        return language.removesuffix(_ENDING)
    return language + _ENDING
