"""A release's cells on a staff page: what is hidden says so, and is neither blank nor 0."""

from bot.desk.figures import FEW, NO_FIGURE, tables_of


def test_a_hidden_cell_says_that_it_is_not_shown() -> None:
    columns = [
        {"key": "group", "title": "Phase", "unit": ""},
        {"key": "base", "title": "People", "unit": "people"},
        {"key": "value", "title": "Share", "unit": "percent"},
        {"key": "low", "title": "From", "unit": "percent"},
    ]
    row = {"group": "Primary", "base": 33, "value": None, "low": None, "status": "shown"}
    row |= {"reason": "", "hidden": ["value"]}
    [table] = tables_of(
        {"tables": [{"title": "Anchor", "reason": "", "columns": columns, "rows": [row]}]}
    )
    assert table.rows[0].cells == ("33", FEW, NO_FIGURE)


def test_a_long_note_stands_below_its_row() -> None:
    columns = [
        {"key": "group", "title": "Phase", "unit": ""},
        {"key": "base", "title": "People", "unit": "people"},
        {"key": "note", "title": "Note", "unit": ""},
    ]
    long = {
        "group": "Primary",
        "base": 33,
        "note": "Could have shown a change of 6 points or more.",
    }
    rows = [{**long, "status": "shown", "reason": ""}]
    [table] = tables_of(
        {"tables": [{"title": "Change", "reason": "", "columns": columns, "rows": rows}]}
    )
    assert [column.title for column in table.columns] == ["Phase", "People"]
    assert (table.rows[0].cells, table.rows[0].note) == (("33",), long["note"])
