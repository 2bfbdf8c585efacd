"""From what a run left in memory to the tables of its folder, with names, units and nulls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from agents.compiled.record import NONE, Field, FloatArray, IntArray
from agents.events import Cause, Event
from agents.sizes import CHAINS, NEAREST
from agents.words import Condition, CostKind, Discipline, Domain, Function, Group
from experiments.runs.steps import Recorded, Rows, party_names
from results.store.schema import (
    DATE,
    ROW,
    RUN_ID,
    TICK,
    Spec,
    coded,
    dates,
    table_from_columns,
    table_from_records,
)
from results.store.series import series_table
from sim.ledger import COSTS, POSTINGS
from sim.measure.outcomes import NAMES, OUTCOMES
from sim.place.region import Region
from sim.tables import RECORDS

_TEXT = "dictionary"
_NOBODY = "no one"
_UNNAMED = "no name is given"


class Names(NamedTuple):
    """Names behind the numbers in tables: region, titles and scopes of the series."""

    region: Region
    titles: tuple[str, ...]

    def scopes(self) -> list[str]:
        """Return ``all`` and the code of every municipality."""
        return ["all", *(m.code for m in self.region.municipalities)]


def plain(names: Sequence[str]) -> list[str]:
    """Return names that can be part of a column's name."""
    return [name.replace("-", "_").replace(" ", "_") for name in names]


def declared_outcomes() -> dict[str, dict[str, str]]:
    """Return what a store keeps of each outcome: its unit, how years are made, its labels."""
    return {
        outcome.name: {
            "unit": outcome.unit,
            "yearly": outcome.yearly,
            "text": outcome.text,
            "label_en": outcome.english,
            "label_nl": outcome.dutch,
        }
        for outcome in OUTCOMES
    }


def series_of(
    run_ids: Sequence[str], ticks: IntArray, names: Names, values: FloatArray
) -> pa.Table:
    """Return the long table of outcomes; ``values``: shape (runs, ticks, scopes, outcomes)."""
    return series_table(run_ids, ticks, names.scopes(), NAMES, values, declared_outcomes())


def _labels(table: str, names: Names) -> dict[str, list[str]]:
    """Return what the places of the array columns of a table are called."""
    functions, groups = plain(Function.words()), plain(Group.words())
    labels = {
        "groups": groups,
        "weights": groups,
        "allied_groups": groups,
        "by_function": functions,
        "clients": functions,
        "money": functions,
        "coverage": functions,
        "transaction": plain(CostKind.words()),
        "contract": plain(names.titles),
        "agreed": plain(names.titles),
        "failed": plain(names.titles),
        "disciplines": plain(Discipline.words()),
        "rooted": plain(Discipline.words()),
        "conditions": list(Condition.words()),
        "programmes": groups[:CHAINS],
        "chain": groups[:CHAINS],
        "served": groups,
        "allied_served": groups,
        "partners": plain(Domain.words()),
        "shares": plain(names.region.insurers),
        "by_insurer": plain(names.region.insurers),
        "supplier": [f"{group}_{function}" for group in groups for function in functions],
    }
    if table == "practices":
        labels["trust"] = [str(k) for k in range(NEAREST)]
    return labels


def _parties(numbers: NDArray[Any], parties: list[str]) -> pa.Array:
    """Return party numbers as ``kind:id`` texts, null for no one."""
    used, codes = np.unique(numbers, return_inverse=True)
    spoken = [parties[int(number)] for number in used if number != NONE]
    nobody = numbers == NONE
    codes = np.where(nobody, 0, codes).astype(np.int32)
    return pa.DictionaryArray.from_arrays(
        pa.array(codes, mask=nobody), pa.array(spoken, type=pa.string())
    )


def _party_columns(
    field: Field, values: NDArray[Any], suffixes: list[str], parties: list[str]
) -> list[tuple[Spec, pa.Array]]:
    """Return a column of texts for a field of party numbers, or one for each of its places."""
    text = f"{field.text}, as kind:id"
    if not field.width:
        return [(Spec(field.name, _TEXT, "", text, "", _NOBODY), _parties(values, parties))]
    return [
        (
            Spec(f"{field.name}_{suffix}", _TEXT, "", f"{text} ({suffix})", "", _NOBODY),
            _parties(values[:, place], parties),
        )
        for place, suffix in enumerate(suffixes)
    ]


def _by_place(region: Region, kind: str) -> list[str]:
    """Return by municipality the name of who serves it, of one kind; empty where none is given."""
    held = {m: area.name for area in region.areas_of(kind) for m in area.municipalities}
    return [held.get(m, "") for m in range(len(region.municipalities))]


def _called(codes: NDArray[Any], names: list[str]) -> pa.Array:
    """Return names by ``codes``, of which several may be alike; null for those that are empty."""
    texts = [names[int(code)] for code in codes]
    return pa.array([text or None for text in texts], type=pa.string()).dictionary_encode()


def wide(table: str, kept: Rows, run_id: str, names: Names, parties: list[str]) -> pa.Table:
    """Return the living rows of one table, a column per field (array fields: per place)."""
    labels, cells = _labels(table, names), kept.cells
    extra: list[tuple[Spec, Any]] = [(ROW, kept.rows)]
    if table == "municipalities":
        found = names.region.municipalities
        extra += [
            (Spec("code", _TEXT, "", "CBS code"), coded(kept.rows, [m.code for m in found])),
            (Spec("name", _TEXT, "", "name"), coded(kept.rows, [m.name for m in found])),
            (
                Spec("subregion", _TEXT, "", "sub-region by name"),
                _called(kept.rows, [m.subregion for m in found]),
            ),
            (
                Spec("ros_name", _TEXT, "", "its ROS by name", "", _UNNAMED),
                _called(kept.rows, _by_place(names.region, "ros")),
            ),
        ]
        beyond = np.arange(cells["neighbours"].shape[1]) >= cells["neighbour_count"][:, None]
        cells["neighbours"][beyond] = NONE
    if table == "partners":
        by_domain = [_by_place(names.region, word) for word in Domain.words()]
        held = [
            by_domain[d][m] for d, m in zip(cells["domain"], cells["municipality"], strict=True)
        ]
        extra.append(
            (Spec("name", _TEXT, "", "name", "", _UNNAMED), _called(np.arange(len(held)), held))
        )
    if table == "insurers":
        insurers = list(names.region.insurers)
        extra.append((Spec("name", _TEXT, "", "name"), coded(kept.rows, insurers)))
    fields: list[tuple[str, str, int, str, str, str]] = []
    for field in RECORDS[table].fields:
        suffixes = labels.get(field.name, [str(k) for k in range(field.width)])
        if field.unit == "party":
            extra += _party_columns(field, cells[field.name], suffixes, parties)
        else:
            width = min(field.width, len(suffixes))
            if not field.width or width:
                fields.append(field._replace(width=width))
    return table_from_records(cells, fields, run_id, kept.ticks, labels, extra)


def _lookup(codes: NDArray[Any], names: dict[int, str]) -> pa.Array:
    used, places = np.unique(codes, return_inverse=True)
    return coded(places, [names.get(int(code), f"code {int(code)}") for code in used])


def ledger_of(lines: NDArray[Any], run_id: str, names: Names, parties: list[str]) -> pa.Table:
    """Return the postings of a run."""
    titles = dict(enumerate(names.titles)) | COSTS | POSTINGS
    ticks = np.ascontiguousarray(lines["tick"])
    return table_from_columns(
        [
            (RUN_ID, coded(np.zeros(len(lines)), [run_id])),
            (TICK, ticks),
            (DATE, dates(ticks)),
            (Spec("payer", _TEXT, "", "who pays or spends hours, kind:id"),
             _parties(lines["payer"], parties)),
            (Spec("receiver", _TEXT, "", "who receives, kind:id"),
             _parties(lines["receiver"], parties)),
            (Spec("title", _TEXT, "", "payment title, posting, or transaction:KIND"),
             _lookup(lines["title"], titles)),
            (Spec("phase", "i8", "", "phase of the quarter", "1..13"),
             np.ascontiguousarray(lines["phase"])),
            (Spec("cents", "i8", "cent", "amount", "0.."), np.ascontiguousarray(lines["cents"])),
            (Spec("hours", "f8", "h", "hours spent", "0.."), np.ascontiguousarray(lines["hours"])),
        ]
    )  # fmt: skip


def events_of(lines: NDArray[Any], run_id: str, parties: list[str]) -> pa.Table:
    """Return what happened in a run."""
    ticks = np.ascontiguousarray(lines["tick"])
    used, places = np.unique(lines["party"], return_inverse=True)
    kinds = [parties[int(number)].partition(":")[0] for number in used]
    return table_from_columns(
        [
            (RUN_ID, coded(np.zeros(len(lines)), [run_id])),
            (TICK, ticks),
            (DATE, dates(ticks)),
            (Spec("kind", _TEXT, "", "kind of agent"), [kinds[place] for place in places]),
            (Spec("agent", _TEXT, "", "who, kind:id"), _parties(lines["party"], parties)),
            (Spec("event", _TEXT, "", "what happened"),
             _lookup(lines["what"], dict(enumerate(Event.words())))),
            (Spec("other", _TEXT, "", "with whom, kind:id", "", _NOBODY),
             _parties(lines["other"], parties)),
            (Spec("cause", _TEXT, "", "term that weighed most"),
             _lookup(lines["cause"], dict(enumerate(Cause.words())))),
        ]
    )  # fmt: skip


def tables_of(recorded: Recorded, run_id: str, names: Names) -> dict[str, pa.Table]:
    """Return every table of one recorded run, by the name of its file."""
    parties = party_names(recorded.end)
    found = {
        name: wide(name, kept, run_id, names, parties) for name, kept in recorded.tables.items()
    }
    found["ledger"] = ledger_of(recorded.ledger, run_id, names, parties)
    found["events"] = events_of(recorded.events, run_id, parties)
    return found
