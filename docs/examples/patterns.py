"""What came out, as docs/model.md tells it: python docs/examples/patterns.py [SEEDS]."""

import sys

import numpy as np

from experiments.mechanisms import all_years, effect_of
from experiments.runs.scenario import Scenario
from sim.measure.outcomes import NAMES
from sim.policy.load import regime_names

REGION = "unicum"
HELD = (2018, 2019, 2021, 2025, 2030)
SHOWN = (
    "contracts_per_practice",
    "transaction_cost_per_insured",
    "suppliers_per_practice",
    "coverage",
    "organisation_size_weighted",
    "effective_organisations",
    "trust",
)
PAIRS = (
    ("units for organisations, bundled", "bundled/organisation/act", "bundled/practice/act"),
    ("the same, per component", "component/organisation/act", "component/practice/act"),
    ("seven titles for one, via units", "bundled/practice/act", "component/practice/act"),
    ("the same, via organisations", "bundled/organisation/act", "component/organisation/act"),
)


def measured(regime: str, seeds: int) -> np.ndarray:
    """Return yearly outcomes, shape (seeds, years, outcomes), from 2006 on."""
    scenario = Scenario(REGION, regime, replicates=seeds, seed=1, start="2006Q1", end="2030Q4")
    return all_years(scenario)


def late(values: np.ndarray, name: str) -> np.ndarray:
    """Return the mean of an outcome over 2026-2030, per seed."""
    return values[:, 2026 - 2006 :, NAMES.index(name)].mean(axis=1)


def patterns(values: np.ndarray) -> None:
    """Print the patterns of the sources under ``historic-nl``."""

    def of(name: str, year: int) -> np.ndarray:
        return values[:, year - 2006, NAMES.index(name)]

    sizes = of("organisation_size_mean", 2014)
    print(f"O&I 2011: median {np.median(of('oi_per_insured', 2011)):.2f}")
    print(f"size 2014: mean {sizes.mean():,.0f}, median {np.median(sizes):,.0f}")
    print(f"practices: {of('practices', 2012).mean():.0f} and {of('practices', 2022).mean():.0f}")


def plus(seeds: int) -> None:
    """Print the share of patients whose practice works by the PLUS package, paid for and not."""
    for settings in ((), ("title.s3-plus.rate=0",)):
        place = "oostelijk-zuid-limburg"
        scenario = Scenario(
            place, "plus-practices", settings=settings, replicates=seeds, seed=1,
            start="2006Q1", end="2030Q4",
        )  # fmt: skip
        share = np.median(all_years(scenario)[:, :, NAMES.index("plus_share")], axis=0)
        shown = ", ".join(f"{year} {share[year - 2006]:.2f}" for year in (2015, 2019, 2022))
        print("PLUS", *settings, shown)


def main(seeds: int) -> None:
    """Print patterns, what regimes pay and who holds contracts, and pairs of designs."""
    patterns(measured("historic-nl", seeds))
    plus(seeds)
    for regime in (name for name in regime_names() if not name.startswith("design:")):
        values = measured(regime, seeds)
        share = values[:, :, NAMES.index("regional_contract_share")]
        held = " ".join(f"{(share[:, year - 2006] > 0.5).mean():.2f}" for year in HELD)
        paid = np.median(late(values, "oi_per_insured"))
        print(f"{regime}: O&I 2026-2030 median {paid:.2f}; contract in {HELD}: {held}")
    for words, less, more in PAIRS:
        one, other = (measured(f"design:{name}", seeds) for name in (less, more))
        print(f"{words}:")
        for name in SHOWN:
            effect = effect_of(late(other, name) - late(one, name))
            levels = f"{late(one, name).mean():.3f} to {late(other, name).mean():.3f}"
            print(f"  {name} {levels}: {effect.mean:+.3f} ({effect.low:+.3f}, {effect.high:+.3f})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
