"""A byte that changed in a folder after it was written is found, by whoever reads it."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from made_runs import write_run

from experiments.cli.app import BAD_INPUT, DONE, FAILED, main
from results.reports.run import write_report
from results.reports.versus import write_comparison
from results.store.batches import Kept, Label, batch_table, label_of, read_batch, to_bytes
from results.store.checksums import CHECKSUMS, check_folder, listed_in
from results.store.folder import RunFolder
from results.store.keeping import note_checksums, rewriting
from results.store.query import query
from results.store.reading import StoreRefused, manifest, read, tables, units
from results.store.schema import Spec, table_from_columns

DRAWS = random.Random(20)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_run(tmp_path_factory.mktemp("made") / "run")
    write_report(folder)
    (folder / "timings.json").write_text('{"unit": "s"}\n')
    note_checksums(folder, ["timings.json"])
    return folder


@pytest.fixture(scope="module")
def comparison(run: Path) -> Path:
    other = write_run(run.with_name("other"), seed=0, regime="two-part")
    with RunFolder(run.with_name("comparison")) as folder:
        write_comparison(folder.folder, run, other)
        folder.table("comparison", table_from_columns([(Spec("n", "i8"), [5])]))
    return folder.target


def flips(path: Path, times: int = 3) -> Iterator[str]:
    """Flip one bit of a file at a time, and put it back."""
    kept = path.read_bytes()
    try:
        for _ in range(times):
            place, bit = DRAWS.randrange(len(kept)), 1 << DRAWS.randrange(8)
            path.write_bytes(kept[:place] + bytes([kept[place] ^ bit]) + kept[place + 1 :])
            yield f"{path.name}, byte {place}, bit {bit}"
    finally:
        path.write_bytes(kept)


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("kind", ["run", "comparison"])
def test_a_flipped_bit_in_any_file_of_a_folder_is_found(
    kind: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    folder: Path = request.getfixturevalue(kind)
    assert main(["status", str(folder)]) == DONE
    assert {"report.html", CHECKSUMS} <= {path.name for path in files_of(folder)}
    for path in files_of(folder):
        for where in flips(path):
            code = main(["status", str(folder)])
            said = capsys.readouterr().err
            assert code == (BAD_INPUT if path.name == CHECKSUMS and code == 2 else FAILED), where
            assert said.startswith("regiosim: ") and said.count("\n") == 1, where
            if path.name != CHECKSUMS:
                assert path.relative_to(folder).as_posix() in said, where
    assert main(["status", str(folder)]) == DONE


READERS: dict[str, Callable[[Path], object]] = {
    "manifest.json": manifest,
    "series.parquet": lambda folder: query(folder, "SELECT avg(value) FROM series"),
    "runs.parquet": lambda folder: read(folder, "runs"),
    "practices.parquet": lambda folder: units(folder, "practices"),
    "hubs.parquet": tables,
}


@pytest.mark.parametrize("name", READERS)
def test_a_reader_says_which_file_was_changed_and_what_to_do(run: Path, name: str) -> None:
    READERS[name](run)
    for where in flips(run / name, 20):
        with pytest.raises(StoreRefused) as refused:
            READERS[name](run)
        said = str(refused.value)
        assert name in said and "was changed after it was written" in said, where
        assert str((listed_in(run) or {})[name]) in said and "Take the folder once more" in said
    READERS[name](run)


def test_commands_end_with_one_message(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for where in flips(run / "series.parquet", 1):
        for command in (["query", str(run), "SELECT 1"], ["report", str(run)]):
            code = main(command)
            said = capsys.readouterr().err
            assert code == BAD_INPUT and "series.parquet was changed after" in said, (where, said)


def test_sha256sum_reads_the_list(run: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("no sha256sum here")
    command = ["sha256sum", "--strict", "-c", CHECKSUMS]
    done = subprocess.run(command, cwd=run, capture_output=True, text=True, check=True)
    assert done.stdout.count(": OK\n") == len(files_of(run)) - 1


def test_notes_and_tables_of_ones_own_are_no_error(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run")
    shutil.copy(folder / "runs.parquet", folder / "mine.parquet")
    (folder / "notes.txt").write_text("mine")
    (folder / "figures").mkdir()
    (folder / "figures" / "mine.png").write_text("mine")
    found = check_folder(folder)
    assert found.sound and found.added == ("figures/mine.png", "mine.parquet", "notes.txt")
    assert "mine" not in tables(folder)
    with pytest.raises(StoreRefused, match="not in checksums.sha256"):
        read(folder, "mine")
    write_report(folder)
    assert check_folder(folder).added == found.added
    assert "report.html" in (listed_in(folder) or {})


def test_a_report_that_is_stopped_while_rewritten_leaves_nothing_called_damaged(
    run: Path,
) -> None:
    kept = listed_in(run) or {}
    with pytest.raises(KeyboardInterrupt), rewriting(run, "report"):
        (run / "report.html").write_text("half")
        raise KeyboardInterrupt
    assert check_folder(run).sound and check_folder(run).added == ("report.html",)
    with rewriting(run, "report"):
        (run / "report.html").write_text("whole")
    assert check_folder(run).sound and set(listed_in(run) or {}) == set(kept)
    with pytest.raises(ValueError, match="no"), rewriting(run, "report", "figures/"):
        raise ValueError("no")
    assert not check_folder(run).added


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run")
    (folder / "hubs.parquet").unlink()
    for ask in (lambda: read(folder, "hubs"), lambda: tables(folder)):
        with pytest.raises(StoreRefused, match=r"hubs\.parquet is missing"):
            ask()
    assert check_folder(folder).missing == ("hubs.parquet",)


@pytest.mark.parametrize(
    "text", ["", "0" * 64 + "  manifest.json", "0" * 63 + "  a\n", "x\n", "\udcff\n", "\n"]
)
def test_a_list_that_is_no_list_is_refused(tmp_path: Path, text: str) -> None:
    folder = write_run(tmp_path / "run")
    (folder / CHECKSUMS).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(StoreRefused, match="checksums.sha256"):
        manifest(folder)


def test_a_folder_of_an_earlier_version_is_read_as_before(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run")
    (folder / CHECKSUMS).unlink()
    assert len(read(folder, "runs")) == 5 and manifest(folder)["id"] == "1a2b"
    assert not check_folder(folder).listed
    write_report(folder)
    assert not (folder / CHECKSUMS).exists()


def test_without_a_list_no_file_is_called_one_of_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_run(tmp_path / "run")
    (folder / CHECKSUMS).unlink()
    assert main(["status", str(folder)]) == DONE
    (line,) = [one for one in capsys.readouterr().out.splitlines() if one.startswith("files of")]
    assert line.split("\t") == ["files of others", ""]


def batch(path: Path) -> Path:
    values = np.random.default_rng(1).uniform(size=(4, 1, 2))
    runs = [Kept(k, f"r{k}", 1, 1, (k, k), np.arange(4), ["all"], values) for k in range(8)]
    path.write_bytes(to_bytes(batch_table(runs, ["a", "b"], Label("s", 3, 8))))
    return path


def test_every_bit_of_a_batch_is_covered(tmp_path: Path) -> None:
    path = batch(tmp_path / "0000003.parquet")
    assert label_of(path) == Label("s", 3, 8) and len(read_batch(path)) == 32
    for where in flips(path, 300):
        for reader in (label_of, read_batch):
            with pytest.raises(StoreRefused, match="is damaged"):
                reader(path)
                pytest.fail(where)


def test_a_batch_without_a_hash_is_one_of_an_earlier_version(tmp_path: Path) -> None:
    from results.store.folder import write_parquet

    table = read_batch(batch(tmp_path / "new.parquet"))
    notes = {k: v for k, v in table.schema.metadata.items() if k != b"regiosim.sha256"}
    write_parquet(table.replace_schema_metadata(notes), tmp_path / "old.parquet")
    assert label_of(tmp_path / "old.parquet").number == 3


def test_a_folder_lists_all_that_was_written_in_it(tmp_path: Path) -> None:
    with RunFolder(tmp_path / "run") as folder:
        folder.json("manifest", {"a": 1})
        folder.path("figures/one.png").write_text("x")
    assert set(listed_in(tmp_path / "run") or {}) == {"manifest.json", "figures/one.png"}
    assert json.loads((tmp_path / "run" / "manifest.json").read_text()) == {"a": 1}
