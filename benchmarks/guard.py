"""A guard against slow-downs that knows no seconds: ``python -m benchmarks.guard [--write]``.

Counts instructions per practice and quarter of every kernel of a quarter (``instructions``) and
compares them with those that are kept in ``instructions.csv``. It fails where all together are
over 1.05 times what they were, or one of weight (a fiftieth of all or more, before or now) over
1.1 times. ``--write`` keeps the counts of now. What got faster is said, and fails nothing. Counts
depend on Python, Numba and NumPy, so their versions are kept as well.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks.instructions import FIRST, LAST, counts_of
from benchmarks.phases import REGION
from benchmarks.timing import machine

TABLE = Path(__file__).with_name("instructions.csv")
HEADER = ("kernel", "instructions per practice and quarter")
ONE, ALL, WEIGHT = 1.10, 1.05, 0.02
"""Times what it was that a kernel, and all together, may ask; the share that gives weight."""
NEEDED = ("valgrind", "cc")
VERSIONS = ("Python", "numba", "numpy")


class Verdict(NamedTuple):
    """What grew too much (fails), and what else is worth saying."""

    wrong: list[str]
    notes: list[str]


def judge(before: Mapping[str, float], now: Mapping[str, float]) -> Verdict:
    """Compare instructions by kernel; a kernel that came counts in the sum, and is named."""
    wrong, notes = [], []
    was, total = sum(before.values()), sum(now.values())
    if total > ALL * was:
        wrong.append(f"all together: {_moved(was, total)}, more than {ALL:.2f} times")
    for name in sorted(before.keys() | now.keys()):
        if name not in before or name not in now:
            notes.append(f"{name}: {'new' if name in now else 'gone'}")
            continue
        old, new = before[name], now[name]
        heavy = max(old / was, new / total) >= WEIGHT
        if heavy and new > ONE * old:
            wrong.append(f"{name}: {_moved(old, new)}, more than {ONE:.2f} times")
        elif heavy and old > ONE * new:
            notes.append(f"{name}: {_moved(old, new)}, faster")
    return Verdict(wrong, notes)


def _moved(old: float, new: float) -> str:
    return f"{old:,.0f} -> {new:,.0f} instructions ({new / old:.2f} x)"


def versions() -> str:
    """Return what counts depend on besides the rules."""
    return ", ".join(f"{name} {machine()[name]}" for name in VERSIONS)


def read(path: Path = TABLE) -> tuple[str, dict[str, float]]:
    """Return the versions that counts were made with, and the counts by kernel."""
    with path.open(encoding="utf-8", newline="") as file:
        about = file.readline().removeprefix("#").strip()
        rows = list(csv.reader(file))
    return about, {name: float(count) for name, count in rows[1:]}


def write(counts: Mapping[str, float], about: str, path: Path = TABLE) -> None:
    """Keep counts, the largest first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# {about}\n")
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(HEADER)
        for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            rows.writerow((name, round(count)))


def count() -> dict[str, float]:
    """Return instructions per practice and quarter by kernel, of a region in 2018."""
    with tempfile.TemporaryDirectory() as folder:
        found = counts_of(REGION, Path(folder))
    each = REGION * (LAST - FIRST + 1)
    return {name: total / each for name, total in found.items()}


def report(before: Mapping[str, float], now: Mapping[str, float], about: str) -> int:
    """Print a verdict; return 1 where something grew too much."""
    verdict = judge(before, now)
    for line in [*verdict.wrong, *verdict.notes]:
        print(line)
    print(f"all together: {_moved(sum(before.values()), sum(now.values()))}")
    if about != versions():
        print(f"counted with {about}, now {versions()}: part of it may be theirs")
    if verdict.wrong:
        print("slower. If it is worth it: python -m benchmarks.guard --write, and say so")
    return int(bool(verdict.wrong))


def main() -> int:
    """Count, compare or keep."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.guard", description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the counts of now")
    given = parser.parse_args()
    lacking = [name for name in NEEDED if shutil.which(name) is None]
    if lacking:
        print(f"instructions are not counted: {' and '.join(lacking)} is not installed")
        return int(given.write)
    if not given.write and not TABLE.is_file():
        print("no counts are kept yet: python -m benchmarks.guard --write")
        return 1
    now = count()
    if given.write:
        write(now, versions())
        print(f"{len(now)} kernels, {sum(now.values()):,.0f} instructions, into {TABLE.name}")
        return 0
    about, before = read()
    return report(before, now, about)


if __name__ == "__main__":
    sys.exit(main())
