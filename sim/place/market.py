"""Insurers' market shares in a region: a table, or national ones with a preferred insurer."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from agents.sizes import INSURERS
from sim.errors import BadInput
from sim.place.national import national_insured, nearest_insurer, normalised, tilted_shares
from sim.place.region import Municipality
from sim.place.sheet import Sheet
from sim.place.table import read_table


def with_shares(
    sheet: Sheet, found: list[Municipality]
) -> tuple[tuple[str, ...], list[Municipality]]:
    """Return the insurers and the municipalities with their market shares."""
    said = sheet.text.insurers
    path = sheet.folder / "shares.csv"
    shares: dict[int, tuple[float, ...]] = {}
    insured: dict[str, float] = {}
    if path.exists():
        for key in ("tilt", "insured_million"):
            if getattr(said, key) is not None:
                raise BadInput(sheet.key(f"insurers.{key}"), "has no use beside shares.csv")
        insurers, shares = _table_of_shares(sheet, path)
    else:
        insured = said.insured_million or national_insured()
        insurers = tuple(insured)
        if said.tilt is None:
            raise BadInput(
                sheet.key("insurers.tilt"), "is missing", allowed="a number above 0, or shares.csv"
            )
    if len(insurers) > INSURERS:
        raise BadInput(
            sheet.key("insurers"), f"names {len(insurers)} insurers", allowed=f"at most {INSURERS}"
        )
    for row, m in zip(sheet.rows, found, strict=True):
        if m.preferred not in insurers:
            own = bool(row.cells.get("preferred"))
            raise BadInput(
                row.at("preferred") if own else sheet.key("insurers.preferred"),
                f"unknown insurer {m.preferred!r}",
                allowed=", ".join(insurers),
                nearest=nearest_insurer(m.preferred, insurers),
            )
    tilt = said.tilt or 1.0
    return insurers, [
        replace(m, shares=shares[i] if shares else tilted_shares(insured, m.preferred, tilt))
        for i, m in enumerate(found)
    ]


def _table_of_shares(
    sheet: Sheet, path: Path
) -> tuple[tuple[str, ...], dict[int, tuple[float, ...]]]:
    header, rows = read_table(path, ("municipality",), None)
    insurers = tuple(name for name in header if name != "municipality")
    shares: dict[int, tuple[float, ...]] = {}
    for row in rows:
        at = row.code("municipality", sheet.codes)
        if at in shares:
            raise BadInput(row.at("municipality"), f"{row.cells['municipality']!r} appears twice")
        values = [row.number(name, 0, 1) for name in insurers]
        total = math.fsum(values)
        if abs(total - 1) > 1e-6:
            raise BadInput(
                f"{path} line {row.line}", f"shares add up to {total:g}", allowed="a sum of 1"
            )
        shares[at] = tuple(values) if abs(total - 1) <= 1e-12 else normalised(values)
    for code, at in sheet.codes.items():
        if at not in shares:
            raise BadInput(str(path), f"municipality {code!r} is missing", allowed="every code")
    return insurers, shares
