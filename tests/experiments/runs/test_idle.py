"""What would do nothing is refused alike in a run, a sweep, a link and Python."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from experiments import Scenario
from experiments.runs.arguments import in_options
from experiments.sweeps.file.experiment import read_experiment
from experiments.sweeps.plan.planning import make_plan
from sim.errors import BadInput

HEAD = '[package]\nname = "p"\ntext = "t"\nsource = "assumed"\n'
DESIGN = "design:bundled/practice/act"


def rate(day: str, value: float, title: str = "gez") -> str:
    return (
        f"[[title.{title}.rate]]\nfrom = {day}\nvalue = {value}\n"
        'unit = "EUR per insured/yr"\nsource = "x"\n'
    )


@pytest.fixture
def package(tmp_path: Path) -> Callable[[str, str], str]:
    def write(name: str, text: str) -> str:
        (tmp_path / name).write_text(HEAD + text, encoding="utf-8")
        return str(tmp_path / name)

    return write


def by_python(**asked: Any) -> None:
    Scenario("synthetic:2:1", asked.pop("regime", "historic-nl"), **asked).check()


def by_sweep(**asked: Any) -> None:
    """Ask the same of an experiment file; what is set are its constants."""
    runs: dict[str, Any] = {
        "regions": ["synthetic:2:1"], "regimes": [asked.get("regime", "historic-nl")],
        "packages": [list(asked.get("packages", ()))], "from": "2011Q1",
        "to": asked.get("end", "2030Q4"),
    }  # fmt: skip
    if "switch" in asked:
        runs["switch"] = asked["switch"]
    constants = dict(asked.get("settings", {}))
    make_plan(
        read_experiment(
            {
                "name": "n", "question": "q", "runs": runs, "constants": constants,
                "levers": {"choice.money": {"values": [0.1, 0.2]}},
            }
        )
    )  # fmt: skip


IDLE: dict[str, tuple[dict[str, Any], str]] = {
    "a date after the end": (
        {"settings": {"title.gez.rate@2035Q1": 3.0}},
        "title.gez.rate@2035Q1=3.0: does nothing: the run ends in 2030Q4",
    ),
    "a date that others come before": (
        {"settings": {"policy.stance@1995Q1": 0.3}},
        "does nothing: other values are in force in its place",
    ),
    "a title that is off": (
        {"settings": {"title.gez.in_force": 0.0, "title.gez.rate": 5.0}},
        "title.gez.rate=5.0: does nothing: gez is not in force up to 2030Q4",
    ),
    "a word of a title that is off": (
        {"settings": {"title.gez.in_force": 0.0, "title.gez.contract": True}},
        "gez is not in force",
    ),
    "a switch without a design": ({"switch": "2019Q1"}, "does nothing"),
}
FINE: dict[str, dict[str, Any]] = {
    "what holds anyway": {"settings": {"policy.stance": 0.0, "choice.trust": 1.0}},
    "a later end": {"settings": {"title.gez.rate@2035Q1": 3.0}, "end": "2036Q4"},
    "a switch of a design": {"switch": "2019Q1", "regime": DESIGN},
    "a title put out": {"settings": {"title.gez.in_force": 0.0}},
    "one insurer": {"settings": {"policy.stance@Menzis": 0.2}},
}


@pytest.mark.parametrize("ask", [by_python, by_sweep])
@pytest.mark.parametrize("case", IDLE)
def test_what_does_nothing_is_refused(case: str, ask: Callable[..., None]) -> None:
    asked, said = IDLE[case]
    with pytest.raises(BadInput) as caught:
        ask(**asked)
    assert said in in_options(caught.value)


@pytest.mark.parametrize("ask", [by_python, by_sweep])
@pytest.mark.parametrize("case", FINE)
def test_what_does_something_or_says_what_holds_is_taken(
    case: str, ask: Callable[..., None]
) -> None:
    ask(**FINE[case])


@pytest.mark.parametrize("ask", [by_python, by_sweep])
@pytest.mark.parametrize(
    ("many", "which"),
    [
        ({"empty.toml": ""}, "empty.toml"),
        ({"late.toml": rate("2035-01-01", 3.0)}, "late.toml"),
        ({"a.toml": rate("2011-01-01", 3.0), "b.toml": rate("2011-01-01", 4.0)}, "a.toml"),
    ],
)
def test_a_package_that_changes_nothing_is_refused(
    package: Callable[[str, str], str], many: dict[str, str], which: str, ask: Callable[..., None]
) -> None:
    paths = [package(name, text) for name, text in many.items()]
    with pytest.raises(BadInput) as caught:
        ask(packages=paths)
    assert which in in_options(caught.value) and "changes nothing" in in_options(caught.value)
    ask(packages=[package("c.toml", rate("2011-01-01", 3.0))])


def test_a_package_that_a_setting_replaces_is_refused(package: Callable[[str, str], str]) -> None:
    one = package("a.toml", rate("2011-01-01", 3.0))
    with pytest.raises(BadInput, match=r"^packages=.*a.toml.* changes nothing"):
        by_python(packages=[one], settings={"title.gez.rate": 5.0})


def test_an_insurer_that_is_not_there_is_told(tmp_path: Path) -> None:
    from sim.place.synthetic import synthetic
    from sim.place.write import write_region

    folder = tmp_path / "r"
    write_region(synthetic(1, 1), folder)
    shares = folder / "shares.csv"
    shares.write_text("municipality,Achmea,CZ\nSM00001,0.5,0.5\n", encoding="utf-8")
    text = (folder / "region.toml").read_text(encoding="utf-8")
    own = [f'preferred = "{n}"' for n in ("Menzis", "VGZ", "CZ")]
    for one in own:
        text = text.replace(one, 'preferred = "Achmea"')
    (folder / "region.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="Menzis insures nobody in Made country"):
        Scenario(str(folder), "historic-nl", settings={"policy.stance@Menzis": 0.2}).check()


def test_a_factor_of_which_the_values_have_no_effect_is_refused() -> None:
    raw: dict[str, Any] = {
        "name": "n", "question": "q",
        "runs": {"regions": ["synthetic:2:1"], "regimes": ["historic-nl"]},
        "levers": {"l": {"alternatives": {"a": [], "b": ["title.gez.rate@2040Q1=1"]}}},
    }  # fmt: skip
    with pytest.raises(BadInput, match="levers.l: title.gez.rate@2040Q1=1: does nothing"):
        make_plan(read_experiment(raw))
    raw["levers"] = {"title.gez.rate@2040Q1": {"values": [1, 2]}}
    with pytest.raises(BadInput, match="does nothing: the run ends in 2030Q4"):
        make_plan(read_experiment(raw))
    raw["levers"] = {"title.gez.rate": {"values": [1, 2], "unit": "EUR per hour"}}
    with pytest.raises(BadInput, match="'EUR per hour'.* is not that of title.gez.rate"):
        make_plan(read_experiment(raw))


def test_a_date_of_switching_goes_to_designs_alone() -> None:
    raw = {
        "name": "n", "question": "q",
        "runs": {
            "regions": ["synthetic:2:1"], "regimes": ["historic-nl", DESIGN], "switch": "2020Q1",
        },
        "levers": {"choice.money": {"values": [0.1, 0.2]}},
    }  # fmt: skip
    plan = make_plan(read_experiment(raw))
    switches = {plan.scenario(k).regime: plan.scenario(k).switch for k in range(len(plan.points))}
    assert switches == {"historic-nl": "2018Q1", DESIGN: "2020Q1"}
