"""A desk that pays the titles of one quarter, for tests of payments by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
from support import HUGE_MACRO, NONE, Quarters, start_of, title_names_of

from sim.phases.payment import pay_titles

Y2007, Y2011, Y2018, Y2019, Y2020, Y2021 = (4 * (year - 2006) for year in
                                            (2007, 2011, 2018, 2019, 2020, 2021))  # fmt: skip


class Desk:
    """A drawn region in which a test sets who holds what, and pays a quarter."""

    def __init__(
        self, regime: str = "historic-nl", municipalities: int = 1, settings: tuple[str, ...] = (),
        **values: Any,
    ) -> None:  # fmt: skip
        named = {name.replace("_", ".", 1): value for name, value in values.items()}
        start = start_of(municipalities, regime, named, settings=(HUGE_MACRO, *settings))
        self.titles = title_names_of(regime, (HUGE_MACRO, *settings))
        self.tables = Quarters(start).tables

    def clear(self) -> None:
        """Nobody holds a contract; no lists."""
        for table in ("organisations", "units", "hubs"):
            getattr(self.tables, table)["contract"][:] = NONE
        self.tables.practices["patients"][:] = 0
        self.tables.ros["insured"][:] = 0
        self.tables.counter["organisations"][0] = 2

    def contract(self, table: str, row: int, title: str) -> None:
        getattr(self.tables, table)["contract"][row, self.titles.index(title)] = 0

    def pay(self, tick: int) -> None:
        self.tables.counter["ledger_lines"][0] = 0
        pay_titles(self.tables, tick)
        assert self.tables.counter["failure"][0] == 0

    def lines(self) -> Any:
        return self.tables.ledger[: self.tables.counter["ledger_lines"][0]]

    def cents(self, title: str | int, kind: int, row: int) -> int:
        """What a party received under a title, over all insurers."""
        code = title if isinstance(title, int) else self.titles.index(title)
        lines = self.lines()
        party = int(self.tables.offsets[kind]) + row
        found = lines[(lines["title"] == code) & (lines["receiver"] == party)]
        return int(found["cents"].sum())

    def total(self, *titles: str) -> int:
        lines = self.lines()
        codes = [self.titles.index(t) for t in titles]
        return int(lines[np.isin(lines["title"], codes)]["cents"].sum())
