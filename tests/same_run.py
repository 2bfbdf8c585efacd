"""Print nothing, write the bits of a few runs into a file: for comparing two Pythons.

``python -m tests.same_run FILE``; equal files mean equal outcomes, books and events.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pyarrow as pa

from experiments import Scenario, run

SCENARIOS = (
    Scenario("unicum", "historic-nl", start="2006Q1", end="2030Q4", replicates=2),
    Scenario("eemland", "design:component/practice/act", start="2006Q1", end="2030Q4"),
)
TABLES = ("series", "ledger", "events", "practices", "organisations", "hubs")


def fingerprint(scenario: Scenario) -> list[str]:
    """Return a line per table of a run: its name, its rows and a hash of every value."""
    result = run(scenario)
    lines = []
    for name in TABLES:
        table = result.tables[name]
        plain = table.replace_schema_metadata(None).combine_chunks()
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, plain.schema) as stream:
            stream.write_table(plain)
        digest = hashlib.sha256(sink.getvalue()).hexdigest()
        lines.append(f"{scenario.region} {scenario.regime} {name} {len(table)} {digest}")
    return lines


if __name__ == "__main__":
    text = "\n".join(line for scenario in SCENARIOS for line in fingerprint(scenario))
    Path(sys.argv[1]).write_text(text + "\n", encoding="utf-8")
