"""A round's release as it is kept, and its charts, as files."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import FileRefused
from bot.exporting import release_of
from bot.files import folder_beside, write_text
from bot.rounds import find
from storage.database import Database

if TYPE_CHECKING:
    from analysis.charts import Chart
    from analysis.export.metrics import Release

SVG, PNG = "svg", "png"
Step = Callable[[int, int], None]


def release(db: Database, round_name: str) -> "Release":
    """The current release of this round.

    Raises:
        RoundRefused: there is no such round, or it has no release yet.
    """
    return release_of(db, find(db, round_name))


def put_release(found: "Release", out: Path) -> None:
    """Write it as JSON, which `analysis.read_release` reads and checks by its hash.

    Raises:
        FileRefused: it cannot be written.
    """
    write_text(out, json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def put_charts(found: "Release", form: str, out: Path, step: Step) -> int:
    """Draw every chart into a new folder, each with its table; returns how many there are.

    Raises:
        FileRefused: the folder is there already, or cannot be written.
    """
    from analysis.charts import charts_of  # noqa: PLC0415 - Altair is slow to load

    charts = charts_of(found)
    if out.exists():
        raise FileRefused(f"{out} is there already. Name a new folder.")
    with folder_beside(out) as folder:
        for number, chart in enumerate(charts, 1):
            _put(chart, form, folder)
            step(number, len(charts))
        folder.rename(out)
    return len(charts)


def _put(chart: "Chart", form: str, folder: Path) -> None:
    from analysis.charts.tables import as_csv  # noqa: PLC0415 - analysis is slow to load

    picture = chart.png() if form == PNG else chart.svg().encode()
    (folder / f"{chart.name}.{form}").write_bytes(picture)
    (folder / f"{chart.name}.csv").write_bytes(as_csv(chart.table).encode())
