"""The strategy view, from what is stored to a page or a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage import indicators, releases
from storage.database import Database
from surveys.records import StoredIndicator

FORMATS = ("html", "csv", "json")


@dataclass(frozen=True)
class Material:
    """What the strategy view is made from."""

    strategy_path: Path | None
    indicators: tuple[StoredIndicator, ...]
    releases: tuple[Mapping[str, Any], ...]


def gather(db: Database, strategy_path: Path | None) -> Material:
    """The current figures and every round's current release."""
    return Material(strategy_path, tuple(indicators.current(db)), tuple(releases.all_current(db)))


def build(material: Material, form: str) -> str:
    """The view as "html", "csv" or "json" text. Takes a moment: not on the event loop."""
    from analysis.strategy import build_view, load_strategy  # noqa: PLC0415 - slow to load
    from analysis.view import render_csv, render_html, render_json  # noqa: PLC0415

    strategy = load_strategy(material.strategy_path)
    view = build_view(strategy, material.indicators, material.releases)
    render = {"html": render_html, "csv": render_csv, "json": render_json}[form]
    return render(view)
