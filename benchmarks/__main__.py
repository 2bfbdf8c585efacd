"""``python -m benchmarks``: measure, print, and with ``--write`` put it into the page."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from benchmarks import page
from benchmarks.beside import core_in_c, frameworks, web
from benchmarks.budgets import budget_table
from benchmarks.contenders import registry
from benchmarks.processes import starts
from benchmarks.sections import Size, Table, back_ends, scaling, sweep
from benchmarks.timing import Ratio, load

SECTIONS: dict[str, Callable[[], Table]] = {
    "back-ends": back_ends,
    "scaling": scaling,
    "sweep": sweep,
    "core": core_in_c,
    "web": web,
    "frameworks": frameworks,
    "starts": starts,
}
QUICK: dict[str, Callable[[], Table]] = {
    "back-ends": lambda: back_ends((Size(119, 40, 3),)),
    "scaling": lambda: scaling((Size(119, 20, 2), Size(500, 20, 2)), None),
    "sweep": lambda: sweep(1, 0.25),
    "core": lambda: core_in_c((Size(119, 20, 3),)),
    "web": lambda: web(3),
    "frameworks": lambda: frameworks(Size(200, 50, 2)),
    "starts": lambda: starts(2, False),
}


def listed() -> str:
    """Return who takes part in what, and what is left out here."""
    lines = []
    for name, contenders in registry().items():
        lines.append(f"{name}:")
        for one in contenders:
            lacks = one.lacking()
            out = f" (left out here: needs {' and '.join(lacks)})" if lacks else ""
            same = "; the same to the bit" if one.same else ""
            lines.append(f"  {one.name}: {one.text}{same}{out}")
    return "\n".join(lines)


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", help=f"of: {', '.join(SECTIONS)} (all of them)")
    parser.add_argument("--quick", action="store_true", help="few rounds, small sizes")
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    parser.add_argument("--list", action="store_true", help="who takes part, and who is left out")
    asked = parser.parse_args()
    if asked.list:
        print(listed())
        return 0
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
    parts: list[str] = []
    found: dict[str, Ratio] = {}
    for name in asked.sections or SECTIONS:
        table = (QUICK if asked.quick else SECTIONS)[name]()
        found.update(table.found)
        parts.append(page.as_markdown(table))
        print(parts[-1], flush=True)
    where = page.describe((before, load()), "python -m benchmarks --write")
    print(where)
    budgets = page.as_markdown(budget_table(found))
    print(budgets)
    if asked.write:
        page.write("\n".join([where, *parts]), budgets)
    return 0


if __name__ == "__main__":
    sys.exit(main())
