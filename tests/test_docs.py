"""What the docs point at is there: files, modules and links."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOP = ("agents", "benchmarks", "docs", "experiments", "regiosim", "results", "sim", "tests")
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "tests").glob("*.md")]
# But for files that a reader is told to make. NAME and THEME stand for a name of the reader's.
A_PATH = re.compile(rf"`((?:{'|'.join(TOP)})/[\w./-]*)`(?!, a new file)")
A_BLANK = re.compile(r"\b(?:NAME|THEME)\b")
A_MODULE = re.compile(rf"`(?:python -m )?((?:{'|'.join(TOP)})(?:\.\w+)+)[`(]")
A_LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)")


def pages() -> list[Path]:
    return sorted(page for page in PAGES if page.name != "CHANGELOG.md")


def is_there(name: str) -> bool:
    """Whether a dotted name is a module, or something that a module holds."""
    for cut in range(name.count(".") + 1):
        module, *inside = name.rsplit(".", cut)
        try:
            found = find_spec(module)
        except ModuleNotFoundError:
            continue
        if found and found.origin and found.origin != "namespace":
            text = Path(found.origin).read_text(encoding="utf-8")
            return all(re.search(rf"\b{part}\b", text) for part in inside)
    return False


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_paths_modules_and_links_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    roots = (ROOT, page.parent)
    paths = [A_BLANK.sub("*", path).rstrip("/") for path in A_PATH.findall(text)]
    lost = [path for path in paths if not any(list(root.glob(path)) for root in roots)]
    lost += [name for name in A_MODULE.findall(text) if not is_there(name)]
    lost += [link for link in A_LINK.findall(text) if not (page.parent / link).exists()]
    assert lost == []


def test_pages_at_the_top_and_of_tests_are_read_too() -> None:
    read = {page.relative_to(ROOT).as_posix() for page in pages()}
    assert {"README.md", "CONTRIBUTING.md", "docs/architecture.md", "tests/README.md"} <= read
