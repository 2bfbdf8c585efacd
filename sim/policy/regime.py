"""A regime: titles and policy with their dates, and the tables that a run reads from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.compiled.record import dtype_of
from agents.title import ANY_ORIGIN, Policy, Title
from agents.words import Function, Group, Kind, MandateOf, Origin, PayUnit
from sim.policy.keys import ANY, GROWN, POLICY_SERIES, STATICS, TITLE_FLAGS, TITLE_SERIES
from sim.policy.schema import TitleFile
from sim.policy.values import Series, is_assumed
from sim.policy.whose import in_order, insurers_in, series_for, whose
from sim.reading.dates import start_of, tick_of


class Row(NamedTuple):
    """One line of the listing of a title: what, since when, how much and who says so."""

    title: str
    key: str
    start: str
    value: float | int | bool | str
    unit: str
    source: str


def column(series: Series, default: float, ticks: int) -> NDArray[np.float64]:
    """Return the value in each of ``ticks`` quarters: the default, then each value in turn."""
    out = np.full(ticks, default, dtype=np.float64)
    for dated in series:
        out[max(0, tick_of(dated.start)) :] = dated.value
    return out


def grown(
    decided: Series, level: NDArray[np.float64], growth: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the room of each quarter: what was decided, grown each January until decided anew."""
    fresh = {max(0, tick_of(dated.start)) for dated in decided}
    out = level.copy()
    for tick in range(1, len(out)):
        if tick not in fresh:
            out[tick] = out[tick - 1]
            if tick % 4 == 0:
                out[tick] = out[tick] * (1.0 + growth[tick])
    return out


def changes(series: Series, default: float | None) -> list[list[Any]]:
    """Return date and value of each real change, so that equal histories look equal."""
    first = start_of(0)
    by_date = {max(dated.start, first): float(dated.value) for dated in series}
    out: list[list[Any]] = []
    last = default
    for day, value in by_date.items():
        if value != last:
            out.append([day.isoformat(), value])
            last = value
    return out


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True)
class Regime:
    """Which titles exist and what they say in every quarter.

    Attributes:
        name: as given on the command line.
        text: what it stands for.
        source: where it comes from.
        titles: in a fixed order: the columns of the title table.
        policy: the dated values of ``POLICY_SERIES``, and behind them those of single insurers;
            by the name of the series (``sim.policy.whose``).
        file: name and whole text of the file of one's own that it was read from; none of those
            that come with the program.
    """

    name: str
    text: str
    source: str
    titles: tuple[TitleFile, ...]
    policy: Mapping[str, Series]
    file: tuple[str, str] | None = None

    def names(self) -> tuple[str, ...]:
        """Return the names of the titles, in the order of the table's columns."""
        return tuple(title.name for title in self.titles)

    def content(self) -> dict[str, Any]:
        """Return all that can change a run, as plain JSON: values and dates, not words."""
        titles = []
        for title in self.titles:
            entry: dict[str, Any] = {"name": title.name, "payer": title.payer}
            for key in STATICS:
                entry[key] = _plain(title.static(key))
            entry["groups"] = [name for name in Group.words() if name in title.groups]
            entry["functions"] = list(title.functions.shares())
            entry["series"] = {
                key: changes(title.series(key), rule.default) for key, rule in TITLE_SERIES.items()
            }
            titles.append(entry)
        policy = {key: changes(self.policy[key], None) for key in POLICY_SERIES}
        found = {"name": self.name, "titles": titles, "policy": policy}
        own = self._differing(policy)
        return {**found, "insurers": own} if own else found

    def _differing(self, policy: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        """Return by insurer and key the changes of what is not as for all."""
        out: dict[str, dict[str, Any]] = {}
        for insurer in insurers_in(self.policy):
            for key in POLICY_SERIES:
                own = changes(series_for(self.policy, key, insurer), None)
                if own != policy[key]:
                    out.setdefault(insurer, {})[key] = own
        return out

    def tables(
        self, ticks: int, insurers: Sequence[str] = ()
    ) -> tuple[NDArray[Any], NDArray[Any], tuple[str, ...]]:
        """Return the tables that the kernels read.

        Args:
            ticks: number of quarters, from 2006Q1 on.
            insurers: those of the region, in its order. Without them every title holds everywhere,
                whatever insurers it names, and policy is that of all.

        Returns:
            Titles, shape ``(ticks, titles)`` with the fields of ``agents.title.Title``; policy,
            shape ``(ticks, insurers)`` with those of ``agents.title.Policy`` (``(ticks, 1)``
            without insurers); and the titles' names.
        """
        if ticks < 1:
            raise ValueError(f"a table needs at least one quarter, not {ticks}")
        titles = np.zeros((ticks, len(self.titles)), dtype=dtype_of(Title))
        for number, title in enumerate(self.titles):
            _fill(titles[:, number], title, ticks, insurers)
        policy = np.zeros((ticks, max(1, len(insurers))), dtype=dtype_of(Policy))
        for key in POLICY_SERIES:
            for z, insurer in enumerate(insurers or ("",)):
                policy[key][:, z] = column(series_for(self.policy, key, insurer), 0.0, ticks)
        macro, growth = policy["macro"][:, 0], policy["growth"][:, 0]
        policy[GROWN] = grown(self.policy["macro"], macro, growth)[:, None]
        return titles, policy, self.names()

    def of_insurers(self) -> dict[str, dict[str, dict[str, float]]]:
        """Return the values that single insurers have of their own: by insurer, key and date."""
        out: dict[str, dict[str, dict[str, float]]] = {}
        for name, series in in_order(self.policy).items():
            one = whose(name)
            if one.insurer:
                out.setdefault(one.insurer, {})[one.key] = dict(changes(series, None))
        return out

    def assumed(self) -> list[str]:
        """Return the dotted, dated keys whose source says that they are assumed."""
        out = []
        for title in self.titles:
            if is_assumed(title.functions.source):
                out.append(f"title.{title.name}.functions")
            out += [
                f"title.{title.name}.{key}@{dated.start}"
                for key in TITLE_SERIES
                for dated in title.series(key)
                if is_assumed(dated.source)
            ]
        out += [
            f"policy.{name}@{dated.start}"
            for name, series in in_order(self.policy).items()
            for dated in series
            if is_assumed(dated.source)
        ]
        return out

    def rows(self) -> list[Row]:
        """Return every key of every title and of the policy, as listed to the user."""
        out = [row for title in self.titles for row in title_rows(title)]
        for name, series in in_order(self.policy).items():
            out += _dated_rows("policy", name, series)
        return out


def _fill(rows: NDArray[Any], title: TitleFile, ticks: int, insurers: Sequence[str]) -> None:
    for key in TITLE_SERIES:
        rows[key] = column(title.series(key), TITLE_SERIES[key].default, ticks)
    first = max(0, tick_of(title.start))
    last = ticks if title.until is None else max(0, tick_of(title.until))
    rows["active"][first:last] = rows["in_force"][first:last] > 0.0
    rows["receiver"] = Kind.of(title.receiver)
    rows["unit"] = PayUnit.of(title.unit)
    rows["mandate_of"] = MandateOf.of(title.mandate_of)
    rows["origin"] = ANY_ORIGIN if title.origin == ANY else Origin.of(title.origin)
    rows["functions"] = title.functions.shares()
    rows["groups"] = [float(name in title.groups) for name in Group.words()]
    rows["insurers"] = 1.0
    if insurers and title.insurers:
        rows["insurers"][:, : len(insurers)] = [float(name in title.insurers) for name in insurers]
    for key in TITLE_FLAGS:
        rows[key] = title.static(key)
    # What has ended by ``until`` pays nobody, whenever its run-down began.
    rows["tied"][last:] = False


def _dated_rows(title: str, key: str, series: Series) -> Iterator[Row]:
    for dated in series:
        yield Row(title, key, str(dated.start), dated.value, dated.unit, dated.source)


def title_rows(title: TitleFile) -> list[Row]:
    """Return every key of one title: static keys carry the title's own source."""
    start = str(title.start)
    out = []
    for key in ("payer", *STATICS):
        value = _plain(title.static(key))
        if value is not None and value != []:
            shown = ", ".join(value) if isinstance(value, list) else value
            out.append(Row(title.name, key, start, shown, "", title.source))
    parts = title.functions
    for name in Function.words():
        if parts.share(name):
            key = f"functions.{name}"
            out.append(Row(title.name, key, start, parts.share(name), parts.unit, parts.source))
    for key in TITLE_SERIES:
        out += _dated_rows(title.name, key, title.series(key))
    return out
