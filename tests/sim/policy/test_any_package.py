"""Any package and any text after ``--set`` is taken as it stands, or refused in one message."""

from __future__ import annotations

import tomllib
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spoiling import MANY, NASTY, is_one_message, spoiled

from sim.errors import BadInput
from sim.parameters import parameter_values
from sim.policy.load import load_regime
from sim.policy.overrides import SETTING, is_policy_setting
from sim.policy.values import usual_unit
from sim.reading.dates import parse_date

PACKAGE = """[package]
name = "late"
text = "Later, and higher."
source = "assumed"
add = ["wsv"]

[title.gez]
contract = true
until = 2024-01-01

[[title.gez.rate]]
from = 2019-01-01
value = 12.0
unit = "EUR per insured/yr"
source = "assumed"
range = [8.0, 20.0]

[[title.regiomanagement.mandate]]
from = 2020-01-01
value = 0.85
unit = "share"
source = "S2 Q4"

[[policy.stance]]
from = 2022-01-01
value = 0.25
unit = "share"
source = "A1c"
insurers = ["Menzis"]
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any") / "late.toml"


@MANY
@given(raw=spoiled(PACKAGE))
def test_any_package_is_taken_as_it_stands_or_refused(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)
    try:
        regime = load_regime("historic-nl", packages=[path])
    except BadInput as error:
        assert is_one_message(error, path), str(error)
        return
    plain = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    said = tomllib.loads(unicodedata.normalize("NFC", plain))
    titles = {title.name: title for title in regime.titles}
    for name, keys in said.get("title", {}).items():
        for key, entries in keys.items():
            for entry in entries if isinstance(entries, list) else ():
                if isinstance(entry, dict):
                    found = {d.start: d for d in titles[name].series(key)}[entry["from"]]
                    assert (found.value, found.unit) == (entry["value"], usual_unit(entry["unit"]))
    for key, entries in said.get("policy", {}).items():
        for entry in entries:
            for insurer in entry.get("insurers") or [""]:
                series = regime.policy[f"{key}@{insurer}" if insurer else key]
                assert {d.start: d.value for d in series}[entry["from"]] == entry["value"]


NAMES = st.sampled_from(
    ["title.gez.rate", "title.gez.in_force", "title.regiomanagement.minimum", "policy.stance",
     "policy.stance@Menzis", "choice.money", "organisation.minimum", "choice.refuse", "title.gez",
     "title.gez.until", "title.ros.functions.ict", "title.gez.groups", "policy", "title..rate"]
)  # fmt: skip
DAYS = st.sampled_from(["", "@2019Q1", "@2019-01-01", "@２０19Q1", "@2019Q5", "@", "@@", "@Menzis",
                        "@2019-02-30", "@2019 Q1", "@99999Q1"])  # fmt: skip
VALUES = st.sampled_from(NASTY) | st.floats().map(repr) | st.text(max_size=6)


@MANY
@given(NAMES, DAYS, VALUES)
def test_any_setting_is_taken_as_it_stands_or_refused(name: str, day: str, value: str) -> None:
    text = f"{name}{day}={value}"
    try:
        if is_policy_setting(text):
            regime = load_regime("historic-nl", settings=[text])
            set_by_it = [
                dated.value
                for series in (
                    *(t.series(k) for t in regime.titles for k in ("rate", "in_force", "minimum")),
                    *regime.policy.values(),
                )
                for dated in series
                if dated.source == SETTING
            ]
        else:
            found = parameter_values([text])[name]
            set_by_it = [] if isinstance(found, bool) else [found]
    except BadInput as error:
        assert is_one_message(error, "--set"), str(error)
        return
    for number in set_by_it:
        assert value.strip().isascii() and "_" not in value and number == float(Decimal(value))


@MANY
@given(st.one_of(st.text(max_size=12), st.text("0123456789Qq- ٣", max_size=10), DAYS, VALUES))
def test_any_date_is_a_quarter_as_it_is_written_or_refused(text: str) -> None:
    try:
        day = parse_date(text, "--from")
    except BadInput as error:
        assert is_one_message(error, "--from")
    else:
        written = text.strip().upper().replace(" ", "")
        assert written in (str(day), f"{day.year}Q{(day.month + 2) // 3}")
