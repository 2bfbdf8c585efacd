"""Parameters: what is declared, and settings that replace it by name."""

from __future__ import annotations

import re

import pytest

from agents.parameters import DECLARED
from sim.errors import BadInput, nearest
from sim.parameters import assumed_parameters, parameter_values


def test_defaults_are_those_declared() -> None:
    values = parameter_values()
    assert values == {name: one.value for name, one in DECLARED.items()}
    assert {one.source[:7].lower() for one in assumed_parameters()} == {"assumed"}


def test_settings_replace_by_name_and_the_last_one_counts() -> None:
    texts = ["choice.money=0.2", "choice.money = 0.3", "organisation.minimum=4", "decide.ros=off"]
    values = parameter_values([*texts, "title.ros.rate=2", "policy.macro@2019Q1=40"])
    assert (values["choice.money"], values["organisation.minimum"]) == (0.3, 4)
    assert values["decide.ros"] is False
    assert isinstance(values["organisation.minimum"], int)


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("choice.mony=1", "Did you mean 'choice.money'?"),
        ("choice.money", "name=value"),
        ("choice.money=", "name=value"),
        ("choice.money=much", "not a number"),
        ("choice.money=nan", "not finite"),
        ("choice.money=-inf", "not finite"),
        ("choice.money=1e9", "out of range"),
        ("organisation.minimum=2.5", "not a whole number"),
        ("decide.ros=maybe", "true, on, 1, false, off, 0"),
        ("choice.money@2019Q1=1", "takes no date"),
        ("supply.slack=0.5", "supply.slack is no longer there: slack has no ceiling of its own"),
    ],
)
def test_a_bad_setting_is_explained(setting: str, says: str) -> None:
    with pytest.raises(BadInput, match=re.escape(says)) as error:
        parameter_values([setting])
    assert setting in str(error.value)


def test_capitals_do_not_hide_what_was_meant() -> None:
    assert nearest("vgz", ("CZ", "VGZ", "Eno")) == "VGZ"
    assert nearest("rat", ("rate", "RAT")) == "rate"
    assert nearest("qqq", ("CZ", "VGZ")) is None
