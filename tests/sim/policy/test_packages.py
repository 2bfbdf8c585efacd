"""Packages and settings override from their date on; bad ones are refused."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

import re
from pathlib import Path

import pytest
from policies import HEAD, TICKS, package, policy, same, tick, value

from agents.compiled.record import dtype_of
from agents.title import Title
from agents.words import Kind
from sim.errors import BadInput
from sim.policy.keys import POLICY_SERIES, RENAMED, STATICS, TITLE_SERIES
from sim.policy.load import load_regime
from sim.policy.overrides import is_policy_setting

# Packages


def test_a_package_that_changes_nothing_changes_nothing(tmp_path: Path) -> None:
    empty = package(tmp_path, HEAD)
    for name in ("historic-nl", "design:bundled/practice/act"):
        one, other = load_regime(name), load_regime(name, packages=[empty])
        assert same(one, other) and one.content() == other.content()
    entry = '[[title.ros.rate]]\nfrom = 2019-01-01\nvalue = 1.3\nunit = "EUR per insured/yr"\n'
    repeated = package(tmp_path, HEAD + entry + 'source = "F034"\n')
    one, other = load_regime("historic-nl"), load_regime("historic-nl", packages=[repeated])
    assert same(one, other) and one.content() == other.content()


def test_a_package_overrides_from_its_date_until_the_next(tmp_path: Path) -> None:
    text = """
[[title.gez.in_force]]
from = 2019-01-01
value = 0.9
unit = "share"
source = "F052"
[[policy.macro]]
from = 2020-07-01
value = 16
unit = "EUR per insured/yr"
source = "assumed"
range = [10, 20]
[title.ros.functions]
unit = "share"
source = "C53"
care-management = 0.3
agreements = 0.4
"""
    regime = load_regime("historic-nl", packages=[package(tmp_path, HEAD + text)])
    assert [float(value(regime, "gez", "in_force", y)) for y in (2018, 2019, 2020)] == [
        1,
        0.9,
        0.333,
    ]
    policy = regime.tables(TICKS)[1]
    macro, room = policy["macro"][:, 0], policy["room"][:, 0]
    assert [macro[tick(2020, q)] for q in (1, 2, 3, 4)] == [15.0, 15.0, 16.0, 16.0]
    # Grown each January until then, and from then on: 15 * 1.033**2, then 16 * 1.033**2.
    assert room[tick(2020, 2)] == pytest.approx(15.0 * 1.033**2, rel=1e-12)
    assert room[tick(2020, 3)] == 16.0
    assert room[tick(2022)] == pytest.approx(16.0 * 1.033**2, rel=1e-12)
    assert list(value(regime, "ros", "functions", 2006)) == [0, 0, 0.15, 0.15, 0.3, 0.4, 0]
    assert "policy.macro@2020-07-01" in regime.assumed()
    assert "title.ros.functions" not in regime.assumed()
    assert load_regime("historic-nl").content() != regime.content()


@pytest.mark.parametrize("text", ['add = ["praktijkmanagement"]\n' + HEAD,
                                  HEAD + 'add = ["praktijkmanagement"]\n'])  # fmt: skip
def test_a_package_can_add_a_title(tmp_path: Path, text: str) -> None:
    path = package(tmp_path, text)
    regime = load_regime("unicum", packages=[path])
    assert regime.names()[-1] == "praktijkmanagement"
    assert value(regime, "praktijkmanagement", "rate", 2018) == 0.5
    assert same(load_regime("historic-nl", packages=[path]), load_regime("historic-nl"))


VALUE = 'value = 1.0\nunit = "EUR per insured/yr"\nsource = "F034"\n'


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (HEAD + "[[title.rso.rate]]\nfrom = 2019-01-01\n" + VALUE, ["'rso'", "'ros'"]),
        (HEAD + "[[title.ros.rat]]\nfrom = 2019-01-01\n" + VALUE, ["title.ros", "rat", "'rate'"]),
        (HEAD + '[title.ros]\nreceiver = "hubs"\n', ["receiver", "'hub'", "organisation"]),
        (HEAD + "[[title.ros.rate]]\nfrm = 2019-01-01\n" + VALUE, ["frm", "'from'"]),
        (HEAD + "[[title.ros.rate]]\nfrom = 2019-02-01\n" + VALUE, ["start of a quarter"]),
        (HEAD + '[[title.ros.rate]]\nfrom = "2019"\n' + VALUE, ["from", "without quotes"]),
        (HEAD + "[[title.ros.rate]]\nfrom = 2019-01-01\nvalue = 1\n", ["unit", "is missing"]),
        (HEAD + "[title.ros]\nrate = 2\n", ["rate", "2 does not fit", "list"]),
        (HEAD + "[[policy.marco]]\nfrom = 2019-01-01\n" + VALUE, ["marco", "'macro'"]),
        (HEAD + "[titles.ros]\n", ["titles", "'title'"]),
        (HEAD + "[title.praktijkmanagement]\noi = true\n", ["add = ['praktijkmanagement']"]),
        ('add = ["praktijkmanagment"]\n' + HEAD, ["'praktijkmanagment'", "'praktijkmanagement'"]),
        ("add = 1\n" + HEAD, ["add", "a list"]),
        ("", ["[package] is missing"]),
        ('[package]\nname = "x"\n', ["text", "is missing"]),
        (HEAD + "[[title.ros.rate]]\nfrom = 2019-01-01\nvalue = =\n", ["line 7", "not valid TOML"]),
        (HEAD + '[title.ros.functions]\nunit = "share"\nsource = "C53"\nict = 0.5\n', ["1.5"]),
        (HEAD + '[title.ros.functions]\nunit = "share"\nsource = "C53"\nict = -0.5\n', ["-0.5"]),
        (HEAD + '[title.ros.functions]\nunit = "share"\nsource = "C53"\nict = nan\n', ["nan"]),
    ],
)  # fmt: skip
def test_a_bad_package_is_refused(tmp_path: Path, text: str, parts: list[str]) -> None:
    path = package(tmp_path, text)
    with pytest.raises(BadInput) as caught:
        load_regime("unicum", packages=[path])
    message = str(caught.value)
    assert "trial.toml" in message
    for part in parts:
        assert part in message, message


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (("value = 1.0", "value = -1.0"), "from 0 to 1e+06"),
        (("value = 1.0", "value = nan"), "not finite"),
        (("value = 1.0", "value = true"), "a number"),
        (("value = 1.0", 'value = "1"'), "a number"),
        (("EUR per insured/yr", "EUR per insured"), "'EUR per insured/yr'"),
        (('"F034"', '"assumed"'), "has no range"),
        (('"F034"', '"assumed"\nrange = [2, 3]'), "outside its own range"),
        (('"F034"', '""'), "is empty"),
        (("rate", "in_force"), "share"),
    ],
)
def test_a_bad_value_is_refused(tmp_path: Path, change: tuple[str, str], part: str) -> None:
    text = ("[[title.ros.rate]]\nfrom = 2019-01-01\n" + VALUE).replace(*change)
    with pytest.raises(BadInput, match=re.escape(part)):
        load_regime("unicum", packages=[package(tmp_path, HEAD + text)])


def test_a_key_by_its_older_name_is_told_the_new_one(tmp_path: Path) -> None:
    path = package(tmp_path, HEAD + "[[title.gez.phase]]\nfrom = 2019-01-01\n" + VALUE)
    for settings, packages, where in (
        (("title.gez.phase@2019Q1=0.5",), (), "--set title.gez.phase@2019Q1=0.5"),
        ((), (path,), f"{path}: title.gez: phase"),
    ):
        with pytest.raises(BadInput) as caught:
            load_regime("unicum", packages=packages, settings=settings)
        assert str(caught.value) == f"{where}: 'phase' is called 'in_force' now."
    # What never was a key of policy is not one by its new name either.
    with pytest.raises(BadInput, match="unknown key 'phase'"):
        load_regime("unicum", settings=["policy.phase=1"])


def test_renamed_keys_are_keys() -> None:
    assert set(RENAMED.values()) <= set(TITLE_SERIES) | set(STATICS) | set(POLICY_SERIES)
    assert not set(RENAMED) & (set(TITLE_SERIES) | set(STATICS) | set(POLICY_SERIES))


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "absent.toml", tmp_path, binary):
        with pytest.raises(BadInput, match=re.escape(str(path))):
            load_regime("unicum", packages=[path])


# Settings


def test_a_setting_replaces_a_series() -> None:
    regime = load_regime("historic-nl", settings=["title.gez.in_force=1", "policy.macro=9"])
    titles, series, names = regime.tables(TICKS)
    assert (titles["in_force"][:, names.index("gez")] == 1.0).all()
    assert (series["macro"] == 9.0).all()


@pytest.mark.parametrize("date", ["2019-04-01", "2019Q2", "2019q2"])
def test_a_dated_setting_holds_until_the_next_value(date: str) -> None:
    # Before: 0.667 from 2019, 0.333 from 2020.
    regime = load_regime("historic-nl", settings=[f"title.gez.in_force@{date}=0.5"])
    shares = [float(value(regime, "gez", "in_force", 2019, q)) for q in (1, 2, 3, 4)]
    assert shares == [0.667, 0.5, 0.5, 0.5]
    assert value(regime, "gez", "in_force", 2020) == 0.333


def test_settings_of_other_kinds() -> None:
    regime = load_regime(
        "historic-nl",
        settings=[
            "title.ros.functions.care-management=0.1",
            "title.ros.functions.ict=0.3",
            "title.ros.receiver=hub",
            "title.ros.groups=frail,ggz",
            "title.wijkmanagement.regioplan=false",
            "title.wijkmanagement.mandate=0.85",
            "title.wijkmanagement.mandate_of=both",
            "title.wijkmanagement.minimum=50000",
            "title.wijkmanagement.from=2020Q1",
            "title.wijkmanagement.until=2025-01-01",
        ],
    )
    assert list(value(regime, "ros", "functions", 2006)) == [0.3, 0, 0.15, 0.15, 0.1, 0.3, 0]
    assert value(regime, "ros", "receiver", 2006) == Kind.HUB
    assert list(value(regime, "ros", "groups", 2006)) == [0, 0, 0, 1, 1, 0]
    wijk = {key: value(regime, "wijkmanagement", key, 2020) for key in dtype_of(Title).names or ()}
    assert wijk["active"] and not wijk["regioplan"]
    assert (wijk["mandate"], wijk["mandate_of"], wijk["minimum"]) == (0.85, 2, 50_000)
    assert not value(regime, "wijkmanagement", "active", 2019, 4)
    assert not value(regime, "wijkmanagement", "active", 2025)


def test_a_later_setting_wins_and_order_of_files_is_kept(tmp_path: Path) -> None:
    path = package(tmp_path, HEAD + "[[title.ros.rate]]\nfrom = 2006-01-01\n" + VALUE)
    regime = load_regime("unicum", packages=[path])
    assert value(regime, "ros", "rate", 2006) == 1.0
    regime = load_regime(
        "unicum", packages=[path], settings=["title.ros.rate=2", "title.ros.rate=3"]
    )
    assert value(regime, "ros", "rate", 2006) == 3.0
    assert value(load_regime("unicum"), "ros", "rate", 2006) == 1.3


@pytest.mark.parametrize(
    ("setting", "parts"),
    [
        ("title.rso.rate=1", ["'ros'"]),
        ("title.ros.rat=1", ["'rate'"]),
        ("title.ros.rate=-1", ["out of range"]),
        ("title.ros.rate=inf", ["not finite"]),
        ("title.ros.rate=much", ["not a number"]),
        ("title.ros.rate@2019-02-01=1", ["start of a quarter"]),
        ("title.ros.rate@2019-13-01=1", ["not a date"]),
        ("title.ros.rate@=1", ["not a date"]),
        ("title.ros.rate=", ["cannot be read"]),
        ("title.ros=1", ["names no key"]),
        ("title.ros.rate", ["cannot be read"]),
        ("title.ros.oi=yes", ["true or false"]),
        ("title.ros.oi@2019Q1=true", ["takes no date"]),
        ("title.ros.groups=diabetes,cvmr", ["'cvrm'"]),
        ("title.ros.groups=[]", ["groups", "is empty"]),
        ("title.ros.until=2001Q1", ["before its start"]),
        ("title.ros.name=x", ["unknown key"]),
        ("title.ros.functions.itc=1", ["'ict'"]),
        ("title.ros.functions.ict@2019Q1=1", ["no date"]),
        ("title.ros.functions.ict=0.1", ["add up to 1.1"]),
        ("title.wijkmanagement.minimum=0.5", ["whole number"]),
        ("policy.marco=1", ["'macro'"]),
        ("policy.stance=2", ["from -1 to 1"]),
        ("policy.base_amount=1.5", ["from 0 to 1"]),
        ("choice.money=1", ["unknown key"]),
    ],
)
def test_a_bad_setting_is_refused(setting: str, parts: list[str]) -> None:
    with pytest.raises(BadInput) as caught:
        load_regime("historic-nl", settings=[setting])
    message = str(caught.value)
    assert message.startswith("--set")
    for part in parts:
        assert part in message, message


def test_hub_money_is_divided_once() -> None:
    # Together more than the whole, only from the quarter in which the second sets in.
    both = ["policy.base_amount=0.7", "policy.projects@2018Q1=0.4"]
    with pytest.raises(BadInput, match=r"--set: policy.base_amount and .* 1\.1 from 2018-01-01"):
        load_regime("historic-nl", settings=both)
    with pytest.raises(BadInput, match="together at most 1"):
        load_regime("historic-nl", settings=["policy.base_amount=0.7", "policy.projects=0.4"])
    # .1 + .9 is not more than 1, and what went down in time is not either.
    load_regime("historic-nl", settings=["policy.base_amount=0.1", "policy.projects=0.9"])
    down = [*both, "policy.base_amount@2018Q1=0.6"]
    regime = load_regime("historic-nl", settings=down)
    assert [policy(regime, "base_amount", y) for y in (2017, 2018)] == [0.7, 0.6]
    assert [policy(regime, "projects", y) for y in (2017, 2018)] == [0.0, 0.4]


def test_settings_that_are_ours() -> None:
    assert is_policy_setting("title.ros.rate=1") and is_policy_setting("policy.macro@2019Q1=1")
    assert not is_policy_setting("choice.money=1") and not is_policy_setting("titles=1")
