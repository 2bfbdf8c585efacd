"""One list of kinds of agent, and what else must know of each kind."""

from __future__ import annotations

import ast
import inspect

import pytest
from support import start_of

from agents.compiled.face import Face
from agents.compiled.rule import key_of, rule_named
from agents.kinds import KIND_OF, KINDS, RECORDED, AgentKind
from agents.words import Kind
from experiments.runs.steps import party_names
from sim.engines import compiled as engine
from sim.engines.model import CareModel
from sim.tables import RECORDS, Tables

each = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)


def test_the_list_has_every_code_but_the_world_outside_in_their_order() -> None:
    assert [kind.code for kind in KINDS] == [code for code in Kind if code != Kind.OUTSIDE]
    assert [kind.word for kind in KINDS] == list(Kind.words()[1:])
    assert Kind.OUTSIDE == 0
    assert len(KIND_OF) == len(KINDS)


def test_the_list_has_every_mesa_face() -> None:
    faces = {face for face in Face.__subclasses__() if face.__module__.startswith("agents.")}
    assert faces == {kind.record for kind in KINDS}


def test_every_table_has_a_record_and_every_kind_a_table() -> None:
    assert set(Tables._fields) - set(RECORDS) == {"offsets", "scratch"}
    assert set(RECORDS) <= set(Tables._fields)
    assert {name for name, record in RECORDS.items() if issubclass(record, Face)} == set(KIND_OF)


@each
def test_a_kind_is_kept_in_a_file_or_there_is_a_reason(kind: AgentKind) -> None:
    assert (kind.table in RECORDED) is (kind.unrecorded == "")
    assert kind.unrecorded == "" or len(kind.unrecorded.split()) > 3


@each
def test_every_kind_has_a_step_that_takes_its_row(kind: AgentKind) -> None:
    assert kind.steps
    for step in kind.steps:
        made = rule_named(step)
        assert key_of(made)[1] == step
        arguments = inspect.signature(getattr(made, "py_func", made)).parameters
        assert len(arguments) == 3 and next(iter(arguments)) == "tables"
        # Its own method performs it.
        tree = ast.parse(inspect.getsource(inspect.getmodule(kind.record)))  # type: ignore[arg-type]
        acted = [
            node.args[0].value
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and ast.unparse(node.func) == "self.act"
            and isinstance(node.args[0], ast.Constant)
        ]
        assert step in acted


def test_a_name_of_no_rule_or_of_two_is_refused() -> None:
    with pytest.raises(KeyError, match="0 rules are called 'no_such_rule'"):
        rule_named("no_such_rule")
    with pytest.raises(KeyError, match="2 rules are called 'trust_of'"):
        rule_named("trust_of")


def test_accounts_are_in_the_order_of_the_codes() -> None:
    tables = start_of(2)
    sizes = {Kind.OUTSIDE: 1} | {kind.code: len(getattr(tables, kind.table)) for kind in KINDS}
    for code in Kind:
        assert tables.offsets[code + 1] - tables.offsets[code] == sizes[code], code
    assert tables.offsets[0] == 0
    assert tables.offsets[-1] == len(tables.accounts)


def test_names_of_parties_say_kind_and_id() -> None:
    tables = start_of(2)
    names = party_names(tables)
    assert len(names) == len(tables.accounts)
    assert names[0] == "outside:0"
    for kind in KINDS:
        mine = names[int(tables.offsets[kind.code]) : int(tables.offsets[kind.code + 1])]
        assert mine == [f"{kind.word}:{n}" for n in getattr(tables, kind.table)["id"]]


def restarted() -> set[str]:
    """The tables that the kernel ``restart`` puts back, by its text."""
    body = ast.parse(inspect.getsource(getattr(engine.restart, "py_func", engine.restart)))
    return {
        node.args[0].attr
        for node in ast.walk(body)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"copy_rows", "copy_first"}
        and ast.dump(node.args[0]).replace("'tables'", "'start'") == ast.dump(node.args[1])
        and isinstance(node.args[0], ast.Attribute)
    }


def test_a_restart_in_a_kernel_puts_back_what_a_reset_does() -> None:
    assert restarted() == set(Tables._fields) - engine._KEPT
    assert set(KIND_OF) <= restarted()


def test_each_agent_of_a_model_is_of_a_listed_kind() -> None:
    model = CareModel(start_of(1, ticks=4), engine="python")
    assert {agent.kind for agent in model.agents} <= {kind.word for kind in KINDS}
    assert all(type(agent) in {kind.record for kind in KINDS} for agent in model.agents)
