"""A region of a lesson: its description, its layout, and the block with its tables."""

from __future__ import annotations

import hashlib
import json
from typing import Any, NamedTuple

from experiments.classroom.offered import Offer, ground, offers
from experiments.classroom.patches import Cells, Value
from experiments.classroom.tables import (
    AHEAD,
    BUFFERS,
    DATED,
    Block,
    described,
    offsets_of,
    shape_of,
    solid,
    stored,
)
from experiments.classroom.words import title_of
from sim.scratch import Scratch
from sim.tables import Tables


class Bundled(NamedTuple):
    """A region as a lesson holds it: description for the page, deflated block, its offers."""

    description: dict[str, Any]
    block: bytes
    offers: dict[str, dict[str, Offer]]


def ahead(table: str, column: str) -> int:
    """Return how many quarters ahead a quarter reads a column of a dated table."""
    return AHEAD.get(f"{table}.{column}", AHEAD[table])


def column_at(table: str, place: int) -> str:
    """Return the column in which a byte of a row lies."""
    return max((at, name) for name, at in offsets_of(table).items() if at <= place)[1]


def acts_from(offer: Offer, start: Tables) -> int:
    """Return the first quarter that may run otherwise by a lever; 0: from the start on."""
    ticks: list[int] = []
    for cells in offer.patch.cells():
        if cells.table not in DATED:
            return 0
        table = getattr(start, cells.table)
        wide = table.nbytes // len(table)
        column = column_at(cells.table, cells.offset % table.itemsize)
        ticks.append(cells.offset // wide - ahead(cells.table, column))
    return max(0, min(ticks))


def past_of(start: Tables, fork: int) -> str:
    """Return a word that regimes share whose runs are the same before quarter ``fork``.

    All that is read before: tables of the start, and of dated ones as far as quarters read ahead.
    """
    digest = hashlib.sha256()
    for name, table in zip(Tables._fields, start, strict=True):
        if name in BUFFERS or isinstance(table, Scratch):
            continue
        content = solid(table)
        if name in DATED:
            for column in content.dtype.names or ():
                content[column][fork + ahead(name, column) :] = 0
        digest.update(f"{name} {shape_of(table)}".encode())
        digest.update(content.tobytes())
    return digest.hexdigest()[:16]


def bundle(region: str, regimes: list[str]) -> Bundled:
    """Return a region with its tables under these regimes, and what levers do to them.

    Raises:
        BadInput: the region is unknown or cannot be used.
    """
    block = Block()
    scenario = ground(region, regimes[0]).scenario
    layout = described(scenario)
    found = offers(region, regimes)
    starts = {name: ground(region, name).start for name in regimes}
    first = {
        name: {lever: acts_from(offer, starts[name]) for lever, offer in levers.items()}
        for name, levers in found.items()
    }
    # Late enough to share much, and before anything that a dated lever moves.
    fork = min((tick for ticks in first.values() for tick in ticks.values() if tick), default=0)
    # In a run-down that waits for a contract quarters look ahead without a limit.
    fork = min([fork, *(int(start.tariffs["run_down"].min()) for start in starts.values())])
    patches: dict[str, int] = {}
    layout["regimes"] = {
        name: {
            **stored(start, block),
            "past": past_of(start, fork),
            "levers": {
                lever: [_number(patches, offer), offer.value, first[name][lever] < fork]
                for lever, offer in found[name].items()
            },
        }
        for name, start in starts.items()
    }
    layout["patches"] = [json.loads(text) for text in patches]
    layout["fork"] = fork
    place, table = scenario.place, starts[regimes[0]].municipalities
    description = {
        "name": place.name,
        "title": title_of(place),
        "source": place.source,
        "insured": place.population,
        "municipalities": [
            {"row": row, "id": int(table["id"][row]), "name": m.name, "x": round(m.x, 3),
             "y": round(m.y, 3), "insured": m.population}
            for row, m in enumerate(place.municipalities)
        ],
        "insurers": [{"row": row, "name": name} for row, name in enumerate(place.insurers)],
        "block": f"{place.name}.block",
        "layout": layout,
    }  # fmt: skip
    return Bundled(description, block.deflated(), found)


def _number(patches: dict[str, int], offer: Offer) -> int:
    """Return the number of a patch; equal ones have one."""
    takes = [_cells(cells, share) for cells, share in offer.patch.takes]
    at = [
        [value, [_cells(cells, one) for cells, one in written]]
        for value, written in offer.patch.at.items()
    ]
    text = json.dumps({"takes": takes, "at": at})
    return patches.setdefault(text, len(patches))


def _cells(cells: Cells, value: Value) -> list[Any]:
    given = int(value) if cells.kind == "?" else value
    return [
        Tables._fields.index(cells.table), cells.offset, cells.stride, cells.many, cells.kind,
        given,
    ]  # fmt: skip
