"""Threads of one process write one report after the other: Matplotlib is not made for two."""

from __future__ import annotations

import inspect
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from made_runs import write_run

from results import reports
from results.reports.alone import alone
from results.reports.run import write_report


def test_nobody_writes_while_another_does() -> None:
    inside: list[int] = []
    most: list[int] = []

    @alone
    def write(again: int) -> int:
        inside.append(again)
        most.append(len(inside))
        time.sleep(0.01)
        found = again + (write(again - 1) if again else 0)  # a report that is part of another
        inside.remove(again)
        return found

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(write, [1, 1, 1, 1])) == [1, 1, 1, 1]
    assert max(most) == 2, "one, and the one within it"


def test_every_report_is_written_alone() -> None:
    writers = {
        f"{module.name}.{name}": function
        for module in iter_modules(reports.__path__)
        for name, function in vars(import_module(f"results.reports.{module.name}")).items()
        if inspect.isfunction(function) and function.__module__ == f"results.reports.{module.name}"
        and name.startswith("write_") and module.name not in ("crate", "page")
    }  # fmt: skip
    assert len(writers) >= 9 and "run.write_report" in writers
    assert [name for name, one in writers.items() if not hasattr(one, "__wrapped__")] == []


def test_reports_of_threads_have_the_bytes_of_one(tmp_path: Path) -> None:
    folders = [write_run(tmp_path / name / "run") for name in "abcd"]
    write_report(folders[0])
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write_report, folders[1:]))
    first, *others = (
        {path.name: path.read_bytes() for path in sorted((folder / "figures").iterdir())}
        for folder in folders
    )
    assert len(first) == 8 and all(one == first for one in others)
