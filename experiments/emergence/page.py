"""docs/emergence.md: tables and sentences of what was measured."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from experiments.emergence.field import Place
from experiments.emergence.groups import Grouped, Level, Side
from experiments.emergence.hypercube import Cube, Decided, Robust
from experiments.emergence.judging import Bench, Judged, Reading
from experiments.emergence.registry import Registry
from experiments.emergence.sentences import (
    about,
    figure,
    of_levels,
    of_question,
    of_turned,
    percent,
    summary,
)
from results.statistics.shares import Share

WIDE = 110
ENOUGH = 30
"""Seeds below which t intervals miss more often than they say."""
_HEAD = """# What is emergent, and what decides scale and fragmentation

A claim *holds* where its mean is beyond a named threshold and, for a difference of two designs,
stands with 5% of false ones among all differences of its region (Benjamini and Hochberg). It is
*emergent* only where it holds and also differs from every null model, beyond the interval of the
paired difference. Each null model takes one cause away; where it gives the same, the pattern says
nothing about that cause: it is imposed, or comes of something else. Thresholds and signs were
named before anything was measured:
[expectations/emergence.md](expectations/emergence.md). The registry of claims and worlds is
[experiments/catalogue/emergence.toml](../experiments/catalogue/emergence.toml). This page,
sentences too, is made from the numbers by

```
python -m experiments.emergence --write
```

Intervals are over seeds or points: noise of simulation, no evidence about the world. Patterns are
of `historic-nl`. *Route* is `design:bundled/organisation/insured` to
`design:bundled/practice/insured`, *seven titles* is `design:bundled/practice/act` to
`design:component/practice/act` (`make run`); designs pay the same money. Means over 2026-2030
unless a year is named."""


class Region(NamedTuple):
    """What was measured in one region."""

    place: Place
    seeds: int
    bench: Bench
    cube: Cube
    robust: tuple[Robust, ...]
    decided: tuple[Decided, ...]


class Measured(NamedTuple):
    """Everything that the page shows."""

    home: Region
    country: Region
    levels: tuple[Level, ...]
    grouped: tuple[Grouped, ...]
    grouped_seeds: int


def paragraph(text: str) -> str:
    """Return a text in lines of the page's width."""
    return textwrap.fill(text, WIDE, break_long_words=False, break_on_hyphens=False)


def row(cells: Iterable[str]) -> str:
    """Return a row of a table."""
    return "| " + " | ".join(cells) + " |"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a table as lines of Markdown."""
    return [row(heads), "|" + "---|" * len(heads), *(row(cells) for cells in rows)]


def share(found: Share | None) -> str:
    """Return a share, or nothing where there is none."""
    return "" if found is None else percent(found)


def verdicts(registry: Registry, region: Region) -> list[str]:
    """Return the table of claims: what came out, null models, plausible ranges, verdict."""
    nulls = [world.name for world in registry.worlds if world.role == "null"]
    heads = [
        "claim", "asked", "came out", "runs beyond", *nulls,
        "points with the sign", "points beyond", "same side of no weights", "verdict",
    ]  # fmt: skip
    rows = []
    for one, found in zip(region.bench.judged, region.robust, strict=True):
        claim, here = one.claim, one.here
        signed = bool(claim.sign)
        rows.append(
            [
                claim.name,
                f"{claim.asked(one.times)}" + ("" if claim.unit == "share" else f" {claim.unit}"),
                f"{figure(here.mean, signed)} ({figure(here.low, signed)}, "
                f"{figure(here.high, signed)})",
                percent(one.beyond),
                *(_apart(region.bench, reading) for reading in one.of_role("null")),
                share(found.sign),
                percent(found.threshold),
                share(found.null),
                region.bench.verdict(one),
            ]
        )
    return table(heads, rows)


def _apart(bench: Bench, reading: Reading) -> str:
    half = 0.5 * (reading.apart.high - reading.apart.low)
    text = f"{figure(reading.apart.mean, True)} ± {figure(half)}"
    return f"**{text}**" if bench.differs(reading) else text


def worlds(registry: Registry, bench: Bench, family: str) -> list[str]:
    """Return the table of one family: a row for each world, a column for each claim."""
    found = [one for one in bench.judged if one.claim.family == family]
    heads = ["world", "change", *(f"{o.claim.name} ({o.claim.unit})" for o in found), "money"]
    rows = [["as it is", "", *(_here(bench, one) for one in found), ""]]
    for k, reading in enumerate(found[0].readings):
        cells = [f"{reading.world.role}: {reading.world.name}", reading.world.change()]
        for one in found:
            there = one.readings[k]
            lost = "" if bench.holds(one, there.there) else " ✗"
            cells.append(
                f"{figure(there.there.mean, bool(one.claim.sign))}{lost}; {_apart(bench, there)}"
            )
        rows.append([*cells, figure(reading.money, True)])
    return table(heads, rows)


def _here(bench: Bench, one: Judged) -> str:
    lost = "" if bench.holds(one) else " ✗"
    return f"{figure(one.here.mean, bool(one.claim.sign))}{lost}"


def _side(side: Side) -> str:
    if side.effect is None:
        return f"{side.pairs}" if side.pairs == 0 else f"{side.pairs}: too few"
    effect = side.effect
    text = f"{figure(effect.mean, True)} ({figure(effect.low, True)}, {figure(effect.high, True)})"
    return f"{side.pairs}: {text}"


def groups(found: Iterable[Grouped]) -> list[str]:
    """Return the table of effects within pairs that are in the same group in both arms."""
    heads = [
        "claim", "arms", "with a contract, first", "with a contract, second",
        "all pairs: effect", "both with: effect", "both without: effect", "in two groups",
    ]  # fmt: skip
    rows = []
    for one in found:
        words = [f"`{arm.regime}{arm.world.suffix}`" for arm in one.arms]
        if not one.claim.sign:
            words = [f"{arm.world.name}" for arm in one.arms]
        rows.append(
            [
                one.claim.name, " to ".join(words), percent(one.held[0]), percent(one.held[1]),
                _side(one.every), _side(one.within), _side(one.without), str(one.apart),
            ]
        )  # fmt: skip
    return table(heads, rows)


def standing(found: Iterable[Decided]) -> list[str]:
    """Return the table of parameters that go along with scale or fragmentation."""
    rows = []
    for one in found:
        for where, pairs in (("`historic-nl`", one.history), ("designs", one.designs)):
            for declared, pair in pairs:
                rows.append(
                    [
                        one.heading, where, f"`{declared.name}`",
                        f"{declared.least:g} .. {declared.most:g} {declared.unit}",
                        f"{pair.rho:+.2f}",
                    ]
                )  # fmt: skip
    return table(["outcome", "under", "parameter", "plausible", "Spearman's rho"], rows)


def region_lines(registry: Registry, region: Region) -> list[str]:
    """Return the verdicts of a region, what decides, and a sentence on each claim."""
    cube = region.cube
    failed = f"; at {cube.failed} more a run failed, left out" if cube.failed else ""
    heading = (
        f"Region `{region.place.region}`, {region.seeds} seeds; a Latin hypercube of "
        f"{cube.points} points over {len(cube.factors)} numbers{failed}. Null models: how far they "
        "are from the model as it is, with half of the 95% interval, bold where that stands; of a "
        "contrast, the difference of its effect. Shares with Wilson's 95% interval."
    )
    if region.seeds < ENOUGH:
        heading += f" With fewer than {ENOUGH} seeds intervals are too narrow."
    sentences = [
        f"- {about(region.bench, one, found)}"
        for one, found in zip(region.bench.judged, region.robust, strict=True)
    ]
    return [
        paragraph(heading), "", paragraph(summary(region.bench)), "",
        *verdicts(registry, region), "",
        *(paragraph(text) for text in sentences),
    ]  # fmt: skip


def question_lines(region: Region) -> list[str]:
    """Return what decides scale and fragmentation in a region."""
    out = []
    for one in region.decided:
        out += [paragraph(of_question(one, region.bench)), ""]
    return [*out, *standing(region.decided)]


def page(registry: Registry, found: Measured) -> str:
    """Return the whole page."""
    home, country = found.home, found.country
    titles = {"history": "History", "route": "The route", "titles": "Seven titles"}
    lines = [_HEAD, "", "## Claims", "", *region_lines(registry, home), ""]
    lines += ["## What decides scale and fragmentation", "", *question_lines(home), ""]
    lines += ["## Ablations and rivals", ""]
    note = (
        "First what comes out in each world (✗: the claim does not hold there), then how far that "
        "is from the model as it is, bold where it stands. Money: O&I of that world less that as "
        "it is, EUR per insured a year, of the second arm."
    )
    lines += [paragraph(note), ""]
    for family in registry.families:
        lines += [f"### {titles.get(family, family)}", ""]
        lines += [*worlds(registry, home.bench, family), ""]
    lines += ["## Two groups", "", paragraph(of_levels(found.levels)), ""]
    note = (
        f"`{home.place.region}`, {found.grouped_seeds} seeds. With a contract: at least half of "
        "the insured at the end of 2030, in history under one for the region, in designs under "
        "any with an insurer. "
        "Effects are of pairs that are in one group in both arms, however rare; of a pattern, "
        "the model as it is less a world without one cause."
    )
    lines += [paragraph(note), "", paragraph(of_turned(found.grouped)), ""]
    lines += [*groups(found.grouped), ""]
    lines += ["## A country", "", *region_lines(registry, country), ""]
    lines += ["### What decides there", "", *question_lines(country), ""]
    lines += ["### Ablations there", "", *worlds(registry, country.bench, "history")]
    return "\n".join(lines) + "\n"
