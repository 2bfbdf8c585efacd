"""Turn every knob in every shipped region and two countries, and write docs/inert.md.

``python -m tests.inert``; with names of regions, only there and without writing. Exit code 1 if a
knob moves nothing anywhere.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

# Tests see each other without their folder's name.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.inert.run import COUNTRIES, KNOWN, SHIPPED, Verdict, judge, knobs

PAGE = Path(__file__).resolve().parents[2] / "docs" / "inert.md"

_HEAD = """# What moves nothing, and where

`python -m tests.inert` turns every switch to its other end, every parameter to both ends of its
plausible range, and every key of titles and policy away from what it says, in each region that
comes with the program and in two made-up countries, with one seed, 2006-2030, under eight regimes
until some outcome moves by a bit. What moves nothing in a region may be left out of a sweep there.

It fails where a knob moves nothing anywhere and no reason is known. Known, and still to be mended
or dropped:

"""


def page(verdicts: dict[str, list[Verdict]]) -> str:
    """Return the page: what moves nothing somewhere, by knob and region."""
    regions = (*SHIPPED, *COUNTRIES)
    lines = [
        _HEAD,
        *(f"- `{name}`: {reason}." for name, reason in KNOWN.items()),
        "",
        f"{len(verdicts)} knobs were turned.",
        "",
        "| knob | what | " + " | ".join(regions) + " |",
        "|" + "---|" * (len(regions) + 2),
    ]
    for name, found in verdicts.items():
        if all(verdict.regime for verdict in found):
            continue
        by_region = {verdict.region: verdict.regime for verdict in found}
        cells = ["moves" if by_region[region] else "**nothing**" for region in regions]
        lines.append(f"| `{name}` | {found[0].knob.kind} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Run the screen and print what moves nothing."""
    begun = time.perf_counter()
    regions = tuple(arguments) or (*SHIPPED, *COUNTRIES)
    every = knobs()
    verdicts: dict[str, list[Verdict]] = {f"{k.kind} {k.name}": [] for k in every}
    for region in regions:
        for knob in every:
            verdicts[f"{knob.kind} {knob.name}"].append(judge(knob, region))
    dead = [name for name, found in verdicts.items() if not any(v.regime for v in found)]
    unknown = [name for name in dead if name.partition(" ")[2] not in KNOWN]
    print(f"{len(every)} knobs in {time.perf_counter() - begun:.0f} s, {len(dead)} move nothing.")
    for name in dead:
        print(f"  {name}: {KNOWN.get(name.partition(' ')[2], 'no reason known')}")
    if not arguments:
        PAGE.write_text(page(verdicts), encoding="utf-8")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
