"""A folder of a run, a sweep or a comparison as an object: its tables as frames."""

from __future__ import annotations

from pathlib import Path
from typing import Any, overload

import pandas as pd

from results.store import reading
from results.store.manifests import MANIFEST
from results.store.query import query
from results.store.reading import is_comparison, is_sweep, made_of_others, manifest, tables

_YEARS = "SELECT run_id, year, outcome, value FROM yearly ORDER BY run_id, year, outcome"


@overload
def read(folder: Path | str) -> Stored: ...


@overload
def read(folder: Path | str, name: str) -> pd.DataFrame: ...


def read(folder: Path | str, name: str | None = None) -> Stored | pd.DataFrame:
    """Open the folder of a run, a sweep or a comparison, or read one table of it.

    Args:
        folder: what ``run``, ``sweep`` or ``compare`` wrote.
        name: a table, such as ``series``; it is read whole: query a large one instead.

    Raises:
        StoreRefused: there is no such folder or table, it is of another schema version, or a
            sweep is not finished.
    """
    return Stored(folder) if name is None else reading.read(folder, name)


class Stored:
    """What a run, a sweep or a comparison left: its tables as frames, read when asked for.

    ``stored.series`` is the frame of the table ``series``; units are those of ``units(folder,
    "series")``. Beside ``series`` there is ``yearly``, the view of ``query``.

    Attributes:
        folder: where it is.
        manifest: what was run or compared.
        names: of its tables, each of which is an attribute too.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self.names = tuple(tables(folder))
        bare = is_comparison(folder) and not (self.folder / MANIFEST).is_file()
        self.manifest: dict[str, Any] = {} if bare else manifest(folder)  # bare: an earlier one
        self._frames: dict[str, pd.DataFrame] = {}

    def frame(self, name: str) -> pd.DataFrame:
        """Return one table as a pandas frame."""
        if name not in self._frames:
            self._frames[name] = reading.read(self.folder, name)
        return self._frames[name]

    @property
    def yearly(self) -> pd.DataFrame:
        """Outcomes of the whole region by year, flows summed: run_id, year, outcome, value.

        What ``query`` shows as ``yearly``, in the order of its first three columns. A folder that
        has no outcomes of its own has no such attribute.
        """
        if "series" not in self.names:
            raise AttributeError  # which ``__getattr__`` puts into words
        if "yearly" not in self._frames:
            self._frames["yearly"] = query(self.folder, _YEARS)
        return self._frames["yearly"]

    def __getattr__(self, name: str) -> pd.DataFrame:
        names = self.__dict__.get("names", ())
        if name not in names:
            raise AttributeError(f"{name!r} is no table here: {', '.join(names)}")
        return self.frame(name)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.names]

    def __repr__(self) -> str:
        kind = made_of_others(self.folder) or ("sweep" if is_sweep(self.manifest) else "run")
        many = len(self.names)
        return f"<{kind} in {str(self.folder)!r}, {many} table{'s'[: many > 1]}>"
