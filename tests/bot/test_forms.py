"""A questionnaire goes out to Excel and comes back the same, or as a new version."""

import io
from collections.abc import Callable
from functools import partial

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]  # it has no types

from bot import forms
from bot.errors import FileRefused, RoundRefused
from storage import questionnaires
from surveys.catalogue import SHIPPED, shipped
from tests.bot.conftest import World
from tests.builders import CONFIDENCE

KEY, NAME = "parental_confidence", "o2"


def edited(data: bytes, change: Callable[[object], None]) -> bytes:
    book = load_workbook(io.BytesIO(data))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("key", SHIPPED)
def test_a_shipped_questionnaire_comes_back_from_excel_unchanged(world: World, key: str) -> None:
    data = forms.export(world.reader, key, ".xlsx")
    again = edited(data, lambda _: None)
    form, added = world.writer.one(partial(forms.add, data=again, name="edited.xlsx"))
    assert not added
    assert form in shipped()


def test_an_edited_one_is_a_new_version_and_goes_out_as_edited(world: World) -> None:
    def reword(book: object) -> None:
        sheet = book["survey"]  # type: ignore[index]  # an openpyxl workbook
        headings = [cell.value for cell in sheet[1]]
        label = headings.index("label::English (en)") + 1
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, headings.index("name") + 1).value == NAME:
                sheet.cell(row, label).value = "What would help most?"

    changed = edited(forms.export(world.reader, KEY, ".xlsx"), reword)
    form, added = world.writer.one(partial(forms.add, data=changed, name="edited.xlsx"))
    assert added
    asked = form.question(NAME)
    assert asked is not None
    assert asked.labels["en"] == "What would help most?"
    assert b"What would help most?" in forms.export(world.reader, KEY, ".md")


def test_what_cannot_be_written_is_refused_with_what_to_do(world: World) -> None:
    with pytest.raises(RoundRefused, match="survey list"):
        forms.export(world.reader, "nosuch", ".xlsx")
    with pytest.raises(FileRefused, match=r"\.xlsx or \.md"):
        forms.export(world.reader, KEY, ".pdf")
    world.writer.one(lambda db, now: questionnaires.add(db, CONFIDENCE, now))
    with pytest.raises(RoundRefused, match="Add the file again"):
        forms.export(world.reader, CONFIDENCE.key, ".xlsx")
