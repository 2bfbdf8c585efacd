"""The rooms of the sources and what they import: ``python -m tests.graph [--root PATH ...]``.

Prints a drawing of each root (Mermaid, which Markdown shows as a picture) and one table of numbers.
A root is a checkout; without one it is this one. ``--write`` puts the drawing of this checkout into
docs/architecture.md. Imports are read from the text of the sources: nothing of them is run.

A room of a folder is a file or a folder in it. An arrow goes from a room to another one from which
a file of it imports. A floor is one above the highest room that it imports from. A circle is a set
of rooms that all reach each other.

The drawing has a box for every folder of a package. The files beside these folders share a box
where they need the same folders of their package, directly or not. Arrows that follow from others
are left out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import grimp
import networkx as nx

HERE = Path(__file__).resolve().parents[1]
PAGE = HERE / "docs" / "architecture.md"
PACKAGES = ("regiosim", "experiments", "results", "sim", "agents")
BEGIN = "<!-- drawn: written by python -m tests.graph --write -->"
END = "<!-- end of what was drawn -->"
NAMED = 8
"""A box of more files than this says only how many they are."""


def imports(root: Path) -> nx.DiGraph:
    """Return what files import from each other, by dotted name; a folder is its ``__init__``.

    Raises ``SystemExit`` where ``root`` holds none of the packages.
    """
    root = root.resolve()
    packages = [name for name in PACKAGES if (root / name / "__init__.py").exists()]
    if not packages:
        raise SystemExit(f"{root}: there is none of {', '.join(PACKAGES)}")
    sys.path.insert(0, str(root))
    try:
        for name in packages:
            spec = find_spec(name)
            assert spec and spec.origin and Path(spec.origin).is_relative_to(root), name
        found = grimp.build_graph(*packages, cache_dir=None)
    finally:
        sys.path.pop(0)
    files = nx.DiGraph()
    for name in sorted(found.modules):
        below = found.find_modules_directly_imported_by(name)
        # An __init__.py that imports nothing, and from which nobody imports, is no room.
        if below or found.find_modules_that_directly_import(name) or not found.find_children(name):
            files.add_edges_from((name, other) for other in sorted(below))
            files.add_node(name, lines=len(text_of(root, name).splitlines()))
    return files


def text_of(root: Path, name: str) -> str:
    """Return the text of a module."""
    path = root.joinpath(*name.split("."))
    package = path / "__init__.py"
    file = package if package.is_file() else path.with_suffix(".py")
    return file.read_text(encoding="utf-8")


def quotient(files: nx.DiGraph, room_of: Callable[[Any], Any]) -> nx.DiGraph:
    """Return the rooms that ``room_of`` puts files into, each with its sorted ``files``."""
    rooms = nx.DiGraph()
    for name in sorted(files):
        rooms.add_node(room_of(name))
        rooms.nodes[room_of(name)].setdefault("files", []).append(name)
    arrows = {(room_of(a), room_of(b)) for a, b in files.edges}
    rooms.add_edges_from(sorted(arrow for arrow in arrows if arrow[0] != arrow[1]))
    return rooms


def inside(files: nx.DiGraph, folder: str) -> nx.DiGraph:
    """Return the rooms of a folder and their arrows."""
    names = [name for name in files if name.startswith(f"{folder}.")]
    depth = folder.count(".") + 2
    return quotient(files.subgraph(names), lambda name: ".".join(name.split(".")[:depth]))


def circles(rooms: nx.DiGraph) -> list[set[Any]]:
    """Return the sets of rooms that all reach each other."""
    return [some for some in nx.strongly_connected_components(rooms) if len(some) > 1]


def boxes(files: nx.DiGraph, package: str) -> nx.DiGraph:
    """Return what is drawn of a package: its folders, and the files beside them in a few boxes."""
    own = files.subgraph(n for n in files if n.split(".")[0] == package)
    folders = {".".join(name.split(".")[:2]) for name in own if name.count(".") > 1}

    def box_of(name: str) -> tuple[str, ...]:
        folder = ".".join(name.split(".")[:2])
        if folder in folders:
            return (folder,)
        needed = {".".join(other.split(".")[:2]) for other in nx.descendants(own, name)}
        return ("", *sorted(needed & folders))

    return quotient(own, box_of)


def without_implied(rooms: nx.DiGraph) -> list[tuple[Any, Any]]:
    """Return the arrows from which the others follow; within a circle all stay."""
    whole = nx.condensation(rooms)
    part = whole.graph["mapping"]
    kept = set(nx.transitive_reduction(whole).edges)
    return [(a, b) for a, b in rooms.edges if part[a] == part[b] or (part[a], part[b]) in kept]


def label(box: tuple[str, ...], files: list[str], package: str) -> str:
    """Return what stands in a box."""
    if box[0]:
        return f"{box[0].removeprefix(f'{package}.')}/"
    names = [name.removeprefix(f"{package}.") if name != package else "__init__" for name in files]
    if len(names) > NAMED:
        return f"{len(names)} files"
    return ", ".join(names)


def drawing(files: nx.DiGraph) -> str:
    """Return the drawing as a block of Markdown."""
    lines = ["```mermaid", "flowchart TB"]
    whole = quotient(files, lambda name: name.split(".")[0])
    for package in [name for name in PACKAGES if name in whole]:
        rooms = boxes(files, package)
        key = {box: f"{package}_{number}" for number, box in enumerate(sorted(rooms), 1)}
        lines.append(f'  subgraph {package}["{package}/"]')
        lines.append("    direction LR")
        lines += [f'    {key[box]}["{label(box, rooms.nodes[box]["files"], package)}"]'
                  for box in key]  # fmt: skip
        lines += [f"    {key[a]} --> {key[b]}" for a, b in without_implied(rooms)]
        lines.append("  end")
    lines += [f"  {a} --> {b}" for a, b in without_implied(whole)]
    return "\n".join([*lines, "```"])


def counted(rooms: nx.DiGraph) -> str:
    """Return the numbers of a folder in words."""
    floors = int(nx.dag_longest_path_length(nx.condensation(rooms))) + 1
    said = [(len(rooms), "room"), (rooms.number_of_edges(), "arrow"), (floors, "floor")]
    if found := len(circles(rooms)):
        said.append((found, "circle"))
    return ", ".join(f"{number} {what}{'s' * (number != 1)}" for number, what in said)


def numbers(files: nx.DiGraph) -> dict[str, str]:
    """Return the rows of the table."""
    whole = {name.split(".")[0] for name in files}
    folders = sorted({name.rpartition(".")[0] for name in files} - {""})
    sizes = {folder: len(inside(files, folder)) for folder in folders}
    fullest = max(folders, key=lambda folder: sizes[folder])
    rows = {
        "files": str(len(files)),
        "imports from one to another": f"{files.number_of_edges():,}",
        "circles of files": str(len(circles(files))),
        "lines of the longest file": str(max(lines for _, lines in files.nodes(data="lines"))),
        "most rooms in one folder": f"{sizes[fullest]} (`{fullest}`)",
        "arrows between phases": str(inside(files, "sim.phases").number_of_edges()),
    }
    for folder in [*(name for name in PACKAGES if name in whole), "sim.phases"]:
        if len(inside(files, folder)) > 1:
            rows[f"in `{folder}`"] = counted(inside(files, folder))
    return rows


def table(names: list[str], columns: list[dict[str, str]]) -> str:
    """Return the numbers of some checkouts side by side."""
    rows = list(dict.fromkeys(name for column in columns for name in column))
    lines = [f"| | {' | '.join(names)} |", "|---|" + "---|" * len(names)]
    lines += [f"| {row} | {' | '.join(column.get(row, '') for column in columns)} |"
              for row in rows]  # fmt: skip
    return "\n".join(lines)


def drawn_in(page: str) -> str:
    """Return the drawing that stands between the marks of a page."""
    return page.split(BEGIN, 1)[1].split(END, 1)[0].strip()


def main() -> int:
    """Draw and count what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.graph", description=__doc__)
    parser.add_argument("--root", type=Path, action="append", help="a checkout (may be repeated)")
    parser.add_argument("--write", action="store_true", help="into docs/architecture.md")
    asked = parser.parse_args()
    if asked.write:
        page = PAGE.read_text(encoding="utf-8")
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        drawn = f"{before}{BEGIN}\n\n{drawing(imports(HERE))}\n\n{END}{after}"
        PAGE.write_text(drawn, encoding="utf-8")
        return 0
    roots = [root.resolve() for root in asked.root or [HERE]]
    found = [imports(root) for root in roots]
    for root, files in zip(roots, found, strict=True):
        print(f"{root.name}:\n\n{drawing(files)}\n")
    print(table([root.name for root in roots], [numbers(files) for files in found]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
