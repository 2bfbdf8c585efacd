"""Settings are numbers, switches and texts from the door on; no id depends on how they came."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.runs.identity import hash_of, rounded
from experiments.runs.settings import Settings
from experiments.runs.values import Setting
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.planning import make_plan
from regiosim import BadInput, Scenario
from sim.parameters import parameter_values
from sim.place.content import content as region_content
from sim.policy.load import load_regime

PLACE, REGIME = "synthetic:1:1", "historic-nl"
TEXTS = (
    "choice.autonomy=2.5", "title.regiomanagement.mandate@2019-01-01=0.85", "decide.hub=false",
    "organisation.minimum=4", "title.ros.contiguous=true", "policy.macro@2019Q1=41",
)  # fmt: skip
VALUES = {
    "choice.autonomy": 2.5, "title.regiomanagement.mandate@2019-01-01": 0.85, "decide.hub": False,
    "organisation.minimum": 4, "title.ros.contiguous": True, "policy.macro@2019Q1": 41,
}  # fmt: skip


def scenario(settings: Any) -> Scenario:
    return Scenario(PLACE, REGIME, settings=settings)


@pytest.mark.parametrize(
    "given",
    [
        TEXTS,
        list(TEXTS),
        VALUES,
        tuple(VALUES.items()),
        Settings(TEXTS),
        [Setting(name, value) for name, value in VALUES.items()],
        (*TEXTS[:2], *list(VALUES.items())[2:]),
    ],
)
def test_texts_and_values_are_the_same_scenario(given: Any) -> None:
    asked = scenario(given)
    assert asked == scenario(VALUES) and hash(asked) == hash(scenario(VALUES))
    assert dict(asked.settings) == VALUES
    kinds = [type(value) for value in dict(asked.settings).values()]
    assert kinds == [float, float, bool, int, bool, int]
    assert replace(asked, seed=5).settings == asked.settings
    assert pickle.loads(pickle.dumps(asked)) == asked


@pytest.mark.parametrize("given", [TEXTS, VALUES])
def test_the_content_is_what_the_readers_of_the_model_make_of_the_texts(given: Any) -> None:
    of_policy = [text for text in TEXTS if text.startswith(("title.", "policy."))]
    by_hand = {
        "region": rounded(region_content(scenario(()).place)),
        "regime": load_regime(REGIME, settings=of_policy).content(),
        "parameters": parameter_values(TEXTS),
        "from": "2011Q1",
        "to": "2030Q4",
    }
    assert scenario(given).content_hash == hash_of(by_hand)
    assert scenario(given).content_hash != scenario(()).content_hash


def test_one_text_is_one_setting_and_spellings_are_kept_for_manifests() -> None:
    asked = scenario("choice.money = 1e-1")
    assert dict(asked.settings) == {"choice.money": 0.1}
    assert asked.described()["settings"] == ["choice.money = 1e-1"]
    assert asked == scenario({"choice.money": 0.1})
    assert asked.content_hash == scenario({"choice.money": 0.1}).content_hash


def test_values_are_kept_to_the_last_bit_and_those_of_numpy_are_plain() -> None:
    value = 0.1 + 0.2
    asked = scenario({"choice.money": np.float64(value), "organisation.minimum": np.int64(3),
                      "decide.hub": np.bool_(False)})  # fmt: skip
    assert dict(asked.settings) == {
        "choice.money": value, "organisation.minimum": 3, "decide.hub": False,
    }  # fmt: skip
    assert asked.values["choice.money"] == value and asked.values["decide.hub"] is False
    assert asked.described()["settings"][0] == "choice.money=0.30000000000000004"


def test_nobody_can_change_the_settings_of_a_scenario() -> None:
    mine = {"choice.money": 0.1}
    asked = scenario(mine)
    mine["choice.money"] = 0.2
    assert dict(asked.settings) == {"choice.money": 0.1}
    with pytest.raises(TypeError):
        asked.settings["choice.money"] = 0.3  # type: ignore[index]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("2.5", "settings[\"choice.autonomy\"]: '2.5' is a text. Allowed: 2.5 without quotes."),
        (None, 'settings["choice.autonomy"]: None cannot be set. Allowed: a number, a text, '),
        ([1, 2], 'settings["choice.autonomy"]: [1, 2] cannot be set.'),
        (np.array([1.0, 2.0]), 'settings["choice.autonomy"]: array([1., 2.]) cannot be set.'),
    ],
)
def test_a_value_of_another_kind_is_refused_at_once(value: Any, says: str) -> None:
    with pytest.raises(BadInput) as error:
        scenario({"choice.autonomy": value})
    assert str(error.value).startswith(says)


def test_what_are_no_settings_is_refused() -> None:
    with pytest.raises(BadInput, match=r"^settings: 7 cannot be read\. Allowed: values by name"):
        scenario([7])


def test_a_scenario_says_itself_on_one_line_and_evaluates_back() -> None:
    asked = Scenario(
        PLACE, REGIME, settings=TEXTS, start="2012-01-01", seed=3, packages=Path("a.toml")
    )
    assert eval(repr(asked), {"Scenario": Scenario}) == asked
    assert repr(Scenario("unicum", REGIME)) == "Scenario('unicum', 'historic-nl')"
    assert repr(scenario({"decide.hub": False})) == (
        "Scenario('synthetic:1:1', 'historic-nl', settings={'decide.hub': False})"
    )


EXPERIMENT = f"""
name = "typed"
question = "Do values stay what they are?"
[runs]
regions = ["{PLACE}"]
regimes = ["{REGIME}"]
from = "2009Q1"
to = "2010Q4"
[constants]
"organisation.minimum" = 3
[levers]
"merge.on" = {{ values = [true, false] }}
[levers.rate.alternatives]
low = ["title.ros.rate@2010Q1=1.50"]
high = ["choice.money = 1e-1"]
[uncertainties]
"choice.autonomy" = {{ values = [0.5, 1.25] }}
"""


def test_a_sweep_sets_values_and_its_id_is_of_the_texts_as_ever(tmp_path: Path) -> None:
    (tmp_path / "typed.toml").write_text(EXPERIMENT, encoding="utf-8")
    plan = make_plan(read_experiment(tmp_path / "typed.toml"))
    assert plan.experiment.constants == (Setting("organisation.minimum", 3),)
    assert plan.settings(0) == (
        Setting("merge.on", True),
        Setting("title.ros.rate@2010Q1", 1.5),
        Setting("choice.autonomy", 0.5),
    )
    points = [
        [f"merge.on={on}", rate, f"choice.autonomy={autonomy}"]
        for on in ("true", "false")
        for rate in ("title.ros.rate@2010Q1=1.50", "choice.money = 1e-1")
        for autonomy in ("0.5", "1.25")
    ]
    assert [[one.text for one in plan.settings(k)] for k in range(8)] == points
    for number, texts in enumerate(points):
        by_hand = Scenario(
            PLACE, REGIME, settings=("organisation.minimum=3", *texts), start="2009Q1",
            end="2010Q4", record="yearly",
        )  # fmt: skip
        assert plan.scenario(number).id == by_hand.id
    from experiments.sweeps.plan import planning

    seen: list[Any] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "hash_of", lambda value: seen.append(value) or hash_of(value))
        again = make_plan(plan.experiment)
    assert again.id == plan.id and [one["points"] for one in seen] == [points]


def test_an_experiment_from_a_mapping_is_that_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "typed.toml").write_text(EXPERIMENT, encoding="utf-8")
    given = {
        "name": "typed",
        "question": "Do values stay what they are?",
        "runs": {"regions": (PLACE,), "regimes": [REGIME], "from": "2009Q1", "to": "2010Q4"},
        "constants": {"organisation.minimum": np.int64(3)},
        "levers": {
            "merge.on": {"values": [True, False]},
            "rate": {
                "alternatives": {
                    "low": ["title.ros.rate@2010Q1=1.50"], "high": ["choice.money = 1e-1"],
                }
            },
        },
        "uncertainties": {"choice.autonomy": {"values": np.array([0.5, 1.25])}},
    }  # fmt: skip
    of_file, of_mapping = (read_experiment(one) for one in (tmp_path / "typed.toml", given))
    assert of_mapping.raw == of_file.raw
    assert make_plan(of_mapping).id == make_plan(of_file).id
    given["uncertainties"] = {"choice.autonomi": {"values": [0.5, 1.25]}}
    with pytest.raises(BadInput, match=r"^experiment: uncertainties\.choice\.autonomi: .*autonomy"):
        make_plan(read_experiment(given))
