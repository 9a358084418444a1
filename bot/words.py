"""The interface's words in every language: catalogues by key, and dates as people write them.

A catalogue is `locale/<code>/sendvoice.po`. Its message ids are keys such as
"question.progress"; the English words are a catalogue like the others.
"""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, reduce
from gettext import GNUTranslations
from importlib.resources import files
from typing import Any

import structlog
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot.help_numbers import once
from bot.local_time import LONDON, moment_in_words

ENGLISH = "en"
"""The language every key has words in."""

SHIPPED = (ENGLISH, "en-x-easyread", "pl", "ar")
"""The codes of the catalogues that come with the product."""

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "ur"})
"""Languages written from right to left."""

_EVERY_FORM = range(201)
_MANY = 100
"""Numbers that together need every plural form, and one that needs no special one."""

_SIGNED_OFF = re.compile(r'^"X-Signed-Off:[ \t]*(.*?)[ \t]*\\n"$', re.MULTILINE)

log = structlog.get_logger("bot.words")


@dataclass(frozen=True)
class Words:
    """The interface in one language; what a catalogue lacks is said in English."""

    language: str

    @property
    def main(self) -> str:
        """The language without its variant: easy read is "en"."""
        return self.language.partition("-")[0]

    @property
    def direction(self) -> str:
        """How a page of it runs: "rtl" or "ltr"."""
        return "rtl" if self.main in RIGHT_TO_LEFT else "ltr"

    def say(self, key: str, **values: Any) -> str:
        """The words of `key`, with `values` in their places.

        Never fails: a key without words says nothing, and is logged.
        """
        for spoken in self._spoken():
            found = spoken.gettext(key)
            if found != key:
                return found.format_map(_Places(values))
        return _without_words(key, self.language)

    def say_count(self, key: str, count: int, **values: Any) -> str:
        """The words of `key` in the plural form for `count`, which is also a value."""
        return self._counted(key, count, self.number(count), **values)

    def forms(self, key: str, count: str) -> dict[str, str]:
        """Every plural form of `key` by its Unicode name ("one", "few"), for a page's script.

        `count` is what stands in place of the number.
        """
        named = _forms(self.main)
        return {name: self._counted(key, number, count) for name, number in named.items()}

    def number(self, number: int) -> str:
        """A whole number as it is written, such as "4,000"."""
        return str(format_decimal(number, locale=_locale(self.main)))

    def listed(self, names: Iterable[str]) -> str:
        """Names in a row, such as "one, two, three"."""
        said = list(names)
        if not said:
            return ""
        return reduce(lambda before, name: self.say("list.pair", before=before, next=name), said)

    def help_lines(self, lines: Iterable[str], *, after: str = "") -> tuple[str, ...]:
        """A council's own lines about help, which are in English; no number is given twice.

        Whoever reads another language first sees the emergency number in it. `after` is what
        stands before them.
        """
        own = () if self.main == ENGLISH else (self.say("help.emergency"),)
        return once((*own, *lines), after=after)

    def day(self, day: date) -> str:
        """A day, such as "28 March 2027" or "28 marca 2027"."""
        return str(format_date(day, "d MMMM y", locale=_locale(self.main)))

    def moment(self, moment: datetime) -> str:
        """The day and time in England at `moment`, such as "28 March 2027 at 11:59pm"."""
        if self.main == ENGLISH:
            return moment_in_words(moment)
        local, locale = moment.astimezone(LONDON), _locale(self.main)
        time = format_time(local, "short", tzinfo=LONDON, locale=locale)
        return self.say("date.moment", day=self.day(local.date()), time=time)

    def _counted(self, key: str, count: int, written: str, **values: Any) -> str:
        for spoken in self._spoken():
            found = spoken.ngettext(key, key, count)
            if found != key:
                return found.format_map(_Places(values | {"count": written}))
        return _without_words(key, self.language)

    def _spoken(self) -> tuple[GNUTranslations, ...]:
        return _spoken(self.language, self.main)


@lru_cache(maxsize=len(SHIPPED))
def catalogue(code: str) -> Catalog:
    """The catalogue of a shipped language.

    Raises:
        FileNotFoundError: none has this code.
    """
    return read_po(io.BytesIO(_source(code)), locale=code.partition("-")[0], abort_invalid=True)


@lru_cache(maxsize=len(SHIPPED))
def signed_off(code: str) -> str:
    """Which speaker checked this language's words, and when; "" where nobody has."""
    if code not in SHIPPED:
        return ""
    found = _SIGNED_OFF.search(_source(code).decode())
    return found[1] if found else ""


@lru_cache(maxsize=64)
def _spoken(language: str, main: str) -> tuple[GNUTranslations, ...]:
    known = dict.fromkeys((language, main, ENGLISH))
    return tuple(_translations(code) for code in known if code in SHIPPED)


@lru_cache(maxsize=len(SHIPPED))
def _translations(code: str) -> GNUTranslations:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(code))
    compiled.seek(0)
    return GNUTranslations(compiled)


@lru_cache(maxsize=len(SHIPPED))
def _forms(main: str) -> dict[str, int]:
    """A number for each plural form of a language."""
    forms = {"other": _MANY}
    for number in reversed(_EVERY_FORM):
        forms[_locale(main).plural_form(number)] = number
    return forms


def _source(code: str) -> bytes:
    return files("bot").joinpath("locale", code, "sendvoice.po").read_bytes()


def _locale(main: str) -> Locale:
    try:
        return Locale.parse(main)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(ENGLISH)


def _without_words(key: str, language: str) -> str:
    log.error("words_missing", key=key, language=language)
    return ""


class _Places(dict[str, Any]):
    """Values by name; a place nobody fills stays as it is written."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"
