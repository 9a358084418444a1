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
