"""What settings move where an insurer is preferred, and elsewhere, on the same seeds.

python docs/examples/one_insurer.py SEEDS REGION INSURER OUTCOME@FIRST-LAST[,...] name=value ...
    [-- [regime=NAME] name=value ...]

Behind ``--`` stands what holds for both sides. Means over municipalities are weighted by insured.
"""

import sys
from typing import NamedTuple

import numpy as np

from agents.compiled.record import FloatArray
from experiments.mechanisms import effect_of
from experiments.runs.scenario import Scenario
from experiments.runs.start import start_tables
from sim.engines.compiled import Recording, RunFailed
from sim.engines.threads import run_many
from sim.measure.outcomes import NAMES
from sim.measure.years import yearly


class Asked(NamedTuple):
    """An outcome and the years over which it is averaged."""

    outcome: str
    first: int
    last: int

    def mean(self, values: FloatArray) -> FloatArray:
        """Return it over municipalities and years, weighted by insured: shape ``(seeds,)``.

        ``values`` has shape ``(seeds, years, municipalities, outcomes)``.
        """
        years = values[:, self.first - 2006 : self.last - 2005]
        people = years[..., NAMES.index("insured")]
        known = years[..., NAMES.index(self.outcome)]
        people = np.where(np.isnan(known), 0.0, people)
        total = (people * np.nan_to_num(known)).sum(axis=2)
        return np.asarray((total / people.sum(axis=2)).mean(axis=1))


def asked(text: str) -> list[Asked]:
    """Return what ``OUTCOME@FIRST-LAST,...`` asks."""
    out = []
    for one in text.split(","):
        name, _, years = one.partition("@")
        first, last = years.split("-")
        out.append(Asked(name, int(first), int(last)))
    return out


def measured(scenario: Scenario, seeds: int) -> FloatArray:
    """Return every outcome by year and municipality: ``(seeds, years, municipalities, outcomes)``.

    Raises:
        RunFailed: a run did not finish.
    """
    pairs = [(seed, seed) for seed in range(1, seeds + 1)]
    rows = []
    for series in run_many(start_tables(scenario), pairs, Recording(0, scenario.last, True)):
        if isinstance(series, RunFailed):
            raise series
        rows.append(yearly(series, 0)[0][:, 1:])
    return np.array(rows)


def shown(differences: FloatArray) -> str:
    """Return mean and 95% interval of paired differences."""
    effect = effect_of(differences)
    return f"{effect.mean:+.3g} ({effect.low:+.3g}, {effect.high:+.3g})"


def main(seeds: int, region: str, insurer: str, outcomes: str, words: list[str]) -> None:
    """Print for each outcome what moves there, elsewhere, and there less elsewhere."""
    cut = words.index("--") if "--" in words else len(words)
    changed, both = words[:cut], dict(word.split("=") for word in words[cut + 1 :])
    regime = both.pop("regime", "historic-nl")
    same = [f"{name}={value}" for name, value in both.items()]
    plain, other = (
        Scenario(region, regime, settings=settings, end="2030Q4")
        for settings in (same, [*same, *changed])
    )
    there = np.array([place.preferred == insurer for place in plain.place.municipalities])
    if there.all() or not there.any():
        sys.exit(f"{insurer} is preferred in {there.sum()} of {len(there)} municipalities")
    print(region, regime, *words, f"({seeds} seeds, there: {there.sum()} of {len(there)})")
    one, two = measured(plain, seeds), measured(other, seeds)
    for ask in asked(outcomes):
        here, away = (ask.mean(two[:, :, p]) - ask.mean(one[:, :, p]) for p in (there, ~there))
        print(f"  {ask.outcome} {ask.first}-{ask.last}, {ask.mean(one[:, :, there]).mean():.4g} "
              f"there, {ask.mean(one[:, :, ~there]).mean():.4g} elsewhere:")  # fmt: skip
        print(f"    there {shown(here)}; elsewhere {shown(away)}; less {shown(here - away)}")


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:5], sys.argv[5:])
