"""The table of the screen, as a page of the documentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sim.measure.outcomes import NAMES
from tests.screen.equivalent import EQUIVALENT
from tests.screen.mutants import SCALED
from tests.screen.run import Verdict

HEAD = """# What holds the numbers in place

Three things stand between a published outcome and a mistake in its formula.

- **Pinned numbers** (`tests/baseline`): every outcome of the whole region and of one municipality
  in five years, how often each event came about by which cause, and all cents and hours by title,
  in two small regions under four regimes. A number that moves fails a test, which names it;
  `make baseline` renews the files and prints what moved, and the difference shows in review.
- **A town of three practices** (`tests/town`): every outcome worked out by hand, with the
  arithmetic in comments, for the whole and for both municipalities; some hundred changes to the
  town, each with what it makes of the outcomes, where all that is not named must stay; and the
  empty case.
- **A screen** (`make validate`, some minutes): makes the functions that measure wrong, one place
  at a time, and looks whether the town notices. It swaps operators and comparisons, leaves out
  terms, conditions and statements, changes numbers, reads another field of the same kind, and
  scales what is written into an outcome by 0.9. It runs as plain Python and needs no compile.

This page is written by `make validate`.
"""


class Table(NamedTuple):
    """What came of all mutants."""

    verdicts: Sequence[Verdict]

    @property
    def survivors(self) -> list[str]:
        """Mutants that nothing noticed."""
        return [v.mutant.name for v in self.verdicts if not v.reason]

    def failures(self) -> list[str]:
        """Return what is wrong with the town or with the list of equivalent mutants."""
        known = {v.mutant.name for v in self.verdicts}
        alive = set(self.survivors)
        said = [f"not noticed: {name}" for name in self.survivors if name not in EQUIVALENT]
        for name in EQUIVALENT:
            if name not in known:
                said.append(f"listed as equivalent, but there is no such mutant: {name}")
            elif name not in alive:
                said.append(f"listed as equivalent, but noticed: {name}")
        scaled = self.counts(True)[1]
        said += [f"nothing scales {name}" for name in NAMES if not scaled[name]]
        return said

    def counts(self, scaled: bool) -> tuple[Counter[str], Counter[str]]:
        """Return how many mutants moved each outcome, and how many of these a check of it saw.

        ``scaled``: those that scale what is written into an outcome, or the others.
        """
        moved: Counter[str] = Counter()
        noticed: Counter[str] = Counter()
        for verdict in self.verdicts:
            if (SCALED in verdict.mutant.change) is scaled:
                moved.update(verdict.moved)
                noticed.update(verdict.moved & verdict.noticed)
        return moved, noticed

    def page(self) -> str:
        """Return the page with the table, and mutants that cannot be noticed with the reason."""
        total, alive = len(self.verdicts), len(self.survivors)
        scaled, scaled_seen = self.counts(True)
        other, other_seen = self.counts(False)
        lines = [
            HEAD,
            f"Of {total:,} mutants, {total - alive:,} are noticed; {alive} cannot be told from the"
            " right formula by any data (below).",
            "A mutant counts for every outcome that it moves up to the case that notices it; many",
            "end in an error and move none. Seen: a check of that very outcome fails; the others",
            "are noticed at another outcome.",
            "",
            "| outcome | scaled | seen | other mutants | seen |",
            "|---|--:|--:|--:|--:|",
        ]
        lines += [
            f"| `{n}` | {scaled[n]} | {scaled_seen[n]} | {other[n]} | {other_seen[n]} |"
            for n in NAMES
        ]
        reasons: dict[str, list[str]] = {}
        for name in self.survivors:
            reasons.setdefault(EQUIVALENT.get(name, "**no reason known**"), []).append(name)
        lines += ["", "## Mutants that cannot be noticed", ""]
        for reason, names in reasons.items():
            lines.append(f"- {reason[0].upper()}{reason[1:]}:")
            lines += [f"  - `` {name} ``" for name in names]
        return "\n".join(lines) + "\n"
