from __future__ import annotations

import json

import pytest
from made_game import made_game

from experiments.classroom.game.decisions import (
    Decide,
    Join,
    Make,
    check,
    check_role,
    name_of,
    read,
)
from experiments.classroom.game.said import SENTENCES, Refused, exported

GAME = made_game()
GOOD = {"rules": "x", "line": 0, "round": 0, "levers": {"norm": 12}}


def test_what_is_allowed_is_put_in_the_order_of_the_role_and_on_its_positions():
    given = {"norm": 12.2 + 1e-9, "threshold": 150000}
    assert list(check(GAME, "insurer", given).items()) == [("threshold", 150000.0), ("norm", 12.2)]
    assert check(GAME, "organisation", {"mergers": 0}) == {"mergers": 0.0}
    assert check(GAME, "practices", {"conformity": 3}) == {"conformity": 3.0}
    assert check(GAME, "hub", {}) == {}


@pytest.mark.parametrize(
    ("role", "levers", "key", "said"),
    [
        ("insurer", {"nrom": 1}, "lever", "Did you mean norm?"),
        ("insurer", {"autonomy": 1.5}, "other-role", "belongs to practices"),
        ("insurer", {"norm": 24.2}, "range", "norm: 24.2 is not possible. Allowed: 4 to 24 in"),
        ("insurer", {"norm": 3.8}, "range", "4 to 24 in steps of 0.2"),
        ("insurer", {"norm": 12.1}, "range", "steps of 0.2"),
        ("insurer", {"norm": 1e300}, "range", "1e+300"),
        ("insurer", {"norm": float("nan")}, "range", "nan"),
        ("insurer", {"norm": float("inf")}, "range", "inf"),
        ("organisation", {"mergers": 0.5}, "choice", "Allowed: 0, 1"),
        ("practices", {"conformity": 1.5}, "choice", "Allowed: 1, 2, 3"),
        ("insurers", {}, "role", "Did you mean insurer? Roles: insurer, organisation"),
    ],
)
def test_what_is_not_allowed_is_refused_in_a_sentence(
    role: str, levers: dict[str, float], key: str, said: str
):
    with pytest.raises(Refused) as refused:
        check(GAME, role, levers)
    assert refused.value.key == key
    assert said in refused.value.said()["en"]
    assert refused.value.said()["nl"] != refused.value.said()["en"]


def test_names_are_text():
    assert name_of("  R&D \t van  Noord ") == "R&D van Noord"
    assert name_of("E\u0301e\u0301n") == "Één"
    assert name_of("é" * 40) == "é" * 40


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("", "name-empty"),
        (" - ", "name-empty"),
        ("x" * 41, "name-long"),
        ("<b>us</b>", "name-signs"),
        ("a\x00b", "name-signs"),
        ("a\x1b[31m", "name-signs"),
        ("a\u202eb", "name-signs"),
        ("a\u200bb", "name-signs"),
        ("a\ud800", "name-signs"),
    ],
)
def test_names_that_are_no_text_are_refused(name: str, key: str):
    with pytest.raises(Refused) as refused:
        name_of(name)
    assert refused.value.key == key
    assert "\x1b" not in refused.value.said()["en"]


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (b"", "no-json"),
        (b"{", "no-json"),
        (json.dumps(GOOD).encode()[:-3], "no-json"),
        (b"[]", "no-json"),
        (b"null", "no-json"),
        (b"[" * 16000, "no-json"),
        (b"\xff\xfe\x00", "no-json"),
        (json.dumps(GOOD | {"levers": []}).encode(), "bad-key"),
        (json.dumps(GOOD | {"levers": {"norm": "12"}}).encode(), "bad-key"),
        (json.dumps(GOOD | {"levers": {"norm": float("nan")}}).encode(), "bad-key"),
        (json.dumps(GOOD | {"levers": {f"x{k}": 1 for k in range(21)}}).encode(), "bad-key"),
        (json.dumps(GOOD | {"round": -1}).encode(), "bad-key"),
        (json.dumps(GOOD | {"round": 10**400}).encode(), "bad-key"),
        (json.dumps(GOOD | {"line": True}).encode(), "bad-key"),
        (json.dumps(GOOD | {"role": "hub"}).encode(), "bad-key"),
        (json.dumps({"rules": "x"}).encode(), "bad-key"),
    ],
)
def test_bodies_that_cannot_be_used_are_refused(body: bytes, key: str):
    with pytest.raises(Refused) as refused:
        read(body, Decide)
    assert refused.value.key == key
    assert len(refused.value.said()["en"]) < 500


def test_bodies_that_can_be_used_are_read():
    assert read(json.dumps(GOOD).encode(), Decide).levers == {"norm": 12.0}
    assert read(b'{"name": "Us", "role": "hub"}', Join).role == "hub"
    with pytest.raises(Refused):
        read(b'{"region": "unicum", "regime": "unicum", "runs": 4000}', Make)
    assert check_role(GAME, "hub") == "hub"


def test_every_sentence_is_there_in_both_languages():
    for key, sentence in SENTENCES.items():
        assert sentence.en.endswith((".", "}")), key
        assert sentence.nl.endswith((".", "}")), key
        assert 400 <= sentence.status < 600, key
    assert "code-check" in exported()
    assert "no-teacher" not in exported()
