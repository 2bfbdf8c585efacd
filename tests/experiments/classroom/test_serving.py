"""What class mode is made of, one by one: limits, the page, the file, the socket."""

from __future__ import annotations

import asyncio
import io
import sqlite3
from pathlib import Path

import pytest
from made_game import made_game

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytest.importorskip("segno")

from experiments.classroom.game.decisions import Decide, Join, Make, Step
from experiments.classroom.game.said import Refused
from experiments.classroom.server import classes as of_classes
from experiments.classroom.server.changes import Changes
from experiments.classroom.server.classes import Classes
from experiments.classroom.server.limits import MOST_CLASSES, MOST_MEMBERS, Buckets
from experiments.classroom.server.offered import Offered
from experiments.classroom.server.page import served
from experiments.classroom.server.serve import greet, is_loopback, listen, serve
from experiments.classroom.server.store import Entry, Store
from sim.errors import BadInput
from tests.web.desk import PAGE

OFFERED = Offered("rules", ("unicum", "eemland"), ("historic-nl", "unicum"), made_game())
MADE = Make(region="unicum", regime="unicum", runs=8)


@pytest.fixture
def classes(tmp_path: Path):
    store = Store(tmp_path / "class.sqlite")
    yield Classes(store, OFFERED)
    store.close()


def again(classes: Classes) -> Classes:
    """Return the same classes as another process would find them."""
    store = Store(classes.store.path)
    found = Classes(store, classes.offered)
    store.close()
    return found


def test_a_bucket_fills_with_time_and_forgets_who_waited_longest():
    now = [0.0]
    buckets = Buckets(rate=1.0, burst=3, most=2, clock=lambda: now[0])
    assert [buckets.take("a") for _ in range(4)] == [True, True, True, False]
    assert buckets.take("b")
    now[0] = 1.0
    assert [buckets.take("a"), buckets.take("a")] == [True, False]
    buckets.take("c")
    assert len(buckets._held) == 2


def test_a_page_without_a_policy_is_not_served():
    assert served(PAGE).count(b"regiosim-class") == 1
    for wrong in (b"<html></html>", PAGE + PAGE, PAGE.replace(b"'none'", b"*")):
        with pytest.raises(ValueError, match="no lesson"):
            served(wrong)


def test_what_is_written_down_is_what_is_in_memory(classes: Classes):
    room = classes.make(MADE)
    token = classes.join(room, Join(name="Us", role="hub"))
    sent = Decide(rules="rules", line=0, round=0, levers={"manager": 0.1})
    classes.decide(room, "hub", sent)
    classes.step(room, Step(do="reveal"))
    with pytest.raises(Refused):
        classes.step(room, Step(do="reveal"))
    with pytest.raises(Refused):
        classes.decide(room, "hub", sent)
    found = again(classes)
    assert found.by_code == classes.by_code
    assert found.teacher == classes.teacher
    assert found.by_code[room.code].members == {token: "hub"}


def test_what_cannot_be_written_down_does_not_hold(
    classes: Classes, monkeypatch: pytest.MonkeyPatch
):
    room = classes.make(MADE)

    def full(entry: Entry) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(classes.store, "add", full)
        with pytest.raises(Refused) as refused:
            classes.step(room, Step(do="reveal"))
    assert refused.value.status == 507
    assert classes.by_code[room.code].standing.phase == "open"


def test_there_is_an_end_to_classes_members_and_lines(
    classes: Classes, monkeypatch: pytest.MonkeyPatch
):
    room = classes.make(MADE)
    for _ in range(MOST_MEMBERS):
        classes.join(room, Join(name="Us", role="hub"))
    with pytest.raises(Refused, match="full"):
        classes.join(room, Join(name="Us", role="hub"))
    while len(classes.by_code) < MOST_CLASSES:
        classes.make(MADE)
    with pytest.raises(Refused, match="as many classes"):
        classes.make(MADE)
    monkeypatch.setattr(of_classes, "MOST_ENTRIES", room.entries)
    with pytest.raises(Refused, match="too long"):
        classes.step(room, Step(do="close"))


def test_a_class_plays_where_the_lesson_can(classes: Classes):
    for given in ({"region": "Atlantis"}, {"regime": "none"}):
        with pytest.raises(Refused, match="not in this lesson. Allowed: "):
            classes.make(Make(**(MADE.model_dump() | given)))


def test_files_that_are_not_ours_are_refused_in_a_sentence(tmp_path: Path):
    text, other = tmp_path / "text", tmp_path / "other.sqlite"
    text.write_text("no database at all, but long enough to look at" * 20)
    base = sqlite3.connect(other)
    base.execute("create table things (name text)")
    base.commit()
    base.close()
    for path, said in ((text, "cannot be used"), (other, "holds no classes of regiosim"),
                       (tmp_path / "no" / "folder", "cannot be used")):  # fmt: skip
        with pytest.raises(BadInput, match=said):
            Store(path)
    assert text.read_text().startswith("no database")


def test_classes_of_another_game_or_region_are_refused(classes: Classes):
    classes.make(MADE)
    with pytest.raises(BadInput, match="--region unicum"):
        Classes(classes.store, OFFERED._replace(regions=("eemland",)))
    classes.store.say("game", "-1")
    with pytest.raises(BadInput, match="other roles or levers"):
        again(classes)
    classes.store.say("format", "2")
    with pytest.raises(BadInput, match="another version"):
        again(classes)


def test_a_port_that_is_taken_is_a_sentence(tmp_path: Path):
    taken = listen("127.0.0.1", 0)
    port = taken.getsockname()[1]
    with pytest.raises(BadInput, match=f"--port: {port} is taken by another program"):
        serve(lambda: (OFFERED, PAGE), tmp_path / "class.sqlite", "127.0.0.1", port)
    assert not (tmp_path / "class.sqlite").exists()
    taken.close()
    with pytest.raises(BadInput, match="is no port"):
        listen("127.0.0.1", 70_000)
    with pytest.raises(BadInput, match="no address of this machine"):
        listen("192.0.2.1", 0)


def test_only_this_machine_is_told_apart_from_a_network():
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert is_loopback("localhost")
    assert not is_loopback("192.168.1.4")
    assert not is_loopback("0.0.0.0")


def test_a_terminal_that_cannot_show_blocks_gets_no_code(classes: Classes):
    classes.make(MADE)
    plain = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    greet("http://127.0.0.1:8000/", classes, plain)
    plain.seek(0)
    said = plain.read()
    assert f"#teacher={classes.teacher}" in said
    assert len(said.splitlines()) == 4


def test_who_waits_hears_nothing_for_a_while_and_is_then_told_that_it_is_on():
    async def listened() -> list[int | None]:
        changes, heard = Changes(silence=0.01), []
        async for version in changes.of("ABCD", lambda: 7):
            heard.append(version)
            if len(heard) == 2:
                changes.tell("WXYZ")
                changes.end()
        assert changes.waiting == 0
        return heard

    assert asyncio.run(listened()) == [7, None]
