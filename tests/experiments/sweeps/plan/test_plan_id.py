"""What a sweep is told by: words and spelling change no id, all that matters does."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.parameters import DECLARED
from experiments.sweeps.plan import planning
from tests.made_plans import HEAD, LATIN, LEVERS, RANGES, RUNS, WHOLE, plan_of


@pytest.mark.parametrize(
    "text",
    [
        WHOLE.replace('name = "design"', 'name = "another"\ntext = "more words"\nschema = 1'),
        WHOLE.replace("Which points?", "Or which?"),
        WHOLE.replace("what the ROS is paid", "another text") + "# a remark\n",
        HEAD + LATIN + RANGES + LEVERS + RUNS,
        WHOLE.replace('."choice.trust"', ".choice.trust").replace(
            '"title.ros.rate"', "title.ros.rate"
        ),
        WHOLE.replace('[levers."title.ros.rate"]', "[ levers . 'title.ros.rate' ]"),
        WHOLE.replace('to = "2010Q4"', 'to = "2010-10-01"'),
        WHOLE + '[record]\nwhen = "yearly"\nscopes = "all"\n',
        WHOLE.replace("low = 0.5", "low = 5e-1").replace("high = 2.0", "high = 2"),
    ],
)
def test_words_and_the_way_of_writing_change_no_id(text: str, tmp_path: Path) -> None:
    first, other = plan_of(tmp_path, WHOLE), plan_of(tmp_path, text, "other.toml")
    assert text != WHOLE
    assert other.id == first.id and other.points == first.points
    assert [other.settings(k) for k in range(20)] == [first.settings(k) for k in range(20)]


@pytest.mark.parametrize(
    "text",
    [
        WHOLE.replace("seed = 7", "seed = 8"),
        WHOLE.replace("seed = 3", "seed = 4"),
        WHOLE.replace("points = 5", "points = 6"),
        WHOLE.replace('"latin-hypercube"', '"sobol"').replace("points = 5", "points = 4"),
        WHOLE.replace("replicates = 3", "replicates = 4"),
        WHOLE.replace("1.5", "1.25"),
        WHOLE.replace("high = 2.0\ndistribution", "high = 2.5\ndistribution"),
        WHOLE.replace("redraw=0.2", "redraw=0.3"),
        WHOLE.replace("levers.rule", "levers.rules"),
        WHOLE.replace("2010Q4", "2011Q4"),
        WHOLE.replace("synthetic:1:3", "synthetic:1:4"),
        WHOLE.replace('"historic-nl"', '"unicum"'),
        WHOLE.replace('regimes = ["historic-nl"]', 'regimes = ["historic-nl", "unicum"]'),
        WHOLE + '[constants]\n"choice.money" = 0.2\n',
        WHOLE + '[record]\nwhen = "quarterly"\n',
        WHOLE + '[record]\noutcomes = ["trust"]\n',
    ],
)
def test_what_matters_changes_the_id(text: str, tmp_path: Path) -> None:
    assert text != WHOLE
    assert plan_of(tmp_path, WHOLE).id != plan_of(tmp_path, text, "other.toml").id


def test_constants_are_told_by_what_they_set(tmp_path: Path) -> None:
    texts = (
        '[constants]\n"choice.money" = 0.2\n"title.ros.rate@2010Q1" = 1\n',
        '[constants]\n"title.ros.rate@2010-01-01" = 1.0\n"choice.money" = 0.20\n',
        "[constants.choice]\nmoney = 2e-1\n[constants.title.ros]\n'rate@2010Q1' = 1\n",
    )
    rest = HEAD + RUNS + RANGES + LATIN
    ids = {plan_of(tmp_path, rest + text, f"{k}.toml").id for k, text in enumerate(texts)}
    assert len(ids) == 1


def test_another_default_of_a_parameter_is_another_sweep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = plan_of(tmp_path, WHOLE).id
    changed = DECLARED["choice.money"]._replace(value=0.16)
    monkeypatch.setitem(DECLARED, "choice.money", changed)
    assert plan_of(tmp_path, WHOLE).id != before


def test_other_rules_are_another_sweep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = plan_of(tmp_path, WHOLE).id
    monkeypatch.setattr(planning, "rules_hash", lambda: "0" * 16)
    assert plan_of(tmp_path, WHOLE).id != before
