"""Which languages a form is in, and which of them is the default."""

import re
from collections.abc import Mapping, Sequence

from surveys.xlsform_sheets import LANGUAGE, Heading, Languages, Place, Report

_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def find_languages(
    headings: Sequence[Heading], setting: str, place: Place, report: Report
) -> Languages:
    """The form's languages, from the headings and the `default_language` setting.

    The setting may be the name as in the headings, "English (en)", or the code alone.
    It may be left out where the headings name one language everywhere, or none: then
    that one, or "en", is the default.
    """
    names = _language_names(headings, report)
    has_plain = any(each.column == "label" and not each.language for each in headings)
    default = _default(names, setting, has_plain=has_plain)
    if default is None or (names and default not in names and not has_plain):
        wanted = ", ".join(names.values()) or "a name with a code, such as English (en)"
        report.add(
            "unknown_language" if setting else "missing_setting",
            place,
            f"default_language is “{setting}”." if setting else "default_language is missing.",
            f"Write one of the form's languages: {wanted}.",
        )
        default = "en" if has_plain else next(iter(names))
    return Languages({default: names.get(default, setting or default), **names})


def _language_names(headings: Sequence[Heading], report: Report) -> dict[str, str]:
    names: dict[str, str] = {}
    for heading in headings:
        known = names.setdefault(heading.language, heading.language_name)
        if known != heading.language_name:
            report.add(
                "language_named_twice",
                Place("survey", 1, heading.text),
                f"The language “{heading.language}” is written “{known}” elsewhere.",
                "Write it the same way in every heading of every sheet.",
            )
    names.pop("", None)
    return names


def _default(names: Mapping[str, str], setting: str, *, has_plain: bool) -> str | None:
    if not setting:
        is_clear = len(names) + has_plain <= 1
        return next(iter(names), "en") if is_clear else None
    for code, name in names.items():
        if setting.lower() in {code.lower(), name.lower()}:
            return code
    match = LANGUAGE.fullmatch(setting)
    if match is not None:
        return match[2]
    return setting if _CODE.fullmatch(setting) else None
