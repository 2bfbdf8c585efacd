"""A process that repeats one run or sweep: ``python -m experiments.reproducing.again REQUEST``.

Rules are chosen before the model is imported, so each repetition has a process of its own. Its
tables and its manifest appear in the folder that the request names.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.reproducing.material import experiment_tables, scenario_arguments
from results.store.folder import parquet_options, to_json, write_parquet
from results.store.manifests import Entries, StoreRefused

if TYPE_CHECKING:
    from experiments.runs.scenario import Scenario
    from experiments.sweeps.plan.plan import Plan

BAD_INPUT, DONE = 2, 0
NAMES = ("region", "package")
"""What a file or folder was called: it is written where another was."""
AT_ONCE = 4
"""Groups of runs in hand for each core: some wait, none is kept for long."""


def main(arguments: list[str]) -> int:
    """Do what a request says; return 0, or 2 with one message where it cannot be done."""
    request = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    out = Path(request["out"])
    out.mkdir(parents=True, exist_ok=True)
    aside = Path(request["aside"])
    about = Entries(request["about"], Path("manifest.json"))
    from experiments.runs.arguments import in_options
    from sim.errors import BadInput

    try:
        if about.get("kind") == "sweep":
            _sweep_again(about, aside, request, out)
        else:
            _run_again(about, aside, request, out)
    except (BadInput, StoreRefused) as error:
        print(in_options(error), file=sys.stderr)
        return BAD_INPUT
    return DONE


def _warm() -> None:
    from experiments.compiling.kernels import is_warm, warm_up

    if not is_warm():
        warm_up()


def _run_again(about: dict[str, Any], aside: Path, request: dict[str, Any], out: Path) -> None:
    """Repeat the chosen replicates of a run, and write their tables and manifest."""
    from experiments.runs.run import run
    from experiments.runs.scenario import Scenario

    given = scenario_arguments(about, aside, Path(request["home"]), request["engine"])
    scenario, chosen = Scenario(**given), request["chosen"]
    scenario.check()
    if scenario.engine == "compiled":
        _warm()
    alone = chosen != list(range(scenario.replicates))
    each = [_only(scenario, k) for k in chosen] if alone else [scenario]
    found = [run(one) for one in each]
    for name in found[0].tables:
        table = pa.concat_tables([result.tables[name] for result in found]).unify_dictionaries()
        if name == "runs":
            asked = about["scenario"]
            table = _called(table, {k: dict.fromkeys([None], asked[k]) for k in NAMES})
            place = table.column_names.index("replicate")  # alone, each was the first
            field = table.schema.field(place)
            table = table.set_column(place, field, pa.array([k + 1 for k in chosen], field.type))
        write_parquet(table, out / f"{name}.parquet")
    _write_manifest(out, _of_whole(found[0].manifest, scenario), about)


def _only(scenario: Scenario, place: int) -> Scenario:
    """Return the scenario of one replicate, numbered from 0: it is a run with its seed."""
    from dataclasses import replace

    one = replace(scenario, seed=scenario.seed + place, replicates=1)
    one.__dict__.update(place=scenario.place, policy=scenario.policy, texts=scenario.texts)
    return one


def _of_whole(made: dict[str, Any], scenario: Scenario) -> dict[str, Any]:
    """Return the manifest of a sample as that of all replicates."""
    seeds = [seed for seed, _ in scenario.seeds()]
    return {**made, "id": scenario.id, "seeds": seeds, "scenario": scenario.described()}


def _called(table: pa.Table, names: dict[str, dict[str | None, str]]) -> pa.Table:
    """Return a table whose columns call regions and packages as they were called.

    Args:
        table: of runs or points.
        names: by column: the old name by the new one; that of None stands for all.
    """
    for column, known in names.items():
        place = table.column_names.index(column)
        texts = table[column].cast(pa.string()).to_pylist()
        old = [known.get(text, known.get(None, text)) for text in texts]
        field = table.schema.field(place)
        table = table.set_column(place, field, pa.array(old, pa.string()).cast(field.type))
    return table


def _write_manifest(out: Path, made: dict[str, Any], about: dict[str, Any]) -> None:
    """Write a manifest that calls regions and packages as they were called: by their content."""
    if "scenario" in made:
        called = {key: about["scenario"][key] for key in NAMES}
        made["scenario"] = {**made["scenario"], **called}
        called_regions = [called["region"]]
    else:
        arms = [{**new, **{k: old[k] for k in NAMES}}
                for new, old in zip(made["arms"], about["arms"], strict=True)]  # fmt: skip
        made["arms"] = arms
        called_regions = list(dict.fromkeys(arm["region"] for arm in arms))
    for entry, name in zip(made["regions"], called_regions, strict=True):
        entry["region"] = name
    (out / "manifest.json").write_text(to_json(made), encoding="utf-8", newline="\n")


def _sweep_again(about: dict[str, Any], aside: Path, request: dict[str, Any], out: Path) -> None:
    """Repeat the chosen runs of a sweep, numbered from 0, and write their tables and manifest."""
    from experiments.runs.frames import declared_outcomes
    from experiments.sweeps.file.experiment import read_experiment
    from experiments.sweeps.plan.planning import make_plan
    from experiments.sweeps.plan.stages import with_targets
    from experiments.sweeps.store.about import manifest_of, points_table
    from experiments.sweeps.store.finish import runs_table
    from experiments.sweeps.store.stages import as_stored
    from results.store.batches import heads_of, long

    plan = make_plan(read_experiment(experiment_tables(about, aside, Path(request["home"]))))
    if "until" in about:
        asked = about["until"]
        plan = with_targets(plan, [one["asked"] for one in asked["targets"]], asked["most"])
        plan = as_stored(plan, asked["seeds"])
    _warm()
    names: dict[str, dict[str | None, str]] = {
        key: {arm.words()[key]: old[key] for arm, old in zip(plan.arms, about["arms"], strict=True)}
        for key in NAMES
    }
    write_parquet(_called(points_table(plan), names), out / "points.parquet")
    declared, heads = declared_outcomes(), []
    writer: pq.ParquetWriter | None = None
    try:
        known = len(plan.points) * plan.stride
        for table in _tables(plan, [number for number in request["chosen"] if number < known]):
            heads.append(heads_of(table))
            series = long(table, declared)
            if writer is None:
                options = parquet_options(series.schema)
                writer = pq.ParquetWriter(out / "series.parquet", series.schema, **options)
            writer.write_table(series)
    finally:
        if writer is not None:
            writer.close()
    made = manifest_of(plan)
    all_heads = pa.concat_tables(heads).unify_dictionaries().combine_chunks()
    write_parquet(runs_table(out, made, all_heads), out / "runs.parquet")
    _write_manifest(out, made, about)


def _tables(plan: Plan, chosen: list[int]) -> Iterator[pa.Table]:
    """Give tables of the chosen runs, in their order, computed on all cores; few are in memory."""
    from experiments.sweeps.work.compute import kept_of
    from results.store.batches import Label, batch_table
    from sim.engines.cores import cores

    def table(numbers: list[int]) -> pa.Table:
        kept, _ = kept_of(plan, [plan.run(number) for number in numbers])
        return batch_table(kept, plan.experiment.outcomes, Label(plan.id, 0, len(kept)))

    groups = [chosen[at : at + plan.size] for at in range(0, len(chosen), plan.size)]
    count = cores()
    with ThreadPoolExecutor(count) as pool:
        for at in range(0, len(groups), count * AT_ONCE):
            yield from pool.map(table, groups[at : at + count * AT_ONCE])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
