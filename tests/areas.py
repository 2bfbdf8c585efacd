"""Areas of organisations in UNICUM, and the title that asks a mandate in them, for tests."""

from __future__ import annotations

from typing import Any

from support import Quarters, start_of

from agents.compiled.record import NONE
from agents.title import Title
from sim.policy.load import load_regime


def area_tables(holders: dict[int, int]) -> Any:
    """All of UNICUM, every practice of a municipality a member of the organisation given."""
    quarters = Quarters(start_of(10))
    quarters.step()  # counts practices per municipality
    tables = quarters.tables
    tables.counter["organisations"][0] = 3
    tables.organisations["alive"][:3] = True
    tables.organisations["id"][:3] = [1, 2, 3]
    tables.organisations["lead"][:3] = NONE
    for r in range(int(tables.counter["practices"][0])):
        m = int(tables.practices["municipality"][r])
        tables.practices["organisation"][r] = holders.get(m, NONE)
        tables.practices["mandate"][r] = m in holders
    return tables


def region_title() -> Any:
    """Regiomanagement as its file gives it: 80% of practices, 100,000 insured, one piece, plan."""
    titles, _, names = load_regime("historic-nl").tables(60)
    cells = titles[59, names.index("regiomanagement")]
    title = Title.plain()
    for field in Title.fields:
        if field.width:
            title._cells[field.name][:] = cells[field.name]
        else:
            setattr(title, field.name, cells[field.name].item())
    return title
