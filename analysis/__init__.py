"""Figures from answers and from published files: frames and text in, frames and text out.

An analyst's door, for a notebook or a script beside this service:

    from analysis import read_release, index_by_phase

    release = read_release("release.json")
    index_by_phase(release)

- `read_release(source)`: a release, from its JSON file or from data, checked to be whole
- `figures(release)`: every figure of it, one a row, with base, interval and status
- `index_by_phase(release)`: the confidence index
- `item_results(release)`: every answer to every question
- `charts_of(release)`: its charts, as SVG and PNG
- `read_responses(path)`: the exported responses, one a row, the five states kept apart

Each says its columns and their dtypes. Importing `analysis` loads neither pandas nor
numpy: a function brings what it needs when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.charts import charts_of
    from analysis.door.releases import figures, index_by_phase, item_results, read_release
    from analysis.door.responses import read_responses

__all__ = [
    "charts_of",
    "figures",
    "index_by_phase",
    "item_results",
    "read_release",
    "read_responses",
]

_HOMES = {
    "charts_of": "analysis.charts",
    "figures": "analysis.door.releases",
    "index_by_phase": "analysis.door.releases",
    "item_results": "analysis.door.releases",
    "read_release": "analysis.door.releases",
    "read_responses": "analysis.door.responses",
}


# Hidden from type checkers, to whom it would make every wrong name of ours a right one.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module 'analysis' has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
