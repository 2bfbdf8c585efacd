"""Wrong arguments of functions are refused before any work, by name; none ends in a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import regiosim
from tests.sweeping import experiment

SHORT = {"region": "synthetic:1:1", "regime": "historic-nl", "start": "2006Q1", "end": "2007Q4"}
WRONG: list[tuple[Callable[..., Any], dict[str, Any], str]] = [
    (regiosim.sensitivity, {"draws": 1e2}, "draws=100.0: is not a whole number"),
    (regiosim.sensitivity, {"draws": 20_000}, "draws=20000: is out of range. Allowed: 50 to"),
    (regiosim.sensitivity, {"year": 2018.0}, "year=2018.0: is not a whole number"),
    (regiosim.sensitivity, {"language": "fr"}, 'language="fr": is unknown. Allowed: en, nl'),
    (regiosim.sensitivity, {"outcomes": [5]}, "outcome=5: was not recorded"),
    (regiosim.discover, {"outcome": "", "where": "top 20%"}, 'outcome="": was not recorded'),
    (regiosim.discover, {"outcome": ["trust"], "where": "top 20%"}, "Did you mean 'trust'?"),
    (regiosim.discover, {"outcome": "trust", "where": None}, "where: cannot be read"),
    (regiosim.discover, {"outcome": "trust", "where": "top 20%", "seed": 3.0}, "seed=3.0: is not"),
    (regiosim.discover, {"outcome": "trust", "where": "top 20%", "language": ""}, "language"),
    (regiosim.compare, {"by": ["choice.trust"]}, "by=['choice.trust']: is no text"),
    (regiosim.compare, {"by": "choice.trust", "language": "NL"}, "Did you mean 'nl'?"),
]


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep in which outcomes were recorded."""
    folder = tmp_path_factory.mktemp("swept")
    return regiosim.sweep(experiment(folder), folder / "out", workers=1, language="").folder


@pytest.mark.parametrize(("function", "given", "says"), WRONG)
def test_what_a_folder_is_asked(
    function: Callable[..., Any], given: dict[str, Any], says: str, swept: Path, tmp_path: Path
) -> None:
    with pytest.raises(regiosim.BadInput) as caught:
        function(swept, out=tmp_path / "out", **given)
    assert says in str(caught.value), caught.value
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"until": "trust +- 0.05", "most": 1e2}, "most=100.0: is not a whole number"),
        ({"until": "trust +- 0.05", "most": float("nan")}, "most=nan: is not a whole number"),
        ({"workers": "2"}, 'workers="2": is not a whole number'),
        ({"language": "NL"}, "Did you mean 'nl'?"),
    ],
)
def test_what_a_sweep_is_asked(given: dict[str, Any], says: str, tmp_path: Path) -> None:
    path = experiment(tmp_path, points=2, replicates=20)
    with pytest.raises(regiosim.BadInput) as caught:
        regiosim.sweep(path, tmp_path / "out", **given)
    assert says in str(caught.value) and not (tmp_path / "out").exists()


def test_whole_numbers_of_numpy_are_some(swept: Path, tmp_path: Path) -> None:
    asked = {"until": "trust +- 1000", "most": np.int64(30), "workers": np.int64(1)}
    path = experiment(tmp_path, points=2, replicates=20)
    assert regiosim.sweep(path, tmp_path / "out", language="", **asked).reached
    with pytest.raises(regiosim.BadInput, match="is no year that"):
        regiosim.sensitivity(swept, year=np.int64(1999))  # type: ignore[arg-type]  # as of a frame


def test_what_a_run_is_asked(tmp_path: Path) -> None:
    short = regiosim.Scenario(**SHORT)
    with pytest.raises(regiosim.BadInput, match='report="NL": is unknown'):
        regiosim.run(short, out=tmp_path / "out", report="NL")
    with pytest.raises(regiosim.BadInput, match="past: is none that runs can go on from"):
        regiosim.run(short, past={})  # type: ignore[arg-type]  # what a result keeps is no past
    with pytest.raises(regiosim.BadInput, match="region 'nowhere': is neither"):
        regiosim.run(regiosim.Scenario(Path("nowhere"), "historic-nl"))  # type: ignore[arg-type]
    with pytest.raises(regiosim.BadInput, match='end="2010Q4": lies before the designs begin'):
        regiosim.scorecard("synthetic:1:1", end="2010Q4")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_folder(swept: Path) -> None:
    for ask in (regiosim.read, regiosim.reproduce, regiosim.sensitivity):
        with pytest.raises(ValueError, match=r"series.parquet is a file. Name the folder of a run"):
            ask(swept / "series.parquet")
