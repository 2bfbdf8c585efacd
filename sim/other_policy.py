"""Starting tables of one place under other titles and policy, sharing all that stays."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.place.ageing import of_model_year
from sim.place.region import Region
from sim.run_down import tie_titles
from sim.scratch import make_scratch
from sim.standing import AT_FIRST, Values, fill_hubs
from sim.start import areas_of, places_of, policies_of, rows_of
from sim.tables import Tables, blank_table


def with_policy(
    tables: Tables, region: Region, values: Values, titles: NDArray[Any], policy: NDArray[Any]
) -> Tables:
    """Return what ``make_tables`` gives of other titles and policy for as many quarters.

    Args:
        tables: what it gave of the same region and values, for a run from 2006Q1 on.
        region: of those tables.
        values: of those tables.
        titles: shape ``(ticks, titles)``, as in ``make_tables``.
        policy: as in ``make_tables``.
    """
    changed: dict[str, Any] = {
        "titles": titles.copy(),
        "policy": policies_of(region, values, policy),
        "tariffs": blank_table("tariffs", titles.shape[1]),
        "hubs": blank_table("hubs", len(tables.hubs)),
    }
    tie_titles(changed["titles"], changed["tariffs"], values)
    fill_hubs(
        of_model_year(region, float(values["population.growth"])), AT_FIRST,
        {"municipalities": tables.municipalities, **changed},
    )  # fmt: skip
    if np.asarray(changed["hubs"] == tables.hubs).all():
        del changed["hubs"]
    if titles.shape[1] != tables.titles.shape[1]:
        rows = rows_of(region, values, titles, areas_of(region, values), AT_FIRST)
        changed["ledger"] = blank_table("ledger", rows["ledger"])
        changed["scratch"] = make_scratch(places_of(rows, titles.shape[1]))
    return tables._replace(**changed)
