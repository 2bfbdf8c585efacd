"""New chains of care that a region adds to those that are parameters: read, checked, as rows."""

from __future__ import annotations

import math
from collections.abc import Mapping

from agents.care import DECLARED_CHAINS, ChainRow, declared_chain
from agents.words import Group
from sim.errors import BadInput
from sim.place.region import NewChain, Region
from sim.place.sheet import Sheet

ROUNDED = 1.0 + 1e-9
"""Shares that add up to no more than this add up to one, but for their last digit."""


def chains_of(sheet: Sheet) -> tuple[NewChain, ...]:
    """Return the chains that ``region.toml`` gives, each of another name.

    Raises:
        BadInput: a name stands twice or is that of a parameter, or a chain has grown before it
            begins.
    """
    found: list[NewChain] = []
    taken: set[str] = set()
    for k, one in enumerate(sheet.text.chains):
        name, key = _plain(one.name), f"chains.{k}"
        if name in DECLARED_CHAINS:
            raise BadInput(
                sheet.key(f"{key}.name"), f"{one.name!r} comes with the program",
                allowed=f"another name, or chain.{name}.prevalence set in place of this block",
            )  # fmt: skip
        if name in taken:
            raise BadInput(
                sheet.key(f"{key}.name"), f"{one.name!r} appears twice", allowed="each name once"
            )
        taken.add(name)
        if one.until < one.begins:
            raise BadInput(
                sheet.key(f"{key}.until"), f"{one.until} is before from {one.begins}",
                allowed=f"a year from {one.begins} on",
            )  # fmt: skip
        found.append(
            NewChain(
                name=one.name,
                group=one.group,
                prevalence=one.prevalence,
                begins=one.begins,
                grown=one.until,
                inclusion=one.inclusion,
                source=one.source,
            )
        )
    return tuple(found)


def chain_row(chain: NewChain) -> ChainRow:
    """Return a chain as the table of chains has it."""
    group = Group.of(chain.group)
    return ChainRow(group, chain.prevalence, chain.begins, chain.grown, chain.inclusion)


def check_chains(region: Region, values: Mapping[str, float | int | bool]) -> None:
    """Refuse chains of a region that cannot be beside the parameters of a run.

    Raises:
        BadInput: nobody has the condition of a group which a chain of the region joins, or a
            group and all that joins it are more than everybody.
    """
    if not values["demand.chains"]:
        return
    rows = {name: declared_chain(values, name) for name in DECLARED_CHAINS}
    rows |= {chain.name: chain_row(chain) for chain in region.chains}
    for group in dict.fromkeys(chain.group for chain in region.chains):
        key, code = f"group.{group}.prevalence", Group.of(group)
        own = float(values[key])
        joined = {name: row.prevalence for name, row in rows.items() if row.group == code}
        where = f"region {region.name}, key chains"
        if own <= 0.0:
            raise BadInput(
                where, f"nobody has {group}, whose programme is to serve {_listed(region, group)}",
                allowed=f"{key} above 0, chains of other groups, or demand.chains=false",
            )  # fmt: skip
        total = math.fsum([own, *joined.values()])
        if total > ROUNDED:
            parts = ", ".join(
                f"{name} {share:g}" for name, share in ({group: own} | joined).items()
            )
            raise BadInput(
                where, f"shares of patients in group {group} add up to {total:.10g}: {parts}",
                allowed="at most 1 together",
            )  # fmt: skip


def said(chain: NewChain) -> str:
    """Return a chain in a few words."""
    return (
        f"{chain.name} ({chain.group}: {chain.prevalence:g} of patients, "
        f"{chain.inclusion:g} of them from {chain.begins} to {chain.grown})"
    )


def _listed(region: Region, group: str) -> str:
    return ", ".join(repr(chain.name) for chain in region.chains if chain.group == group)


def _plain(name: str) -> str:
    """Return a name as it is compared with others: without capitals and needless spaces."""
    return " ".join(name.casefold().split())
