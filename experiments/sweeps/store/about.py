"""What a sweep says about itself: its manifest and its points."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from experiments.runs.assumed import assumed_of, stale_in
from experiments.runs.cite import cited
from experiments.runs.identity import rules_hash
from experiments.runs.inputs import (
    entry,
    package_entries,
    region_entry,
    region_hash,
)
from experiments.runs.manifest import definitions, regime_files, starting
from experiments.runs.policy_dates import dates_of
from experiments.runs.provenance import provenance
from experiments.runs.rules import recorded
from experiments.runs.scenario import Scenario
from experiments.runs.values import Value, written
from experiments.sweeps.file.factors import Factor
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.store.stages import until_entry
from results.statistics.contents import content_of
from results.store.ids import IDENTITY
from results.store.schema import SCHEMA_VERSION, Spec, table_from_columns


def manifest_of(plan: Plan) -> dict[str, Any]:
    """Return the manifest of a sweep: the experiment in full, its plan, rules and versions."""
    experiment = plan.experiment
    seed = int(experiment.runs["seed"])
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": "sweep",
        "id": plan.id,
        "name": experiment.name,
        "question": experiment.question,
        "text": experiment.text,
        "experiment": _plain(experiment.raw),
        "factors": [factor.described() for factor in experiment.factors],
        "constants": [one.text for one in experiment.constants],
        "arms": _arms(plan),
        "design": experiment.design.described(),
        "points": len(plan.points),
        "rows": len(plan.rows),
        "replicates": plan.replicates,
        "seeds": [seed, seed + plan.replicates - 1],
        "population_seed": experiment.runs["population_seed"],
        "runs": plan.runs,
        "batch": plan.size,
        "batches": plan.batches,
        **({} if plan.stages is None else {"until": until_entry(plan)}),
        **_starting(plan),
        "from": experiment.runs["start"],
        "to": experiment.runs["end"],
        "switch": experiment.runs["switch"],
        "policy_dates": dates_of(arm.of(plan.experiment) for arm in plan.arms),
        "engine": "compiled",
        "record": experiment.record,
        "scopes": experiment.scopes,
        "outcomes": list(experiment.outcomes),
        "identity": IDENTITY,
        "rules": rules_hash(),
        "regions": _regions(plan),
        "regime_files": regime_files([arm.of(experiment) for arm in plan.arms]),
        "packages": _packages(plan),
        "experiment_file": _file(plan),
        "parameters": dict(plan.arms[0].of(experiment).values),
        "policies": _policies(plan),
        "definitions": definitions(experiment.outcomes),
        "assumed": _in_arms(plan, assumed_of),
        "stale": _in_arms(plan, stale_in),
        "cite": cited(),
        **provenance(),
        **recorded(),
    }


def _starting(plan: Plan) -> dict[str, Any]:
    """Return in which quarter all runs start, and what is there in each region, if it is later."""
    if "begin" not in plan.experiment.runs:
        return {}
    bare = [plan.bare(arm) for arm in range(len(plan.arms))]
    found = {scenario.region: starting(scenario)["starting"] for scenario in bare}
    return {"start": plan.experiment.runs["begin"], "starting": found}


def _arms(plan: Plan) -> list[dict[str, Any]]:
    """Return each arm in words, with hashes of what its region and its packages hold."""
    places = {arm.region: region_hash(one) for arm, one in zip(plan.arms, plan.places, strict=True)}
    texts = plan.experiment.texts
    return [
        {
            **arm.words(),
            "region_content": places[arm.region],
            "package_content": content_of(
                [one["sha256"] for one in package_entries(arm.packages, texts)]
            ),
        }
        for arm in plan.arms
    ]


def _regions(plan: Plan) -> list[dict[str, Any]]:
    """Return every region of the sweep with the files that were read of it."""
    places = {arm.region: place for arm, place in zip(plan.arms, plan.places, strict=True)}
    return [region_entry(name, one, plan.experiment.texts) for name, one in places.items()]


def _packages(plan: Plan) -> list[dict[str, str]]:
    """Return every package of the sweep; its path is the one that the experiment says."""
    names = tuple(dict.fromkeys(name for arm in plan.arms for name in arm.packages))
    found = package_entries(names, plan.experiment.texts)
    above = plan.experiment.path.parent
    for one in found:
        if Path(one["path"]).is_relative_to(above):
            one["path"] = str(Path(one["path"]).relative_to(above))
    return found


def _file(plan: Plan) -> dict[str, Any] | None:
    """Return the experiment file and its file of points; nothing of one that is no file."""
    path, texts = plan.experiment.path, plan.experiment.texts
    named = plan.experiment.raw.get("design", {}).get("file")
    points = path.parent / str(named)
    more = {"points": entry(str(named), texts[str(points)])} if str(points) in texts else {}
    if str(path) not in texts:
        return more or None
    return {**entry(path.name, texts[str(path)]), **more}


def _policies(plan: Plan) -> list[dict[str, Any]]:
    """Return what the titles and the policy of each arm say before the factors set anything."""
    return [arm.of(plan.experiment).policy.content() for arm in plan.arms]


def _in_arms(plan: Plan, of: Callable[[Scenario], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return what is assumed or stale in the arms, before the factors set anything."""
    seen: dict[str, dict[str, Any]] = {}
    for arm, place in zip(plan.arms, plan.places, strict=True):
        scenario = arm.of(plan.experiment)
        scenario.__dict__["place"] = place
        for one in of(scenario):
            seen.setdefault(one["name"], one)
    return list(seen.values())


def _plain(value: Any) -> Any:
    """Return what TOML holds as what JSON can hold."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def factor_column(factor: Factor, values: list[Value]) -> tuple[Spec, Any]:
    """Return the column of a factor: numbers, switches or words."""
    kinds = {type(value) for value in values}
    if kinds <= {bool}:
        kind = "?"
    elif kinds <= {int, float}:
        kind, values = "f8", [float(value) for value in values]
    else:
        kind, values = "dictionary", [written(value) for value in values]
    return Spec(factor.name, kind, factor.unit, factor.text or f"{factor.role}"), values


def points_table(plan: Plan) -> pa.Table:
    """Return a row per row of the design: its point, arm and factor values."""
    points = [plan.points[number] for number in plan.rows]
    words = [plan.arms[point.arm].words() for point in points]
    columns: list[tuple[Spec, Any]] = [
        (Spec("row", "i8", "", "row of the design, arm by arm", "1.."),
         list(range(1, len(points) + 1))),
        (Spec("point", "i8", "", "point that is run: rows alike share one", "1.."),
         [number + 1 for number in plan.rows]),
    ]  # fmt: skip
    columns += [
        (Spec(name, "dictionary", "", text), [w[name] for w in words])
        for name, text in (
            ("region", "region"),
            ("regime", "regime"),
            ("package", "files that override policy"),
        )
    ]
    constants = plan.experiment.constants
    set_by = ["; ".join(s.text for s in (*constants, *plan.settings(n))) for n in plan.rows]
    columns.append((Spec("settings", "str", "", "what --set would say"), set_by))
    columns += [
        factor_column(factor, [point.values[k] for point in points])
        for k, factor in enumerate(plan.experiment.factors)
    ]
    return table_from_columns(columns)
