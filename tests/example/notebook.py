"""Runs a notebook's code cells in order, as Jupyter would, without Jupyter."""

import ast
import json
from contextlib import chdir
from pathlib import Path
from typing import Any

Output = dict[str, Any]


def load(path: Path) -> dict[str, Any]:
    """The notebook as data."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def save(path: Path, notebook: dict[str, Any]) -> None:
    """Write it as Jupyter does, so that opening and saving it changes little."""
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def code_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """The cells with code, in order."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def run(notebook: dict[str, Any], folder: Path) -> list[list[Output]]:
    """What each code cell shows when all are run, in `folder`: its last expression."""
    names: dict[str, Any] = {}
    with chdir(folder):
        return [
            _run("".join(cell["source"]), number, names)
            for number, cell in enumerate(code_cells(notebook), start=1)
        ]


def keep(notebook: dict[str, Any], outputs: list[list[Output]]) -> None:
    """Put the outputs into the notebook."""
    for number, (cell, shown) in enumerate(zip(code_cells(notebook), outputs, strict=True), 1):
        cell["outputs"], cell["execution_count"] = shown, number


def _run(source: str, number: int, names: dict[str, Any]) -> list[Output]:
    lines = ast.parse(source)
    last = lines.body.pop() if isinstance(lines.body[-1], ast.Expr) else None
    exec(compile(lines, f"cell {number}", "exec"), names)  # noqa: S102 - our own notebook
    if not isinstance(last, ast.Expr):
        return []
    value = eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), names)  # noqa: S307
    if value is None:
        return []
    return [
        {
            "output_type": "execute_result",
            "execution_count": number,
            "metadata": {},
            "data": {kind: text.splitlines(keepends=True) for kind, text in _shown(value).items()},
        }
    ]


def _shown(value: Any) -> dict[str, str]:
    if hasattr(value, "_repr_svg_"):
        return {"image/svg+xml": value._repr_svg_(), "text/plain": repr(value)}
    if hasattr(value, "_repr_html_"):
        return {"text/html": value._repr_html_(), "text/plain": repr(value)}
    return {"text/plain": repr(value)}
