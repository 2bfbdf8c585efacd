"""Commands that list what exists, with units, ranges and sources."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.cli.console import show
from sim.errors import BadInput, nearest

Name = Annotated[str | None, typer.Argument(metavar="[NAME]", help="Show this one in full.")]
Package = Annotated[
    list[str] | None,
    typer.Option("--package", metavar="FILE", help="Its new titles too."),
]
Json = Annotated[bool, typer.Option("--json", help="Write JSON.")]
Rows = list[dict[str, Any]]


def add(app: typer.Typer) -> None:
    """Add the commands to the program."""
    for name, command in (
        ("regions", regions),
        ("regimes", regimes),
        ("titles", titles),
        ("parameters", parameters),
        ("phases", phases),
        ("outcomes", outcomes),
    ):
        app.command(name)(command)


def _chosen(rows: Rows, name: str | None, kind: str, key: str = "name") -> Rows:
    """Return all rows, the one called ``name``, or those whose dotted name starts with it."""
    if name is None:
        return rows
    found = [row for row in rows if str(row[key]) == name]
    found = found or [row for row in rows if str(row[key]).startswith(f"{name.rstrip('.')}.")]
    if not found:
        raise _unknown(kind, name, [str(row[key]) for row in rows])
    return found


def _unknown(kind: str, name: str, known: Sequence[str]) -> BadInput:
    listed = ", ".join(known) if len(known) <= 20 else f"what `regiosim {kind}s` lists"
    return BadInput(f"{kind} {name!r}", "unknown", allowed=listed, nearest=nearest(name, known))


def regions(name: Name = None, as_json: Json = False) -> None:
    """List the regions that come with the program, or the municipalities of one."""
    from experiments.runs.quarters import quarter_name
    from sim.place.chains import said
    from sim.place.load import load_region, region_names

    if name is not None:
        region = load_region(name)
        rows: Rows = [
            {
                "code": m.code, "name": m.name, "subregion": m.subregion,
                "population": m.population, "share_65": m.share_65, "area_km2": m.area_km2,
                "urbanity": m.urbanity, "districts": len(m.districts), "hubs_at_start": len(m.hubs),
                "preferred_insurer": m.preferred, "trust": m.trust,
            }
            for m in region.municipalities
        ]  # fmt: skip
        chains = f" New chains: {'; '.join(map(said, region.chains))}." if region.chains else ""
        show(rows, as_json, f"{region.title}, {region.year}.{chains} Source: {region.source}")
        return
    rows = []
    for one in region_names():
        region = load_region(one)
        rows.append(
            {
                "name": one, "title": region.title, "municipalities": len(region.municipalities),
                "population": region.population, "year": region.year,
                "starts": ", ".join(quarter_name(state.quarter) for state in region.states),
                "source": region.source,
            }
        )  # fmt: skip
    made = "synthetic:MUNICIPALITIES[:SEED]", "a made country, such as synthetic:345"
    source = "generated from published figures"
    rows.append(dict(zip(rows[0], (*made, None, None, None, "", source), strict=True)))
    show(rows, as_json, "Regions")


def _policy_rows(name: str) -> Rows:
    from sim.policy.load import describe

    return [row._asdict() for row in describe(name)]


def regimes(name: Name = None, as_json: Json = False) -> None:
    """List the regimes, or every dated key of one, or of a regime file, with unit and source."""
    from sim.policy.load import load_regime, regime_names

    if name is not None:
        load_regime(name)
        show(_policy_rows(name), as_json, name)
        return
    rows: Rows = []
    for one in regime_names():
        regime = load_regime(one)
        titles = ", ".join(regime.names())
        rows.append({"name": one, "text": regime.text, "titles": titles, "source": regime.source})
    show(rows, as_json, "Regimes")


def titles(name: Name = None, package: Package = None, as_json: Json = False) -> None:
    """List the payment titles, or every dated key of one with unit and source."""
    from sim.policy.load import declared_in, load_title, title_names
    from sim.policy.regime import title_rows

    own = declared_in([Path(file) for file in package or ()])
    if name is not None:
        title = own[name] if name in own else load_title(name)
        show([row._asdict() for row in title_rows(title)], as_json, name)
        return
    rows: Rows = []
    for one in (*title_names(), *own):
        title = own[one] if one in own else load_title(one)
        rows.append(
            {
                "name": one, "payer": title.payer, "receiver": title.receiver,
                "unit": title.unit, "from": str(title.start),
                "until": str(title.until) if title.until else None, "source": title.source,
            }
        )  # fmt: skip
    show(rows, as_json, "Payment titles")


def parameters(name: Name = None, as_json: Json = False) -> None:
    """List the parameters of behaviour, those of a group (such as choice), or one."""
    import agents.care  # noqa: F401  (declares more parameters)
    from agents.parameters import DECLARED

    rows: Rows = [
        {
            "name": one.name, "value": one.value, "low": one.low, "high": one.high,
            "plausible": f"{one.least:.6g} .. {one.most:.6g}", "unit": one.unit,
            "source": one.source, "text": one.text,
        }
        for one in DECLARED.values()
    ]  # fmt: skip
    show(_chosen(rows, name, "parameter"), as_json, "Parameters")


def phases(name: Name = None, as_json: Json = False) -> None:
    """List the phases of a quarter in their order."""
    from sim.plan import phases

    rows: Rows = [one._asdict() for one in phases()]
    key = "number" if name is not None and name.isdigit() else "name"
    show(_chosen(rows, name, "phase", key), as_json, "A quarter")


def outcomes(name: Name = None, as_json: Json = False) -> None:
    """List the outcomes, with unit, how a year is made of quarters, and the empty case."""
    from sim.measure.outcomes import OUTCOMES

    rows: Rows = [one._asdict() for one in OUTCOMES]
    show(_chosen(rows, name, "outcome"), as_json, "Outcomes (empty: without organisations)")
