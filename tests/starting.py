"""Small regions with a state, and runs that start in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from support import TICKS, small

from sim.parameters import parameter_values
from sim.place.region import Region
from sim.place.state import ContractThen, HubAsIs, OrganisationThen, State
from sim.policy.load import load_regime
from sim.standing import Begin
from sim.start import make_tables
from sim.tables import Tables

QUARTER = 56
"""2020Q1."""
TITLES = ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")
CONTRACT = ContractThen(TITLES, 52, 8.0, 2.9, "made for a test")
BODY = OrganisationThen(
    name="Ours", municipality=0, district=0, since=32, members=((0, 0.8), (1, 0.5)), mandate=0.9,
    plus=0.25, form="foundation", rights="none", divided=False, regioplan=64,
    programmes=("diabetes", "copd"), reserves=1000.0, for_hubs=2000.0, lead=None,
    contracts=(CONTRACT,), source="made for a test",
)  # fmt: skip
OTHER = replace(
    BODY, name="Others", municipality=1, since=40, members=((0, 0.2), (1, 0.25)), mandate=0.5,
    plus=0.0, form="cooperative", regioplan=None, reserves=0.0, for_hubs=0.0, lead=0,
    contracts=(),
)  # fmt: skip
HUB = HubAsIs(
    municipality=1, district=0, origin="owz", since=8, stage="driver", plan="approved", active=0.5,
    funded=True, manager="region", employer=0, adviser=True, reserves=500.0,
    source="made for a test",
)  # fmt: skip
STATE = State(QUARTER, "made for a test", None, (BODY, OTHER), (HUB,))


def with_state(state: State = STATE, municipalities: int = 2) -> Region:
    """The first municipalities of UNICUM with this state."""
    return replace(small(municipalities), states=(state,))


@lru_cache(maxsize=16)
def _policy(regime: str, insurers: tuple[str, ...], settings: tuple[str, ...]) -> Any:
    return load_regime(regime, settings=settings).tables(TICKS, insurers)


def later(
    state: State | None = STATE,
    tick: int = QUARTER,
    municipalities: int = 2,
    values: Mapping[str, Any] | None = None,
    regime: str = "historic-nl",
    settings: tuple[str, ...] = (),
) -> Tables:
    """Starting tables of a run that starts in quarter ``tick``."""
    place = small(municipalities)
    titles, policy, names = _policy(regime, place.insurers, settings)
    every = {**parameter_values(), **(values or {})}
    return make_tables(place, every, titles.copy(), policy.copy(), Begin(tick, state, names))


def of_text(folder: Path, states: str, region: str = "unicum") -> Path:
    """A folder with the files of a shipped region, and this text of states in place of its own."""
    from sim.place.national import SHIPPED

    folder.mkdir()
    for file in (SHIPPED / region).iterdir():
        text = file.read_text(encoding="utf-8")
        if file.name == "region.toml":
            text = text.partition("\n[[states]]")[0] + "\n" + states
        (folder / file.name).write_text(text, encoding="utf-8")
    return folder
