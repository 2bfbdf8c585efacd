"""What a run says about itself: its manifest, and its row per replicate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from agents.compiled.record import FloatArray
from agents.parameters import DECLARED
from experiments.runs.assumed import assumed_of, stale_in
from experiments.runs.cite import cited
from experiments.runs.frames import declared_outcomes
from experiments.runs.identity import rules_hash
from experiments.runs.inputs import package_entries, region_entry
from experiments.runs.opening import told
from experiments.runs.policy_dates import policy_dates
from experiments.runs.provenance import provenance
from experiments.runs.quarters import quarter_name
from experiments.runs.rules import recorded
from experiments.runs.scenario import Scenario
from results.store.ids import IDENTITY
from results.store.schema import RUN_ID, SCHEMA_VERSION, Spec, table_from_columns
from sim.engines.compiled import RunFailed
from sim.measure.outcomes import NAMES


def regime_files(scenarios: Sequence[Scenario]) -> list[dict[str, str]]:
    """Return name, file and whole text, as read, of each regime of one's own."""
    found = {
        scenario.policy.name: scenario.policy.file
        for scenario in scenarios
        if scenario.policy.file is not None
    }
    return [{"name": name, "file": file, "text": text} for name, (file, text) in found.items()]


def manifest_of(scenario: Scenario) -> dict[str, Any]:
    """Return the manifest: what was run, in full, with which code, and what it assumes.

    All files are in it as they were read for the scenario. docs/records.md has its keys.
    """
    seeds = scenario.seeds()
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": "run",
        "id": scenario.id,
        "scenario": scenario.described(),
        "seeds": [seed for seed, _ in seeds],
        "content": scenario.content_hash,
        "identity": IDENTITY,
        "rules": rules_hash(),
        "regions": [region_entry(scenario.region, scenario.place, scenario.texts)],
        "regime_files": regime_files([scenario]),
        "packages": package_entries(scenario.packages, scenario.texts),
        "parameters": dict(scenario.values),
        "policy": scenario.policy.content(),
        "titles": list(scenario.policy.names()),
        "insurers": scenario.policy.of_insurers(),
        **starting(scenario),
        "policy_dates": policy_dates(scenario),
        "parameters_set": {
            one: value for one, value in scenario.values.items() if value != DECLARED[one].value
        },
        "assumed": assumed_of(scenario),
        "stale": stale_in(scenario),
        "cite": cited(),
        "definitions": definitions(NAMES),
        **provenance(),
        **recorded(),
    }


def starting(scenario: Scenario) -> dict[str, Any]:
    """Return what is said of a start later than 2006Q1: quarter, what is there, what is assumed."""
    if scenario.opens == 0:
        return {}
    return {"starting": told(scenario.begins, scenario.place, scenario.policy)}


def definitions(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return unit, meaning, labels and how years are made of outcomes, by name."""
    declared = declared_outcomes()
    return {name: declared[name] for name in names}


def runs_of(scenario: Scenario, ids: list[str], results: list[FloatArray | RunFailed]) -> pa.Table:
    """Return a row per replicate: id, scenario, seeds, status and reason."""
    count, about = len(ids), scenario.described()
    settings = "; ".join(about["settings"])
    words = {
        "region": ("region", about["region"]),
        "regime": ("regime", about["regime"]),
        "package": ("files that override policy", about["package"]),
        "settings": ("what --set changed", settings),
        "from": ("first quarter recorded", about["from"]),
        "to": ("last quarter", about["to"]),
        "switch": ("quarter in which a design leaves its base", about["switch"]),
        "engine": ("engine", about["engine"]),
    }
    columns: list[tuple[Spec, Any]] = [(RUN_ID, ids)]
    columns += [
        (Spec(name, "dictionary", "", text), [value] * count)
        for name, (text, value) in words.items()
    ]
    seeds = np.array(scenario.seeds(), dtype=np.int64).reshape(count, 2)
    failed = [r if isinstance(r, RunFailed) else None for r in results]
    reasons = [f"{quarter_name(f.tick)}: {f.reason}" if f else None for f in failed]
    columns += [
        (Spec("replicate", "i8", "", "replicate", "1.."), np.arange(1, count + 1)),
        (Spec("seed", "i8", "", "seed of behaviour", "0.."), pa.array(seeds[:, 0])),
        (Spec("population_seed", "i8", "", "seed of the population", "0.."), pa.array(seeds[:, 1])),
        (Spec("status", "dictionary", "", "done or failed"),
         ["failed" if f else "done" for f in failed]),
        (Spec("reason", "str", "", "why it failed", "", "it did not fail"), reasons),
    ]  # fmt: skip
    return table_from_columns(columns)
