"""Run batches on a cluster through dask.distributed: the extra ``cluster``.

Workers compute, and hand back a batch as bytes; only the process that started the sweep writes.
So workers need neither the experiment file nor the sweep's folder, just this program, of the
same version and with the same rules.
"""

from __future__ import annotations

import json
import logging
import shlex
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from experiments.runs.arguments import Argument, BadArgument
from experiments.runs.identity import rules_hash
from experiments.runs.version import VERSION
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.work.compute import Computed, compute
from experiments.sweeps.work.filling import Executor, State
from experiments.sweeps.work.local import insist
from experiments.sweeps.work.slurm import check_slurm, exported

SLURM = "slurm"
NOTE = 60.0
"""Seconds without a worker after which that is said, each time: jobs may queue for hours."""
KNOCK = 5.0
"""Seconds to wait for whoever listens at an address."""
ANSWER = 20
"""Seconds to wait for a scheduler that listens."""
IN_HAND = 3
"""Batches sent out per core: enough that none waits, few enough to keep memory flat."""


class WorkersDiffer(RuntimeError):
    """A worker of the cluster would compute something else."""


def compute_there(plan: Plan, number: int, dead: frozenset[int], expected: str) -> Computed:
    """Run a batch on a worker, if that runs the same program.

    Raises:
        WorkersDiffer: its version or its rules are others.
    """
    found = f"{VERSION}, rules {rules_hash()}"
    if found != expected:
        raise WorkersDiffer(
            f"a worker of the cluster runs regiosim {found}; this is {expected}. Install the same "
            "version there."
        )
    return compute(plan, number, dead)


class Remote:
    """Asks the cluster for one batch at a time: for those over which workers died."""

    def __init__(self, plan: Plan, submit: Callable[[int, frozenset[int]], Any]) -> None:
        self.plan = plan
        self.submit = submit
        self.deaths = 0

    def ask(self, number: int, dead: frozenset[int]) -> Computed | None:
        """Return the batch, or None when workers died over it."""
        from distributed import KilledWorker

        try:
            found: Computed = self.submit(number, dead).result()
        except KilledWorker:
            self.deaths += 1
            return None
        return found


def over_dask(address: str, most: int | None = None) -> Callable[[State], Executor]:
    """Return an executor over the cluster at ``address``.

    Args:
        address: of a scheduler (``tcp://host:8786``), its scheduler file, or ``slurm`` for jobs
            of workers that come and go (``jobqueue.slurm`` in Dask's configuration).
        most: most workers of ``slurm``; 10 when None.

    Raises:
        BadInput: the extra is not installed, or nobody answers there: before anything is done.
    """
    try:
        import distributed  # noqa: F401  (only whether it is there)
    except ImportError:
        raise _missing("distributed") from None
    if address == SLURM:
        _jobqueue()
        check_slurm(Argument("address", address, said=""))
    else:
        _client(address).close()

    def executor(state: State) -> Executor:
        def execute(plan: Plan, numbers: list[int], store: Callable[[Computed], None]) -> int:
            with client_of(address, most) as client:
                return _spread(client, plan, numbers, store)

        return execute

    return executor


def _missing(package: str) -> BadArgument:
    return BadArgument(
        Argument("address"), f"needs {package}, which is not installed",
        allowed="the extra: pip install 'regiosim[cluster]'",
    )  # fmt: skip


@contextmanager
def client_of(address: str, most: int | None) -> Iterator[Any]:
    """Give a client with at least one worker.

    Raises:
        BadInput: there is no scheduler, or no worker comes.
    """
    from distributed import Client

    if address == SLURM:
        with _slurm(most or 10) as cluster, Client(cluster) as client:
            _await(client, address)
            yield client
        return
    with _client(address) as client:
        _await(client, address)
        yield client


def _client(address: str) -> Any:
    """Return a client of the scheduler at an address or in a scheduler file.

    Raises:
        BadInput: there is none.
    """
    from distributed import Client

    where: dict[str, Any] = {"address": address}
    try:
        if Path(address).is_file():
            text = json.loads(Path(address).read_text(encoding="utf-8"))
            where = {"address": str(text["address"])}
        _knock(where["address"])
        return Client(**where, timeout=ANSWER)
    except (OSError, ValueError, KeyError, TypeError) as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise BadArgument(
            Argument("address", address, said=""), f"no scheduler answers there ({said})",
            allowed="the address of a running Dask scheduler, its scheduler file, or slurm",
        ) from None  # fmt: skip


def _knock(address: str) -> None:
    """Fail at once where nobody listens; Dask itself would go on trying for a while."""
    kind, _, rest = address.rpartition("://")
    host, _, port = rest.rpartition(":")
    if kind in ("", "tcp", "tls") and host and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), timeout=KNOCK).close()


def _await(client: Any, address: str) -> None:
    """Wait for a first worker, as long as it takes: jobs queue, and say so now and then."""
    began = time.monotonic()
    while True:
        try:
            client.wait_for_workers(1, timeout=NOTE)
            return
        except TimeoutError:
            if client.status not in ("running", "connecting"):
                raise BadArgument(
                    Argument("address", address, said=""), "the scheduler has gone",
                    allowed="a scheduler that stays; the same command goes on",
                ) from None  # fmt: skip
        logging.getLogger("regiosim").warning(
            "no worker of %s has come in %.0f s; jobs may queue: waiting goes on until Ctrl-C",
            address, time.monotonic() - began,
        )  # fmt: skip


def _jobqueue() -> Any:
    try:
        from dask_jobqueue import SLURMCluster
    except ImportError:
        raise _missing("dask-jobqueue") from None
    return SLURMCluster


@contextmanager
def _slurm(most: int) -> Iterator[Any]:
    """Give a cluster whose workers are Slurm jobs, as many as there is work for."""
    import dask

    variables = [f"export {k}={shlex.quote(v)}" for k, v in exported().items()]
    own = {
        "cores": 1, "processes": 1, "memory": "1GB", "walltime": "01:00:00",
        "job_script_prologue": variables,
    }  # fmt: skip
    given: dict[str, Any] = {
        k: v
        for k, v in own.items()
        if dask.config.get(f"jobqueue.slurm.{k.replace('_', '-')}", None) in (None, [])
    }
    with _jobqueue()(**given) as cluster:
        cluster.adapt(minimum=1, maximum=most)  # unlike scale(), replaces jobs that were ended
        yield cluster


def _itself(plan: Plan) -> Plan:
    return plan


def _spread(client: Any, plan: Plan, numbers: list[int], store: Callable[[Computed], None]) -> int:
    """Send out batches, a few per core at a time, and store each as it comes back."""
    from distributed import KilledWorker, as_completed

    expected = f"{VERSION}, rules {rules_hash()}"
    # A result, not scattered data: it is made anew when the worker that holds it dies.
    shared = client.submit(_itself, plan, pure=False)
    queue = iter(numbers)

    def submit(number: int, dead: frozenset[int] = frozenset()) -> Any:
        future = client.submit(compute_there, shared, number, dead, expected, pure=False)
        future.batch = number
        return future

    def more(count: int) -> list[Any]:
        found = []
        for _ in range(count):
            number = next(queue, None)
            if number is None:
                break
            found.append(submit(number))
        return found

    remote = Remote(plan, submit)
    waiting = as_completed(more(IN_HAND * max(1, sum(client.ncores().values()))))
    in_hand = waiting.count()
    for future in waiting:
        in_hand -= 1
        try:
            store(future.result())
        except KilledWorker:
            remote.deaths += 1
            store(insist(remote, future.batch))
        del future  # or its worker could never retire
        wanted = IN_HAND * max(1, sum(client.ncores().values())) - in_hand
        for new in more(max(1, wanted)):
            waiting.add(new)
            in_hand += 1
    return remote.deaths
