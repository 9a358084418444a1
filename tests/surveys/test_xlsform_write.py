"""Git's Markdown table and Excel's workbook are the same form."""

import pytest

from surveys.catalogue import SHIPPED, shipped_source
from surveys.errors import FormRefused
from surveys.xlsform import read_form_bytes
from surveys.xlsform_write import to_markdown, to_xlsx
from tests.surveys.forms import SURVEY, markdown, with_row


@pytest.mark.parametrize("key", SHIPPED)
def test_a_shipped_questionnaire_is_unchanged_after_excel(key: str) -> None:
    source = shipped_source(key)
    workbook = to_xlsx(source.encode(), "md", key)
    assert to_markdown(workbook, "xlsx", key) == source
    form = read_form_bytes(source.encode(), "md", key)
    assert read_form_bytes(workbook, "xlsx", key).hash == form.hash


@pytest.mark.parametrize("text", ["=1+1", "a | b", "5 < 6 & 7", "’łódź’ 😀", "#1 worry", "1.0"])
def test_any_text_survives_both_ways(text: str) -> None:
    data = markdown(with_row(SURVEY, 3, label=text.replace("|", "\\|"))).encode()
    again = to_markdown(to_xlsx(data, "md", "form"), "xlsx", "form")
    assert read_form_bytes(again.encode(), "md", "form").questions[1].labels == {"en": text}


def test_a_sheet_that_is_not_there_stays_away() -> None:
    data = markdown(SURVEY[1:], ()).encode()
    assert "choices" not in to_markdown(data, "md", "form")


def test_a_line_break_cannot_become_a_markdown_table() -> None:
    data = b'survey,\n,type,name,label\n,text,o1,"one\ntwo"\n'
    with pytest.raises(FormRefused, match="sheet survey, row 2, column label") as refused:
        to_markdown(data, "csv", "form.csv")
    assert [each.code for each in refused.value.problems] == ["line_break"]
