"""The notebook of the documentation runs from its first cell to its last."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).resolve().parent.parent / "docs" / "first-run.ipynb"


def test_the_notebook_runs_and_gives_what_it_says() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    space: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), NOTEBOOK.name, "exec"), space)
    assert (space["result"].runs["status"] == "done").all()
    assert space["organisations"].shape == (20, 5)
    assert set(space["events"]["event"]) >= {"joined", "mandate-given"}
    # The compiled run and the Mesa model are the same model: same seed, same practices.
    assert len(space["practices"]) > 100
    large = [p for p in space["twin"].agents_by_type[space["Cautious"]] if p.patients >= 3000]
    assert large and not any(p.mandate for p in large)
