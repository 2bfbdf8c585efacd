"""Rules of a user's own: what they move, what is recorded, and which processes have them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from agents.compiled import swaps
from agents.compiled.rule import CACHE, source_hash
from experiments import Scenario, run
from experiments.cli.app import DONE
from experiments.compiling.kernels import is_warm, warm_up
from experiments.runs.identity import definitions, rules_hash
from results.store.ids import IDENTITY
from results.store.reading import manifest, read
from tests.own_rules import EXAMPLE, NEVER, PLACE, REGIME, RUN, regiosim, started

SAME = '''
"""What the model does, in other words."""
import math

from agents.compiled.draws import clip
from agents.practice import Practice
from agents.compiled.rule import rule
from sim.phases.hubs.hubs import run_hubs  # a file may import what it likes of the model

_SIGN = -1.0


@rule
def _chance(value):
    return 1.0 / (1.0 + math.exp(_SIGN * clip(value, -700.0, 700.0)))


@rule
def give_mandate(practice: Practice, utility: float, lot: float, refuse: bool) -> bool:
    if refuse:
        return False
    return lot < _chance(utility)


def worth__trust_of(tables, a, b, mutual):
    return original_worth__trust_of(tables, a, b, mutual)
'''


def values(series: pd.DataFrame) -> pd.Series:
    return series.set_index(["tick", "scope", "outcome"])["value"].sort_index()


def mandated(folder: Path) -> float:
    series = read(folder, "series")
    chosen = (series["outcome"] == "mandate_share") & (series["scope"] == "all")
    return float(series[chosen]["value"].iloc[-1])


@pytest.fixture(scope="module")
def plain() -> pd.Series:
    """The model as it is: the compiled engine gives what the others give."""
    if not is_warm():
        warm_up()
    return values(run(Scenario(PLACE, REGIME, start="2006Q1", end="2007Q4")).series)


def test_the_same_rules_in_other_words_change_ids_and_nothing_else(
    tmp_path: Path, plain: pd.Series
) -> None:
    (tmp_path / "same.py").write_text(SAME)
    done = regiosim(*RUN, "--engine", "python", "--rules", "same.py", "--out", "a", cwd=tmp_path)
    assert done.returncode == DONE, done.stderr
    pd.testing.assert_series_equal(values(read(tmp_path / "a", "series")), plain, check_exact=True)
    about = manifest(tmp_path / "a")
    own = Scenario(PLACE, REGIME, start="2006Q1", end="2007Q4")
    assert about["content"] == own.content_hash
    assert about["id"] != own.id and about["rules"] != rules_hash()
    assert about["rules_file"] == {
        "file": "same.py",
        "sha256": hashlib.sha256(SAME.encode()).hexdigest(),
        "text": SAME,
        "replaced": ["agents.practice.give_mandate", "sim.common.worth.trust_of"],
    }


def test_a_rule_moves_what_it_is_about(tmp_path: Path, plain: pd.Series) -> None:
    (tmp_path / "never.py").write_text(NEVER)
    command = [*RUN[:-1], "--engine", "python", "--rules", "never.py"]
    done = regiosim(*command, "--out", "a", cwd=tmp_path)
    assert done.returncode == DONE, done.stderr
    assert "never.py in the place of agents.practice.give_mandate" in done.stdout
    assert plain[7, "all", "mandate_share"] > 0.1
    assert mandated(tmp_path / "a") == 0.0


def test_without_the_option_everything_is_as_it_was(tmp_path: Path) -> None:
    digest = hashlib.sha256(json.dumps(IDENTITY, sort_keys=True).encode())
    digest.update(definitions().digest().hex()[:32].encode())
    assert rules_hash() == digest.hexdigest()[:16]
    assert swaps.OWN is None and not swaps.SWAPPED
    assert "-" not in source_hash() and CACHE.name == source_hash()
    about = run(Scenario(PLACE, REGIME, start="2006Q1", end="2006Q1", engine="python")).manifest
    assert "rules_file" not in about


WHERE = """
import json, sys
from agents.compiled.rule import CACHE
from experiments.runs.identity import rules_hash
print(json.dumps([CACHE.name, rules_hash()]))
"""


def test_every_text_has_a_cache_and_ids_of_its_own(tmp_path: Path) -> None:
    found = []
    for text in (NEVER, NEVER.replace("False", "True")):
        (tmp_path / "mine.py").write_text(text)
        done = started("-c", WHERE, cwd=tmp_path, REGIOSIM_RULES="mine.py")
        found.append(json.loads(done.stdout))
    found.append([source_hash(), rules_hash()])
    assert len({cache for cache, _ in found}) == len({rules for _, rules in found}) == 3
    assert {cache.partition("-")[0] for cache, _ in found} == {source_hash()}


@pytest.mark.slow
def test_three_engines_run_the_example_alike(tmp_path: Path, plain: pd.Series) -> None:
    series = {}
    for engine in ("compiled", "mesa", "python"):
        done = regiosim(
            *RUN, "--engine", engine, "--rules", str(EXAMPLE), "--out", engine, cwd=tmp_path
        )
        assert done.returncode == DONE, done.stderr
        series[engine] = values(read(tmp_path / engine, "series"))
    assert len({manifest(tmp_path / engine)["id"] for engine in series}) == 1
    bits = {engine: found.to_numpy().tobytes() for engine, found in series.items()}
    assert bits["compiled"] == bits["mesa"] == bits["python"]
    assert 0.0 < mandated(tmp_path / "compiled") < plain[7, "all", "mandate_share"]


NOTEBOOK = """
import os, pathlib
os.environ["REGIOSIM_RULES"] = "mine.py"
from experiments import Scenario
from experiments.runs.start import start_tables
from agents.practice import Practice
from sim.engines.model import CareModel
from sim.errors import BadInput
os.chdir("/")
scenario = Scenario("synthetic:2:1", "historic-nl", start="2006Q1", end="2007Q4")

class Loyal(Practice):
    def give_mandate(self, utility, lot, refuse):
        return not self.plain_rule("give_mandate")(self, utility, lot, refuse)

model = CareModel(start_tables(scenario), engine="python", classes={"practices": Loyal})
for _ in range(8):
    model.step()
assert model.outcome("mandate_share") > 0.0  # of the user's rule, which says never, the opposite
path = pathlib.Path(os.environ["REGIOSIM_RULES"])
assert path.is_absolute()
path.write_text(path.read_text() + "# edited")
try:
    Scenario("synthetic:2:1", "historic-nl")
except BadInput as problem:
    print(problem)
"""


def test_a_notebook_names_the_file_by_a_variable(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(NEVER)
    done = started("-c", NOTEBOOK, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "mine.py: has changed since this process imported the model" in done.stdout


def test_a_helping_process_refuses_another_text(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(NEVER)
    code = (
        "from experiments.sweeps.work.children import environment as e; "
        "print(e()['REGIOSIM_RULES_SHA256'])"
    )
    done = started("-c", code, cwd=tmp_path, REGIOSIM_RULES="mine.py")
    assert done.stdout.strip() == hashlib.sha256(NEVER.encode()).hexdigest()
    (tmp_path / "mine.py").write_text(NEVER + "# edited")
    done = started("-c", code, cwd=tmp_path, REGIOSIM_RULES="mine.py",
                   REGIOSIM_RULES_SHA256=done.stdout.strip())  # fmt: skip
    assert "mine.py: has changed since" in done.stderr.splitlines()[-1]


SWEEP = f"""
name = "few"
question = "Do workers have the rules?"

[runs]
regions = ["{PLACE}"]
regimes = ["{REGIME}"]
from = "2006Q1"
to = "2007Q4"
replicates = 2

[record]
outcomes = ["mandate_share"]

[levers."title.ros.rate"]
values = [0.5, 1.5]
"""


@pytest.mark.slow
def test_the_workers_of_a_sweep_have_the_rules(tmp_path: Path, plain: pd.Series) -> None:
    (tmp_path / "few.toml").write_text(SWEEP)
    command = ("sweep", "few.toml", "-q", "--workers", "2", "--out")
    for out, more in (("plain", ()), ("own", ("--rules", str(EXAMPLE)))):
        done = regiosim(*command, out, *more, cwd=tmp_path)
        assert done.returncode == DONE, done.stderr
    shares = [read(tmp_path / out, "series")["value"].mean() for out in ("plain", "own")]
    assert 0.0 < shares[1] < shares[0]
    abouts = [manifest(tmp_path / out) for out in ("plain", "own")]
    assert "rules_file" not in abouts[0] and abouts[1]["rules_file"]["file"] == EXAMPLE.name
    assert abouts[0]["id"] != abouts[1]["id"]
