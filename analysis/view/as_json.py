"""The strategy view as strict JSON: no NaN, and null where there is no number."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from analysis.strategy.view_model import Figure, MeasureView, SeriesView, StrategyView


def render_json(view: StrategyView) -> str:
    """The view as JSON text.

    Top keys: `title`, `council`, `region`, `demonstration`, `strategy` (as loaded),
    `measures` (each with its series, periods, change and RAG), `surveys` (each release
    as frozen), `sources`. A figure has `value` or, where that is null, `missing`.
    """
    content = {
        "title": view.strategy.title,
        "council": view.council,
        "region": view.region,
        "demonstration": view.demonstration,
        "strategy": asdict(view.strategy),
        "measures": [_measure(one) for one in view.measures],
        "surveys": [asdict(one) for one in view.surveys],
        "sources": [asdict(one) for one in view.sources],
    }
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2, default=_date) + "\n"


def _measure(view: MeasureView) -> dict[str, Any]:
    return {
        "id": view.measure.id,
        "text": view.measure.text,
        "good": view.measure.good,
        "rag": view.rag.colour or None,
        "rag_words": view.rag.words,
        "gap": view.gap or None,
        "survey": [
            {"round": one.round_name, **asdict(one.anchor)} for one in view.surveys if one.anchor
        ],
        "survey_change": asdict(view.survey_change) if view.survey_change else None,
        "series": [_series(one) for one in view.series],
    }


def _series(view: SeriesView) -> dict[str, Any]:
    return {
        **asdict(view.series),
        "direction": view.change.direction,
        "change": view.change.words,
        "periods": [
            {
                "period": row.words,
                "breaks": row.breaks or None,
                "own": _figure(row.own),
                "region": _figure(row.region),
                "england": _figure(row.england),
            }
            for row in view.rows
        ],
    }


def _figure(figure: Figure | None) -> dict[str, Any] | None:
    return None if figure is None else {**asdict(figure.value), "source": figure.source}


def _date(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the view.")
