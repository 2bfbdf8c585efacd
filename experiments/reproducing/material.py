"""What a manifest holds of the files that were used, laid out as files again.

Manifests of earlier versions hold less: a region that comes along is taken from this program, one
of a user's own from where it was, and what is then run is compared with the recorded content.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from results.store.folder import to_json
from results.store.manifests import StoreRefused


def rules_of(about: Mapping[str, Any], folder: Path) -> Path | None:
    """Write the file of rules that a manifest holds, and return where; None without one."""
    own = about.get("rules_file")
    return None if not own else _written(folder / "rules" / _plain(own["file"]), own["text"])


def region_of(about: Mapping[str, Any], name: str, folder: Path, home: Path) -> str:
    """Return the region that was called ``name``, as a folder of its recorded files.

    Args:
        about: the manifest.
        name: as it was asked for.
        folder: where its files are written.
        home: where a folder of an earlier manifest is looked for.

    Raises:
        StoreRefused: the manifest does not hold its files, and it is not here either.
    """
    if name == "synthetic" or name.startswith("synthetic:"):
        return name
    for place, entry in enumerate(about.get("regions") or []):
        if entry["region"] == name and entry["files"]:
            target = folder / f"region-{place + 1}"
            for one in entry["files"]:
                _written(target / _plain(one["file"]), one["text"])
            return str(target)
    from sim.place.load import region_names  # not before the rules are chosen

    found = home / name
    if name in region_names():
        return name
    if not found.is_dir():
        raise StoreRefused(
            f"cannot be repeated: the manifest, of an earlier version, does not hold the files of "
            f"the region {name!r}, and there is no such folder here. Put it there, as it was."
        )
    return str(found)


def regime_of(about: Mapping[str, Any], name: str, folder: Path) -> str:
    """Return the regime that was called ``name``: as a file where it was one of a user's own."""
    for place, entry in enumerate(about.get("regime_files") or [], 1):
        if name == entry["name"] or Path(name).name == entry["file"]:
            return str(_written(folder / f"regime-{place}" / _plain(entry["file"]), entry["text"]))
    return name


def packages_of(about: Mapping[str, Any], folder: Path) -> list[str]:
    """Write the packages that a manifest holds, in its order, and return where."""
    return [
        str(_written(folder / f"package-{place}" / _plain(one["file"]), one["text"]))
        for place, one in enumerate(about.get("packages") or [], 1)
    ]


def scenario_arguments(
    about: Mapping[str, Any], folder: Path, home: Path, engine: str | None
) -> dict[str, Any]:
    """Return the arguments of ``Scenario`` for the run of a manifest, its files in ``folder``."""
    asked = about["scenario"]
    return {
        "region": region_of(about, asked["region"], folder, home),
        "regime": regime_of(about, asked["regime"], folder),
        "packages": packages_of(about, folder),
        "settings": list(asked["settings"]),
        "begin": asked.get("start", "2006Q1"),
        "start": asked["from"], "end": asked["to"], "switch": asked["switch"],
        "seed": asked["seed"], "population_seed": asked["population_seed"],
        "replicates": asked["replicates"], "record": asked["record"],
        "horizon": asked.get("horizon", ""),
        "engine": engine or asked["engine"],
    }  # fmt: skip


def experiment_tables(about: Mapping[str, Any], folder: Path, home: Path) -> dict[str, Any]:
    """Return the experiment of a sweep's manifest as its file held it, with files in ``folder``.

    Raises:
        StoreRefused: a file that it names is not in the manifest.
    """
    file = about.get("experiment_file") or {}
    if "text" in file:
        tables = _tables(file["text"])
    else:
        tables = json.loads(to_json(about["experiment"]))
    runs = tables.get("runs")
    if not isinstance(runs, dict) or not all(
        isinstance(runs.get(key), list) for key in ("regions", "regimes")
    ):
        raise StoreRefused(
            "cannot be repeated: the experiment in manifest.json has no table runs with regions "
            "and regimes: the manifest was edited."
        )
    runs["regions"] = [region_of(about, str(name), folder, home) for name in runs["regions"]]
    runs["regimes"] = [regime_of(about, str(name), folder) for name in runs["regimes"]]
    if any(runs.get("packages") or []):
        runs["packages"] = _packages(about, runs["packages"], folder)
    if "file" in tables.get("design", {}):
        if "points" not in file:
            raise StoreRefused(
                "cannot be repeated: the manifest, of an earlier version, does not hold the points "
                f"of {tables['design']['file']}."
            )
        tables["design"]["file"] = str(_written(folder / "points.csv", file["points"]["text"]))
    return tables


def _tables(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise StoreRefused(
            f"cannot be repeated: experiment_file.text in manifest.json is not TOML: {error}."
        ) from None


def _packages(about: Mapping[str, Any], wanted: list[list[str]], folder: Path) -> list[list[str]]:
    """Return lists of packages as an experiment has them, each as a file that is there."""
    places = packages_of(about, folder)
    known = {
        str(entry.get("path", entry["file"])): place
        for entry, place in zip(about["packages"], places, strict=True)
    }
    by_file = {entry["file"]: place for entry, place in zip(about["packages"], places, strict=True)}
    found = []
    for names in wanted:
        chosen = [known.get(str(Path(n)), by_file.get(Path(n).name)) for n in names]
        if None in chosen:
            lost = names[chosen.index(None)]
            raise StoreRefused(f"cannot be repeated: the package {lost} is not in the manifest.")
        found.append([str(one) for one in chosen])
    return found


def _plain(name: str) -> str:
    """Return the name of a file without any folder: a manifest writes only where it should."""
    return Path(name.replace("\\", "/")).name or "file"


def _written(target: Path, text: str) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
    return target
