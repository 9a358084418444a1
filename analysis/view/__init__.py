"""The strategy view as a page, a spreadsheet file and a file for programs."""

from analysis.view.as_csv import render_csv
from analysis.view.as_html import render_html
from analysis.view.as_json import render_json

__all__ = ["render_csv", "render_html", "render_json"]
