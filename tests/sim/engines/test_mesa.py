"""The Mesa face: agents, sets, collectors, steps of one agent, overrides, and nothing left over."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import mesa
import numpy as np
import pytest
from support import NONE, Quarters, column, same_bits, series_of, start_of

from agents.compiled.rule import rule_named
from agents.hub import Hub
from agents.kinds import KIND_OF, KINDS
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.practice import Practice
from sim.engines.model import ENGINES, CareModel
from sim.errors import BadInput
from sim.tables import Tables

Both = pytest.mark.parametrize("engine", ENGINES)


def grown(engine: str, quarters: int = 24, seed: int = 1, **more: Any) -> CareModel:
    """A model with organisations: founding is made likely, so that few quarters will do."""
    start = start_of(2, values={"organisation.found": 1.0, "population.open": 0.1,
                                "population.from": 2006}, ticks=40)  # fmt: skip
    model = CareModel(start, seed=seed, engine=engine, **more)
    for _ in range(quarters):
        model.step()
    return model


@Both
def test_agents_by_type_are_the_living_rows(engine: str) -> None:
    model = grown(engine, 8)
    kinds = {kind: agents for kind, agents in model.agents_by_type.items()}
    assert set(kinds) <= {kind.record for kind in KINDS}
    for table, kind in ((kind.table, kind.record) for kind in KINDS):
        rows = model.rows(table)
        alive = sum(bool(r["alive"] if engine == "mesa" else r.alive) for r in rows)
        assert len(kinds.get(kind, [])) == alive > 0, table
    assert isinstance(model, mesa.Model)
    assert len(model.agents) == sum(len(agents) for agents in kinds.values())


@Both
def test_agent_sets_select_get_and_aggregate(engine: str) -> None:
    model = grown(engine, 12)
    practices = model.agents_by_type[Practice]
    members = practices.select(lambda p: p.organisation != NONE)
    free = practices.select(lambda p: p.organisation == NONE)
    assert 0 < len(members) == len(practices) - len(free)
    lists = practices.get("patients")
    assert sum(lists) == practices.agg("patients", sum)
    assert sum(lists) == sum(m.population for m in model.agents if m.kind == "municipality")
    assert model.outcome("insured") == sum(lists)
    assert model.outcome("practices") == len(practices)
    by_form = practices.groupby("form").count()
    assert sum(by_form.values()) == len(practices)


@Both
def test_data_collector_records_outcomes_each_quarter(engine: str) -> None:
    names = ("affiliated_share", "coverage", "practices")
    start = start_of(1, ticks=12)
    model = CareModel(start, seed=3, engine=engine, outcomes=names)
    for _ in range(12):
        model.step()
    frame = model.datacollector.get_model_vars_dataframe()
    series = series_of(start, seed=3, last=11)
    assert list(frame.columns) == list(names)
    for name in names:
        assert frame[name].tolist() == column(series, name).tolist()


@Both
def test_births_and_deaths_are_followed(engine: str) -> None:
    model = grown(engine, 0)
    born, died = 0, 0
    before = {a.id: a for a in model.agents_by_type[Practice]}
    for _ in range(24):
        model.step()
        now = {a.id: a for a in model.agents_by_type[Practice]}
        born += len(set(now) - set(before))
        for gone in set(before) - set(now):
            died += 1
            assert not before[gone].alive
            assert before[gone] not in model.agents
        # Who stays is the same object.
        assert all(now[i] is before[i] for i in set(now) & set(before))
        before = now
    assert born > 0 and died > 0
    assert len(model.agents_by_type[RegioOrganisatie]) > 0


@Both
def test_a_practice_makes_the_kernels_own_choice(engine: str) -> None:
    # In a fourth quarter all choose at once on what is there; asked before it, the first to be
    # asked sees the same field, and must answer the same.
    start = start_of(2, values={"organisation.found": 1.0, "population.open": 0.1,
                                "population.from": 2006}, ticks=40)  # fmt: skip
    asked = 0
    for row in (0, 4, 9):
        own = Quarters(start, seed=1)
        own.step(15)
        expected = rule_named("practice_chooses")(own.tables, row, 15)
        model = grown(engine, 15)
        try:
            practice = model.agent("practices", row)
        except KeyError:
            continue
        assert isinstance(practice, Practice)
        assert practice.choose() == expected
        assert practice.organisation == expected
        asked += 1
    assert asked > 0


@Both
def test_every_kind_can_act_alone(engine: str) -> None:
    # Each agent's own method does what the kernel's step does, to the bit.
    start = start_of(2, values={"organisation.found": 1.0}, ticks=40)
    methods = {
        "practice_chooses": ("practices", "choose"), "unit_buys": ("units", "buy"),
        "organisation_reviews": ("organisations", "review"), "hub_develops": ("hubs", "develop"),
        "municipality_reviews": ("municipalities", "review"),
        "insurer_publishes": ("insurers", "publish"), "ros_assigns": ("ros", "assign"),
        "partner_reviews": ("partners", "review"),
    }  # fmt: skip
    assert set(methods) == {step for kind in KINDS for step in kind.steps}
    model = CareModel(start, seed=1, engine=engine)
    own = Quarters(start, seed=1)
    for _ in range(11):
        model.step()
    own.step(11)
    for step, (table, method) in methods.items():
        agents = [a for a in model.agents if type(a) is KIND_OF[table].record]
        if not agents:
            assert table == "organisations"
            continue
        agent = min(agents, key=lambda a: a.row)
        answer = getattr(agent, method)()
        expected = rule_named(step)(own.tables, agent.row, 11)
        assert answer == expected or expected is None, step
    if model.twin:
        model.twin.write_back(model.tables)
    assert same_bits(own.tables, model.tables) == []


class Counted(Practice):
    """A practice with a method of its own, which is no rule."""

    def chance(self) -> float:
        return 0.5


class Cautious(Practice):
    """A practice that mandates only who is clearly worth it."""

    def give_mandate(self, utility: float, lot: float, refuse: bool) -> bool:
        plain = self.plain_rule("give_mandate")
        return utility > 2.0 and bool(plain(self, utility, lot, refuse))


class Same(Practice):
    """A practice whose override only does what the rule does."""

    def give_mandate(self, utility: float, lot: float, refuse: bool) -> bool:
        return bool(self.plain_rule("give_mandate")(self, utility, lot, refuse))


class Loyal(RegioOrganisatie):
    """An organisation that always grants all rights (a rule of its kind)."""

    def grant_rights(self, norm: float) -> int:
        return 2


class Aloof(Practice):
    """A practice that values no organisation, but looks at what it would have thought."""

    seen: list[float] = []

    def value_membership(self, organisation: Any, contact: Any, params: Any) -> tuple[float, int]:
        value, cause = self.plain_rule("value_membership")(self, organisation, contact, params)
        Aloof.seen.append(value)
        return -1e6, cause


def test_an_override_of_a_rule_is_refused_where_it_would_not_run() -> None:
    start = start_of(1, ticks=8)
    with pytest.raises(BadInput, match="value_membership"):
        CareModel(start, engine="mesa", classes={"practices": Aloof})
    # Methods that are no rule are welcome in both.
    for engine in ENGINES:
        model = CareModel(start, engine=engine, classes={"practices": Counted})
        assert {type(a) for a in model.agents if a.kind == "practice"} == {Counted}
        assert next(iter(model.agents_by_type[Counted])).chance() == 0.5


@Both
def test_a_model_says_where_its_policy_ends_and_what_it_does_not_know(engine: str) -> None:
    start = start_of(1, ticks=4)
    model = CareModel(start, engine=engine)
    for _ in range(4):
        model.step()
    with pytest.raises(BadInput, match="ends with 2006Q4"):
        model.step()
    with pytest.raises(BadInput, match="Did you mean 'trust'"):
        CareModel(start, engine=engine, outcomes=("trusst",))
    with pytest.raises(BadInput, match="out of range"):
        CareModel(start, engine=engine, seed=-1)


def test_an_override_changes_the_twin() -> None:
    Aloof.seen.clear()
    model = grown("python", 24, classes={"practices": Aloof})
    plainly = grown("python", 24)
    # Founders still join where they found: nobody stays or mandates by choice.
    assert Aloof.seen and max(Aloof.seen) > -1e5
    assert model.outcome("mandate_share") == 0.0 < plainly.outcome("mandate_share")
    # With nobody who joins later, no organisation outgrows the hub area that founded it.
    largest = max(hub.patients for hub in model.agents_by_type[Hub])
    assert model.outcome("organisation_size_weighted") <= largest
    assert plainly.outcome("organisation_size_weighted") > largest


def test_cautious_practices_mandate_less() -> None:
    cautious = grown("python", 24, classes={"practices": Cautious})
    plainly, same = grown("python", 24), grown("python", 24, classes={"practices": Same})
    assert cautious.outcome("mandate_share") < plainly.outcome("mandate_share")
    for model in (plainly, same):
        assert model.twin
        model.twin.write_back(model.tables)
    assert same_bits(plainly.tables, same.tables) == []


def test_an_override_of_an_organisations_rule() -> None:
    model = grown("python", 16, classes={"organisations": Loyal})
    # Umbrellas of centres have no members who could have rights.
    rights = [o.rights for o in model.agents_by_type[Loyal] if not o.entrant]
    assert rights and set(rights) == {2}


def test_an_override_leaves_the_compiled_functions_alone() -> None:
    start = start_of(1, ticks=16)
    before = series_of(start, last=15)
    model = CareModel(start, engine="python", classes={"practices": Aloof})
    for _ in range(4):
        model.step()
    assert series_of(start, last=15).tobytes() == before.tobytes()


def test_a_plain_rule_is_for_the_twin() -> None:
    model = grown("mesa", 1)
    practice = next(iter(model.agents_by_type[Practice]))
    with pytest.raises(BadInput):
        practice.plain_rule("value_membership")


@Both
def test_a_misspelt_attribute_is_refused(engine: str) -> None:
    model = grown(engine, 1)
    practice = next(iter(model.agents_by_type[Practice]))
    with pytest.raises(AttributeError, match="'autonomy'"):
        practice.autonmy = 0.3
    practice.autonomy = 0.25
    rows = model.rows("practices")
    seen = rows[practice.row].autonomy if engine == "python" else rows["autonomy"][practice.row]
    assert seen == 0.25


def test_wrong_engines_and_classes_are_refused() -> None:
    start: Tables = start_of(1, ticks=8)
    with pytest.raises(BadInput, match="not a Mesa engine"):
        CareModel(start, engine="compiled")
    with pytest.raises(BadInput, match="not an agent of"):
        CareModel(start, classes={"practices": Hub})
    model = CareModel(start)
    with pytest.raises(KeyError, match="no step"):
        model.act(next(iter(model.agents)), "practice_dances")
    with pytest.raises(KeyError, match="no step 'unit_buys' of a practice; there is practice_ch"):
        model.act(next(iter(model.agents_by_type[Practice])), "unit_buys")


@Both
def test_models_do_not_share_agents_or_tables(engine: str) -> None:
    start = start_of(1, ticks=8)
    one, other = (CareModel(start, seed=s, engine=engine) for s in (1, 1))
    one.step()
    other.step()
    next(iter(one.agents_by_type[Practice])).autonomy = 0.123
    assert next(iter(other.agents_by_type[Practice])).autonomy != 0.123
    assert len(one.agents) == len(other.agents)
    assert np.array_equal(start.practices, np.zeros_like(start.practices))


@Both
def test_a_model_is_forgotten(engine: str) -> None:
    # Mesa before 3.4 keeps a counter per model: the program empties it beyond 64 models.
    start = start_of(1, ticks=4)
    old = []
    for _ in range(70):
        model = CareModel(start, engine="mesa")
        old.append(weakref.ref(model))
        del model
    model = CareModel(start, engine=engine)
    model.step()
    gone = weakref.ref(model)
    del model
    for _ in range(66):
        CareModel(start, engine="mesa")
    gc.collect()
    assert gone() is None
    assert sum(ref() is not None for ref in old) <= 70 - 5
