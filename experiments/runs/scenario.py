"""A scenario: everything a run is a function of, checked before any work starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from experiments.runs.arguments import (
    LARGEST,
    Argument,
    BadArgument,
    about_policy,
    check_kind,
    whole_number,
)
from experiments.runs.horizon import check_horizon
from experiments.runs.identity import hash_of, hash_of_parts, rounded, rules_hash, text_of
from experiments.runs.idle import SWITCH, check_idle
from experiments.runs.memo import ByObject
from experiments.runs.opening import begin_of, content_of
from experiments.runs.quarters import FIRST, RECORDED, begin_of_year, quarter_name, quarter_of
from experiments.runs.rules import check_rules
from experiments.runs.settings import Given, Settings
from experiments.runs.values import Setting
from experiments.runs.version import VERSION
from results.store.schema import SCHEMA_VERSION
from sim.parameters import parameter_values
from sim.place.chains import check_chains
from sim.place.content import content as region_content
from sim.place.load import load_region
from sim.place.region import Region
from sim.policy.load import Regime, load_regime
from sim.reading.texts import Texts, keeping
from sim.standing import Begin

RECORDS = ("yearly", "quarterly", "all")
ENGINES = ("compiled", "mesa", "python")
_MANY = ("packages", "settings")
MOST_REPLICATES = 100_000
"""Replicates of one command: their seeds and rows are kept in memory."""


@dataclass(frozen=True, repr=False)
class Scenario:
    """One region under one regime, with what is recorded of it.

    Attributes:
        region: a shipped region, a folder, or ``synthetic:MUNICIPALITIES[:SEED]``.
        regime: one of ``regiosim regimes``, or the path of a regime file of one's own.
        packages: TOML files that override policy, applied in this order.
        settings: values by name, ``{"choice.autonomy": 2.5, "decide.hub": False}``, each in the
            unit that ``regiosim parameters`` or ``regiosim titles NAME`` states; of titles and
            policy with ``@2019-01-01`` behind the name from that date on, of one insurer's policy
            as ``policy.KEY@INSURER``. Texts ``name=value``, as after ``--set``, are read to the
            same. Kept as a mapping.
        start: first quarter recorded, such as ``2015Q1`` or its first day; by default ``2011Q1``,
            or ``begin`` where that is later.
        end: last quarter, up to 2050Q4.
        switch: quarter in which a ``design:`` regime leaves its base.
        seed: seed of the first replicate, 0 .. 2^63-1; replicate k has the seed ``seed + k - 1``.
        population_seed: the same population for all replicates; else each has its own.
        replicates: how many runs, 1 .. 100,000.
        record: ``yearly``, ``quarterly``, or ``all``: every replicate with all its tables.
        engine: ``compiled``, ``mesa`` or ``python``; the results are the same.
        begin: quarter in which the run starts, the first of a year: ``2006Q1``, or a later one of
            which the region says what is there then.
        horizon: last quarter of longer runs, of which this one is the first part: policy is known
            up to it, and the run leaves its states, for these to go on from. By default none.

    Raises:
        BadInput: an argument cannot be used; region, regime, packages and what the settings set
            are read and checked by ``check``, which every run begins with.
    """

    region: str
    regime: str
    packages: tuple[str, ...] = ()
    settings: Given = ()
    start: str = ""
    end: str = "2030Q4"
    switch: str = SWITCH
    seed: int = 1
    population_seed: int | None = None
    replicates: int = 1
    record: str = "quarterly"
    engine: str = "compiled"
    begin: str = FIRST
    horizon: str = ""

    def __post_init__(self) -> None:
        check_rules()
        put = object.__setattr__
        given = (self.packages,) if isinstance(self.packages, str | Path) else self.packages
        put(self, "packages", tuple(str(one) for one in given))
        put(self, "settings", Settings(self.settings))
        for name in ("switch", "region", "regime"):
            put(self, name, str(getattr(self, name)))
        for name, kinds in (("record", RECORDS), ("engine", ENGINES)):
            check_kind(Argument(name, getattr(self, name)), kinds)
        put(self, "begin", quarter_name(begin_of_year(self.begin)))
        if not self.start:
            put(self, "start", max(RECORDED, self.begin))
        for name in ("start", "end"):
            put(self, name, quarter_name(quarter_of(name, getattr(self, name))))
        if self.first < self.opens:
            raise BadArgument(
                Argument("start", self.start, said=self.start),
                f"is before {{begin}} {self.begin}, when the run starts",
                allowed=f"{self.begin} or later",
            )
        if self.last < self.first:
            raise BadArgument(
                Argument("end", self.end, said=self.end), f"is before {{start}} {self.start}",
                allowed=f"{self.start} or later",
            )  # fmt: skip
        if self.record == "yearly" and (self.last + 1) // 4 <= (self.first + 3) // 4:
            raise BadArgument(
                Argument("record", self.record, said=""),
                f"{self.start} to {self.end} holds no whole year",
                allowed="{start} a first quarter, {end} a fourth quarter, or {record} quarterly",
            )
        if self.horizon:
            put(self, "horizon", quarter_name(quarter_of("horizon", self.horizon)))
            check_horizon(self)
        self._check_seeds()

    def _check_seeds(self) -> None:
        put = object.__setattr__
        most = f"{MOST_REPLICATES:,}"
        asked, allowed = Argument("replicates", self.replicates), f"whole numbers 1 .. {most}"
        put(self, "replicates", whole_number(asked, 1, allowed=allowed))
        put(self, "seed", whole_number(Argument("seed", self.seed), 0))
        if self.population_seed is not None:
            fixed = Argument("population_seed", self.population_seed)
            put(self, "population_seed", whole_number(fixed, 0))
        if self.replicates > MOST_REPLICATES:
            raise BadArgument(
                Argument("replicates", self.replicates), "runs are too many for one command",
                allowed=f"1 .. {most}",
            )  # fmt: skip
        if self.seed + self.replicates - 1 > LARGEST:
            raise BadArgument(
                Argument("seed", self.seed), f"leaves no room for {self.replicates} replicates",
                allowed="0 .. 2^63-1, that of the last replicate too",
            )  # fmt: skip

    def __repr__(self) -> str:
        own = [f for f in fields(self) if f.name not in ("region", "regime")]
        usual = {f.name: f.default for f in own} | {"start": max(RECORDED, self.begin)}
        pairs = [(f.name, getattr(self, f.name)) for f in own]
        pairs = [(name, value) for name, value in pairs if value != usual[name]]
        words = [f"{name}={value!r}" for name, value in pairs if value or name not in _MANY]
        return f"Scenario({', '.join([repr(self.region), repr(self.regime), *words])})"

    @property
    def _set(self) -> Settings:
        return cast(Settings, self.settings)

    @property
    def opens(self) -> int:
        """Tick of the quarter in which the run starts."""
        return quarter_of("begin", self.begin)

    @property
    def first(self) -> int:
        """Tick of the first quarter recorded."""
        return quarter_of("start", self.start)

    @property
    def last(self) -> int:
        """Tick of the last quarter."""
        return quarter_of("end", self.end)

    @property
    def outlook(self) -> int:
        """Tick of the last quarter of which rules see titles and policy: horizon or last."""
        return quarter_of("horizon", self.horizon) if self.horizon else self.last

    @cached_property
    def texts(self) -> Texts:
        """The texts of the files that were read for it, by path: each file is read once."""
        return {}

    @cached_property
    def place(self) -> Region:
        """The region, loaded and checked."""
        with keeping(self.texts):
            return load_region(self.region)

    @cached_property
    def policy(self) -> Regime:
        """The regime with packages and settings, loaded and checked."""
        settings = [setting for setting in self.all_settings() if setting.of_policy]
        with about_policy(settings, self.switch):
            return self.policy_with(self.packages, tuple(setting.text for setting in settings))

    @cached_property
    def begins(self) -> Begin:
        """In which quarter the run starts and what is there then, checked against the regime."""
        return begin_of(self.opens, self.place, self.policy, self.values)

    @property
    def later(self) -> dict[str, Any]:
        """What can move a result of a run that starts later than in 2006Q1; else nothing."""
        return content_of(self.begins) if self.opens else {}

    def policy_with(self, packages: Sequence[str], settings: Sequence[str]) -> Regime:
        """Return the regime with other packages and settings of policy, at the same switch."""
        with keeping(self.texts):
            return load_regime(
                self.regime,
                packages=[Path(name) for name in packages],
                settings=settings,
                switch=self.switch,
            )

    def all_settings(self) -> tuple[Setting, ...]:
        """Return the settings one by one, in the order in which they are applied."""
        return self._set.all()

    @cached_property
    def values(self) -> dict[str, float | int | bool]:
        """The value of every parameter by its dotted name."""
        with about_policy(self._set.all(), self.switch):
            return parameter_values(self._set.texts())

    def check(self) -> None:
        """Load region, regime and parameters, and raise ``BadInput`` for whatever is wrong."""
        _ = self.values, self.policy, self.place, self.begins
        check_chains(self.place, self.values)
        if self.regime.startswith("design:") and quarter_of("switch", self.switch) > self.last:
            raise BadArgument(
                Argument("switch", self.switch, said=""),
                f"{self.regime} starts in {self.switch}, after the run ended: it would do nothing",
                allowed=f"a quarter up to {{end}} {self.end}",
            )
        _ = self._idle

    @cached_property
    def _idle(self) -> None:
        """Nothing, or ``BadInput`` for what does nothing; cached, as it takes a while."""
        check_idle(self)

    def content(self) -> dict[str, Any]:
        """Return all that can move a result but the seeds, in one canonical form.

        Packages, settings and the switch date are in it by what they do to policy and
        parameters; engine, record and replicates change no result and are not in it.
        """
        return {
            "region": rounded(region_content(self.place)),
            "regime": self.policy.content(),
            **self._own(),
        }

    def _own(self) -> dict[str, Any]:
        values = dict(self.values)
        ahead = {"horizon": self.horizon} if self.horizon else {}
        return {"parameters": values, "from": self.start, "to": self.end, **ahead, **self.later}

    @cached_property
    def content_hash(self) -> str:
        """Hash of the content: of scenarios that differ in nothing but seeds, the same."""
        own = {name: text_of(part) for name, part in self._own().items()}
        place, policy = _region_text(self.place), _regime_text(self.policy)
        return hash_of_parts({"region": place, "regime": policy, **own})

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
            "regime": self.policy.name,
            "package": ", ".join(Path(name).name for name in self.packages),
            "settings": self._set.texts(),
            **({} if self.opens == 0 else {"start": self.begin}),
            "from": self.start,
            "to": self.end,
            **({"horizon": self.horizon} if self.horizon else {}),
            "switch": self.switch,
            "seed": self.seed,
            "population_seed": self.population_seed,
            "replicates": self.replicates,
            "record": self.record,
            "engine": self.engine,
        }


_region_text = ByObject[str](lambda place: text_of(rounded(region_content(place))))
_regime_text = ByObject[str](lambda policy: text_of(policy.content()))
"""Parts of the content of a scenario as canonical JSON."""
