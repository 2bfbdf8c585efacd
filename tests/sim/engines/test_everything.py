"""With every switch on, a chain of its own and a state to start in, engines give the same bits."""

from __future__ import annotations

import numpy as np
from everything import ENDS, SWITCHES, everything
from starting import QUARTER
from support import same_bits

from agents.events import Event
from agents.parameters import DECLARED
from sim.engines.compiled import Recording, batch_of, blank_series, fresh, reset, run_batch
from sim.engines.model import CareModel


def test_three_engines_agree_with_everything_on() -> None:
    assert all(SWITCHES[name] for name, one in DECLARED.items() if one.kind == "?")
    start = everything()
    assert len(start.chains) == 3, "two that are declared and one of the region"
    tables, recording = fresh(start), Recording(QUARTER, ENDS - 1, True)
    reset(tables, start, (1, 2))
    expected, rows = blank_series(start, recording), np.zeros(len(start.practices), np.int64)
    batch = batch_of(QUARTER, ENDS - 1)
    assert run_batch(tables, start, np.array([[1, 2]]), batch, rows, expected[None]) == -1
    happened: set[str] = set()
    for engine in ("mesa", "python"):
        model = CareModel(start, seed=1, population_seed=2, engine=engine)
        out = np.zeros_like(expected)
        for quarter in range(ENDS - QUARTER):
            model.step()
            model.measure(QUARTER + quarter, rows, out[quarter])
            if engine == "mesa":
                count = int(model.tables.counter["event_lines"][0])
                happened |= {Event.words()[code] for code in model.tables.events["what"][:count]}
        if model.twin:
            model.twin.write_back(model.tables)
        assert out.tobytes() == expected.tobytes(), engine
        assert same_bits(tables, model.tables) == [], engine
    assert happened >= {
        "stood", "contract-won", "merged", "subregion-formed", "partner-agreed", "form-changed",
        "hub-council", "plan-approved", "agreement-signed", "boards-met", "care-moved",
        "rights-granted", "mandate-withdrawn", "unit-joined", "cofunding-chosen",
    }  # fmt: skip
