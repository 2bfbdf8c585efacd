"""What a scenario gave, in memory and as a folder."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from experiments.runs.arguments import Argument, check_language
from experiments.runs.drawing import is_drawn
from experiments.runs.frames import declared_outcomes
from experiments.runs.past import FILE, Arrays, write_arrays
from results.reports.crate import Made, write_crate
from results.store.folder import RunFolder
from results.store.reading import to_frame

if TYPE_CHECKING:
    import pandas as pd


@dataclass(repr=False)
class Result:
    """What a scenario gave: tables by the name of their file, as frames by attribute.

    ``series`` and ``runs`` hold every replicate; the others the recorded ones: the first, or
    all with ``record="all"``. Units: ``regiosim outcomes`` for outcomes; of every column of a
    table, ``tables[NAME].schema.field(COLUMN).metadata``.

    Attributes:
        tables: the tables as they are written, by name.
        manifest: the scenario in full, id, seeds, versions, what was assumed or is old.
        timings: seconds of each part, and quarters run.
        failed: replicates that stopped; ``runs`` has the reasons.
        reported: False where the report could not be drawn; all else is written all the same.
        past: of a scenario with a horizon, what runs that go on from its end need, as arrays.
    """

    tables: dict[str, pa.Table]
    manifest: dict[str, Any]
    timings: dict[str, Any]
    failed: int = 0
    reported: bool = True
    past: Arrays | None = field(default=None, repr=False)
    _frames: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    def frame(self, name: str) -> pd.DataFrame:
        """Return one table as a pandas frame."""
        if name not in self._frames:
            self._frames[name] = to_frame(self.tables[name])
        return self._frames[name]

    @property
    def series(self) -> pd.DataFrame:
        """Outcomes: run_id, tick, date, scope, outcome, value."""
        return self.frame("series")

    @property
    def yearly(self) -> pd.DataFrame:
        """Outcomes of the whole region by year, flows summed: run_id, year, outcome, value.

        What reports, ``compare`` and the view ``yearly`` of queries show.
        """
        from results.statistics.reduce import yearly as by_year
        from results.words.outcomes import Words

        if "yearly" not in self._frames:
            self._frames["yearly"] = by_year(self.series, Words(declared_outcomes()))
        return self._frames["yearly"]

    @property
    def runs(self) -> pd.DataFrame:
        """A row per replicate, failed ones too."""
        return self.frame("runs")

    @property
    def practices(self) -> pd.DataFrame:
        """Open practices at each recorded tick."""
        return self.frame("practices")

    @property
    def hubs(self) -> pd.DataFrame:
        """Hub areas at each recorded tick."""
        return self.frame("hubs")

    @property
    def organisations(self) -> pd.DataFrame:
        """Living organisations at each recorded tick."""
        return self.frame("organisations")

    @property
    def municipalities(self) -> pd.DataFrame:
        """Municipalities at each recorded tick."""
        return self.frame("municipalities")

    @property
    def insurers(self) -> pd.DataFrame:
        """Insurers at each recorded tick."""
        return self.frame("insurers")

    @property
    def partners(self) -> pd.DataFrame:
        """External parties at each recorded tick."""
        return self.frame("partners")

    @property
    def ledger(self) -> pd.DataFrame:
        """Every posting of every quarter from the first recorded one."""
        return self.frame("ledger")

    @property
    def events(self) -> pd.DataFrame:
        """Everything that happened from the first recorded quarter on."""
        return self.frame("events")

    def __repr__(self) -> str:
        about = self.manifest["scenario"]
        runs = len(self.tables["runs"])
        many = f"{runs} run{'s'[: runs > 1]}" + (f", {self.failed} failed" if self.failed else "")
        years = f"{about['from']} to {about['to']}"
        own = f" with {len(about['settings'])} set" if about["settings"] else ""
        return (
            f"<Result {self.manifest['id']}: {about['region']} under {about['regime']}{own}, "
            f"{years}, {many}>"
        )

    def write(self, out: Path | str, report: str = "en") -> Path:
        """Write tables, manifest, figures and the report, as ``regiosim run --out`` does.

        Args:
            out: a new or empty folder; it appears whole or not at all.
            report: language of figures and report, ``en`` or ``nl``; empty: make neither.

        Returns:
            The folder.

        Raises:
            BadInput: there is no report in that language.
            FolderRefused: ``out`` cannot take a run; nothing was written.
        """
        check_language(Argument("report", report), none=True)
        with RunFolder(out) as folder:
            self.fill(folder, report)
        return Path(out)

    def fill(self, folder: RunFolder, report: str = "en") -> None:
        """Write everything into a run's folder that is open; ``report`` as in ``write``."""
        began = time.perf_counter()
        for name, table in self.tables.items():
            folder.table(name, table)
        folder.json("manifest", self.manifest)
        if self.past is not None:
            write_arrays(folder.path(FILE), self.past)
        if report and self.failed < len(self.tables["runs"]):
            self.reported = is_drawn(folder.folder, report, folder.target)
        folder.json("timings", {**self.timings, "write": time.perf_counter() - began})
        spent = sum(float(self.timings[part]) for part in ("prepare", "run", "tables"))
        ended = time.time()
        made = Made(ended - spent - (time.perf_counter() - began), ended)
        write_crate(folder.folder, self.manifest, made)
