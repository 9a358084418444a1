"""Changes as a frame, for those who go on computing."""

from collections.abc import Sequence

import pandas as pd

from analysis.change import Change

WORDS = ("group", "verdict", "reason", "design", "test", "method")
FIGURES = ("before", "after", "difference", "low", "high", "smallest", "p_value", "p_holm")
COUNTS = (
    "pairs",
    "base_before",
    "base_after",
    "left_out_before",
    "left_out_after",
    "without_value_before",
    "without_value_after",
)


def change_frame(changes: Sequence[Change]) -> pd.DataFrame:
    """One row a change, in the order given; every column of `Change` under a plain name.

    `group`, `verdict` (higher, lower, no clear change, not comparable, not available),
    `reason`, `design` (paired, independent, none), `test` and `method` (of the interval) are
    words (str, "" for none). `before`, `after` (index points or percent), `difference`,
    `low`, `high`, `smallest` (points), `p_value` and `p_holm` (0 to 1) are float64, unrounded
    and missing where there are none. `pairs`, `base_*`, `left_out_*` and `without_value_*`
    are int64.

    Nothing is suppressed here: this is not for publication.
    """
    frame = pd.DataFrame([_row(change) for change in changes], columns=[*WORDS, *FIGURES, *COUNTS])
    kinds = {
        **dict.fromkeys(WORDS, "str"),
        **dict.fromkeys(FIGURES, "float64"),
        **dict.fromkeys(COUNTS, "int64"),
    }
    return frame.astype(kinds)


def _row(change: Change) -> dict[str, str | float | int | None]:
    before, after, found = change.before, change.after, change.difference
    return {
        "group": change.group,
        "verdict": change.verdict.value,
        "reason": change.reason,
        "design": change.design.value,
        "test": found.test,
        "method": found.interval.method,
        "before": before.figure,
        "after": after.figure,
        "difference": found.value,
        "low": found.interval.low,
        "high": found.interval.high,
        "smallest": change.smallest,
        "p_value": found.p_value,
        "p_holm": change.p_holm,
        "pairs": change.pairs,
        "base_before": before.base,
        "base_after": after.base,
        "left_out_before": before.left_out,
        "left_out_after": after.left_out,
        "without_value_before": before.without_value,
        "without_value_after": after.without_value,
    }
