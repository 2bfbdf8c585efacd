"""A server of class mode in a process of its own, on this machine only.

``python -m tests.web.desk DATA [LESSON.html]`` serves as ``regiosim teach`` does: a lesson that was
made before, or a made-up page without a kernel.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from made_game import made_game

RULES = "rules-of-a-test"
POLICY = b"""<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"""
PAGE = b"<!doctype html><html><head>%b</head><body>a lesson</body></html>" % POLICY
TREE = Path(__file__).resolve().parents[2]


def main() -> None:
    """Serve until ended."""
    from experiments.classroom.server.offered import Offered
    from experiments.classroom.server.serve import serve

    page = PAGE
    offered = Offered(RULES, ("unicum", "eemland"), ("historic-nl", "unicum"), made_game())
    if len(sys.argv) > 2:
        from experiments.classroom.game.levers import game

        page = Path(sys.argv[2]).read_bytes()
        lesson = json.loads(page.split(b'id="lesson">')[1].split(b"</script>")[0])
        regions = tuple(one["name"] for one in lesson["regions"])
        regimes = tuple(one["name"] for one in lesson["regimes"] if one["name"] != "design")
        offered = Offered(lesson["rules"], regions, regimes, game())
    serve(lambda: (offered, page), Path(sys.argv[1]), "127.0.0.1", 0)


@dataclass
class Served:
    """A process that serves, and how to speak to it."""

    data: Path
    process: subprocess.Popen[str] = field(init=False)
    port: int = field(init=False)
    code: str = field(init=False)
    teacher: str = field(init=False)
    said: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Begin, and read what is printed up to the teacher's link."""
        paths = os.pathsep.join([str(TREE), str(TREE / "tests"), *sys.path])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.web.desk", str(self.data)],
            cwd=TREE, env=os.environ | {"PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip
        assert self.process.stdout is not None
        self.said = ""
        while "Ctrl-C" not in self.said:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError(f"ended before it served: {self.said}")
            self.said += line
        self.port = int(re.search(r"127\.0\.0\.1:(\d+)/", self.said)[1])  # type: ignore[index]
        self.code = re.search(r"#class=([A-Z]{4})", self.said)[1]  # type: ignore[index]
        self.teacher = re.search(r"#teacher=(\S+)", self.said)[1]  # type: ignore[index]

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.communicate(timeout=10)

    def interrupt(self) -> tuple[float, int, str]:
        """End it as Ctrl-C does; return the seconds it took, its exit code and last words."""
        import signal

        begun = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        rest, _ = self.process.communicate(timeout=10)
        return time.monotonic() - begun, self.process.returncode, rest

    def ask(
        self, method: str, path: str, body: Any = None, token: str = "", raw: bytes | None = None
    ) -> tuple[int, Any]:
        """Send one request; return the status and what the JSON of the answer holds."""
        talk = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        sent = raw if raw is not None else (None if body is None else json.dumps(body).encode())
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            talk.request(method, path, sent, headers)
            answer = talk.getresponse()
            read = answer.read()
        finally:
            talk.close()
        kind = answer.headers.get("content-type", "")
        return answer.status, json.loads(read) if "json" in kind else read

    def post(self, what: str, body: Any, token: str = "", code: str = "") -> tuple[int, Any]:
        """Post to a class: the first one unless another is named."""
        return self.ask("POST", f"/api/classes/{code or self.code}/{what}", body, token)

    def state(self, token: str = "", code: str = "") -> Any:
        """Return a class as the holder of a token sees it."""
        status, found = self.ask("GET", f"/api/classes/{code or self.code}", token=token)
        assert status == 200, found
        return found

    def join(self, role: str, name: str = "Us", code: str = "") -> str:
        """Join as a role and return the token."""
        status, found = self.post("join", {"name": name, "role": role}, code=code)
        assert status == 200, found
        return str(found["token"])

    def decide(self, token: str, levers: dict[str, Any], **more: Any) -> tuple[int, Any]:
        """Send a decision for the first round of the first line."""
        code = more.pop("code", "")
        body = {"rules": RULES, "line": 0, "round": 0, "levers": levers} | more
        return self.post("decide", body, token, code)


if __name__ == "__main__":
    main()
