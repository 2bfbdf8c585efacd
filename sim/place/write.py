"""A region as a folder of hand-editable files, which `load_region` reads back."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sim.errors import BadInput
from sim.place.assemble import MUNICIPALITIES
from sim.place.description import FILE, POPULATION, SOURCES, UNITS
from sim.place.region import Municipality, NewChain, Region
from sim.place.settle import NEED
from sim.place.write_states import state_lines


def write_region(region: Region, folder: Path) -> None:
    """Write ``region.toml`` and four tables; the folder appears whole or not at all.

    Args:
        region: What to write.
        folder: A folder that does not exist yet or is empty.
    """
    write_folder(_files(region), folder)


def write_folder(
    files: Mapping[str, str], folder: Path, check: Callable[[Path], object] | None = None
) -> None:
    """Write texts by the names of their files; the folder appears whole or not at all.

    Args:
        files: What to write.
        folder: A folder that does not exist yet or is empty.
        check: Is called with the folder before it gets its name; what it raises is raised, and
            nothing is left.
    """
    check_folder(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        aside.chmod(0o755)
        for name, text in files.items():
            (aside / name).write_text(text, encoding="utf-8", newline="\n")
        if check is not None:
            check(aside)
        if folder.exists():
            folder.rmdir()
        aside.rename(folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def check_folder(folder: Path) -> None:
    """Refuse a folder that holds anything already, or a file of its name."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(str(folder), "exists and is not empty", allowed="a new or empty folder")


def _files(region: Region) -> dict[str, str]:
    found = region.municipalities
    usual = _usual(found, "preferred")
    own = any(m.preferred != usual for m in found)
    header = [*MUNICIPALITIES, *(["preferred"] if own else [])]
    codes = [m.code for m in found]
    return {
        FILE: _description(region, usual),
        "municipalities.csv": table(
            header, [[*_row(m), *([m.preferred] if own else [])] for m in found]
        ),
        "neighbours.csv": table(
            ["municipality", "neighbour"], [[codes[i], codes[j]] for i, j in region.neighbours]
        ),
        "districts.csv": _districts(found),
        "shares.csv": table(
            ["municipality", *region.insurers], [[m.code, *m.shares] for m in found]
        ),
    }


def _row(m: Municipality) -> list[Any]:
    return [
        m.code, m.name, m.subregion, m.population, _percent(m.share_65),
        m.area_km2, m.urbanity, m.lat, m.lon,
    ]  # fmt: skip


def _percent(share: float) -> float:
    """Return percent that are read as this share."""
    percent = round(share * 100, 10)
    return percent if percent / 100 == share else share * 100


def _districts(found: tuple[Municipality, ...]) -> str:
    """Return the table of districts, with what is known of their need where it is of any."""
    header = ["municipality", "name", "population", "x_km", "y_km", "radius_km"]
    every = [d for m in found for d in m.districts]
    known = [
        any(getattr(d, name) is not None for d in every) for name in ("share_65", "low_income")
    ]
    rows = []
    for m in found:
        for d in m.districts:
            need = [
                "" if share is None else _percent(share)
                for share, has in zip((d.share_65, d.low_income), known, strict=True) if has
            ]  # fmt: skip
            rows.append([m.code, d.name, d.population, d.x, d.y, d.radius, *need])
    return table(header + [name for name, has in zip(NEED, known, strict=True) if has], rows)


def table(header: list[str], rows: list[list[Any]]) -> str:
    """Return the text of a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def _usual(found: tuple[Municipality, ...], name: str) -> Any:
    """Return the value of a field that most municipalities have."""
    return Counter(getattr(m, name) for m in found).most_common(1)[0][0]


def _description(region: Region, preferred: str) -> str:
    """Return the text of ``region.toml``."""
    columns = {f"{table}.{c}": unit for table, some in UNITS.items() for c, unit in some.items()}
    subjects = {name: region.source for name in SOURCES} | {
        name: text for name, text in region.sources.items() if name not in columns
    }
    lines = [
        f"name = {quoted(region.name)}",
        f"title = {quoted(region.title)}",
        f"source = {quoted(region.source)}",
        "# Latitude and longitude (degrees) of the point where x_km and y_km are 0.",
        f"origin = [{float(region.origin[0])!r}, {float(region.origin[1])!r}]",
        "",
        "[sources]",
        *(f"{quoted(name)} = {quoted(text)}" for name, text in subjects.items()),
        "",
        "[columns.municipalities]",
    ]
    columns[".".join(POPULATION)] = f"inhabitants on 1 January {region.year}"
    for name, unit in columns.items():
        source = quoted(region.sources.get(name, region.source))
        lines.append(f"{name.split('.')[1]} = {{ unit = {quoted(unit)}, source = {source} }}")
    lines += [
        "",
        "# Market shares stand in shares.csv; without that file national ones, times tilt for",
        "# the preferred insurer: add a line such as tilt = 1.5 here.",
        "[insurers]",
        f"preferred = {quoted(preferred)}",
        "",
        "# Trust at the start, a share in 0..1.",
        "[trust]",
        *_trust(region.municipalities),
    ]
    for m in region.municipalities:
        for hub in m.hubs:
            lines += [
                "",
                "[[hubs]]",
                f"municipality = {quoted(m.code)}",
                f"district = {quoted(m.districts[hub.district].name)}",
                f"origin = {quoted(hub.origin)}",
                f"source = {quoted(hub.source)}",
            ]
    for area in region.areas:
        codes = [quoted(region.municipalities[m].code) for m in area.municipalities]
        lines += [
            "",
            "[[areas]]",
            f"kind = {quoted(area.kind)}",
            f"name = {quoted(area.name)}",
            f"municipalities = [{', '.join(codes)}]",
            f"source = {quoted(area.source)}",
        ]
    for chain in region.chains:
        lines += _chain(chain)
    lines += state_lines(region)
    return "\n".join(lines) + "\n"


def _chain(chain: NewChain) -> list[str]:
    return [
        "",
        "[[chains]]",
        f"name = {quoted(chain.name)}",
        f"group = {quoted(chain.group)}",
        f"prevalence = {float(chain.prevalence)!r}",
        f"from = {chain.begins}",
        f"until = {chain.grown}",
        f"inclusion = {float(chain.inclusion)!r}",
        f"source = {quoted(chain.source)}",
    ]


def _trust(found: tuple[Municipality, ...]) -> list[str]:
    usual = _usual(found, "trust")
    lines = [f"default = {float(usual)!r}"]
    if any(m.trust != usual for m in found):
        lines += ["", "[trust.municipalities]"]
        lines += [f"{quoted(m.code)} = {float(m.trust)!r}" for m in found if m.trust != usual]
    return lines


def quoted(text: str) -> str:
    """Return a TOML basic string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
