"""States of regions: read, written, and what is said of wrong ones."""
# ruff: noqa: D103 - the name of a test says what it tests.

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from starting import STATE, of_text, with_state

from sim.errors import BadInput
from sim.place.content import content, state_content
from sim.place.load import load_region, region_names
from sim.place.tile import take, tile
from sim.place.write import write_region

SOUND = """[[states]]
quarter = "2019Q1"
source = "made for a test"

[[states.organisations]]
name = "Ours"
since = "2014Q1"
municipality = "GM0355"
members = { all = 0.6, GM0310 = 0.5, GM0321 = 0.0 }
form = "foundation"
regioplan = "2020Q4"
source = "made for a test"

[[states.organisations.contracts]]
titles = ["regiomanagement"]
since = "2019Q1"
fee = 8.0
source = "made for a test"

[[states.organisations]]
name = "Others"
since = "2015Q1"
municipality = "GM0310"
members = { GM0310 = 0.5 }
lead = "Ours"
source = "made for a test"

[[states.hubs]]
municipality = "GM0312"
stage = "board"
plan = "running"
active = 0.5
manager = "region"
employer = "Ours"
source = "made for a test"

[[states.hubs]]
municipality = "GM0310"
district = "De Bilt 2"
stage = "initiator"
source = "made for a test"
"""


def test_a_state_is_read(tmp_path: Path) -> None:
    region = load_region(str(of_text(tmp_path / "own", SOUND)))
    (state,) = region.states
    assert state.quarter == 52 and len(state.organisations) == len(state.hubs) == 2
    ours, others = state.organisations
    shares = dict(ours.members)
    assert shares.pop(1) == 0.5 and 5 not in shares and set(shares.values()) == {0.6}
    assert (ours.since, ours.regioplan, ours.form, ours.programmes) == (
        32, 59, "foundation", ("diabetes",),
    )  # fmt: skip
    assert [held.before for held in ours.contracts] == [None]
    assert others.lead == 0 and others.members == ((1, 0.5),) and others.mandate == 1.0
    bunnik, bilt = state.hubs
    # What stood there in 2006 goes on: its origin, and its money since then.
    assert (bunnik.origin, bunnik.since, bunnik.employer) == ("owz", 0, 0)
    assert (bilt.origin, bilt.since, bilt.district, bilt.plan) == ("new", 52, 1, "none")


@pytest.mark.parametrize("name", region_names())
def test_states_come_back_as_they_were_written(name: str, tmp_path: Path) -> None:
    region = load_region(name)
    write_region(region, tmp_path / "own")
    assert load_region(str(tmp_path / "own")).states == region.states


def test_every_kind_of_key_comes_back(tmp_path: Path) -> None:
    region = replace(load_region("unicum"), states=(STATE, replace(STATE, quarter=60, trust=0.4)))
    write_region(region, tmp_path / "own")
    assert load_region(str(tmp_path / "own")).states == region.states


def test_a_cut_or_copied_region_has_no_states() -> None:
    region = load_region("unicum")
    assert len(region.states) == 2
    assert take(region, 3).states == tile(region, 2).states == ()


def test_a_region_is_the_same_with_other_states_and_a_state_is_its_figures() -> None:
    region = with_state()
    assert content(region) == content(replace(region, states=()))
    bodies = tuple(replace(one, name="?", source="?") for one in STATE.organisations)
    assert state_content(replace(STATE, source="?", organisations=bodies)) == state_content(STATE)
    other = replace(STATE.organisations[0], mandate=0.5)
    moved = replace(STATE, organisations=(other, *STATE.organisations[1:]))
    assert state_content(moved) != state_content(STATE)


def test_shipped_states_say_what_the_sources_do() -> None:
    early, late = load_region("unicum").states
    assert (early.quarter, late.quarter) == (52, 56)
    for state in (early, late):
        (body,) = state.organisations
        assert body.divided and body.regioplan == 59  # F063, F058
        # Chain care since its founding, and three components since 2019 (F056).
        assert [(held.since, len(held.titles)) for held in body.contracts] == [(32, 1), (52, 3)]
        assert all(share >= 0.85 for _, share in body.members)  # F054
    zou = [k for k, m in enumerate(load_region("unicum").municipalities) if m.subregion == "ZOU"]
    assert sorted(hub.municipality for hub in late.hubs if hub.adviser) == zou  # F060: five of five
    (eemland,) = load_region("eemland").states
    funded = [h for h in eemland.hubs if h.origin in ("owz", "health-centre")]
    assert len(funded) == 8 and all(hub.reserves > 0.0 for hub in funded)  # F075
    (hozl,) = load_region("oostelijk-zuid-limburg").states
    assert hozl.organisations[0].plus >= 0.8  # F077
    (vechtdal,) = load_region("vechtdal").states
    assert sorted(h.municipality for h in vechtdal.hubs if h.adviser) == [0, 1, 2, 3]  # F065


def test_every_shipped_state_accounts_for_what_it_assumes() -> None:
    for name in region_names():
        for state in load_region(name).states:
            for one in (*state.organisations, *state.hubs):
                assert "assumed" in one.source or one.source == "as in 2019", (name, one)
                if "assumed" in one.source:
                    assert "range" in one.source or "as in 2006" in one.source, (name, one.source)


CASES = {
    "an unknown municipality": (
        'GM0310 = 0.5, GM0321', 'GM3010 = 0.5, GM0321',
        "states.0.organisations.0.members.GM3010: unknown municipality 'GM3010'", "'GM0310'",
    ),
    "shares over one": (
        "members = { GM0310 = 0.5 }", "members = { GM0310 = 0.6 }",
        "organisations.1.members: shares of GM0310 add up to 1.1", "at most 1",
    ),
    "a share over one": (
        "all = 0.6", "all = 60.0", "organisations.0.members.all: 60.0 should", "60",
    ),
    "no members": (
        "members = { GM0310 = 0.5 }", "members = { all = 0.0 }",
        "leaves the organisation without members", "above 0",
    ),
    "an unknown form": (
        '"foundation"', '"foundations"', "organisations.0.form: 'foundations' should be",
        "Did you mean 'foundation'?",
    ),
    "an unknown key": (
        "active = 0.5", "actives = 0.5", "states.0.hubs.0.actives: is unknown", "'active'",
    ),
    "a needed key that is misspelled": (
        'stage = "initiator"', 'stages = "initiator"', "states.0.hubs.1.stages: is unknown",
        "Did you mean 'stage'?",
    ),
    "an unknown key of a contract": (
        "fee = 8.0", "fees = 8.0", "organisations.0.contracts.0.fees: is unknown", "'fee'",
    ),
    "a quarter before 2006": (
        'since = "2014Q1"', 'since = "2005Q4"', "organisations.0.since: '2005Q4' is out", "2006Q1",
    ),
    "a quarter after the state": (
        'since = "2014Q1"', 'since = "2019Q2"', "organisations.0.since: '2019Q2' is out", "state",
    ),
    "no quarter": (
        'since = "2014Q1"', 'since = "2014"', "since: '2014' is not a date", "such as 2018Q1",
    ),
    "a state of 2006": ('quarter = "2019Q1"', 'quarter = "2006Q1"', "'2006Q1' is out", "2007Q1"),
    "a state after the last": ('quarter = "2019Q1"', 'quarter = "2051Q1"', "is out", "2050Q1"),
    "a state in autumn": ('quarter = "2019Q1"', 'quarter = "2019Q4"', "no first quarter", "first"),
    "a plan that has lapsed": (
        'regioplan = "2020Q4"', 'regioplan = "2018Q4"', "regioplan: '2018Q4' is out", "lapses",
    ),
    "two of a name": ('name = "Others"', 'name = "Ours"', "'Ours' appears twice", "each name once"),
    "a lead of its own": (
        'lead = "Ours"', 'lead = "Others"', "is the organisation itself", "another",
    ),
    "an unknown lead": ('lead = "Ours"', 'lead = "Oars"', "unknown organisation 'Oars'", "'Ours'"),
    "a plan of no hub": (
        'stage = "initiator"', 'stage = "none"\nplan = "drafted"', "'drafted' needs a hub",
        "initiator",
    ),
    "services too soon": (
        'stage = "initiator"', 'stage = "initiator"\nplan = "running"', "needs more than", "driver",
    ),
    "paid without a plan": (
        'stage = "initiator"', 'stage = "initiator"\nfunded = true', "is paid by nobody",
        "approved",
    ),
    "a manager of nobody": ('employer = "Ours"\n', "", "hubs.0.employer: is missing", "region"),
    "an employer of nobody": ('manager = "region"\n', "", "hubs.0.employer: goes with", "region"),
    "an unknown district": (
        '"De Bilt 2"', '"De Bild 2"', "De Bilt has no district 'De Bild 2'", "'De Bilt 2'",
    ),
    "two hubs of a district": (
        'municipality = "GM0310"\ndistrict = "De Bilt 2"', 'municipality = "GM0312"',
        "hubs.1: 'Bunnik' has a hub already", "one a district",
    ),
    "two founded at once": (
        'since = "2015Q1"\nmunicipality = "GM0310"', 'since = "2014Q1"\nmunicipality = "GM0355"',
        "another organisation was founded", "another quarter",
    ),
    "a title twice": (
        'titles = ["regiomanagement"]', 'titles = ["regiomanagement", "regiomanagement"]',
        "contracts.0.titles: 'regiomanagement' appears twice", "each title once",
    ),
    "debts": ('stage = "initiator"', 'stage = "initiator"\nreserves = -1.0', "reserves: -1.0", "0"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_wrong_state_is_refused_in_one_line(case: str, tmp_path: Path) -> None:
    old, new, said, allowed = CASES[case]
    assert SOUND.count(old) == 1, old
    folder = of_text(tmp_path / "own", SOUND.replace(old, new))
    with pytest.raises(BadInput) as caught:
        load_region(str(folder))
    text = str(caught.value)
    assert said in text and allowed in text and "region.toml, key states.0." in text, text
    assert "\n" not in text


def test_two_states_of_a_quarter_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="states.1.quarter: '2019Q1' appears twice"):
        load_region(str(of_text(tmp_path / "own", SOUND + SOUND)))
