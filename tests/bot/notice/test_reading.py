"""A notice file is taken whole, or refused with its line and what to do."""

from datetime import date
from pathlib import Path

import pytest

from bot.errors import NoticeRefused
from bot.notice.edition import Edition, read_code
from bot.notice.notices import load, shipped
from bot.notice.text import Kind, Section, read_notice
from bot.words import Words

GOOD = """\
Version: 2
Date: 1 December 2026

# Short form

{council} asks.

- No names.
- No schools.

# Anonymous survey

We forget.

# Linked survey

We remember.

# Full form

Two lines of
one paragraph.

## Who

Write to {contact}
"""


def refused(text: str) -> NoticeRefused:
    with pytest.raises(NoticeRefused) as caught:
        read_notice(text, "en", "privacy/en.md")
    return caught.value


def council(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def test_a_good_file_is_taken_whole() -> None:
    notice = read_notice(GOOD, "en", "en.md")
    assert notice.edition == Edition(2, date(2026, 12, 1))
    assert [block.kind for block in notice.sections[Section.SHORT]] == [Kind.PARAGRAPH, Kind.LIST]
    full = notice.sections[Section.FULL]
    assert [block.lines for block in full] == [
        ("Two lines of one paragraph.",),
        ("Who",),
        ("Write to {contact}",),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("Version: 2\n", "", 1, "has no version"),
        ("Date: 1 December 2026\n", "", 1, "has no date"),
        ("Version: 2", "Version: two", 1, "whole number"),
        ("Version: 2", "Version: 0", 1, "whole number"),
        ("Version: 2", "Version: 12345678901234567890", 1, "whole number"),
        ("1 December 2026", "2026-12-01", 2, "1 December 2026"),
        ("1 December 2026", "31 November 2026", 2, "is not a date"),
        ("Date: 1 December 2026", "Date: 1 May 2026\nDate: 2 May 2026", 3, "does not belong"),
        ("{council}", "{name}", 6, "{council} and {contact}"),
        ("{council}", "{council", 6, "in place of {"),
        ("# Linked survey", "# Linked", 15, "The sections are: Short form"),
        ("# Linked survey", "# Anonymous survey", 15, "two sections"),
        ("We forget.\n", "", 11, "is empty"),
        ("# Linked survey\n\nWe remember.\n", "", 23, "Add a line: # Linked survey"),
    ],
)
def test_a_fault_is_named_with_its_line_and_what_to_do(
    old: str, new: str, line: int, says: str
) -> None:
    error = refused(GOOD.replace(old, new, 1))
    assert error.line == line
    assert f"privacy/en.md, line {line}: " in str(error)
    assert says in str(error)


def test_an_empty_file_is_refused() -> None:
    assert refused("").line == 1


def test_a_council_without_a_folder_has_ours() -> None:
    assert load(None) is shipped()


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoticeRefused, match=r"nosuch: it cannot be read|en\.md: the file is not"):
        load(tmp_path / "nosuch")


def test_a_folder_without_english_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoticeRefused, match=r"en\.md: the file is not there"):
        load(council(tmp_path, pl=GOOD))


def test_a_file_of_another_encoding_is_refused_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "en.md").write_bytes(GOOD.replace("We forget", "We forg\xe9t").encode("latin-1"))
    with pytest.raises(NoticeRefused, match=r"en\.md, line 13: it is not UTF-8"):
        load(tmp_path)


def test_a_translation_that_lags_behind_is_refused(tmp_path: Path) -> None:
    folder = council(tmp_path, en=GOOD, pl=GOOD.replace("Version: 2", "Version: 1"))
    with pytest.raises(NoticeRefused, match=r"pl\.md, line 1: it is version 1, .* en\.md is"):
        load(folder)


def test_a_language_without_a_file_reads_the_councils_english_and_never_ours(
    tmp_path: Path,
) -> None:
    notices = load(council(tmp_path, en=GOOD))
    for code in ("pl", "ar", "en-x-easyread", "cy"):
        told = notices.full(code, "Anytown", "")
        assert told.words.language == "en"
        assert told.blocks[-1].lines == ("Write to the SEND team of Anytown",)


def test_places_hold_what_the_council_set_and_nothing_is_filled_twice(tmp_path: Path) -> None:
    notices = load(council(tmp_path, en=GOOD))
    assert notices.full("en", "{contact}", "a@b.example").blocks[-1].lines == (
        "Write to a@b.example",
    )
    assert notices.short("en", None, "{contact}", "a@b.example").blocks[0].lines == (
        "{contact} asks.",
    )


def test_an_edition_is_read_back_from_its_code_and_nothing_else_is() -> None:
    edition = Edition(2, date(2026, 12, 1))
    assert read_code(edition.code) == edition
    assert [read_code(code) for code in ("", "2", "2-2026-13-01", "x-2026-12-01")] == [None] * 4
    assert edition.in_words(Words("en")) == "Version 2, 1 December 2026"
