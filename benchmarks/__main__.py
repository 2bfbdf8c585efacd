"""``python -m benchmarks``: measure, print, and with ``--write`` put it into the page."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from benchmarks import page
from benchmarks.processes import starts
from benchmarks.sections import Size, Table, back_ends, scaling, sweep
from benchmarks.timing import load

SECTIONS: dict[str, Callable[[], Table]] = {
    "back-ends": back_ends,
    "scaling": scaling,
    "sweep": sweep,
    "starts": starts,
}
QUICK: dict[str, Callable[[], Table]] = {
    "back-ends": lambda: back_ends((Size(119, 40, 3),)),
    "scaling": lambda: scaling((Size(119, 20, 2), Size(500, 20, 2)), None),
    "sweep": lambda: sweep(20, 1, 2),
    "starts": lambda: starts(2, False),
}


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", help=f"of: {', '.join(SECTIONS)} (all of them)")
    parser.add_argument("--quick", action="store_true", help="few rounds, small sizes")
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    asked = parser.parse_args()
    unknown = [name for name in asked.sections if name not in SECTIONS]
    if unknown:
        parser.error(f"no section {unknown[0]!r}; there are {', '.join(SECTIONS)}")
    if asked.write and (asked.sections or asked.quick):
        parser.error("--write needs a complete run: no sections, no --quick")
    from experiments.compiling.kernels import COMPILING, is_warm, warm_up

    if not is_warm():
        print(COMPILING, file=sys.stderr)
        warm_up()
    before = load()
    parts = []
    for name in asked.sections or SECTIONS:
        table = (QUICK if asked.quick else SECTIONS)[name]()
        parts.append(page.as_markdown(table))
        print(parts[-1], flush=True)
    where = page.describe((before, load()), "python -m benchmarks --write")
    print(where)
    if asked.write:
        page.write("\n".join([where, *parts]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
