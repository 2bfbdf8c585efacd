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

from tests.inert.named import NAMED
from tests.inert.run import BESIDE, COUNTRIES, SHIPPED, Verdict, judge, judge_further, knobs
from tests.inert.turning import Seen, seen_everywhere, tables
from tests.inert.turning import dead as dead_data

PAGE = Path(__file__).resolve().parents[2] / "docs" / "inert.md"

_HEAD = """# What moves nothing, and where

`python -m tests.inert` turns every switch to its other end, every parameter to both ends of its
plausible range, and every key of titles and policy away from what it says, in each region that
comes with the program and in two made-up countries, with one seed, 2006-2030, under eight regimes
until some outcome moves by a bit. What moves nothing in a region may be left out of a sweep there.

It fails where a knob moves nothing anywhere, with none of eight seeds. Nothing is excepted. These
act beside another setting only, and are turned beside it:

"""

_DATA = """
## What the files of a region say

Each column of its tables and each key of `region.toml` that a rule could read, turned in every
municipality, district or block of a region: figures and chains from 2006 on, with a chain that is
made for this screen, and starting states from the quarter of each. Areas of municipalities place
districts where no table lists them, and are turned without one. Names and sources are left out:
they label. The same regimes and the first seed; `-` is what cannot be turned there, as there is no
such block.
"""

_NAMED = """
## What an audit of the sources named, and where it moves now

Of each knob: in how many of these regions it moves something with the first seed; else with which
seed, and where.

| what moved nothing | moves now by | knobs |
|---|---|---|
"""


def where_it_moves(found: list[Verdict]) -> str:
    """Return in how many regions a knob moves something, or with which other seed and where."""
    first = [one for one in found if one.seed == 1]
    here = sum(bool(one.regime) for one in first)
    if here:
        return f"{here} of {len(first)}"
    other = [one for one in found if one.regime]
    return f"seed {other[0].seed}, {other[0].region}" if other else "**nowhere**"


def page(verdicts: dict[str, list[Verdict]], data: list[Seen]) -> str:
    """Return the page: what moves nothing somewhere, by knob and region, and all data."""
    regions = (*SHIPPED, *COUNTRIES)
    lines = [
        _HEAD,
        *(f"- `{name}`: `{'`, `'.join(beside)}`" for name, beside in BESIDE.items()),
        "",
        f"{len(verdicts)} knobs were turned.",
        "",
        "| knob | what | " + " | ".join(regions) + " |",
        "|" + "---|" * (len(regions) + 2),
    ]
    for name, found in verdicts.items():
        if all(verdict.regime for verdict in found):
            continue
        by_region = {verdict.region: verdict.regime for verdict in found if verdict.seed == 1}
        cells = ["moves" if by_region[region] else "**nothing**" for region in regions]
        lines.append(f"| `{name}` | {found[0].knob.kind} | " + " | ".join(cells) + " |")
    said = _DATA + "\n".join(tables(data)) + "\n"
    return "\n".join(lines) + "\n" + _rare(verdicts) + said + _NAMED + _named(verdicts)


def _rare(verdicts: dict[str, list[Verdict]]) -> str:
    """Return what moves something with another seed only."""
    rare = [
        f"- `{name}`: {where_it_moves(found)}."
        for name, found in verdicts.items()
        if not any(one.regime for one in found if one.seed == 1)
    ]
    if not rare:
        return ""
    return "\nNothing with the first seed, something with another:\n\n" + "\n".join(rare) + "\n"


def _named(verdicts: dict[str, list[Verdict]]) -> str:
    """Return the rows of what the audit named."""
    found = {one[0].knob.name: one for one in verdicts.values()}
    rows = []
    for row in NAMED:
        cells = ", ".join(f"`{knob}` ({where_it_moves(found[knob])})" for knob in row.knobs)
        rows.append(f"| {row.what} | {row.by} | {cells} |\n")
    return "".join(rows)


def main(arguments: list[str]) -> int:
    """Run the screen and print what moves nothing."""
    begun = time.perf_counter()
    regions = tuple(arguments) or (*SHIPPED, *COUNTRIES)
    every = knobs()
    verdicts: dict[str, list[Verdict]] = {f"{k.kind} {k.name}": [] for k in every}
    for region in regions:
        for knob in every:
            verdicts[f"{knob.kind} {knob.name}"].append(judge(knob, region))
    for one in every:
        found = verdicts[f"{one.kind} {one.name}"]
        if not any(verdict.regime for verdict in found):
            further = judge_further(one, regions)
            found += [further] if further else []
    dead = [name for name, found in verdicts.items() if not any(v.regime for v in found)]
    data = [] if arguments else list(seen_everywhere())
    dead += dead_data(data)
    turned = len(every) + len({one.datum.name for one in data})
    print(f"{turned} knobs in {time.perf_counter() - begun:.0f} s, {len(dead)} move nothing.")
    for name in dead:
        print(f"  {name}")
    if not arguments:
        PAGE.write_text(page(verdicts, data), encoding="utf-8")
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
