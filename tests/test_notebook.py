"""The notebooks of the documentation run from their first cell to their last."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"


def run_notebook(name: str) -> dict[str, Any]:
    """Run the cells of a notebook and return what they leave behind, by name."""
    cells = json.loads((DOCS / name).read_text(encoding="utf-8"))["cells"]
    space: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), name, "exec"), space)
    return space


def test_the_notebook_runs_and_gives_what_it_says() -> None:
    space = run_notebook("first-run.ipynb")
    assert (space["result"].runs["status"] == "done").all()
    assert space["organisations"].shape == (20, 5)
    assert set(space["events"]["event"]) >= {"joined", "mandate-given"}
    # The compiled run and the Mesa model are the same model: same seed, same practices.
    assert len(space["practices"]) > 100
    large = [p for p in space["twin"].agents_by_type[space["Cautious"]] if p.patients >= 3000]
    assert large and not any(p.mandate for p in large)


def test_the_notebook_of_mesa_steps_through_the_compiled_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(mpl.rcParams, "backend", "agg")
    space = run_notebook("mesa-run.ipynb")
    compiled, stepped = space["compiled"], space["stepped"]
    assert compiled.shape == stepped.shape == (80, 4)
    assert compiled.nunique().min() > 1  # else equal bits would say little
    for axes in space["figure"].axes:
        run, model = (line.get_ydata() for line in axes.get_lines())
        assert run.tobytes() == model.tobytes()
    space["plt"].close(space["figure"])
    assert 1 < len(space["inside"]) < len(space["practices"])
    assert space["practice"].organisation != space["before"]  # choosing is the kernel's own step
