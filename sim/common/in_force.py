"""How much of a title is in force in a municipality: by its dates, or by the clock that runs there.

The run-down of a title that is ``tied`` goes with the contract that takes over (F052; S2 Q2).
"""

from __future__ import annotations

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.title import Title
from sim.tables import Tables


@rule
def title_holds_at(tables: Tables, title: Title, m: int) -> bool:
    """Return whether a title is policy of the insurer that is preferred in municipality ``m``."""
    return bool(title.insurers[tables.municipalities[m].policy_of] > 0.0)


@rule
def in_force_at(tables: Tables, k: int, m: int, tick: int) -> float:
    """Return the share of title ``k`` that is in force in municipality ``m`` in quarter ``tick``.

    What the title says for that quarter, but for a ``tied`` one from its first dated step down on
    (``Tariff.run_down``): until the clock of the municipality starts it stays what it was, and
    from then on it is what the dates say for as many quarters into the run-down, and for those
    that were skipped by choice. Nothing where it is not policy of the preferred insurer.
    """
    return in_force_ahead(tables, k, m, tick, int(tables.municipalities[m].run_ahead))


@rule
def in_force_ahead(tables: Tables, k: int, m: int, tick: int, ahead: int) -> float:
    """Return the same where ``ahead`` quarters of the run-down have been skipped by choice."""
    if not title_holds_at(tables, tables.titles[tick][k], m):
        return 0.0
    since = tables.tariffs[k].run_down
    if since == NONE or tick < since:
        return float(tables.titles[tick][k].in_force)
    place = tables.municipalities[m]
    if place.run_down == NONE or tick < place.run_down:
        return float(tables.titles[since - 1][k].in_force)
    # A title whose own run-down starts later waits for that.
    shown = since + tick - max(since, int(place.run_down)) + ahead
    return float(tables.titles[min(shown, len(tables.titles) - 1)][k].in_force)
