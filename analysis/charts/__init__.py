"""A release's charts, drawn by Altair as SVG and PNG with no network; each with its table.

A chart draws what a release shows, and nothing else: a hidden figure is written as "not
shown" with the reason, never drawn as nought. Importing this loads neither Altair, pandas
nor the renderer; the first picture of a process loads them (some seconds).
"""

from analysis.charts.chart import Chart
from analysis.charts.choosing import charts_of

__all__ = ["Chart", "charts_of"]
