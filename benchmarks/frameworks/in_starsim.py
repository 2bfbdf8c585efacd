"""The epidemic in Starsim: its own SIR on its own random network.

Not quite the same: durations are drawn when infected (exponential, of the same mean), and each
step's network gives everybody ``CONTACTS`` contacts, of both sides. No agent is a Python object.
"""

from __future__ import annotations

import numpy as np
import starsim as ss

from agents.compiled.record import FloatArray
from benchmarks.contenders import Prepared, Work
from benchmarks.frameworks.sir import CONTACTS, FIRST, INFECT, RECOVER


def prepare(work: Work) -> Prepared:
    """Prepare one epidemic."""

    def once() -> FloatArray:
        disease = ss.SIR(
            beta=INFECT,
            init_prev=FIRST / work.practices,
            dur_inf=ss.expon(scale=1.0 / RECOVER),
            p_death=0.0,
        )
        sim = ss.Sim(
            n_agents=work.practices, start=0, dur=work.quarters, dt=1, verbose=0, rand_seed=1,
            networks=ss.RandomNet(n_contacts=CONTACTS, dur=0), diseases=disease,
        )  # fmt: skip
        sim.run()
        return np.array(sim.results.sir.n_infected[1:], float)[None, :, None]

    once()
    return once
