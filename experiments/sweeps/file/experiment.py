"""An experiment file: what is asked, what is varied, what is recorded. TOML, checked at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, Field

from experiments.runs.quarters import FIRST, QUARTERS, RECORDED, quarter_name
from experiments.runs.scenario import Scenario
from experiments.runs.values import Setting, value_of
from experiments.sweeps.file.design import Design, make_design
from experiments.sweeps.file.factor_table import DEEPEST, read_factors
from experiments.sweeps.file.factors import Factor
from experiments.sweeps.file.mapping import as_tables
from experiments.sweeps.file.names import check_names
from experiments.sweeps.file.shipped import find_experiment
from sim.errors import BadInput, nearest
from sim.measure.outcomes import NAMES
from sim.policy.design import PREFIX
from sim.policy.load import is_regime_file
from sim.policy.read import read_toml, take_table, validate
from sim.policy.values import Strict, Text
from sim.reading.dates import parse_date, tick_of
from sim.reading.texts import Texts, keeping

SCHEMA = 1
"""Version of the form of experiment files."""
RECORDS = ("yearly", "quarterly")
SCOPES = ("all", "municipalities")
MOST_RUNS = 10_000_000
NAME_LENGTH = 60


class Head(Strict):
    """The top of an experiment file."""

    name: Text
    question: Text
    text: str = ""


class RunsTable(Strict):
    """``[runs]``: where, under what, from when to when, how often.

    ``begin`` is the quarter in which runs start, ``start`` the first that is recorded.
    """

    model_config = ConfigDict(populate_by_name=False)

    regions: list[str]
    regimes: list[str]
    packages: list[list[str]] = [[]]
    begin: str = Field(FIRST, alias="start")
    start: str = Field("", alias="from")
    end: str = Field("2030Q4", alias="to")
    switch: str = "2018Q1"
    replicates: int = 1
    seed: int = 1
    population_seed: int | None = None


class RecordTable(Strict):
    """``[record]``: what of each run is kept."""

    when: str = "yearly"
    scopes: str = "all"
    outcomes: list[str] | None = None


_TABLES = ("runs", "record", "constants", "levers", "uncertainties", "design")


@dataclass(frozen=True)
class Experiment:
    """An experiment, checked as far as it can be without its regions and regimes."""

    path: Path
    name: str
    question: str
    text: str
    regions: tuple[str, ...]
    regimes: tuple[str, ...]
    packages: tuple[tuple[str, ...], ...]
    runs: dict[str, Any]
    record: str
    scopes: str
    outcomes: tuple[str, ...]
    constants: tuple[Setting, ...]
    factors: tuple[Factor, ...]
    design: Design
    raw: dict[str, Any]
    texts: Texts

    def scenario(
        self,
        region: str,
        regime: str,
        packages: tuple[str, ...],
        settings: tuple[Setting, ...] = (),
    ) -> Scenario:
        """Return one of its scenarios, with the constants and ``settings`` set.

        All share the texts of files, which are read once for the whole experiment.
        """
        keys = dict(self.runs)
        if not regime.startswith(PREFIX):
            keys.pop("switch")  # it is of the designs beside this regime
        found = Scenario(
            region=region, regime=regime, packages=packages,
            settings=(*self.constants, *settings), record=self.record, **keys,
        )  # fmt: skip
        found.__dict__["texts"] = self.texts
        return found


def read_experiment(given: Path | str | Mapping[str, Any]) -> Experiment:
    """Return the experiment in a TOML file, the shipped one of that name, or one in a mapping.

    A mapping holds what a file would; paths in it start from the current folder.

    Raises:
        BadInput: a key, value or name in it cannot be used; the text names file and key.
    """
    texts: Texts = {}
    with keeping(texts):
        if isinstance(given, Mapping):
            return _experiment(Path("experiment"), as_tables(given), texts)
        path = find_experiment(given)
        return _experiment(path, read_toml(path), texts)


def _experiment(path: Path, raw: dict[str, Any], texts: Texts) -> Experiment:
    """Return what the tables of a file say, checked; ``texts`` holds the files that it names."""
    where = str(path)
    whole = dict(raw)
    schema = raw.pop("schema", SCHEMA)
    if schema != SCHEMA or type(schema) is not int:
        raise BadInput(f"{where}: schema", f"{schema!r} is unknown", allowed=f"{SCHEMA}")
    tables = {name: take_table(raw, name, where) for name in _TABLES}
    for key in raw:
        if key not in ("name", "question", "text"):
            known = ["schema", "name", "question", "text", *_TABLES]
            raise BadInput(
                f"{where}: {key}", "unknown key", allowed=", ".join(known),
                nearest=nearest(key, known),
            )  # fmt: skip
    head = validate(Head, raw, where)
    if len(head.name) > NAME_LENGTH or not head.name.isprintable():
        problem = "is too long" if head.name.isprintable() else f"{head.name!r} is no name"
        raise BadInput(f"{where}: name", problem, allowed=f"up to {NAME_LENGTH} characters, a line")
    runs = _runs(tables["runs"], where)
    record = _record(tables["record"], where)
    constants = _constants(tables["constants"], where)
    factors = (
        *read_factors(tables["levers"], "lever", f"{where}: levers"),
        *read_factors(tables["uncertainties"], "uncertainty", f"{where}: uncertainties"),
    )
    design, factors = make_design(tables["design"], factors, path)
    check_names(factors, constants)
    return Experiment(
        path, head.name, head.question, head.text,
        tuple(runs.regions), _regimes(runs.regimes, path), _packages(runs.packages, path),
        _scenario_keys(runs, f"{where}: runs"), record.when, record.scopes,
        tuple(record.outcomes or NAMES), constants, factors, design, whole, texts,
    )  # fmt: skip


def _runs(raw: dict[str, Any], where: str) -> RunsTable:
    if not raw:
        raise BadInput(
            f"{where}: runs", "is missing", allowed="a table [runs] with regions, regimes"
        )
    packages = raw.get("packages")
    if isinstance(packages, list) and any(isinstance(one, str) for one in packages):
        raise BadInput(
            f"{where}: runs.packages", "does not fit: each entry is a list of files",
            allowed='a list of lists, such as [[], ["mine.toml"]]',
        )  # fmt: skip
    runs = validate(RunsTable, raw, f"{where}: runs", ".")
    if "switch" in raw and not any(name.startswith(PREFIX) for name in runs.regimes):
        raise BadInput(
            f"{where}: runs.switch", "does nothing: no regime is a design",
            allowed="beside a regime design:BUNDLING/ROUTE/UNIT",
        )  # fmt: skip
    for key in ("regions", "regimes", "packages"):
        many = getattr(runs, key)
        if not many:
            raise BadInput(f"{where}: runs.{key}", "is empty", allowed="one or more")
        for place, one in enumerate(many):
            if one in many[:place]:
                raise BadInput(f"{where}: runs.{key}", f"{one!r} occurs twice", allowed="each once")
    return runs


def _scenario_keys(runs: RunsTable, where: str) -> dict[str, Any]:
    """Return what all scenarios share; quarters always as ``2019Q1``, however they are written."""

    def quarter(text: str, key: str) -> str:
        return quarter_name(tick_of(parse_date(text, f"{where}.{key}", QUARTERS)))

    begin = quarter(runs.begin, "start")
    later = {} if begin == FIRST else {"begin": begin}
    return {
        **later,
        "start": quarter(runs.start or max(RECORDED, begin), "from"),
        "end": quarter(runs.end, "to"),
        "switch": quarter(runs.switch, "switch"),
        "replicates": runs.replicates,
        "seed": runs.seed,
        "population_seed": runs.population_seed,
    }


def _regimes(regimes: list[str], path: Path) -> tuple[str, ...]:
    """Return regimes; the path of a file of one's own starts from the experiment's folder."""
    return tuple(str(path.parent / one) if is_regime_file(one) else one for one in regimes)


def _packages(packages: list[list[str]], path: Path) -> tuple[tuple[str, ...], ...]:
    """Return packages with paths that start from the experiment file's folder."""
    return tuple(tuple(str(path.parent / one) for one in many) for many in packages)


def _record(raw: dict[str, Any], where: str) -> RecordTable:
    record = validate(RecordTable, raw, f"{where}: record", ".")
    for key, value, known in (
        ("when", record.when, RECORDS),
        ("scopes", record.scopes, SCOPES),
    ):
        if value not in known:
            raise BadInput(
                f"{where}: record.{key}", f"{value!r} is unknown", allowed=", ".join(known),
                nearest=nearest(value, known),
            )  # fmt: skip
    chosen = record.outcomes
    if chosen is not None and not chosen:
        raise BadInput(f"{where}: record.outcomes", "is empty", allowed="names of outcomes")
    for place, name in enumerate(chosen or ()):
        if name not in NAMES:
            raise BadInput(
                f"{where}: record.outcomes", f"{name!r} is unknown",
                allowed="what `regiosim outcomes` lists", nearest=nearest(name, NAMES),
            )  # fmt: skip
        if name in (chosen or ())[:place]:
            raise BadInput(f"{where}: record.outcomes", f"{name!r} occurs twice", allowed="once")
    return record


def _constants(raw: dict[str, Any], where: str) -> tuple[Setting, ...]:
    found = []
    for name, value in _flat(raw, ""):
        if type(value) not in (bool, int, float, str) and not hasattr(value, "isoformat"):
            raise BadInput(
                f"{where}: constants.{name}",
                "is a table" if isinstance(value, dict) else f"{value!r} cannot be set",
                allowed="a number, a text, true or false",
            )  # fmt: skip
        if isinstance(value, str) and not isinstance(value_of(value), str):
            raise BadInput(
                f"{where}: constants.{name}",
                f"{value!r} is a text",
                allowed=f"{value} without quotes",
            )
        found.append(Setting(name, value.isoformat() if hasattr(value, "isoformat") else value))
    return tuple(found)


def _flat(table: dict[str, Any], above: str) -> list[tuple[str, Any]]:
    """Return nested tables as dotted names: ``[constants] choice.money = 1`` is choice.money."""
    found = []
    for key, value in table.items():
        name = f"{above}{key}"
        deeper = isinstance(value, dict) and name.count(".") < DEEPEST
        found += _flat(value, f"{name}.") if deeper else [(name, value)]
    return found
