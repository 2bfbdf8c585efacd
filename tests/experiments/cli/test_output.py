"""Output for others: streams that take little, and text that another program would act on."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from experiments.cli.app import BAD_INPUT, DONE, FAILED, main
from experiments.cli.console import csv_cell, harmless
from tests.commands import RUN, SHORT, shell

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="streams as POSIX has them")


def test_a_reader_that_has_seen_enough_is_no_failure(tmp_path: Path) -> None:
    done = shell("regiosim parameters | head -n 1; echo ${PIPESTATUS[0]}", tmp_path)
    assert done.stdout.splitlines()[-1] == "0" and not done.stderr


def test_a_run_for_a_reader_that_is_gone_is_whole(made: Path) -> None:
    assert (made / "report.html").is_file() and (made / "timings.json").is_file()


@pytest.mark.parametrize(
    ("streams", "code", "says"),
    [
        (">/dev/full", FAILED, "stdout: No space left on device"),
        (">/dev/full 2>&-", FAILED, ""),
        (">&-", DONE, ""),
        ("2>/dev/full >/dev/null", DONE, ""),
        ("<&- >&- 2>&-", DONE, ""),
    ],
)
def test_streams_that_take_nothing(streams: str, code: int, says: str, tmp_path: Path) -> None:
    done = shell(f"regiosim parameters --json {streams}", tmp_path)
    assert done.returncode == code
    assert done.stderr.count("\n") == bool(says) and says in done.stderr


@pytest.mark.parametrize(("encoding", "how"), [("ascii", "--csv"), ("cp1252", "")])
def test_streams_that_lack_letters(encoding: str, how: str, made: Path, tmp_path: Path) -> None:
    given = str(made), "SELECT 'gemeente \u00e9n \u2192' AS name"
    done = shell(f'regiosim query "$1" "$2" {how}', tmp_path, *given, PYTHONIOENCODING=encoding)
    assert done.returncode == DONE and "\\u2192" in done.stdout
    assert done.stderr.count("\n") == 1 and encoding in done.stderr


def test_json_is_json_whatever_the_stream(made: Path, tmp_path: Path) -> None:
    given = str(made), "SELECT 'gemeente \u00e9n \u2192' AS name"
    done = shell('regiosim query "$1" "$2" --json', tmp_path, *given, PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout) == [{"name": "gemeente \u00e9n \u2192"}] and not done.stderr


@pytest.mark.parametrize("name", ["caf\u00e9", "a b", "-out", "two\nlines", "it's $1"])
def test_folders_of_any_name_where_only_ascii_is_known(
    name: str, made: Path, tmp_path: Path
) -> None:
    copied = 'cp -r -- "$1" ./"$2" && regiosim query ./"$2" \'SELECT count(*) AS n FROM runs\''
    done = shell(copied, tmp_path, str(made), name, LC_ALL="C", PYTHONUTF8="0",
                 PYTHONCOERCECLOCALE="0")  # fmt: skip
    assert done.returncode == DONE and done.stdout == "n\n1\n", done.stderr


def test_no_cell_of_csv_is_a_formula(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sql = "SELECT '=1+1' AS \"@head\", '-1+x' AS b, '+31 6' AS c, -3 AS d, '-2e-3' AS e, NULL AS f"
    assert main(["query", str(made), sql, "--csv"]) == DONE
    head, row = csv.reader(io.StringIO(capsys.readouterr().out))
    assert head == ["'@head", "b", "c", "d", "e", "f"]
    assert row == ["'=1+1", "'-1+x", "'+31 6", "-3", "-2e-3", ""]


def test_cells_by_themselves() -> None:
    for text in ("=A1", "@SUM(1)", "\t=1", "\r=1", "\uff1d1", "-", "+a", "-1;2"):
        assert csv_cell(text) == f"'{text}"
    for kept in ("", "a=b", "-1", "+1.5", -1.5, None, True, ".5"):
        assert csv_cell(kept) == kept
    assert harmless("a\tb\x1b[31m\u202ec\x00") == "a b\\x1b[31m\\u202ec\\x00"


def test_a_name_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    command = " ".join([*RUN, *SHORT])
    for line in (
        f"regiosim {command} --out $'no\\xff utf'",
        f"mkdir $'no\\xff' && cd $'no\\xff' && regiosim {command}",
    ):
        done = shell(line, tmp_path)
        assert done.returncode == BAD_INPUT and "no UTF-8" in done.stderr
        assert done.stderr.count("\n") == 1 and not list(tmp_path.rglob("*.parquet"))
