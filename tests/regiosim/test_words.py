"""Bad input is said in the words of whoever asks: Python, the command line, an experiment file."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

from experiments.cli import main
from experiments.runs.arguments import BadArgument
from experiments.sweeps.work.sweeping import check_workers, shard_of
from regiosim import BadInput, Scenario, compare, sweep

PLACE, REGIME = "synthetic:1:1", "historic-nl"
OPTIONS = {
    "start": "--from", "end": "--to", "population_seed": "--population-seed", "settings": "--set",
}  # fmt: skip

# What is asked from Python, what Python says, and what the command line says to the same.
BOTH: list[tuple[dict[str, Any], str, str]] = [
    ({"replicates": 0}, "replicates=0: is out of range. Allowed: whole numbers 1 .. 100,000.",
     "--replicates: 0 is out of range. Allowed: whole numbers 1 .. 100,000."),
    ({"start": "2019Q9"}, 'start="2019Q9": is not a date. Allowed: a quarter such as',
     "--from: '2019Q9' is not a date. Allowed: a quarter such as"),
    ({"end": "2051Q1"}, 'end="2051Q1": is out of range.', "--to: 2051Q1 is out of range."),
    ({"start": "2012Q1", "end": "2011Q4"}, 'end="2011Q4": is before start 2012Q1.',
     "--to: 2011Q4 is before --from 2012Q1."),
    ({"record": "yearly", "start": "2008Q2", "end": "2009Q3"},
     'record="yearly": 2008Q2 to 2009Q3 holds no whole year. Allowed: start a first quarter, end a',
     "--record yearly: 2008Q2 to 2009Q3 holds no whole year. Allowed: --from a first quarter,"),
    ({"record": "dayly"}, "record=\"dayly\": is unknown. Did you mean 'yearly'?",
     "--record: 'dayly' is unknown. Did you mean 'yearly'?"),
    ({"seed": -1}, "seed=-1: is out of range.", "--seed: -1 is out of range."),
    ({"population_seed": -3}, "population_seed=-3: is out of range.",
     "--population-seed: -3 is out of range."),
    ({"seed": 2**63 - 1, "replicates": 2}, f"seed={2**63 - 1}: leaves no room for 2 replicates.",
     f"--seed: {2**63 - 1} leaves no room for 2 replicates."),
    ({"switch": "later"}, 'switch="later": is not a date.', "--switch: 'later' is not a date."),
    ({"switch": "2001Q1"}, 'switch="2001Q1": is before the run.',
     "--switch: '2001Q1' is before the run."),
    ({"regime": "design:bundled/practice/act", "switch": "2040Q1"},
     'switch="2040Q1": design:bundled/practice/act starts in 2040Q1, after the run ended: it would '
     "do nothing. Allowed: a quarter up to end 2030Q4.",
     "--switch 2040Q1: design:bundled/practice/act starts in 2040Q1, after the run ended: it would "
     "do nothing. Allowed: a quarter up to --to 2030Q4."),
    ({"settings": {"choice.money": 99}}, 'settings["choice.money"]: 99 is out of range.',
     "--set choice.money=99: 99 is out of range."),
    ({"settings": {"choice.mony": 1}}, "settings[\"choice.mony\"]: unknown name 'choice.mony'.",
     "--set choice.mony=1: unknown name 'choice.mony'."),
    ({"settings": {"title.ros.rat@2019-01-01": 2}},
     "settings[\"title.ros.rat@2019-01-01\"]: unknown key 'rat'. Did you mean 'rate'?",
     "--set title.ros.rat@2019-01-01=2: unknown key 'rat'. Did you mean 'rate'?"),
    ({"settings": {"title.ros.rate@2019-02-01": 2}},
     "settings[\"title.ros.rate@2019-02-01\"]: '2019-02-01' is not the start of a quarter.",
     "--set title.ros.rate@2019-02-01=2: '2019-02-01' is not the start of a quarter."),
    ({"settings": {"policy.base_amount": 0.8, "policy.projects": 0.7}},
     "settings: policy.base_amount and policy.projects: add up to 1.5.",
     "--set: policy.base_amount and policy.projects: add up to 1.5."),
    ({"settings": {"title.ros.rate@2019Q1": 2, "title.ros.rate@2019-01-01": 3}},
     'settings["title.ros.rate@2019-01-01"]: title.ros.rate@2019-01-01 is set twice.',
     "--set title.ros.rate@2019-01-01=3: title.ros.rate@2019-01-01 is set twice."),
    ({"settings": ("choice.money",)},
     'settings["choice.money"]: cannot be read. Allowed: name=value',
     "--set choice.money: cannot be read. Allowed: name=value"),
    ({"region": "unicun"}, "region 'unicun': ", "region 'unicun': "),
]  # fmt: skip


def options_of(asked: dict[str, Any]) -> list[str]:
    """What is asked from Python, as it is asked on the command line."""
    words = []
    for name, value in {"region": PLACE, "regime": REGIME, **asked}.items():
        option = OPTIONS.get(name, f"--{name}")
        pairs = [f"{k}={v}" for k, v in value.items()] if isinstance(value, dict) else value
        for one in pairs if isinstance(pairs, list | tuple) else [pairs]:
            words += [option, str(one)]
    return words


@pytest.mark.parametrize(("asked", "in_python", "as_option"), BOTH)
def test_the_same_mistake_in_the_words_of_both_doors(
    asked: dict[str, Any], in_python: str, as_option: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput) as error:
        Scenario(**{"region": PLACE, "regime": REGIME, **asked}).check()
    said = str(error.value)
    assert said.startswith(in_python)
    assert "--" not in said
    assert main(["run", *options_of(asked)]) == 2
    assert capsys.readouterr().err.startswith(f"regiosim: {as_option}")


def test_a_message_arrives_whole_from_another_process() -> None:
    with pytest.raises(BadArgument) as error:
        Scenario(PLACE, REGIME, settings={"choice.mony": 1}).check()
    again = pickle.loads(pickle.dumps(error.value))
    assert str(again) == str(error.value)
    assert again.in_options() == error.value.in_options()


def test_braces_of_a_user_are_left_alone() -> None:
    with pytest.raises(BadArgument) as error:
        Scenario(PLACE, REGIME, record="{start} {nothing}")
    assert str(error.value).startswith('record="{start} {nothing}": is unknown.')
    assert error.value.in_options().startswith("--record: '{start} {nothing}' is unknown.")


def test_sweeps_and_comparisons_speak_the_same_way(tmp_path: Path) -> None:
    for wrong, in_python, as_option in (
        (lambda: check_workers(0), "workers=0: is out of", "--workers: 0 is out of range."),
        (lambda: shard_of("3"), 'shard="3": cannot be read.', "--shard: '3' cannot be read."),
        (lambda: shard_of("3/2"), 'shard="3/2": there is no', "--shard 3/2: there is no shard 3"),
        (lambda: compare("a"), "a: is compared with another one, or by a factor",
         "a: is compared with another one, or by a factor"),
    ):  # fmt: skip
        with pytest.raises(BadArgument) as error:
            wrong()
        assert str(error.value).startswith(in_python)
        assert error.value.in_options().startswith(as_option)
    assert error.value.in_options().endswith("or one sweep and --by FACTOR.")
    assert str(error.value).endswith("or one sweep and by FACTOR.")
    with pytest.raises(BadInput, match=r"^experiment: runs\.from: '2019Q9' is not a date"):
        sweep(
            {"name": "a", "question": "b",
             "runs": {"regions": [PLACE], "regimes": [REGIME], "from": "2019Q9"}},
            tmp_path / "s",
        )  # fmt: skip
    assert not (tmp_path / "s").exists()
