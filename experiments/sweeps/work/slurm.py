"""A sweep as jobs of Slurm: one that compiles, an array that computes shards, one that merges.

The scripts hold all that the jobs need, and can be submitted again by hand. They and the logs lie
in ``DIR-slurm``, beside the sweep's own folder.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from agents.compiled.rules_file import EXPECTED, VARIABLE
from experiments.runs.arguments import Argument, BadArgument
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.store.layout import BATCHES, TURNS, TURNS_IN, folder_name, jobs_folder
from experiments.sweeps.work.children import environment
from results.store.folder import whole_file

ANSWER = 60
"""Seconds that a command of Slurm gets."""
CACHE = ".regiosim-cache"
"""Folder beside a sweep's, where none is chosen: all nodes that write results can see it."""

NEEDS = {
    "warm": ("--cpus-per-task=2", "--mem=2G", "--time=00:30:00", "--requeue"),
    "shards": (
        "--cpus-per-task=1", "--mem-per-cpu=1G", "--time=01:00:00", "--signal=B:USR1@60",
        "--requeue", "--open-mode=append",
    ),
    "merge": ("--cpus-per-task=1", "--mem=2G", "--time=01:00:00", "--requeue"),
}  # fmt: skip
"""What each job asks for, as lines of its script: variables of Slurm (``SBATCH_TIMELIMIT``,
``SBATCH_PARTITION`` and so on) and options of sbatch come before them."""

GAVE_UP = 4
"""Exit code of a task that gave up."""

_SHARD = """\
turns={turns}/$SLURM_ARRAY_TASK_ID
mkdir -p {turns}
[ "${{SLURM_RESTART_COUNT:-0}}" -gt 0 ] || rm -f "$turns"

# Batches of this task that are there.
there() {{
  local path name found=0
  for path in {batches}/*.parquet; do
    name=${{path##*/}}
    name=${{name%.parquet}}
    if [[ $name =~ ^[0-9]+$ ]] && (( 10#$name % {tasks} == SLURM_ARRAY_TASK_ID - 1 )); then
      found=$((found + 1))
    fi
  done
  echo "$found"
}}

# A minute before the time is over: stop the sweep, which keeps every batch that is finished, and
# queue this task again; but not for ever, where its time is too short for any batch.
again() {{
  kill -USR1 "$sweep"
  wait "$sweep"
  if [ "$(there)" -gt "$before" ]; then
    rm -f "$turns"
  else
    without=$(($(cat "$turns" 2>/dev/null || echo 0) + 1))
    echo "$without" >"$turns"
    if [ "$without" -ge {most} ]; then
      echo "regiosim: this task finished no batch in {most} turns and gives up. Give tasks more" \
        "time (SBATCH_TIMELIMIT), then: sbatch --array=$SLURM_ARRAY_TASK_ID" {script} >&2
      exit {gave_up}
    fi
  fi
  scontrol requeue "${{SLURM_ARRAY_JOB_ID}}_${{SLURM_ARRAY_TASK_ID}}" || exit 1
  exit 0
}}
trap again USR1
before=$(there)
{command} --shard "$SLURM_ARRAY_TASK_ID/{tasks}" &
sweep=$!
echo "regiosim: task $SLURM_ARRAY_TASK_ID of {tasks} begins, $before of its batches are there" >&2
wait "$sweep"
"""


class Jobs(NamedTuple):
    """The jobs of a sweep.

    Attributes:
        folder: of scripts and logs.
        tasks: of the array, each a shard.
        scripts: text of each job's script, by its name: warm, shards, merge.
        commands: that submit them, in order; ``{warm}`` and ``{shards}`` stand for their numbers.
    """

    folder: Path
    tasks: int
    scripts: dict[str, str]
    commands: dict[str, list[str]]

    def written(self) -> list[str]:
        """Return the commands as they are typed, with the numbers of jobs in variables."""
        lines = []
        for name, command in self.commands.items():
            text = shlex.join(command)
            for other in self.commands:
                text = text.replace(f"{{{other}}}", f"${other}").replace(f"'${other}'", f"${other}")
            text = re.sub(r"'(--dependency=[a-z]+:\$[a-z]+)'", r'"\1"', text)
            lines.append(f"{name}=$({text})")
        return lines


def jobs_of(
    plan: Plan, experiment: str, target: Path, tasks: int, earlier: Sequence[Path | str] = ()
) -> Jobs:
    """Return the jobs of a sweep; nothing is written or submitted.

    Args:
        plan: of the experiment.
        experiment: the file or the name, as it was given.
        target: the sweep's folder.
        tasks: how many tasks share it; not more are made than there are batches.
        earlier: folders of sweeps from which each task takes runs.

    Raises:
        BadInput: there are none.
    """
    if tasks < 1:
        raise BadArgument(Argument("array", tasks), "is out of range", allowed="1 or more")
    tasks = min(tasks, plan.batches)
    whole = target.absolute()
    folder = jobs_folder(whole)
    name = folder_name(plan.experiment.name, plan.id)
    source = str(Path(experiment).absolute()) if Path(experiment).is_file() else experiment
    taken = [word for folder in earlier for word in ("--from", str(Path(folder).absolute()))]
    sweep = _command("sweep", source, "--out", str(whole), *taken)
    scripts = {
        "warm": _command("warm") + "\n",
        "shards": _SHARD.format(
            command=sweep,
            tasks=tasks,
            turns=shlex.quote(str(folder / TURNS_IN)),
            batches=shlex.quote(str(whole / BATCHES)),
            most=TURNS,
            gave_up=GAVE_UP,
            script=shlex.quote(shlex.quote(str(folder / "shards.sh"))),
        ),
        "merge": _command("merge", str(whole), "--shards", str(tasks)) + "\n",
    }
    head = _exports(whole)
    more = {
        "warm": [],
        "shards": [
            f"--array=1-{tasks}", "--dependency=afterok:{warm}", "--kill-on-invalid-dep=yes",
        ],
        "merge": ["--dependency=afterany:{shards}"],  # also after a task with a failed run
    }  # fmt: skip
    return Jobs(
        folder,
        tasks,
        {name: _script(name, head, text) for name, text in scripts.items()},
        {job: _submission(job, name, folder, more[job]) for job in scripts},
    )


def _command(*words: str) -> str:
    return shlex.join([sys.executable, "-m", "experiments", *words])


def exported(beside: Path | None = None) -> Mapping[str, str]:
    """Return the variables that a job needs to run the same program with the same code.

    Args:
        beside: a folder that all nodes see; by default compiled code stays where it is kept here.
    """
    own = environment()
    found = {
        "PYTHONPATH": own["PYTHONPATH"],
        "PYTHONSAFEPATH": "1",  # a random.py in the folder of a job is not ours
        "PYTHONUTF8": "1",
    }
    for name in ("LD_LIBRARY_PATH", "REGIOSIM_CACHE", VARIABLE, EXPECTED):
        if own.get(name):
            found[name] = own[name]
    for name in ("REGIOSIM_CACHE", VARIABLE):
        if name in found:
            found[name] = os.path.abspath(found[name])
    if beside is not None:
        found.setdefault("REGIOSIM_CACHE", str(beside / CACHE))
    return found


def _exports(target: Path) -> str:
    found = exported(target.parent)
    return "".join(f"export {name}={shlex.quote(value)}\n" for name, value in found.items())


def _script(name: str, head: str, text: str) -> str:
    asked = "".join(f"#SBATCH {line}\n" for line in NEEDS[name])
    return f"#!/bin/bash\n# Written by regiosim sweep --array.\n{asked}\n{head}\n{text}"


def _submission(job: str, name: str, folder: Path, more: list[str]) -> list[str]:
    log = "shard-%a" if job == "shards" else f"{job}-%j"
    logs = str(folder / "logs").replace("%", "%%")
    return [
        "sbatch", "--parsable", f"--job-name={name}-{job}", f"--output={logs}/{log}.log", *more,
        str(folder / f"{job}.sh"),
    ]  # fmt: skip


def submit(jobs: Jobs) -> dict[str, str]:
    """Write the scripts, submit the jobs and return the number of each.

    Raises:
        BadInput: there is no Slurm here, or it does not take so many tasks.
        RuntimeError: Slurm refused a job; those before it were cancelled.
    """
    check_slurm(Argument("array", jobs.tasks, said=""), jobs.tasks)
    (jobs.folder / "logs").mkdir(parents=True, exist_ok=True)
    for name, text in jobs.scripts.items():
        with whole_file(jobs.folder / f"{name}.sh") as aside:
            aside.write_text(text, encoding="utf-8", errors="surrogateescape", newline="\n")
    numbers: dict[str, str] = {}
    for name, command in jobs.commands.items():
        try:
            numbers[name] = _ask([_filled(word, numbers) for word in command]).partition(";")[0]
        except RuntimeError as error:
            if numbers:
                subprocess.run(["scancel", *numbers.values()], check=False, timeout=ANSWER)
            raise SlurmRefused(f"Slurm does not take the job {name}: {error}") from None
    return numbers


class SlurmRefused(RuntimeError):
    """Slurm took none of the jobs. The text has what it said."""


def _filled(word: str, numbers: Mapping[str, str]) -> str:
    """Put the numbers of jobs into what depends on them; a path may have braces of its own."""
    return word.format(**numbers) if word.startswith("--dependency=") else word


def check_slurm(argument: Argument, tasks: int = 1) -> None:
    """Refuse work for a Slurm that is not there or takes no array of so many tasks.

    Raises:
        BadInput: so it is.
    """
    if shutil.which("sbatch") is None:
        raise BadArgument(
            argument, "there is no Slurm here: sbatch is not found",
            allowed="a machine from which jobs are submitted; without Slurm leave it out",
        )  # fmt: skip
    if tasks == 1:
        return
    try:
        said = _ask(["scontrol", "show", "config"])
    except RuntimeError as error:
        problem = f"Slurm does not answer ({error})"
        raise BadArgument(argument, problem, allowed="a Slurm that runs") from None
    sizes = [int(n) for n in re.findall(r"^MaxArraySize\s*=\s*(\d+)", said, re.MULTILINE)]
    most = [int(n) for n in re.findall(r"max_array_tasks=(\d+)", said)]
    most += [size - 1 for size in sizes]  # the size is one above the highest number of a task
    if most and tasks > min(most):
        raise BadArgument(
            argument, "is more tasks than this Slurm takes in an array",
            allowed=f"1 to {min(most)}: each takes a larger share of the batches",
        )  # fmt: skip


def _ask(command: list[str]) -> str:
    """Return what a command of Slurm says.

    Raises:
        RuntimeError: it failed.
    """
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=ANSWER, errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RuntimeError(f"{command[0]}: {error}") from None
    if done.returncode:
        raise RuntimeError(" ".join(done.stderr.split()) or f"{command[0]} failed")
    return done.stdout.strip()
