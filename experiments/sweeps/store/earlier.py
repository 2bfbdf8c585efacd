"""Earlier sweeps whose runs a new one may take: only read, and each run checked before it is used.

A run is taken by its id, which is a hash of all that can move it (``experiments.runs.scenario``):
equal ids are the same run, whatever experiments they are of.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.runs.arguments import Argument, BadArgument
from experiments.runs.identity import rules_hash
from experiments.runs.version import VERSION
from experiments.sweeps.plan.plan import Plan
from experiments.sweeps.store.layout import RUNS, SERIES, batch_files, is_finished
from experiments.sweeps.store.stored import stored_sweep
from results.store.batches import heads_of, label_of, read_batch
from results.store.checksums import StoreRefused, as_written
from results.store.claims import claimed
from results.store.ids import IDENTITY, identity_words, is_comparable
from results.store.picking import InBatches, InSeries, Picking
from sim.errors import nearest

WHO = "a sweep that takes runs from it"
FAILED = "failed there"


class Left(NamedTuple):
    """Runs of an earlier sweep that cannot be taken: how many, and why."""

    runs: int
    why: str


class Earlier(NamedTuple):
    """An earlier sweep, as far as a new one can take runs from it.

    Attributes:
        folder: where it is.
        about: its manifest.
        runs: that are stored there.
        left: those of them that nobody can take, by reason.
        picking: gives the others.
    """

    folder: Path
    about: Mapping[str, Any]
    runs: int
    left: tuple[Left, ...]
    picking: Picking


def check_earlier(folders: Sequence[Path | str], target: Path | None = None) -> None:
    """Refuse folders that hold no sweep that can be read, before anything is made.

    Args:
        folders: of earlier sweeps.
        target: of the new one.

    Raises:
        BadInput: one does not exist, is named twice, or is ``target`` itself.
        StoreRefused: one holds no sweep, or one that this program cannot read.
    """
    known: list[Path] = []
    for folder in map(Path, folders):
        argument = Argument("earlier", str(folder), said="")
        if not folder.is_dir():
            problem = "is a file" if folder.is_file() else "does not exist"
            raise BadArgument(
                argument, problem, allowed="the folder of a sweep", nearest=_near(folder)
            )
        if folder.resolve() in known:
            raise BadArgument(argument, "is named twice", allowed="each folder once")
        known.append(folder.resolve())
        if target is not None and folder.resolve() == target.resolve():
            raise BadArgument(
                argument, "is the folder of the new sweep itself",
                allowed="other folders, which are only read; a sweep goes on in its own without it",
            )  # fmt: skip
        _manifest(folder)


def _near(folder: Path) -> str | None:
    """Return a folder beside it whose name is like that."""
    try:
        beside = [path.name for path in folder.parent.iterdir() if path.is_dir()]
    except OSError:
        return None
    found = nearest(folder.name, beside)
    return found and str(folder.with_name(found))


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        return stored_sweep(folder)
    except OSError as error:
        raise _unreadable(folder, error) from None


def _unreadable(folder: Path, error: OSError) -> StoreRefused:
    return StoreRefused(f"{error.filename or folder} cannot be read ({error.strerror or error}).")


@contextmanager
def opened(folders: Sequence[Path | str], plan: Plan) -> Iterator[tuple[Earlier, ...]]:
    """Give earlier sweeps, in their order; nobody finishes or fills one meanwhile.

    Args:
        folders: of the sweeps, which ``check_earlier`` looked at.
        plan: of the new one.

    Raises:
        StoreRefused: one cannot be read any more.
        FolderRefused: another process is at work in one that is not finished.
    """
    with ExitStack() as held:
        yield tuple(_opened(Path(folder), plan, held) for folder in folders)


def warn_left(earlier: Sequence[Earlier]) -> None:
    """Say which runs of earlier sweeps cannot be taken, and why."""
    for one in earlier:
        for left in one.left:
            logging.getLogger("regiosim").warning(
                "%s: %s runs are not taken: %s", one.folder, f"{left.runs:,}", left.why
            )


def _opened(folder: Path, plan: Plan, held: ExitStack) -> Earlier:
    try:
        if not is_finished(folder):
            with suppress(PermissionError):  # on a disk of others nobody can claim it
                held.enter_context(claimed(folder, WHO, shared=True))
        about = _manifest(folder)
        why = _not_comparable(about) or _not_alike(about, plan)
        return _finished(folder, about, why) if is_finished(folder) else _begun(folder, about, why)
    except OSError as error:
        raise _unreadable(folder, error) from None


def _not_comparable(about: Mapping[str, Any]) -> str:
    """Return why no run of a sweep can be one of this program; nothing where it can."""
    version = (about.get("versions") or {}).get("regiosim")
    if version != VERSION:
        return f"computed by regiosim {version}, this is {VERSION}"
    if not is_comparable(about):
        own = identity_words({"identity": IDENTITY})
        return f"ids of another kind ({identity_words(about)}; this program makes {own})"
    if about.get("rules") != rules_hash():
        return f"computed by other rules ({about.get('rules')}, these are {rules_hash()})"
    return ""


def _not_alike(about: Mapping[str, Any], plan: Plan) -> str:
    """Return what a new sweep records that an earlier one did not; nothing where there is none."""
    experiment = plan.experiment
    for key, name, own in (
        ("from", "first quarter", experiment.runs["start"]),
        ("to", "last quarter", experiment.runs["end"]),
        ("record", "record.when", experiment.record),
        ("scopes", "record.scopes", experiment.scopes),
    ):
        if about.get(key) != own:
            return f"recorded otherwise ({name}: {about.get(key)}, here {own})"
    lacking = [name for name in experiment.outcomes if name not in (about.get("outcomes") or [])]
    if lacking:
        more = f" and {len(lacking) - 3} more" if len(lacking) > 3 else ""
        return f"not recorded there: {', '.join(lacking[:3])}{more}"
    return ""


def _finished(folder: Path, about: Mapping[str, Any], why: str) -> Earlier:
    runs = int(about["runs"])
    if not why:
        try:
            states = pq.read_table(_readable(folder / RUNS), columns=["run_id", "status"])
            _readable(folder / SERIES)
        except StoreRefused as refused:
            why = _first_sentence(refused)
    if why:
        return Earlier(folder, about, runs, (Left(runs, why),), InBatches({}))
    pairs = zip(states["run_id"].to_pylist(), states["status"].to_pylist(), strict=True)
    done = [run_id for run_id, status in pairs if status == "done"]
    failed = len(states) - len(done)
    left = (Left(failed, FAILED),) if failed else ()
    return Earlier(folder, about, len(states), left, InSeries(folder / SERIES, done))


def _readable(path: Path) -> Path:
    """Return the path of a table that is as it was written, or at least one where nobody can tell.

    Raises:
        StoreRefused: it is not.
    """
    try:
        pq.read_metadata(as_written(path))
    except pa.ArrowInvalid:
        raise StoreRefused(f"{path} is damaged.") from None
    return path


def _begun(folder: Path, about: Mapping[str, Any], why: str) -> Earlier:
    found: dict[Path, list[str]] = {}
    counts: Counter[str] = Counter()
    for path in batch_files(folder):
        try:
            label = label_of(path)
            if label.sweep != about["id"]:
                raise StoreRefused(f"{path} belongs to another sweep ({label.sweep}).")
            if why:
                counts[why] += label.runs
                continue
            heads = heads_of(read_batch(path))
        except StoreRefused as refused:
            counts[_first_sentence(refused)] += _runs_in(path, about)
            continue
        pairs = zip(heads["run_id"].to_pylist(), heads["status"].to_pylist(), strict=True)
        found[path] = [run_id for run_id, status in pairs if status == "done"]
        counts[FAILED] += label.runs - len(found[path])
    left = tuple(Left(number, reason) for reason, number in counts.items() if number)
    runs = sum(map(len, found.values())) + sum(one.runs for one in left)
    return Earlier(folder, about, runs, left, InBatches(found))


def _runs_in(path: Path, about: Mapping[str, Any]) -> int:
    """Return how many runs a damaged batch should hold, by its name."""
    size, number = int(about.get("batch") or 1), int(path.stem)
    return max(0, min(size, int(about["runs"]) - number * size))


def _first_sentence(refused: StoreRefused) -> str:
    return str(refused).partition(". ")[0].partition(": ")[0].rstrip(".")
