"""A run that goes on from where those of a folder stopped: what it is, and what comes before."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from experiments.reproducing.material import scenario_arguments
from experiments.reproducing.parting import Sides, check_past
from experiments.runs.arguments import Argument, BadArgument
from experiments.runs.identity import rules_hash
from experiments.runs.idle import SWITCH
from experiments.runs.past import Past, past_in, read_arrays
from experiments.runs.quarters import quarter_of
from experiments.runs.scenario import Scenario
from experiments.runs.settings import Settings
from experiments.runs.start import starts_of
from experiments.runs.states import digest_of
from experiments.runs.values import Setting
from experiments.runs.version import VERSION
from results.store.manifests import MANIFEST, RUN, StoreRefused
from results.store.reading import manifest
from sim.engines.compiled import Recording
from sim.engines.shared import said
from sim.place.load import region_names
from sim.place.national import SHIPPED
from sim.policy.design import PREFIX

_FIXED = ("begin", "start", "seed", "population_seed", "record", "engine")
"""Arguments of a scenario in which a run cannot differ from its base."""


class Branch(NamedTuple):
    """A run that goes on: its scenario, that of the whole run, and its past."""

    scenario: Scenario
    past: Past


def branch_of(folder: str, given: Mapping[str, Any]) -> Branch:
    """Return a run that goes on from the states that a folder keeps.

    Args:
        folder: of a run that kept its states.
        given: arguments of ``Scenario`` by name, in the place of those of the base; settings and
            packages stand beside those of the base, and a setting in the place of one of its name.
            With ``horizon`` the run keeps its states in turn; empty: with that of the base.

    Raises:
        BadInput: it is not the same run as its base up to there, or cannot be run at all.
        StoreRefused: the folder is damaged, keeps no states, or is of other rules.
    """
    about = _about(folder)
    arrays = read_arrays(Path(folder))
    with tempfile.TemporaryDirectory(prefix="regiosim-") as name:
        asked = scenario_arguments(about, Path(name), Path.cwd(), None)
        base = Scenario(**asked)
        if base.content_hash != about["content"]:
            raise StoreRefused(
                f"{Path(folder) / MANIFEST} was edited: what it holds of region, regime and values "
                "is not what was run. Run the base again with --keep-state."
            )
        scenario = Scenario(**_arguments(asked, about, given))
        _lend(scenario, base, about, given)
        _check_same(folder, base, scenario)
        scenario.check()
    starts = starts_of([base, scenario])
    if digest_of(starts[0]) != about["state"]["start"]:
        raise StoreRefused(
            f"{folder} was run where a run begins with other last bits: on another machine, or "
            "with other versions of what it needs. Run the base again with --keep-state."
        )
    two = said(starts)
    check_past(folder, Sides(base, scenario, (two[0], two[1])))
    recording = Recording(base.first, base.last, True, base.record == "yearly")
    told = {"run": about["id"], "after": base.end}
    read = two[1].known[base.last]
    return Branch(scenario, past_in(arrays, starts[1], recording, read, told))


def _about(folder: str) -> dict[str, Any]:
    """Return the manifest of a folder whose states these rules can take up."""
    if not Path(folder).is_dir():
        raise BadArgument(
            Argument("base", folder, said=""), "is no folder", allowed="the folder of a base"
        )
    about = manifest(folder)
    if about.get("kind") != RUN or "state" not in about:
        raise BadArgument(
            Argument("base", folder, said=""), "keeps no state to go on from",
            allowed="the folder of a run that was made with --keep-state",
        )  # fmt: skip
    known = about["versions"].get("regiosim")
    if known != VERSION:
        raise StoreRefused(
            f"{folder} was run with version {known} of regiosim, this is {VERSION}: no run can go "
            "on from it here. Run the base again with --keep-state."
        )
    if about["rules"] != rules_hash():
        raise StoreRefused(
            f"{folder} was run with other rules ({about['rules']}, here {rules_hash()}): no run "
            "can go on from it here. Run the base again with --keep-state, and without --rules."
        )
    return about


def _arguments(
    asked: Mapping[str, Any], about: Mapping[str, Any], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the arguments of the run that goes on; files are called as they were called."""
    own = tuple(Setting.read(text) for text in given.get("settings", ()))
    names = {setting.key for setting in own}
    before = [one for one in Settings(asked["settings"]).all() if one.key not in names]
    packages = [one["path"] for one in about["packages"]]
    keeps = "horizon" in given
    if keeps and not given["horizon"] and "end" in given:
        _leave_some(str(given["end"]), str(asked["horizon"]))
    arguments: dict[str, Any] = {
        **asked, "region": about["scenario"]["region"], "end": asked["horizon"], **given,
        "horizon": (given["horizon"] or asked["horizon"]) if keeps else "",
        "settings": (*before, *own), "packages": (*packages, *given.get("packages", ())),
    }  # fmt: skip
    if "begin" in given and "start" not in given:
        arguments["start"] = ""  # what is wrong is the start, not what is recorded
    if "switch" not in given and not str(arguments["regime"]).startswith(PREFIX):
        arguments["switch"] = SWITCH
    return arguments


def _leave_some(end: str, horizon: str) -> None:
    """Refuse states that leave nothing, where the horizon is that of the base."""
    if quarter_of("end", end) >= quarter_of("horizon", horizon):
        raise BadArgument(
            Argument("end", end),
            f"leaves nothing to go on with: the horizon of the base is {horizon}",
            allowed=f"a quarter before {horizon}",
        )  # fmt: skip


def _lend(
    scenario: Scenario, base: Scenario, about: Mapping[str, Any], given: Mapping[str, Any]
) -> None:
    """Let a scenario read the files that the manifest of its base holds, under their names."""
    for one in about["packages"]:
        scenario.texts[str(Path(one["path"]))] = one["text"]
    if "region" in given:
        return
    name = scenario.region
    home = SHIPPED / name if name in region_names() else Path(name)
    for one in about["regions"][0]["files"]:
        scenario.texts[str(home / one["file"])] = one["text"]
    scenario.__dict__["place"] = base.place


def _check_same(folder: str, base: Scenario, scenario: Scenario) -> None:
    """Refuse what no run that goes on can have otherwise than its base."""
    for name in _FIXED:
        value, known = getattr(scenario, name), getattr(base, name)
        if value != known:
            allowed = "that of the base: leave it out"
            if known is not None:
                allowed = f"{known}, that of the base: leave it out"
            raise BadArgument(
                Argument(name, value, said=str(value)),
                f"is not that of {folder}, from which this run goes on", allowed=allowed,
            )  # fmt: skip
    if scenario.replicates > base.replicates:
        raise BadArgument(
            Argument("replicates", scenario.replicates),
            f"are more than {folder} has, from which they go on",
            allowed=f"1 .. {base.replicates}",
        )
    if scenario.last <= base.last:
        raise BadArgument(
            Argument("end", scenario.end, said=scenario.end),
            f"is not after {base.end}, up to which {folder} was run", allowed=base.horizon,
        )  # fmt: skip
    if scenario.outlook != base.outlook:
        name, value = ("horizon", scenario.horizon) if scenario.horizon else ("end", scenario.end)
        raise BadArgument(
            Argument(name, value, said=value),
            f"is not the last quarter of runs that {folder} is the first part of, which it knew",
            allowed=f"{base.horizon}, or a base with {{horizon}} {value}",
        )
