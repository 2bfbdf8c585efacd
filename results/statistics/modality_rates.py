"""How often samples of one group and of two are flagged by ``results.statistics.modality``.

``python -m results.statistics.modality_rates`` measures it in about half a minute, over 2,000
samples each:

=====================================  ======  ======  ======
one group: should not be flagged       n = 20  n = 50     200
=====================================  ======  ======  ======
normal                                  0.001   0.000   0.000
uniform                                 0.021   0.024   0.003
lognormal, sigma 1                      0.006   0.033   0.000
lognormal, sigma 0.5                    0.004   0.009   0.000
exponential                             0.006   0.017   0.002
Student's t, 3 degrees of freedom       0.001   0.002   0.000
share near 1: beta(5, 1)                0.005   0.009   0.000
count: Poisson, mean 1                  0.001   0.000   0.000
count: Poisson, mean 3                  0.001   0.000   0.000
count: 1 to 6, each as likely           0.025   0.032   0.001
count: 0 or 1, half each                0.000   0.000   0.000
=====================================  ======  ======  ======

=====================================  ======  ======  ======
two groups: should be flagged          n = 20  n = 50     200
=====================================  ======  ======  ======
half and half, 4 sd apart               0.129   0.387   0.937
half and half, 5 sd apart               0.400   0.893   1.000
half and half, 6 sd apart               0.726   0.994   1.000
80 and 20%, 5 sd apart                  0.155   0.636   0.966
80 and 20%, 6 sd apart                  0.327   0.928   1.000
90 and 10%, 6 sd apart                  0.083   0.531   0.575
counts: Poisson, mean 2 or 12           0.141   0.311   0.722
30% exactly 0, the rest normal(5, 1)    0.808   1.000   1.000
=====================================  ======  ======  ======
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.statistics.modality import modality

Draw = Callable[[np.random.Generator, tuple[int, int]], NDArray[Any]]


def mixed(share: float, apart: float, spread: float = 1.0) -> Draw:
    """Return draws of which ``share`` is normal and the rest ``apart`` standard deviations away."""

    def draw(random: np.random.Generator, shape: tuple[int, int]) -> NDArray[Any]:
        first = random.uniform(size=shape) < share
        near, far = random.normal(size=shape), apart + spread * random.normal(size=shape)
        return np.where(first, near, far)

    return draw


ONE_GROUP: dict[str, Draw] = {
    "normal": lambda random, shape: random.normal(size=shape),
    "uniform": lambda random, shape: random.uniform(size=shape),
    "lognormal, sigma 1": lambda random, shape: random.lognormal(size=shape),
    "lognormal, sigma 0.5": lambda random, shape: random.lognormal(sigma=0.5, size=shape),
    "exponential": lambda random, shape: random.exponential(size=shape),
    "Student's t, 3 degrees of freedom": lambda random, shape: random.standard_t(3, size=shape),
    "share near 1: beta(5, 1)": lambda random, shape: random.beta(5, 1, size=shape),
    "count: Poisson, mean 1": lambda random, shape: random.poisson(1, shape) * 1.0,
    "count: Poisson, mean 3": lambda random, shape: random.poisson(3, shape) * 1.0,
    "count: 1 to 6, each as likely": lambda random, shape: random.integers(1, 7, shape) * 1.0,
    "count: 0 or 1, half each": lambda random, shape: random.integers(0, 2, shape) * 1.0,
}
TWO_GROUPS: dict[str, Draw] = {
    "half and half, 4 sd apart": mixed(0.5, 4),
    "half and half, 5 sd apart": mixed(0.5, 5),
    "half and half, 6 sd apart": mixed(0.5, 6),
    "80 and 20%, 5 sd apart": mixed(0.8, 5),
    "80 and 20%, 6 sd apart": mixed(0.8, 6),
    "90 and 10%, 6 sd apart": mixed(0.9, 6),
    "counts: Poisson, mean 2 or 12": lambda random, shape: (
        np.where(
            random.uniform(size=shape) < 0.5, random.poisson(2, shape), random.poisson(12, shape)
        )
        * 1.0
    ),
    "30% exactly 0, the rest normal(5, 1)": lambda random, shape: np.where(
        random.uniform(size=shape) < 0.3, 0.0, random.normal(5, 1, shape)
    ),
}


def rates(draw: Draw, n: int, samples: int = 2000, seed: int = 1) -> float:
    """Return the share of ``samples`` samples of ``n`` values that is flagged."""
    return float(modality(draw(np.random.default_rng(seed), (samples, n))).flagged.mean())


def main() -> None:
    """Print how often samples of one and of two groups are flagged."""
    for title, draws in (("one group", ONE_GROUP), ("two groups", TWO_GROUPS)):
        print(f"{title:54}  n = 20  n = 50     200")
        for name, draw in draws.items():
            print(f"{name:54}", *(f"{rates(draw, n):7.3f}" for n in (20, 50, 200)))


if __name__ == "__main__":
    main()
