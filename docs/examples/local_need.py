"""How need and money differ between districts: python docs/examples/local_need.py [SEEDS]."""

import sys
from collections.abc import Iterator

import numpy as np

from experiments.mechanisms import effect_of
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from sim.engines.model import CareModel
from sim.tables import Tables

ALIKE = ("demand.local=0", "demand.ses=0")
REGIMES = (
    "historic-nl",
    "design:bundled/practice/insured",
    "design:bundled/practice/patient",
)
SHOWN = ("frail per patient", "burden per patient", "O&I per burden")
FIRST = 4 * (2026 - 2006)
LEAST = 7500


def areas_of(tables: Tables) -> Iterator[np.ndarray]:
    """Yield rows of practices by hub area, for each municipality with three areas or more."""
    practices = tables.practices
    for m in range(len(tables.municipalities)):
        mine = practices["alive"] & (practices["municipality"] == m)
        hubs = np.unique(practices["hub"][mine])
        if len(hubs) >= 3:
            yield np.array([mine & (practices["hub"] == h) for h in hubs])


def apart(tables: Tables, money: np.ndarray) -> list[float]:
    """Return the three coefficients of variation between areas, mean over municipalities."""
    practices = tables.practices
    found = []
    for areas in areas_of(tables):
        people, burden, frail, euros = (
            np.array([column[area].sum() for area in areas])
            for column in (
                practices["patients"], practices["burden"], practices["groups"][:, 4], money,
            )
        )  # fmt: skip
        shares = (frail / people, burden / people, euros / burden)
        found.append([float(np.std(one) / np.mean(one)) for one in shares])
    return list(np.mean(found, axis=0))


def run(regime: str, settings: tuple[str, ...], seed: int) -> list[float]:
    """Return what differs between areas in 2030, with O&I of 2026-2030, in one run."""
    start = start_tables(Scenario("unicum", regime, settings=settings, end="2030Q4"))
    model = CareModel(start, seed=seed)
    money = np.zeros(len(model.tables.practices))
    for tick in range(100):
        model.step()
        if tick >= FIRST and tick % 4 == 3:
            # What it received itself, and its part of what others did, by patients.
            practices = model.tables.practices
            money += practices["oi_year"] * practices["patients"]
    return apart(model.tables, money)


def oldest() -> None:
    """Print the largest and smallest share aged 75 or over of areas in a made country."""
    country = Scenario("synthetic:345:1", "historic-nl", start="2006Q1", end="2006Q1")
    tables = CareModel(start_tables(country), seed=1).tables
    hubs, towns = tables.hubs, tables.municipalities
    known = hubs["residents"] >= LEAST
    share = hubs["old"] * towns["share_65"][hubs["municipality"]] * 0.42
    low, high, mean = share[known].min(), share[known].max(), share[known].mean()
    print(f"aged 75 or over, {known.sum()} areas of {LEAST:,} inhabitants or more: "
          f"{low:.1%} to {high:.1%}, mean {mean:.1%}")  # fmt: skip


def main(seeds: int) -> None:
    """Print each coefficient as shipped and with areas alike, and the paired difference."""
    oldest()
    for regime in REGIMES:
        sides = [
            np.array([run(regime, settings, seed) for seed in range(1, seeds + 1)])
            for settings in ((), ALIKE)
        ]
        print(regime, f"({seeds} seeds)")
        for k, name in enumerate(SHOWN):
            effect = effect_of(sides[0][:, k] - sides[1][:, k])
            print(f"  {name}: {sides[0][:, k].mean():.4f} against {sides[1][:, k].mean():.4f}, "
                  f"{effect.mean:+.4f} ({effect.low:+.4f}, {effect.high:+.4f})")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
