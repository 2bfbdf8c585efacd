"""What makes the route of money move scale: python docs/examples/route.py [SEEDS]."""

import sys

from experiments.mechanisms import all_years, effect_of
from experiments.runs.scenario import Scenario
from sim.measure.outcomes import NAMES

ROUTES = ("design:bundled/organisation/act", "design:bundled/practice/act")
BODIES = ("supply.outsource=false", "decide.unit=false", "centre.members=false")
SHOWN = ("oi_per_insured", "organisation_size_weighted", "effective_organisations")


def main(seeds: int) -> None:
    """Print units less organisations, as shipped and without what could stand in between."""
    for settings in ((), *((one,) for one in BODIES), BODIES):
        sides = []
        for regime in ROUTES:
            scenario = Scenario(
                "unicum", regime, settings=settings, replicates=seeds, seed=1,
                start="2006Q1", end="2030Q4",
            )  # fmt: skip
            sides.append(all_years(scenario)[:, 2026 - 2006 :].mean(axis=1))
        print(*(settings or ("as shipped",)))
        for name in SHOWN:
            column = NAMES.index(name)
            first, second = (side[:, column] for side in sides)
            effect = effect_of(second - first)
            print(f"  {name} {first.mean():,.2f} to {second.mean():,.2f}: {effect.mean:+,.2f} "
                  f"({effect.low:+,.2f}, {effect.high:+,.2f})")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
