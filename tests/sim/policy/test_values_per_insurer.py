"""Values of policy of one insurer: how files and settings give them, and what is refused."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import pickle
import re
from pathlib import Path

import numpy as np
import pytest
from policies import HEAD, TICKS, package, tick

from agents.title import Policy
from experiments.runs.manifest import manifest_of
from experiments.runs.scenario import Scenario
from experiments.runs.settings import Settings
from results.reports.about import unlike
from sim.errors import BadInput
from sim.policy.keys import GROWN, INSURERS_KEYS, NATIONAL_KEYS, POLICY_SERIES, notes_of
from sim.policy.load import load_regime
from sim.policy.regime import Regime
from tests.made_plans import HEAD as EXPERIMENT
from tests.made_plans import RUNS, plan_of

INSURERS = ("Achmea", "Menzis", "Zorg en Zekerheid")


def stance(regime: Regime, year: int, quarter: int = 1) -> list[float]:
    """The stance of Achmea, Menzis and Zorg en Zekerheid in a quarter."""
    row = regime.tables(TICKS, INSURERS)[1]["stance"][tick(year, quarter)]
    return [float(value) for value in row]


def block(key: str, day: str, value: float, insurers: str = "") -> str:
    more = f"insurers = {insurers}\n" if insurers else ""
    head = f"[[policy.{key}]]\nfrom = {day}\nvalue = {value}\n"
    return f'{head}unit = "share"\nsource = "C55"\n{more}'


def with_blocks(folder: Path, *blocks: str) -> Regime:
    return load_regime("historic-nl", packages=[package(folder, HEAD + "".join(blocks))])


# What holds when


def test_an_insurer_has_the_value_of_all_until_a_date_of_its_own(tmp_path: Path) -> None:
    # Of all: 0, .05 from 2018, .1 from 2022.
    own = block("stance", "2015-04-01", 0.3, '["Menzis", "Zorg en Zekerheid"]')
    later = block("stance", "2020-01-01", -0.2, '["Menzis"]')
    regime = with_blocks(tmp_path, own, later)
    assert stance(regime, 2015, 1) == [0.0, 0.0, 0.0]
    assert stance(regime, 2015, 2) == [0.0, 0.3, 0.3]
    # What is said of all in 2018 and 2022 is not said of who has a value of its own.
    assert stance(regime, 2018) == [0.05, 0.3, 0.3]
    assert stance(regime, 2022) == [0.1, -0.2, 0.3]


def test_values_of_all_and_of_some_need_no_common_order(tmp_path: Path) -> None:
    one = block("stance", "2019-01-01", 0.3, '["Menzis"]')
    blocks = [one, block("stance", "2007-01-01", 0.01), block("stance", "2008-01-01", 0.02)]
    regime = with_blocks(tmp_path, *blocks)
    assert stance(regime, 2008) == [0.02, 0.02, 0.02]
    assert stance(regime, 2019) == [0.05, 0.3, 0.05]


def test_an_empty_list_is_all(tmp_path: Path) -> None:
    regime = with_blocks(tmp_path, block("stance", "2019-01-01", 0.3, "[]"))
    assert stance(regime, 2019) == [0.3, 0.3, 0.3]
    assert regime.of_insurers() == {}


def test_settings_of_one_insurer() -> None:
    settings = ["policy.stance@Menzis=0.4", "policy.stance@Zorg en Zekerheid@2019Q3=-0.5"]
    regime = load_regime("historic-nl", settings=settings)
    assert stance(regime, 2006) == [0.0, 0.4, 0.0]
    assert stance(regime, 2019, 2) == [0.05, 0.4, 0.05]
    assert stance(regime, 2019, 3) == [0.05, 0.4, -0.5]
    # Written with spaces about the signs it is the same.
    loose = ["policy.stance @ Menzis = 0.4", "policy.stance@Zorg en Zekerheid @ 2019-07-01=-0.5"]
    assert load_regime("historic-nl", settings=loose).content() == regime.content()


def test_a_setting_of_all_without_a_date_is_of_everyone(tmp_path: Path) -> None:
    path = package(tmp_path, HEAD + block("stance", "2015-01-01", 0.3, '["Menzis"]'))
    for setting, expected in (
        ("policy.stance=0.2", [0.2, 0.2, 0.2]),
        ("policy.stance@2016-01-01=0.2", [0.2, 0.3, 0.2]),
        ("policy.stance@Achmea=0.2", [0.2, 0.3, 0.0]),
        ("policy.benchmark=0.2", [0.0, 0.3, 0.0]),
    ):
        regime = load_regime("historic-nl", packages=[path], settings=[setting])
        assert stance(regime, 2016) == expected, setting


def test_a_regime_or_package_on_top_changes_what_it_names(tmp_path: Path) -> None:
    paths = []
    for name, text in (
        ("a", block("stance", "2015-01-01", 0.3, '["Menzis"]')),
        ("b", block("stance", "2017-01-01", 0.4, '["Menzis"]')),
        ("c", block("stance", "2015-01-01", 0.5, '["Achmea"]')),
    ):
        (tmp_path / name).mkdir()
        paths.append(package(tmp_path / name, HEAD + text))
    regime = load_regime("historic-nl", packages=paths)
    assert [stance(regime, year) for year in (2014, 2015, 2017)] == [
        [0.0, 0.0, 0.0], [0.5, 0.3, 0.0], [0.5, 0.4, 0.0],
    ]  # fmt: skip


@pytest.mark.parametrize("insurers", [INSURERS, ("A", "B")])
def test_what_is_national_is_the_same_in_every_row(insurers: tuple[str, ...]) -> None:
    settings = [f"policy.{key}@Menzis=0.25" for key in INSURERS_KEYS]
    table = load_regime("historic-nl", settings=settings).tables(TICKS, insurers)[1]
    plain = load_regime("historic-nl").tables(TICKS)[1]
    assert table.shape == (TICKS, len(insurers)) and table.flags.c_contiguous
    for key in (*NATIONAL_KEYS, GROWN):
        assert np.array_equal(table[key], np.repeat(plain[key], len(insurers), axis=1)), key
    for key in INSURERS_KEYS:
        here = insurers.index("Menzis") if "Menzis" in insurers else None
        others = [z for z in range(len(insurers)) if z != here]
        assert all(np.array_equal(table[key][:, z], plain[key][:, 0]) for z in others), key
        assert here is None or (table[key][:, here] == 0.25).all(), key


def test_each_key_is_of_insurers_or_has_a_reason_why_not() -> None:
    assert {*NATIONAL_KEYS, *INSURERS_KEYS} == set(POLICY_SERIES)
    assert not set(NATIONAL_KEYS) & set(INSURERS_KEYS)
    assert all(why and "ministry" in NATIONAL_KEYS["macro"] for why in NATIONAL_KEYS.values())
    assert notes_of(Policy, "stance") and "stance" in INSURERS_KEYS


# What is said of it: ids, lists, manifest, comparison


def test_what_comes_down_to_the_same_has_the_same_content() -> None:
    plain = load_regime("historic-nl")
    same = ["policy.benchmark@Menzis=0", "policy.benchmark@Menzis@2022-01-01=1"]
    assert load_regime("historic-nl", settings=same).content() == plain.content()
    assert "insurers" not in plain.content()
    other = load_regime("historic-nl", settings=["policy.benchmark@Menzis=0"])
    assert other.content()["insurers"] == {"Menzis": {"benchmark": [["2006-01-01", 0.0]]}}
    assert {**other.content(), "insurers": 0} == {**plain.content(), "insurers": 0}
    assert pickle.loads(pickle.dumps(other)).content() == other.content()


def test_runs_that_differ_in_a_value_of_one_insurer_have_ids_of_their_own() -> None:
    made = [
        Scenario("unicum", "historic-nl", settings=settings)
        for settings in (
            (), ("policy.stance=0.4",), ("policy.stance@Menzis=0.4",), ("policy.stance@CZ=0.4",),
            ("policy.stance@Menzis=0.5",), ("policy.stance@Menzis@2019Q1=0.4",),
            ("policy.secured@Menzis=0.4",),
        )
    ]  # fmt: skip
    assert len({scenario.id for scenario in made}) == len(made)
    again = Scenario("unicum", "historic-nl", settings={"policy.stance@Menzis": 0.4})
    assert again.id == made[2].id


def test_the_manifest_shows_it_and_a_comparison_names_it(tmp_path: Path) -> None:
    path = package(tmp_path, HEAD + block("benchmark", "2022-01-01", 0.0, '["Menzis"]'))
    plain = manifest_of(Scenario("unicum", "historic-nl"))
    own = manifest_of(Scenario("unicum", "historic-nl", packages=(str(path),)))
    assert plain["insurers"] == {}
    assert own["insurers"] == {"Menzis": {"benchmark": {"2022-01-01": 0.0}}}
    rows = unlike(plain, own)
    assert ("policy.benchmark@Menzis@2022-01-01", "–", "0.0") in rows
    by_hand = manifest_of(Scenario("unicum", "historic-nl", settings=("policy.stance@CZ=0.3",)))
    assert ("policy.stance@CZ@2006-01-01", "–", "0.3") in unlike(plain, by_hand)
    assert unlike(own, own) == []


def test_lists_name_whose_it_is(tmp_path: Path) -> None:
    text = block("stance", "2015-01-01", 0.3, '["Menzis"]')
    assumed = text.replace('"C55"', '"assumed"\nrange = [0.1, 0.5]')
    regime = with_blocks(tmp_path, assumed)
    listed = [row for row in regime.rows() if row.key == "stance@Menzis"]
    assert [(row.title, row.start, row.value) for row in listed] == [("policy", "2015-01-01", 0.3)]
    assert "policy.stance@Menzis@2015-01-01" in regime.assumed()
    assert "policy.stance@Menzis@2015-01-01" not in load_regime("historic-nl").assumed()


# What is refused

OWN = '["Menzis"]'


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (block("stance", "2015-01-01", 0.3, '["Menzies"]'),
         ["policy: stance[1].insurers[1]", "'Menzies' is not known", "Did you mean 'Menzis'?"]),
        (block("stance", "2015-01-01", 0.3, '["vgz"]'), ["Did you mean 'VGZ'?"]),
        (block("stance", "2015-01-01", 0.3, '"Menzis"'), ["insurers", "a list between [ and ]"]),
        (block("stance", "2015-01-01", 0.3, "[3]"), ["insurers[1]", "text between quotes"]),
        (block("stance", "2015-01-01", 2, OWN), ["stance", "from -1 to 1"]),
        (block("stance", "2015-01-01", 0.3, OWN).replace("insurers", "insurer"),
         ["stance[1].insurer: unknown key", "Did you mean 'insurers'?"]),
        (block("stance", "2015-01-01", 0.3, OWN) * 2, ["2015-01-01 does not come later"]),
        (block("stance", "2016-01-01", 0.3, OWN) + block("stance", "2015-01-01", 0.3, OWN),
         ["2015-01-01 does not come later"]),
        (block("crisis", "2020-01-01", 0.3, OWN),
         ["policy: crisis: no insurer has a value of its own", "a crisis is one of the country",
          "insurers with stance, multidisciplinary, benchmark"]),
        (block("macro", "2020-01-01", 9, OWN).replace('"share"', '"EUR per insured/yr"'),
         ["policy: macro: no insurer has a value of its own: the ministry decides it"]),
        ("[[title.ros.rate]]" + block("stance", "2020-01-01", 1, OWN).split("]]")[1].replace(
            '"share"', '"EUR per insured/yr"'), ["rate[1].insurers: unknown key"]),
        (block("base_amount", "2020-01-01", 0.7, OWN) + block("projects", "2021-01-01", 0.4),
         ["policy.base_amount and policy.projects of Menzis", "1.1 from 2021-01-01"]),
    ],
)  # fmt: skip
def test_a_bad_value_of_one_insurer_is_refused(tmp_path: Path, text: str, parts: list[str]) -> None:
    path = package(tmp_path, HEAD + text)
    with pytest.raises(BadInput) as caught:
        load_regime("historic-nl", packages=[path])
    message = str(caught.value)
    assert message.startswith(str(path)) and "\n" not in message
    for part in parts:
        assert part in message, message


@pytest.mark.parametrize(
    ("setting", "parts"),
    [
        ("policy.stance@Menzies=1", ["'Menzies' is neither an insurer nor a date", "'Menzis'"]),
        ("policy.stance@soon=1", ["'soon' is neither an insurer nor a date", "Achmea, "]),
        ("policy.stance@menzis=1", ["Did you mean 'Menzis'?"]),
        ("policy.stance@2019Q1@Menzis=1", ["'2019Q1' is not an insurer"]),
        ("policy.stance@Menzis@VGZ=1", ["'VGZ' is not a date"]),
        ("policy.stance@Menzis@2019-02-01=1", ["not the start of a quarter"]),
        ("policy.stance@Menzis@2019Q1@CZ=1", ["'2019Q1@CZ' is not a date"]),
        ("policy.stance@=1", ["'' is not a date"]),
        ("policy.stance@Menzis@=1", ["'' is not a date"]),
        ("policy.stance@@2019Q1=1", ["'' is not an insurer"]),
        ("policy.stance@Menzis=2", ["from -1 to 1"]),
        ("policy.stance@Menzis=much", ["not a number"]),
        ("policy.stanc@Menzis=1", ["unknown key 'stanc'", "'stance'"]),
        ("policy.norm@Menzis=9", ["no insurer has a value of its own: one norm is published"]),
        ("policy.gp_care@Menzis@2019Q1=9", ["no insurer has a value of its own"]),
        ("title.ros.rate@Menzis=1", ["'Menzis' is not a date"]),
    ],
)
def test_a_bad_setting_of_one_insurer_is_refused(setting: str, parts: list[str]) -> None:
    with pytest.raises(BadInput) as caught:
        load_regime("historic-nl", settings=[setting])
    message = str(caught.value)
    assert message.startswith(f"--set {setting}: ")
    for part in parts:
        assert part in message, message


@pytest.mark.parametrize(
    ("first", "second", "allowed"),
    [
        ("policy.stance@Menzis", "policy.stance", False),
        ("policy.stance@Menzis@2019Q1", "policy.stance", False),
        ("policy.stance@Menzis@2019Q1", "policy.stance@Menzis", False),
        ("policy.stance@Menzis@2019Q1", "policy.stance@Menzis@2019-01-01", False),
        ("policy.stance", "policy.stance@Menzis", True),
        ("policy.stance@2019Q1", "policy.stance@Menzis", True),
        ("policy.stance@Menzis", "policy.stance@2019Q1", True),
        ("policy.stance@Menzis@2019Q1", "policy.stance@CZ", True),
    ],
)
def test_a_setting_that_another_undoes_is_refused(first: str, second: str, allowed: bool) -> None:
    given = {first: 0.1, second: 0.2}
    if allowed:
        assert list(Settings(given)) == [first, second]
        return
    with pytest.raises(BadInput, match=r"is set twice|replaces all of policy\.stance"):
        Settings(given)


def test_a_factor_of_an_experiment_may_be_of_one_insurer(tmp_path: Path) -> None:
    design = '[design]\nkind = "factorial"\n'
    lever = '[levers."policy.stance@Zorg en Zekerheid"]\nvalues = [0.1, 0.2]\n'
    plan = plan_of(tmp_path, EXPERIMENT + RUNS + lever + design)
    assert plan.experiment.factors[0].unit == "share"
    assert [stance(plan.scenario(k).policy, 2008)[2] for k in range(2)] == [0.1, 0.2]
    assert len({plan.scenario(k).id for k in range(2)}) == 2
    for bad, part in (
        (lever.replace("Zorg en Zekerheid", "Zorg"), "'Zorg' is neither an insurer nor a date"),
        (lever.replace("stance", "norm"), "no insurer has a value of its own"),
        (lever + '[constants]\n"policy.stance@Zorg en Zekerheid" = 0.3\n', "sets policy.stance@"),
    ):
        with pytest.raises(BadInput, match=re.escape(part)):
            plan_of(tmp_path, EXPERIMENT + RUNS + bad + design)
