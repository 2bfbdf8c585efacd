"""The commands of docs/showpieces.md, on copies that are small and otherwise the same."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from experiments.cli.app import DONE, main
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.file.shipped import CATALOGUE
from experiments.sweeps.plan.planning import make_plan
from experiments.sweeps.work.slurm import jobs_of
from results.store.reading import manifest, read

SMALL = {
    "sobol-region": {'"unicum"': '"synthetic:1:3"', "points = 128": "points = 16",
                     "replicates = 10": "replicates = 2"},
    "sobol-nation": {'"synthetic:345:1"': '"synthetic:2:1"', "points = 512": "points = 2",
                     "replicates = 20": "replicates = 2"},
}  # fmt: skip


def small(name: str, folder: Path) -> Path:
    """A copy of a shipped experiment that differs in what makes it large, and in no more."""
    text = (CATALOGUE / f"{name}.toml").read_text(encoding="utf-8")
    for old, new in SMALL[name].items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_both_ask_the_same_of_a_region_and_of_a_country() -> None:
    texts = [(CATALOGUE / f"{name}.toml").read_text(encoding="utf-8") for name in SMALL]
    region, nation = map(tomllib.loads, texts)
    assert region["uncertainties"] == nation["uncertainties"]
    assert len(region["uncertainties"]) == 10
    assert region["record"] == nation["record"]
    for key in ("regimes", "from", "to", "seed"):
        assert region["runs"][key] == nation["runs"][key]


def test_a_region_is_run_and_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sweep, answer = tmp_path / "sobol-region", tmp_path / "sobol-answer"
    path = small("sobol-region", tmp_path)
    assert main(["sweep", str(path), "--out", str(sweep), "--quiet", "--no-report"]) == DONE
    assert len(read(sweep, "runs")) == 16 * (10 + 2) * 2
    capsys.readouterr()
    assert main(["sensitivity", str(sweep), "--out", str(answer)]) == DONE
    table = read(answer, "sensitivity")
    assert {"S1", "ST", "S_seed"} <= set(table["index"])
    assert set(table["factor"]) - {""} == {one.name for one in read_experiment(path).factors}
    assert manifest(answer)["first"]["name"] == "sobol-region"


def test_a_country_is_planned_and_its_parts_are_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = small("sobol-nation", tmp_path)
    assert main(["sweep", str(path), "--plan"]) == DONE
    said = dict(
        line.split("\t") for line in capsys.readouterr().out.splitlines()[1:] if "\t" in line
    )
    assert said["runs"] == str(2 * (10 + 2) * 2)
    parts = [tmp_path / name for name in ("one", "two")]
    for number, part in enumerate(parts, 1):
        command = ["sweep", str(path), "--out", str(part), "--shard", f"{number}/2", "--quiet"]
        assert main(command) == DONE
    out = tmp_path / "merged"
    assert main(["merge", *map(str, parts), "--out", str(out), "--quiet"]) == DONE
    assert len(read(out, "runs")) == 48


def test_the_country_has_more_than_a_hundred_thousand_runs_and_an_array_for_them(
    tmp_path: Path,
) -> None:
    plan = make_plan(read_experiment("sobol-nation"))
    assert (len(plan.points), plan.runs, plan.size) == (6_144, 122_880, 1)
    jobs = jobs_of(plan, "sobol-nation", tmp_path / "nation", 400)
    assert jobs.tasks == 400 and "sweep sobol-nation --out" in jobs.scripts["shards"]
