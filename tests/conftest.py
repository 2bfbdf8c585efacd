"""Shared fixtures: small regions and their runs, made once a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support import series_of, small, start_of

from agents.compiled.record import FloatArray
from sim.place.region import Region
from sim.tables import Tables


@pytest.fixture(scope="session", autouse=True)
def no_artists() -> Iterator[None]:
    """Leave the other cores to the other tests: their own reports are drawn by one process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.runs.artists.MOST", 0)
        yield


@pytest.fixture(scope="session")
def village() -> Region:
    """One municipality."""
    return small(1)


@pytest.fixture(scope="session")
def region() -> Region:
    """Four municipalities: small, and large enough for organisations, alliances and hubs."""
    return small(4)


@pytest.fixture(scope="session")
def start(region: Region) -> Tables:
    """Starting tables of that region under the historic regime."""
    return start_of(region)


@pytest.fixture(scope="session")
def history(start: Tables) -> FloatArray:
    """What one run of it measures, 2006-2030."""
    return series_of(start)
