"""A real Slurm on this machine, without systemd: one node, its own ports and its own key."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

NEEDED = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "scancel")


def missing() -> list[str]:
    """Return the programs of Slurm that this machine lacks; all of them where we are not root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return ["root, to start its daemons"]
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    return [name for name in NEEDED if shutil.which(name, path=path) is None]


def _port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Slurm:
    """Slurm with all its files in one folder."""

    def __init__(self, folder: Path, cpus: int = 2) -> None:
        self.folder = folder
        self.node = socket.gethostname().partition(".")[0]
        self.socket = folder / "munge" / "socket"
        self.config = folder / "slurm.conf"
        self.cpus = cpus
        self.environment = {
            **os.environ,
            "SLURM_CONF": str(self.config),
            "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin",
        }

    def start(self) -> None:
        """Start the daemons and wait until the node takes jobs."""
        for name in ("munge", "state", "spool", "log", "run"):
            (self.folder / name).mkdir(parents=True)
            (self.folder / name).chmod(0o755)
        for path in (self.folder, *self.folder.parents):
            if path == Path("/tmp"):
                break
            path.chmod(0o755)
        key = self.folder / "munge" / "key"
        key.write_bytes(secrets.token_bytes(128))
        key.chmod(0o600)
        self.config.write_text(self._text(), encoding="utf-8")
        run = self.folder / "run"
        self._run(
            "munged", f"--key-file={key}", f"--socket={self.socket}", "--force",
            f"--pid-file={run / 'munged.pid'}", f"--log-file={self.folder / 'log' / 'munged.log'}",
            f"--seed-file={self.folder / 'munge' / 'seed'}",
        )  # fmt: skip
        self._run("slurmctld", "-f", str(self.config))
        self._run("slurmd", "-f", str(self.config), "-N", self.node)
        self.wait(lambda: "idle" in self.ask("sinfo", "-h", "-o", "%T"), 60, "the node is not idle")

    def _text(self) -> str:
        memory = int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**20 * 0.9)
        f = self.folder
        lines = {
            "ClusterName": "local", "SlurmctldHost": f"{self.node}(127.0.0.1)",
            "SlurmctldPort": _port(), "SlurmdPort": _port(),
            "SlurmUser": "root", "SlurmdUser": "root",
            "CommunicationParameters": "NoInAddrAny,NoCtldInAddrAny",
            "AuthType": "auth/munge", "AuthInfo": f"socket={self.socket},cred_expire=5",
            "CredType": "cred/munge", "StateSaveLocation": f / "state",
            "SlurmdSpoolDir": f / "spool",
            "SlurmctldPidFile": f / "run" / "slurmctld.pid",
            "SlurmdPidFile": f / "run" / "slurmd.pid",
            "SlurmctldLogFile": f / "log" / "slurmctld.log",
            "SlurmdLogFile": f / "log" / "slurmd.log",
            "ProctrackType": "proctrack/linuxproc", "TaskPlugin": "task/none",
            "SwitchType": "switch/none", "MpiDefault": "none", "MailProg": "/bin/true",
            "JobAcctGatherType": "jobacct_gather/none",
            "AccountingStorageType": "accounting_storage/none",
            "SchedulerType": "sched/backfill",
            "SchedulerParameters":
                "batch_sched_delay=0,sched_interval=1,sched_min_interval=10000,bf_interval=1",
            "SelectType": "select/cons_tres", "SelectTypeParameters": "CR_Core_Memory",
            "MaxArraySize": 11,
            "ReturnToService": 2, "JobRequeue": 1, "KillWait": 5, "MinJobAge": 600,
            "SlurmdTimeout": 30, "InactiveLimit": 0,
        }  # fmt: skip
        return (
            "".join(f"{key}={value}\n" for key, value in lines.items())
            + f"NodeName={self.node} NodeAddr=127.0.0.1 CPUs={self.cpus} RealMemory={memory} "
            "State=UNKNOWN\n"
            "PartitionName=debug Nodes=ALL Default=YES MaxTime=INFINITE State=UP "
            "DefMemPerCPU=512\n"
        )

    def _run(self, *command: str) -> None:
        subprocess.run(
            command, env=self.environment, check=True, capture_output=True, text=True, timeout=60
        )

    def ask(self, *command: str) -> str:
        """Return what a command of Slurm says."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=60
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout.strip()

    def submit(self, *command: str, environment: dict[str, str] | None = None) -> str:
        """Submit a batch job and return its id."""
        done = subprocess.run(
            ["sbatch", "--parsable", *command], capture_output=True, text=True, timeout=60,
            env={**self.environment, **(environment or {})},
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stderr.strip())
        return done.stdout.strip()

    def states(self, job: str) -> list[str]:
        """Return the state of every task of a job."""
        return self.ask("squeue", "-h", "-r", "-t", "all", "-j", job, "-o", "%T").splitlines()

    def wait(self, done: object, seconds: float, what: str) -> None:
        """Wait until ``done()`` is true."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if done():  # type: ignore[operator]
                return
            time.sleep(0.2)
        raise AssertionError(f"after {seconds:.0f} s: {what}")

    def finish(self, job: str, seconds: float = 300) -> list[str]:
        """Wait until all tasks of a job have ended, and return their states."""
        ended = {"COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL"}
        self.wait(lambda: set(self.states(job)) <= ended, seconds, f"job {job} goes on")
        return self.states(job)

    def stop(self) -> None:
        """End all jobs and daemons."""
        try:
            self.ask("scancel", "--user=root")
            self.wait(lambda: not self.ask("squeue", "-h"), 30, "jobs go on")
        except (RuntimeError, AssertionError, subprocess.SubprocessError):
            pass
        for name in ("slurmd", "slurmctld", "munged"):
            path = self.folder / "run" / f"{name}.pid"
            try:
                os.kill(int(path.read_text()), signal.SIGTERM)
            except (OSError, ValueError):
                continue
        time.sleep(1.0)
