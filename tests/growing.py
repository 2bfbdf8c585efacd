"""Sweeps of made-up runs that take some out of earlier ones, beside the same without."""

from __future__ import annotations

from pathlib import Path

from experiments import sweep
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.plan.planning import make_plan
from results.store.checksums import check_folder
from tests.made_sweeps import Maker
from tests.sweeping import SMALL, batches, bytes_of

RUNS = 128
"""Runs of the earlier sweep: two batches of 64."""


def planned(folder: Path, *changes: tuple[str, str], replicates: int = 16) -> Plan:
    """Return the plan of the small experiment with other words in it."""
    text = SMALL.format(replicates=replicates, points=2)
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    path = folder / "grown.toml"
    path.write_text(text, encoding="utf-8")
    return make_plan(read_experiment(path))


def grown(plan: Plan, folder: Path, *earlier: Path) -> tuple[int, int]:
    """Sweep with and without earlier sweeps; return how many runs were taken and computed."""
    sweep(plan, folder / "fresh", executor=Maker())
    sweep(plan, folder / "part", executor=Maker(), shard="1/2")
    before = [_seen(one) for one in earlier]
    done = sweep(plan, folder / "grown", executor=Maker(), earlier=earlier)
    assert bytes_of(folder / "fresh") == bytes_of(folder / "grown")
    sweep(plan, folder / "other", executor=Maker(), shard="1/2", earlier=earlier)
    parts = [{k: v[1] for k, v in batches(folder / n).items()} for n in ("part", "other")]
    assert parts[0] and parts[0] == parts[1]
    assert [_seen(one) for one in earlier] == before
    names = [{path.name for path in (folder / n).iterdir()} for n in ("fresh", "grown")]
    assert names[0] == names[1] and check_folder(folder / "grown").sound
    assert not list(folder.glob(".*"))
    assert done.state.done == plan.runs == done.state.here + done.state.taken
    return done.state.taken, done.state.here


def _seen(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
