"""Every command that the pages show is run, and its numbers are those of the tables.

The numbers are worked out anew in ``by_hand``, from rows and nothing else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from experiments.cli.app import main
from tests.pages import checks, checks_of_own  # noqa: F401  (they register)
from tests.pages.commands import PAGES, ROOT, TRIED, Shown, commands

pytestmark = pytest.mark.slow

MINE = """\
name = "mine"
question = "What does trust do?"
[runs]
regions = ["synthetic:1:3"]
regimes = ["historic-nl", "unicum"]
from = "2009Q1"
to = "2030Q4"
replicates = 3
[record]
outcomes = ["organisations", "trust", "oi_spending"]
[uncertainties."choice.money"]
values = [0.2, 0.4]
"""
_LESSONS = "experiments/classroom"
_SLURM = "experiments/sweeps/work/test_slurm.py"
_SCORECARD = "experiments/answers/test_scorecard.py"
_SENSITIVITY = "experiments/answers/test_sensitivity.py"
_SHOWPIECES = "experiments/answers/test_showpieces.py"
_DISCOVERY = "experiments/answers/test_discovering.py"
_CASE = "experiments/answers/test_case.py"
_STARTS = "experiments/runs/test_later_starts.py"
_CHAINS = "sim/place/test_chains.py"
_GROWN = "experiments/sweeps/growing/test_taken.py"
_KNOWN = "experiments/sweeps/until/test_asking.py"
ELSEWHERE = {
    "business-case --region unicum --lang nl --out runs/proef": _CASE,
    "run --region unicum --regime unicum --to 2022Q4 --out runs/unicum-2022": _CASE,
    "business-case --region unicum --regime unicum --run runs/unicum-2022 --out runs/proef-run": (
        _CASE
    ),
    "merge DIR": "cluster/test_mpi.py",
    "sweep screening --out runs/screening": _SENSITIVITY,
    "sensitivity runs/screening --outcome hubs_running --outcome coverage --out runs/which": (
        _SENSITIVITY
    ),
    "sensitivity runs/mine": _SENSITIVITY,
    "sweep sobol-region --out runs/sobol-region": _SHOWPIECES,
    "sensitivity runs/sobol-region --out runs/sobol-answer": _SHOWPIECES,
    "sweep sobol-nation --plan": _SHOWPIECES,
    "sweep sobol-nation --out runs/nation --shard 1/4096 --workers 1": _SHOWPIECES,
    "sweep sobol-nation --out '/scratch/$USER/nation' --array 400": _SHOWPIECES,
    "sweep ranges --out runs/ranges": _DISCOVERY,
    "discover runs/ranges --outcome coverage --where 'top 20%' --out runs/boxes": _DISCOVERY,
    "discover runs/mine --outcome trust --where 'top 20%'": _DISCOVERY,
    "run --region unicum --regime unicum --start 2019Q1": _STARTS,
    "run --region unicum --regime historic-nl --start 2019Q1 --to 2025Q4 --replicates 40 "
    "--record yearly --out runs/with": _STARTS,
    "run --region unicum --regime historic-nl --start 2019Q1 --set start.state=false "
    "--to 2025Q4 --replicates 40 --record yearly --out runs/without": _STARTS,
    "compare runs/without runs/with": _STARTS,
    "geography export --region unicum --out with-chain": _CHAINS,
    "run --region unicum --regime integral-tariff --to 2030Q4 --replicates 40 --record yearly "
    "--out runs/two-chains": _CHAINS,
    "run --region ./with-chain --regime integral-tariff --to 2030Q4 --replicates 40 "
    "--record yearly --out runs/three-chains": _CHAINS,
    "compare runs/two-chains runs/three-chains": _CHAINS,
    "sweep larger.toml --from runs/norm-1a2b --plan": _GROWN,
    "sweep larger.toml --from runs/norm-1a2b runs/late-3c4d": _GROWN,
    "sweep norm.toml --until 'trust +- 0.01' --plan": _KNOWN,
    "sweep norm.toml --until 'trust +- 0.01' "
    "--until 'transaction_cost_per_insured@2025 +- 5%' --out runs/known": _KNOWN,
    "scorecard": _SCORECARD,
    "scorecard --region eemland --replicates 60 --lang nl --out runs/kaart": _SCORECARD,
    "reproduce runs/scorecard-unicum": _SCORECARD,
    "lesson --region unicum": f"{_LESSONS}/test_lesson.py",
    "lesson --region unicum --lang nl --out klas.html": f"{_LESSONS}/test_lesson.py",
    "lesson --region unicum --lang nl --out klas.html --sheets": f"{_LESSONS}/test_sheets.py",
    "teach --region unicum": f"{_LESSONS}/test_teach.py",
    "teach --host 127.0.0.1 --port 0 --data a.sqlite": f"{_LESSONS}/test_teach.py",
    "view": "experiments/viewer/test_page.py",
    "view --region eemland --regime zilveren-kruis --seed 7 --port 8801": (
        "experiments/viewer/test_page.py"
    ),
    "sweep EXPERIMENT.toml --out DIR --cluster '/scratch/$USER/scheduler.json'": (
        "experiments/sweeps/work/test_over_dask.py"
    ),
    "sweep EXPERIMENT.toml --out '/scratch/$USER/out' --array 20 --plan": _SLURM,
    "sweep EXPERIMENT.toml --out '/scratch/$USER/out' --array 20": _SLURM,
    "geography new --csv regionale-kerncijfers.csv --year 2019 --places centres.csv "
    "--codes GM0355,GM0310,GM0312 --name heuvelrug --preferred Achmea --out heuvelrug": (
        "sim/place/test_new_region.py"
    ),
    "run --region ./heuvelrug --regime historic-nl": "sim/place/test_new_region.py",
    "geography import wijkenbuurten_2024_v1.gpkg --districts wijkenbuurten_2024_v1.gpkg "
    "--out country": "sim/place/test_geopackage.py",
    "geography import kwb-2016.csv --places wijkenbuurten_2024_v1.gpkg --codes GM0355,GM0310 "
    "--out of-2016": "sim/place/test_geopackage.py",
    "geography fetch --year 2024 --codes GM0355,GM0310,GM0312 --out heuvelrug-2024": (
        "sim/place/test_fetch.py"
    ),
    "geography import heuvelrug-2024.csv --codes GM0355,GM0310 --out two-of-them": (
        "sim/place/test_fetch.py"
    ),
}
"""Commands that serve, wait or need machines: which tests hold their numbers."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader has it who followed the pages up to here: runs A, B and a sweep."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "docs" / "examples", folder / "docs" / "examples")
    shutil.copytree(ROOT / "experiments" / "catalogue", folder / "experiments" / "catalogue")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        short = ["--region", "synthetic:2:1", "--replicates", "4", "--quiet", "--no-report"]
        for name, regime in (("runs/A", "historic-nl"), ("runs/B", "unicum")):
            assert main(["run", *short, "--regime", regime, "--out", name]) == 0
        shutil.copy("docs/examples/my_rules.py", "my_rules.py")
        whole = Path("experiments/catalogue/transition.toml").read_text(encoding="utf-8")
        assert whole.count("replicates = 20") == 1
        one_seed = whole.replace("replicates = 20", "replicates = 1")
        Path("transition-1.toml").write_text(one_seed, encoding="utf-8")
        Path("mine.toml").write_text(MINE, encoding="utf-8")
        assert main(["sweep", "mine.toml", "--out", "runs/mine", "--quiet"]) == 0
    return folder


@pytest.fixture
def typed(
    world: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[list[str]], Shown]:
    """Type a command in the reader's folder; what it shows, a list of cells per line."""
    monkeypatch.chdir(world)

    def type_in(arguments: list[str]) -> Shown:
        if "--rules" in arguments:  # rules are chosen before a process imports the model
            done = subprocess.run(
                [sys.executable, "-m", "experiments", *arguments],
                env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            return [line.split("\t") for line in done.stdout.splitlines()]
        capsys.readouterr()
        assert main(arguments) == 0
        return [line.split("\t") for line in capsys.readouterr().out.splitlines()]

    return type_in


def test_every_command_of_the_pages_is_tried() -> None:
    shown = {command for page in PAGES for command in commands(page)}
    assert shown - set(TRIED) - set(ELSEWHERE) == set()
    assert (set(TRIED) | set(ELSEWHERE)) - shown == set()
    for path in ELSEWHERE.values():
        assert (ROOT / "tests" / path).is_file(), path


@pytest.mark.skipif(
    not os.environ.get("REGIOSIM_VALIDATE"), reason="takes minutes: a part of make validate"
)
def test_documented_commands_give_the_numbers_of_their_tables(
    typed: Callable[[list[str]], Shown],
) -> None:
    """In the order of the pages, as later commands read what earlier ones wrote."""
    wrong = {}
    for command in dict.fromkeys(one for page in PAGES for one in commands(page)):
        if command not in TRIED:
            continue
        one = TRIED[command]
        shown = typed(one.arguments(command))
        try:
            one.check(shown)
        except AssertionError as error:
            wrong[command] = f"{error}\n{shown[:12]}"
    assert not wrong, "\n\n".join(f"{command}: {what}" for command, what in wrong.items())
