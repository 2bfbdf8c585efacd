"""Simulated visitors of class mode, on this machine only: ``python -m tests.web.visitors``.

Each visitor loads the page, joins, waits for changes like a browser, asks for the class whenever
it changes, and decides every second or two, while a teacher goes through rounds and branches. At
the end it says how long a decision took, what went wrong, and what memory the server held.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.web.desk import RULES, Served

ROLES = {
    "insurer": {"norm": [10.0, 11.0, 12.0]},
    "organisation": {"secured": [0.1, 0.5, 1.0]},
    "hub": {"manager": [0.1, 0.2, 0.3]},
    "practices": {"trust": [1.0, 2.0, 3.0]},
    "municipality": {"cofunding": [0.5, 1.0, 1.5]},
}
EXPECTED = {"round", "closed", "line"}
"""Refusals that belong to the game: the class went on while a decision was under way."""


@dataclass
class Visit:
    """What visitors saw.

    Attributes:
        decisions: seconds that each took, from sending to the answer.
        errors: what should not have been.
        late: decisions that came after a round was closed.
        changes: that streams told of.
        memory: resident megabytes of the server, over time.
    """

    decisions: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    late: int = 0
    changes: int = 0
    memory: list[float] = field(default_factory=list)

    def share(self, part: float) -> float:
        """Return the seconds within which this part of decisions was answered."""
        return sorted(self.decisions)[int(part * (len(self.decisions) - 1))]

    def growth(self) -> float:
        """Return the megabytes that memory grew by between the second quarter and the last."""
        quarter = max(1, len(self.memory) // 4)
        early, late = self.memory[quarter : 2 * quarter], self.memory[-quarter:]
        return max(late) - max(early or self.memory[:1])


class _Visitor(threading.Thread):
    def __init__(self, served: Served, visit: Visit, number: int, until: float) -> None:
        super().__init__(daemon=True)
        self._served, self._visit, self._until = served, visit, until
        self._draw = random.Random(number)
        self._role = list(ROLES)[number % len(ROLES)]
        self._talk = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
        self._token = ""
        self._stale = threading.Event()

    def run(self) -> None:
        try:
            self._visit_all()
        except Exception as error:  # told at the end, whatever it was
            self._visit.errors.append(f"{type(error).__name__}: {error}")
        finally:
            self._talk.close()

    def _visit_all(self) -> None:
        time.sleep(self._draw.random())
        self._ask("GET", "/")
        joined = self._ask("POST", "join", {"name": f"Group {self._role}", "role": self._role})
        self._token, seen = joined["token"], joined["class"]
        threading.Thread(target=self._wait, daemon=True).start()
        while time.monotonic() < self._until:
            time.sleep(self._draw.uniform(1.0, 2.0))
            if self._stale.is_set():
                self._stale.clear()
                seen = self._ask("GET", "")
            self._decide(seen)

    def _decide(self, seen: dict[str, Any]) -> None:
        levers = {name: self._draw.choice(at) for name, at in ROLES[self._role].items()}
        body = {"rules": RULES, "line": seen["line"], "round": seen["round"], "levers": levers}
        begun = time.monotonic()
        answer = self._ask("POST", "decide", body)
        self._visit.decisions.append(time.monotonic() - begun)
        if answer.get("refused") in EXPECTED:
            self._visit.late += 1
            self._stale.set()
        elif "refused" in answer:
            self._visit.errors.append(str(answer))

    def _ask(self, method: str, what: str, body: Any = None) -> dict[str, Any]:
        path = what if what == "/" else f"/api/classes/{self._served.code}/{what}".rstrip("/")
        sent = None if body is None else json.dumps(body)
        headers = {"Authorization": f"Bearer {self._token}"}
        self._talk.request(method, path, sent, headers)
        answer = self._talk.getresponse()
        read = answer.read()
        if what == "/":
            return {}
        found: dict[str, Any] = json.loads(read)
        if answer.status >= 500:
            self._visit.errors.append(f"{answer.status}: {found}")
        return found

    def _wait(self) -> None:
        talk = http.client.HTTPConnection("127.0.0.1", self._served.port, timeout=20)
        try:
            talk.request("GET", f"/api/classes/{self._served.code}/changes")
            answer = talk.getresponse()
            while time.monotonic() < self._until:
                line = answer.readline()
                if not line:
                    raise OSError("it ended")
                if line.startswith(b"data:"):
                    self._visit.changes += 1
                    self._stale.set()
            answer.close()
        except (OSError, http.client.HTTPException) as error:
            if time.monotonic() < self._until:  # after that the server itself ends
                self._visit.errors.append(f"stream: {error}")
        finally:
            talk.close()


def _lead(served: Served, visit: Visit, until: float, pause: float) -> None:
    """Lead the class through its rounds, and then through branches, until the time is over."""
    branch = False
    while time.monotonic() + pause < until:
        seen = served.state(served.teacher)
        time.sleep(pause if seen["phase"] == "open" else pause / 10)
        if seen["phase"] == "open":
            step: dict[str, Any] = {"do": "reveal"}
        elif seen["round"] < 3:
            step = {"do": "open"}
        else:
            branch = not branch and len(seen["lines"]) < 50
            step = {"do": "branch" if branch else "rewind", "number": 1}
        status, answer = served.post("step", step, served.teacher)
        if status != 200:
            visit.errors.append(f"teacher: {answer}")


def _watch(served: Served, visit: Visit, until: float, every: float) -> None:
    status = Path(f"/proc/{served.process.pid}/status")
    while time.monotonic() < until and status.exists():
        held = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
        visit.memory.append(int(held.split()[1]) / 1024)
        time.sleep(every)


def visit_class(visitors: int, seconds: float, data: Path) -> Visit:
    """Let so many visitors play a class for so long; ``data`` is where the class is kept."""
    served, visit = Served(data), Visit()
    until = time.monotonic() + seconds
    threads: list[threading.Thread] = [_Visitor(served, visit, k, until) for k in range(visitors)]
    threads += [
        threading.Thread(target=_lead, args=(served, visit, until, max(0.5, seconds / 60))),
        threading.Thread(target=_watch, args=(served, visit, until, seconds / 100)),
    ]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=seconds + 60)
    finally:
        served.kill()
    for thread in threads:
        if thread.is_alive():
            visit.errors.append("a visitor hangs")
    return visit


def main() -> None:
    """Visit a class and say what it was like; the exit code is 1 where something went wrong."""
    asked = argparse.ArgumentParser(description="Simulated visitors of class mode.")
    asked.add_argument("--minutes", type=float, default=5.0)
    asked.add_argument("--visitors", type=int, default=30)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        visit = visit_class(given.visitors, 60 * given.minutes, Path(folder) / "class.sqlite")
    milliseconds = [1000 * visit.share(part) for part in (0.5, 0.95, 1.0)]
    print(f"{given.visitors} visitors, {given.minutes:g} minutes, {len(visit.decisions)} decisions")
    print("a decision: median {:.1f} ms, p95 {:.1f} ms, most {:.1f} ms".format(*milliseconds))
    print(f"told of changes {visit.changes} times; {visit.late} decisions came too late")
    print(f"memory: {visit.memory[0]:.1f} MB at first, {visit.memory[-1]:.1f} MB at the end, "
          f"{visit.growth():+.1f} MB from the second quarter to the last")  # fmt: skip
    for error in visit.errors[:10]:
        print(f"error: {error}")
    print(f"errors: {len(visit.errors)}")
    raise SystemExit(bool(visit.errors) or milliseconds[1] >= 200)


if __name__ == "__main__":
    main()
