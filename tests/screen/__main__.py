"""Judge every mutant and write docs/pins.md: ``make validate``. Exit code 1 if one survives."""

from __future__ import annotations

import sys
import time
from pathlib import Path

# Tests see each other without their folder's name.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.screen.report import Table
from tests.screen.run import Measuring

PAGE = Path(__file__).resolve().parents[2] / "docs" / "pins.md"


def main() -> int:
    """Run the screen and print what is wrong."""
    begun = time.perf_counter()
    measuring = Measuring()
    table = Table([measuring.judge(key, mutant) for key, mutant in measuring.mutants()])
    PAGE.write_text(table.page(), encoding="utf-8")
    total, alive = len(table.verdicts), len(table.survivors)
    print(f"{total:,} mutants in {time.perf_counter() - begun:.0f} s, {alive} not noticed.")
    failures = table.failures()
    for failure in failures:
        print(f"  {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
