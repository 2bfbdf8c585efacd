"""``regiosim fingerprint``: the numbers that the docs promise for every machine."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from experiments.cli.app import main
from experiments.runs import fingerprint
from sim.measure.outcomes import NAMES

DOCS = Path(__file__).resolve().parents[3] / "docs" / "engines.md"


def printed(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["fingerprint", "--quiet", *options]) == 0
    return capsys.readouterr().out


def test_this_machine_gives_what_the_docs_state(capsys: pytest.CaptureFixture[str]) -> None:
    *runs, last = printed(capsys).splitlines()
    assert f"  {last}\n" in DOCS.read_text(encoding="utf-8")
    assert len({line.split()[0] for line in runs}) == 12, "every run is another"
    (small,) = printed(capsys, "--engine", "python").splitlines()
    assert small in runs, "plain Python gives the same bits"


def test_json_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(printed(capsys, "--engine", "python", "--json"))
    (run,) = found["runs"]
    assert (run["region"], run["regime"], run["seed"]) == fingerprint.SMALL
    assert len(run["sha256"]) == 64 and found["all"] is None


def test_an_unknown_engine_is_bad_input() -> None:
    assert main(["fingerprint", "--engine", "other"]) == 2


def test_a_last_bit_counts_and_the_sign_of_nothing_does_not() -> None:
    series = np.arange(2.0 * 3 * len(NAMES)).reshape(2, 3, len(NAMES))
    series[0, 0, 0], series[0, 0, 1] = 0.0, math.nan
    plain = fingerprint.hash_of_series(series)
    series[0, 0, 0], series[0, 0, 1] = -0.0, -math.nan
    assert fingerprint.hash_of_series(series) == plain
    assert series[0, 0, 0] == 0.0 and math.copysign(1.0, series[0, 0, 0]) == -1.0
    series[1, 2, 3] = np.nextafter(series[1, 2, 3], 1e9)
    assert fingerprint.hash_of_series(series) != plain


def test_the_order_of_columns_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    series = np.random.default_rng(1).uniform(size=(2, 1, len(NAMES)))
    before = fingerprint.hash_of_series(series)
    monkeypatch.setattr(fingerprint, "NAMES", NAMES[::-1])
    assert fingerprint.hash_of_series(series[..., ::-1]) == before
