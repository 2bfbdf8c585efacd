"""The drawing of docs/architecture.md is that of the sources, and they stand as it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from tests.graph import HERE, PAGE, circles, drawing, drawn_in, imports, inside

LONGEST = 320
"""Lines that a file may have."""


@pytest.fixture(scope="module")
def files() -> nx.DiGraph:
    return imports(HERE)


def test_the_page_shows_what_is_drawn_now(files: nx.DiGraph) -> None:
    same = drawn_in(PAGE.read_text(encoding="utf-8")) == drawing(files)
    assert same, "python -m tests.graph --write draws it anew"


def test_no_rooms_of_any_folder_stand_in_a_circle(files: nx.DiGraph) -> None:
    assert circles(files) == []
    folders = {name.rpartition(".")[0] for name in files} - {""}
    assert {folder: found for folder in folders if (found := circles(inside(files, folder)))} == {}


def test_phases_import_nothing_from_each_other(files: nx.DiGraph) -> None:
    phases = inside(files, "sim.phases")
    assert len(phases) > 10 and phases.number_of_edges() == 0


def test_no_file_is_long(files: nx.DiGraph) -> None:
    assert {name: n for name, n in files.nodes(data="lines") if n > LONGEST} == {}


MADE = {
    "agents/__init__.py": "",
    "agents/practice.py": "from agents.inner import high, low\nfrom agents import words\n",
    "agents/words.py": "",
    "agents/hub.py": "import agents.practice\nfrom agents import inner\n",
    "agents/inner/__init__.py": "",
    "agents/inner/low.py": "from agents import words\n",
    "agents/inner/high.py": "from agents.inner import low\n",
    "sim/__init__.py": "",
    "sim/one.py": "import sim.two\nfrom agents import hub\n",
    "sim/two.py": "import sim.three\n",
    "sim/three.py": "if False:\n    import sim.one\n",
}
"""Two packages: in one everything stands on words, in the other three files make a circle."""

EXPECTED = """\
made:

```mermaid
flowchart TB
  subgraph sim["sim/"]
    direction LR
    sim_1["one, three, two"]
  end
  subgraph agents["agents/"]
    direction LR
    agents_1["words"]
    agents_2["hub, practice"]
    agents_3["inner/"]
    agents_2 --> agents_3
    agents_3 --> agents_1
  end
  sim --> agents
```

| | made |
|---|---|
| files | 9 |
| imports from one to another | 11 |
| circles of files | 1 |
| lines of the longest file | 2 |
| most rooms in one folder | 4 (`agents`) |
| arrows between phases | 0 |
| in `sim` | 3 rooms, 3 arrows, 1 floor, 1 circle |
| in `agents` | 4 rooms, 5 arrows, 4 floors |
"""


def test_a_made_up_house_is_counted_as_by_hand(tmp_path: Path) -> None:
    root = tmp_path / "made"
    for name, text in MADE.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    asked = [sys.executable, "-m", "tests.graph", "--root", str(root)]
    done = subprocess.run(asked, cwd=HERE, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (EXPECTED, "")


def test_a_folder_without_sources_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="there is none of regiosim"):
        imports(tmp_path)
