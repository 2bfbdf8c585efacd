"""Over syntax trees: policy stays in data, phases in order, nothing declared in vain."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support import Quarters, start_of

import agents
from agents.compiled.codes import Code
from agents.compiled.record import Column
from agents.events import Cause, Event
from agents.kinds import KINDS
from agents.parameters import DECLARED
from agents.words import Manager, Plan
from sim.engines.model import CareModel
from sim.ledger import Failure, Posting
from sim.place.load import load_region
from sim.plan import calls, due, phases
from sim.policy.load import regime_names, title_names
from sim.tables import RECORDS

ROOT = Path(agents.__file__).resolve().parent.parent


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def sources(*, policy: bool = False, place: bool = False) -> list[Path]:
    """The modules of the model; without those that only read policy or regions."""
    out = []
    for path in [*(ROOT / "agents").rglob("*.py"), *(ROOT / "sim").rglob("*.py")]:
        # Rooms of the sources, not folders above the checkout.
        rooms = path.relative_to(ROOT).parts
        if ("policy" in rooms and not policy) or ("place" in rooms and not place):
            continue
        out.append(path)
    assert len(out) > 30
    return sorted(out)


def docstrings(module: ast.Module) -> set[int]:
    """Identities of the nodes that are bare strings: docstrings and texts under constants."""
    return {id(n.value) for n in ast.walk(module) if isinstance(n, ast.Expr)}


def words(module: ast.Module) -> Iterator[tuple[int, str]]:
    """String literals (not docstrings), names and attributes with their line."""
    skip = docstrings(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skip:
            yield node.lineno, node.value
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id


# These are also a kind of party, origins of hubs, regions and a unit of payment: the words are in
# use for those, so for them only a comparison or branch would tell.
ALSO_SOMETHING_ELSE = {"ros", "owz", "wsv", "unicum", "eemland", "two-part"}


def test_no_regime_and_no_title_is_named_in_the_model() -> None:
    names = {n for n in [*title_names(), *regime_names()] if n not in ALSO_SOMETHING_ELSE}
    names |= {n.replace("-", "_") for n in names}
    found = [
        f"{path.relative_to(ROOT)}:{line}: {word}"
        for path in sources(place=True)
        for line, word in words(tree(path))
        if word in names or word.startswith("design:")
    ]
    assert found == []


def test_the_reader_of_policy_names_no_regime_or_title_either() -> None:
    names = {n for n in [*title_names(), *regime_names()] if not n.startswith("design:")}
    found = [
        f"{path.name}:{line}: {word}"
        for path in sources(policy=True)
        if "policy" in path.relative_to(ROOT).parts
        for line, word in words(tree(path))
        if word in names - {"ros", "owz", "wsv"}
    ]
    assert found == []


def test_the_search_for_names_sees_a_name() -> None:
    module = ast.parse(
        '"""keten-dbc in a docstring is fine."""\nif title == "keten-dbc": x.gez = 1'
    )
    assert [w for _, w in words(module) if w in title_names()] == ["keten-dbc", "gez"]


def called(function: ast.FunctionDef) -> list[str]:
    """Names called as statements, in order."""
    found = [
        (node.lineno, node.value.func.id)
        for node in ast.walk(function)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
    ]
    return [name for _, name in sorted(found)]


def test_phases_are_listed_in_the_order_in_which_they_run() -> None:
    module = tree(ROOT / "sim" / "quarter.py")
    run = next(n for n in module.body if isinstance(n, ast.FunctionDef) and n.name == "run_quarter")
    assert called(run) == [phase.kernel for phase in phases()]
    numbers = [phase.number for phase in phases()]
    assert numbers == sorted(numbers) and set(numbers) == set(range(1, 14))
    assert all(phase.name and phase.text for phase in phases())


def test_a_quarter_calls_what_is_due_by_its_plan() -> None:
    model = CareModel(start_of(1, ticks=8), engine="python")
    assert model.twin is not None
    for tick in range(8):
        seen: list[tuple[str, Any]] = []

        def noted(name: str, seen: list[tuple[str, Any]] = seen) -> Any:
            return lambda tables, *more: seen.append((name, more))

        run = model.twin.functions["sim.quarter", "run_quarter"]
        kernels = {call.phase.kernel: noted(call.phase.kernel) for call in calls()}
        plain = type(run)(run.__code__, {**run.__globals__, **kernels})
        plain(model.twin.tables, tick)
        assert seen == due(tick)


def test_cadence_stands_in_the_quarter_alone() -> None:
    """No phase asks for itself which quarter of a year it is."""
    asking = [
        path.name
        for path in (ROOT / "sim" / "phases").rglob("*.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)
        and isinstance(node.right, ast.Constant) and node.right.value == 4
    ]  # fmt: skip
    assert asking == []


def attributes(node: ast.AST, context: type) -> set[str]:
    """Attributes that are loaded or stored anywhere below a node."""
    found = (n for n in ast.walk(node) if isinstance(n, ast.Attribute))
    return {n.attr for n in found if isinstance(n.ctx, context)}


BLOCKS = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.With)


@cache
def uses() -> tuple[tuple[set[str], set[str]], ...]:
    """Per statement: the attributes it reads, and those it writes (or writes an element of)."""
    found = []
    for path in sources():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.If | ast.While):
                found.append((attributes(node.test, ast.Load), set[str]()))
            elif isinstance(node, ast.For):
                found.append((attributes(node.iter, ast.Load), set[str]()))
            elif isinstance(node, ast.stmt) and not isinstance(node, BLOCKS):
                written = attributes(node, ast.Store)
                for target in ast.walk(node):
                    if isinstance(target, ast.Subscript) and isinstance(target.ctx, ast.Store):
                        written |= attributes(target, ast.Load)
                found.append((attributes(node, ast.Load), written))
    return tuple(found)


def only_counted(field: str) -> bool:
    """Whether every reading of a field is in a statement that writes the same field."""
    return not any(field in read and field not in written for read, written in uses())


AGENTS = tuple(kind.table for kind in KINDS)

# Kept for the observer: shown to users, tests and figures, and read by no rule on purpose.
FOR_THE_OBSERVER = {
    "practices": {"opened", "closed"},
    "organisations": {"founder", "reserves"},
    "municipalities": {"x", "y"},
    "insurers": {"id", "spent", "contracts"},
    "ros": {"id", "guided"},
    "partners": {"residents", "x", "y"},
}


@pytest.mark.parametrize("table", AGENTS)
def test_every_field_of_an_agent_is_read_by_a_rule_phase_or_index(table: str) -> None:
    """Matched by the field's name: one that two kinds share counts for both (see below)."""
    fields = [f.name for f in RECORDS[table].fields]
    unread = {name for name in fields if only_counted(name)} - FOR_THE_OBSERVER.get(table, set())
    assert unread == set()


def test_the_search_for_unread_fields_would_find_one() -> None:
    assert only_counted("no_such_field")
    assert not only_counted("autonomy")


@pytest.mark.parametrize("table", AGENTS)
def test_every_field_of_an_agent_is_filled_in_some_run(table: str) -> None:
    """A field that stays zero in every kind of run is one that nobody writes."""
    filled = {"preferred", "policy_of"}  # row 0 is an insurer as good as any
    # Large enough for a second ROS and another preferred insurer: row 0 looks like empty.
    region = load_region("synthetic:25:1")
    # Some fields are for rare cases: closed admission, talks that run over, sub-regions.
    rare = {"organisation.admission": 1, "insurer.manager": 0.0, "insurer.delegate": 0.0,
            "contract.checkback": 0.3, "organisation.subregion_cost": 0.0,
            "organisation.found": 0.5}  # fmt: skip
    effort = "design:bundled/organisation/effort"
    easy = tuple(
        f"title.design-bundled.{key}" for key in ("mandate=0.01", "minimum=1", "contiguous=false")
    )
    # Checks that are failed: of units, and of hubs that are paid themselves.
    failing = {"contract.required": 1.0}
    checked = "title.design-ict.checks=true"
    for regime, values, settings in (
        ("plus-practices", {}, ()), ("design:component/practice/effort", failing, (checked,)),
        ("historic-nl", rare, ()), (effort, rare, easy), ("historic-nl", {"trust.start": -0.2}, ()),
        ("historic-nl", failing, ("title.gez.checks=true",)),
        ("historic-nl", {"trust.start": 0.2}, ()),
        ("zilveren-kruis", {"transition.enough": 0.0}, ()),
        ("historic-nl", {}, ("policy.macro=2",)),
        ("design:component/practice/effort", {"plan.funded": False}, ("policy.macro=2",)),
    ):  # fmt: skip
        quarters = Quarters(start_of(region, regime, values, settings=settings), seed=1)
        for _ in range(25):
            rows = getattr(quarters.step(4), table)
            filled |= {name for name in rows.dtype.names if np.any(rows[name])}
    assert {f.name for f in RECORDS[table].fields} - filled == set()


@cache
def read_in_runs() -> frozenset[tuple[str, str]]:
    """Which fields of which kind rules, phases and indices read in runs of the twin."""
    read: set[tuple[str, str]] = set()
    plain_get = Column.__get__

    def noted(self: Column, row: Any, owner: type) -> Any:
        if row is not None:
            read.add((owner.__name__, self.key))
        return plain_get(self, row, owner)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Column, "__get__", noted)
        # A region this small holds no region contract: two titles are easy to get.
        paid = ("regiomanagement", "wijkmanagement")
        easy = tuple(f"title.{t}.{key}" for t in paid for key in ("mandate=0.01", "minimum=1"))
        easy = (*easy, "policy.benchmark=1")
        # Managers without a mandate: some talks run over the year.
        # Dealings long enough for a table to pay where few practices are.
        values = {"organisation.found": 1.0, "insurer.manager": 0.0, "insurer.delegate": 0.0,
                  "transaction.dealings": 50.0, "partner.base": 5.0,
                  # New suppliers come for a gain that is small where few practices are.
                  "entry.rate": 1.0, "entry.money": 1.0}  # fmt: skip
        for regime, settings in (
            ("plus-practices", (*easy, "policy.macro@2020Q1=1")),
            ("design:component/practice/effort", ("policy.macro@2020Q1=1",)),
        ):
            start = start_of(
                2, regime, values,
                ticks=60, switch="2010Q1", settings=settings,
            )  # fmt: skip
            model = CareModel(start, seed=1, engine="python")
            for _ in range(60):
                model.step()
            model.outcome("coverage")
    return frozenset(read)


@pytest.mark.parametrize("table", AGENTS)
def test_every_field_of_an_agent_is_read_in_some_run(table: str) -> None:
    """Kind by kind, in the twin: a field that two kinds share must be read of both."""
    record = RECORDS[table]
    known = {key for owner, key in read_in_runs() if owner == record.__name__}
    assert known
    unread = {f.name for f in record.fields} - known - FOR_THE_OBSERVER.get(table, set())
    assert unread == set()


@pytest.mark.parametrize("codes", [Event, Cause, Posting, Failure, Plan, Manager])
def test_every_code_of_these_kinds_is_used_somewhere(codes: type[Code]) -> None:
    used = {
        node.attr
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == codes.__name__
    }
    assert {code.name for code in codes} - used - {"NONE"} == set()


def test_every_parameter_is_read_somewhere() -> None:
    reads = {
        node.attr
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
    # A few shape the starting tables and are looked up by their dotted name.
    texts = {word for path in sources() for _, word in words(tree(path))}
    unread = [
        d.name
        for d in DECLARED.values()
        if d.field and d.field not in reads and d.name not in texts
    ]
    assert unread == []
