"""Class mode over HTTP: a real server in a process of its own, on this machine only."""

from __future__ import annotations

import http.client
import json
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytest.importorskip("segno")

from tests.web.desk import RULES, Served
from tests.web.visitors import visit_class


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    desk = Served(tmp_path_factory.mktemp("class") / "class.sqlite")
    yield desk
    desk.kill()


@pytest.fixture
def code(served: Served) -> str:
    """Return the code of a class of its own."""
    body = {"region": "unicum", "regime": "unicum", "runs": 8}
    status, found = served.ask("POST", "/api/classes", body, served.teacher)
    assert status == 200, found
    return str(found["code"])


def key_of(answer: tuple[int, Any]) -> tuple[int, str]:
    status, body = answer
    assert set(body) == {"refused", "said"}, body
    assert set(body["said"]) == {"en", "nl"}
    return status, body["refused"]


def test_the_page_says_that_it_is_served_and_may_call_nobody_else(served: Served):
    status, page = served.ask("GET", "/")
    assert status == 200
    assert b'<meta name="regiosim-class" content="served">' in page
    assert b"default-src 'none'; connect-src 'self'" in page
    assert "#class=" in served.said
    assert "█" in served.said


def test_the_page_is_sent_once(served: Served):
    talk = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    talk.request("GET", "/", headers={"Accept-Encoding": "gzip"})
    first = talk.getresponse()
    first.read()
    assert first.headers["content-encoding"] == "gzip"
    talk.request("GET", "/", headers={"If-None-Match": first.headers["etag"]})
    second = talk.getresponse()
    assert (second.status, second.read()) == (304, b"")
    talk.close()


def test_a_class_is_played(served: Served, code: str):
    ours, theirs = served.join("insurer", "R&D", code), served.join("hub", "Noord", code)
    more = served.join("insurer", "Somebody else", code)
    assert served.decide(ours, {"norm": 10}, code=code)[0] == 200
    assert served.decide(more, {"norm": 11}, code=code)[0] == 200
    assert served.decide(theirs, {"manager": 0.3}, code=code)[0] == 200
    seen = served.state(ours, code)
    assert seen["groups"] == [
        {"role": "insurer", "name": "R&D", "members": 2},
        {"role": "hub", "name": "Noord", "members": 1},
    ]
    assert seen["decided"] == ["hub", "insurer"]
    assert seen["you"] == {"role": "insurer", "teacher": False}
    assert seen["lines"][0]["decisions"] == [
        {"round": 0, "role": "insurer", "levers": {"norm": 11.0}}
    ]
    assert served.state("", code)["lines"][0]["decisions"] == []
    assert len(served.state(served.teacher, code)["lines"][0]["decisions"]) == 2
    assert served.post("step", {"do": "reveal"}, served.teacher, code)[0] == 200
    assert len(served.state("", code)["lines"][0]["decisions"]) == 2
    assert key_of(served.decide(ours, {}, code=code)) == (409, "closed")
    assert served.post("step", {"do": "open"}, served.teacher, code)[0] == 200
    assert key_of(served.decide(ours, {}, code=code)) == (409, "round")
    typed = {"rules": RULES, "line": 0, "round": 1, "role": "practices", "levers": {"trust": 3}}
    assert served.post("decide-for", typed, served.teacher, code)[0] == 200
    assert served.post("step", {"do": "branch", "number": 0}, served.teacher, code)[0] == 200
    assert key_of(served.decide(ours, {}, code=code)) == (409, "line")
    assert served.decide(ours, {}, line=1, code=code)[0] == 200
    assert len(served.state("", code)["lines"]) == 2


def test_two_classes_do_not_know_each_other(served: Served, code: str):
    ours = served.join("hub", "Noord", code)
    before = served.state()
    assert served.decide(ours, {"manager": 0.1}, code=code)[0] == 200
    assert served.state() == before
    assert key_of(served.decide(ours, {"manager": 0.1})) == (403, "no-member")
    status, found = served.ask("GET", "/api/classes", token=served.teacher)
    assert status == 200
    assert {served.code, code} <= {one["code"] for one in found["classes"]}
    assert {"code", "region", "regime", "runs"} == set(found["classes"][0])


def test_only_the_teacher_leads(served: Served, code: str):
    ours = served.join("hub", "Noord", code)
    step, typed = {"do": "reveal"}, {"rules": RULES, "line": 0, "round": 0, "levers": {}}
    for token in ("", ours, "x" * 24, served.teacher[:-1], "ü"):
        assert key_of(served.post("step", step, token, code)) == (403, "no-teacher")
        assert key_of(served.post("decide-for", typed | {"role": "hub"}, token, code))[0] == 403
        body = {"region": "unicum", "regime": "unicum", "runs": 8}
        assert key_of(served.ask("POST", "/api/classes", body, token)) == (403, "no-teacher")
        assert key_of(served.ask("GET", "/api/classes", token=token)) == (403, "no-teacher")
    assert served.state("", code)["phase"] == "open"


HOSTILE: list[tuple[str, bytes, int, str]] = [
    ("join", b"x" * 10_000_000, 413, "too-large"),
    ("join", b'{"name": "Us"', 400, "no-json"),
    ("join", b'{"name": "<img src=x onerror=alert(1)>", "role": "hub"}', 400, "name-signs"),
    ("join", json.dumps({"name": "x" * 900, "role": "hub"}).encode(), 400, "name-long"),
    ("join", json.dumps({"name": "x", "role": "hubb"}).encode(), 400, "role"),
    ("join", json.dumps({"name": "x", "role": "hub", "token": "mine"}).encode(), 400, "bad-key"),
    ("decide", b"[" * 16_000, 400, "no-json"),
    ("decide", b"\x00" * 100, 400, "no-json"),
    ("step", b'{"do": "reveal", "number": -1}', 400, "bad-key"),
]


@pytest.mark.parametrize(("what", "raw", "status", "key"), HOSTILE)
def test_hostile_posts_get_a_sentence_and_change_nothing(
    served: Served, code: str, what: str, raw: bytes, status: int, key: str
):
    before = served.state(served.teacher, code)
    answer = served.ask("POST", f"/api/classes/{code}/{what}", token=served.teacher, raw=raw)
    assert key_of(answer) == (status, key)
    assert served.state(served.teacher, code) == before


def test_decisions_of_another_kind_of_page_are_refused(served: Served, code: str):
    ours = served.join("insurer", "Us", code)
    assert key_of(served.decide(ours, {}, rules="other", code=code)) == (409, "rules")
    assert key_of(served.decide(ours, {"norm": 1e9}, code=code)) == (400, "range")
    assert key_of(served.decide(ours, {"trust": 3}, code=code)) == (403, "other-role")
    assert key_of(served.decide(ours, {}, round=3, code=code)) == (409, "round")
    assert key_of(served.ask("GET", "/api/classes/QQQQ")) == (404, "no-class")
    assert key_of(served.ask("GET", "/api/classes/%3Cb%3E")) == (404, "no-class")
    assert key_of(served.ask("GET", "/etc/passwd")) == (404, "no-page")
    assert key_of(served.ask("DELETE", f"/api/classes/{code}")) == (405, "no-method")
    assert served.state("", code)["decided"] == []


def test_a_post_that_breaks_off_disturbs_nobody(served: Served, code: str):
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", served.port), timeout=10) as talk:
            talk.sendall(f"POST /api/classes/{code}/join HTTP/1.1\r\nHost: x\r\n".encode())
            talk.sendall(b'Content-Length: 100\r\n\r\n{"name": "Us", ')
    assert served.state("", code)["groups"] == []


def test_who_sends_too_much_waits_and_others_do_not(served: Served, code: str):
    ours, theirs = served.join("insurer", "Us", code), served.join("hub", "Them", code)
    answers = [served.decide(ours, {"norm": 10}, code=code) for _ in range(45)]
    refused = [answer for answer in answers if answer[0] != 200]
    assert 5 <= len(refused) <= 15  # thirty at once, and one more a second
    assert {key_of(answer) for answer in refused} == {(429, "too-many")}
    assert served.decide(theirs, {}, code=code)[0] == 200


class Stream:
    """A page that waits for changes of a class."""

    def __init__(self, served: Served, code: str) -> None:
        self._talk = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
        self._talk.request("GET", f"/api/classes/{code}/changes")
        self.answer = self._talk.getresponse()
        assert self.answer.status == 200
        assert self.answer.headers["content-type"].startswith("text/event-stream")

    def read(self) -> bytes:
        """Return the next line."""
        return self.answer.readline()

    def close(self) -> None:
        self.answer.close()
        self._talk.close()


def test_who_waits_is_told_of_changes(served: Served, code: str):
    ours = served.join("insurer", "Us", code)
    first = Stream(served, code)
    assert (first.read(), first.read()) == (b"data: 2\n", b"\n")
    served.decide(ours, {"norm": 10}, code=code)
    assert first.read() == b"data: 3\n"
    first.close()
    again = Stream(served, code)  # a page that was loaded anew
    assert again.read() == b"data: 3\n"
    again.close()


def test_all_decisions_are_back_after_a_kill(tmp_path: Path):
    desk = Served(tmp_path / "class.sqlite")
    try:
        tokens = {role: desk.join(role, role) for role in ("insurer", "hub", "practices")}
        assert desk.decide(tokens["insurer"], {"norm": 10})[0] == 200
        assert desk.post("step", {"do": "reveal"}, desk.teacher)[0] == 200
        assert desk.post("step", {"do": "open"}, desk.teacher)[0] == 200
        for value in (0.1, 0.2, 0.3):
            assert desk.decide(tokens["hub"], {"manager": value}, round=1)[0] == 200
        before, teacher = desk.state(desk.teacher), desk.teacher
        desk.kill()
        desk.start()
        assert desk.teacher == teacher
        assert desk.state(teacher) == before
        assert desk.state(tokens["hub"])["you"]["role"] == "hub"
        assert desk.decide(tokens["practices"], {"trust": 3}, round=1)[0] == 200
    finally:
        desk.kill()


def test_ctrl_c_ends_in_order_within_a_second_although_pages_wait(tmp_path: Path):
    desk = Served(tmp_path / "class.sqlite")
    waiting = [Stream(desk, desk.code) for _ in range(5)]
    seconds, code, said = desk.interrupt()
    for one in waiting:
        one.close()
    assert seconds < 1.0
    assert code == 0
    assert said.strip() == "Ended. The same command goes on with these classes."
    assert not (tmp_path / "class.sqlite-wal").exists()


def test_the_file_is_in_wal_mode(served: Served):
    base = sqlite3.connect(served.data)
    assert base.execute("pragma journal_mode").fetchone() == ("wal",)
    base.close()


def test_a_class_of_thirty_is_served_at_once(tmp_path: Path):
    visit = visit_class(30, 6.0, tmp_path / "class.sqlite")
    assert visit.errors == []
    assert len(visit.decisions) >= 60
    assert visit.changes >= 60
    assert visit.share(0.95) < 0.2
