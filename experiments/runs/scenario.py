"""A scenario: everything a run is a function of, checked before any work starts."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from experiments.runs.identity import hash_of, rounded, rules_hash
from experiments.runs.rules import check_rules
from experiments.runs.version import VERSION
from results.store.schema import SCHEMA_VERSION
from sim.errors import BadInput, nearest
from sim.parameters import parameter_values
from sim.place.content import content as region_content
from sim.place.load import load_region
from sim.place.region import Region
from sim.policy.dates import parse_date, tick_of
from sim.policy.load import Regime, is_policy_setting, load_regime
from sim.policy.overrides import setting_key

RECORDS = ("yearly", "quarterly", "all")
ENGINES = ("compiled", "mesa", "python")
LAST_YEAR = 2050
QUARTERS = f"a quarter such as 2019Q1 or its first day, 2006Q1 .. {LAST_YEAR}Q4"
LARGEST_SEED = 2**63 - 1


def quarter_name(tick: int) -> str:
    """Return a quarter as written: tick 0 is ``2006Q1``."""
    return f"{2006 + tick // 4}Q{tick % 4 + 1}"


MOST_REPLICATES = 100_000
"""Replicates of one command: their seeds and rows are kept in memory."""


def _check_settings(settings: tuple[str, ...]) -> None:
    """Refuse a setting that another undoes: it would silently do nothing."""
    seen: set[str] = set()
    dated: dict[str, str] = {}
    for text in settings:
        name = setting_key(text)
        if name in seen:
            raise BadInput(f"--set {text}", f"{name} is set twice", allowed="each name once")
        if name in dated:
            raise BadInput(
                f"--set {text}", f"replaces all of {name}, {dated[name]} too, which is set before",
                allowed=f"{name} before its dated values, or a date for it too",
            )  # fmt: skip
        seen.add(name)
        if "@" in name:
            dated[name.partition("@")[0]] = name


@dataclass(frozen=True)
class Scenario:
    """One region under one regime, with what is recorded of it.

    Attributes:
        region: a shipped region, a folder, or ``synthetic:MUNICIPALITIES[:SEED]``.
        regime: one of ``regiosim regimes``.
        packages: TOML files that override policy, applied in this order.
        settings: ``name=value`` texts, as after ``--set``.
        start: first quarter recorded; every run starts in 2006Q1.
        end: last quarter.
        switch: quarter in which a ``design:`` regime leaves its base.
        seed: seed of the first replicate; replicate k has the seed ``seed + k - 1``.
        population_seed: the same population for all replicates; else each has its own.
        replicates: how many runs.
        record: ``yearly``, ``quarterly``, or ``all``: every replicate with all its tables.
        engine: ``compiled``, ``mesa`` or ``python``; the results are the same.
    """

    region: str
    regime: str
    packages: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    start: str = "2011Q1"
    end: str = "2030Q4"
    switch: str = "2018Q1"
    seed: int = 1
    population_seed: int | None = None
    replicates: int = 1
    record: str = "quarterly"
    engine: str = "compiled"

    def __post_init__(self) -> None:
        check_rules()
        put = object.__setattr__
        for name in ("packages", "settings"):
            given = getattr(self, name)
            many = (given,) if isinstance(given, str | Path) else tuple(given)
            put(self, name, tuple(str(one) for one in many))
        for name, kinds in (("record", RECORDS), ("engine", ENGINES)):
            _check_kind(name, getattr(self, name), kinds)
        for name, flag in (("start", "--from"), ("end", "--to")):
            put(self, name, quarter_name(_quarter(getattr(self, name), flag)))
        if self.last < self.first:
            raise BadInput(
                "--to",
                f"{self.end} is before --from {self.start}",
                allowed=f"{self.start} or later",
            )
        if self.record == "yearly" and (self.last + 1) // 4 <= (self.first + 3) // 4:
            raise BadInput(
                "--record yearly", f"{self.start} to {self.end} holds no whole year",
                allowed="--from a first quarter, --to a fourth quarter, or --record quarterly",
            )  # fmt: skip
        put(self, "replicates", _whole(self.replicates, "--replicates", 1, f"{MOST_REPLICATES:,}"))
        put(self, "seed", _whole(self.seed, "--seed", 0))
        if self.population_seed is not None:
            put(self, "population_seed", _whole(self.population_seed, "--population-seed", 0))
        if self.replicates > MOST_REPLICATES:
            raise BadInput(
                "--replicates",
                f"{self.replicates} runs are too many for one command",
                allowed=f"1 .. {MOST_REPLICATES:,}",
            )
        _check_settings(self.settings)
        if self.seed + self.replicates - 1 > LARGEST_SEED:
            raise BadInput(
                "--seed", f"{self.seed} leaves no room for {self.replicates} replicates",
                allowed="0 .. 2^63-1, that of the last replicate too",
            )  # fmt: skip

    @property
    def first(self) -> int:
        """Tick of the first quarter recorded."""
        return _quarter(self.start, "--from")

    @property
    def last(self) -> int:
        """Tick of the last quarter."""
        return _quarter(self.end, "--to")

    @cached_property
    def place(self) -> Region:
        """The region, loaded and checked."""
        return load_region(self.region)

    @cached_property
    def policy(self) -> Regime:
        """The regime with packages and settings, loaded and checked."""
        settings = [text for text in self.settings if is_policy_setting(text)]
        return load_regime(
            self.regime,
            packages=[Path(name) for name in self.packages],
            settings=settings,
            switch=self.switch,
        )

    @cached_property
    def values(self) -> dict[str, float | int | bool]:
        """The value of every parameter by its dotted name."""
        return parameter_values(self.settings)

    def check(self) -> None:
        """Load region, regime and parameters, and raise ``BadInput`` for whatever is wrong."""
        _ = self.values, self.policy, self.place
        if self.regime.startswith("design:") and _quarter(self.switch, "--switch") > self.last:
            raise BadInput(
                "--switch",
                f"{self.regime} starts in {self.switch}, after the run ended: it would do nothing",
                allowed=f"a quarter up to --to {self.end}",
            )

    def content(self) -> dict[str, Any]:
        """Return all that can move a result but the seeds, in one canonical form.

        Packages, settings and the switch date are in it by what they do to policy and
        parameters; engine, record and replicates change no result and are not in it.
        """
        return {
            "region": rounded(region_content(self.place)),
            "regime": self.policy.content(),
            "parameters": dict(self.values),
            "from": self.start,
            "to": self.end,
        }

    @cached_property
    def content_hash(self) -> str:
        """Hash of the content: of scenarios that differ in nothing but seeds, the same."""
        return hash_of(self.content())

    def seeds(self) -> list[tuple[int, int]]:
        """Return the seeds of behaviour and population of each replicate."""
        return [self._pair(self.seed + k) for k in range(self.replicates)]

    def _pair(self, seed: int) -> tuple[int, int]:
        return seed, seed if self.population_seed is None else self.population_seed

    def run_id(self, seed: int) -> str:
        """Return the id of the run with this seed: content, seeds, rules, schema, version."""
        own, population = self._pair(seed)
        return hash_of(
            {
                "content": self.content_hash,
                "seed": own,
                "population_seed": population,
                "rules": rules_hash(),
                "schema": SCHEMA_VERSION,
                "version": VERSION,
            }
        )

    @property
    def id(self) -> str:
        """The id of the scenario: that of its first replicate."""
        return self.run_id(self.seed)

    def described(self) -> dict[str, Any]:
        """Return the scenario as it was asked for, in the words of the command line."""
        return {
            "region": self.region,
            "regime": self.regime,
            "package": ", ".join(Path(name).name for name in self.packages),
            "settings": list(self.settings),
            "from": self.start,
            "to": self.end,
            "switch": self.switch,
            "seed": self.seed,
            "population_seed": self.population_seed,
            "replicates": self.replicates,
            "record": self.record,
            "engine": self.engine,
        }


def _check_kind(name: str, value: str, kinds: tuple[str, ...]) -> None:
    if value not in kinds:
        raise BadInput(
            f"--{name}",
            f"{value!r} is unknown",
            allowed=", ".join(kinds),
            nearest=nearest(str(value), kinds),
        )


def _quarter(text: str, flag: str) -> int:
    tick = tick_of(parse_date(str(text), flag, QUARTERS))
    if not 0 <= tick <= (LAST_YEAR - 2006) * 4 + 3:
        raise BadInput(flag, f"{text} is out of range", allowed=QUARTERS)
    return tick


def _whole(value: Any, flag: str, low: int, most: str = "2^63-1") -> int:
    allowed = f"whole numbers {low} .. {most}"
    try:
        number = operator.index(value)
    except TypeError:
        raise BadInput(flag, f"{value!r} is not a whole number", allowed=allowed) from None
    if not low <= number <= LARGEST_SEED:
        raise BadInput(flag, f"{number} is out of range", allowed=allowed)
    return number
