"""Insured under a contract, alliances counted, by where a region is cut.

python docs/examples/contract_share.py SEEDS REGION ... [name=value ...]
"""

import sys

import numpy as np

from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from sim.engines.model import CareModel
from sim.tables import Tables

YEARS = (2014, 2018, 2021, 2025, 2030)
OUTCOMES = (
    "oi_per_insured",
    "organisation_size_mean",
    "affiliated_share",
    "effective_organisations",
    "coverage",
    "trust",
)


def under_contract(tables: Tables, tick: int) -> float:
    """Return the share of insured whose alliance holds a bargained contract with conditions.

    Who lives in a municipality that the alliance leaves out of its area does not count.
    """
    titles = tables.titles[tick]
    asked = titles["active"] & titles["contract"] & (titles["negotiated"] > 0)
    bodies, practices = tables.organisations, tables.practices
    rows = len(bodies)
    holds = bodies["alive"] & (bodies["contract"][:, : len(asked)][:, asked] <= tick).any(axis=1)
    alliance = np.where(bodies["lead"] < rows, bodies["lead"], np.arange(rows))
    patients = practices["patients"] * practices["alive"]
    member = practices["organisation"] < rows
    own = alliance[np.where(member, practices["organisation"], 0)]
    towns = tables.municipalities[practices["municipality"]]
    covered = member & holds[own] & ~(towns["left_out"] & (towns["lead"] == own))
    return float(patients[covered].sum() / patients.sum())


def municipalities_each(tables: Tables) -> float:
    """Return in how many municipalities an organisation has members, mean over organisations."""
    practices = tables.practices
    member = practices["alive"] & (practices["organisation"] < len(tables.organisations))
    pairs = set(
        zip(practices["organisation"][member], practices["municipality"][member], strict=True)
    )
    return len(pairs) / len({body for body, _ in pairs})


def main(seeds: int, region: str, settings: tuple[str, ...]) -> None:
    """Print a line of means over seeds for every year."""
    start = start_tables(Scenario(region, "historic-nl", settings=settings, end="2030Q4"))
    found = np.zeros((seeds, len(YEARS), 2 + len(OUTCOMES)))
    for k in range(seeds):
        model = CareModel(start, seed=k + 1)
        year_money = 0.0
        for tick in range(100):
            model.step()
            year_money = model.outcome("oi_per_insured") + (year_money if tick % 4 else 0.0)
            year = 2006 + tick // 4
            if tick % 4 == 3 and year in YEARS:
                others = [model.outcome(name) for name in OUTCOMES[1:]]
                shares = [under_contract(model.tables, tick), municipalities_each(model.tables)]
                found[k, YEARS.index(year)] = [*shares, year_money, *others]
    print(region, *settings, f"({seeds} seeds)")
    for year, row in zip(YEARS, found.mean(axis=0), strict=True):
        values = zip(("under_contract", "municipalities_each", *OUTCOMES), row, strict=True)
        print(" ", year, *(f"{name}={value:.5g}" for name, value in values), flush=True)


if __name__ == "__main__":
    words = sys.argv[2:]
    for name in [word for word in words if "=" not in word]:
        main(int(sys.argv[1]), name, tuple(word for word in words if "=" in word))
