"""The viewer's page in a real browser: visitors apart, levers that act at once, no request outside.

Needs the extra ``viz``, playwright and Chromium: tests/README.md says how.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
WAIT = 60_000
"""ms: a machine may be busy."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("solara") is None, reason="the extra viz is not installed"),
    pytest.mark.skipif(find_spec("playwright") is None, reason="playwright is not installed"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"),
]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def outside() -> Iterator[socket.socket]:
    """A stand-in for every other machine: whoever asks one of them, knocks here."""
    with socket.socket() as proxy:
        proxy.bind(("127.0.0.1", 0))
        proxy.listen()
        proxy.setblocking(False)
        yield proxy


@pytest.fixture(scope="module")
def address(outside: socket.socket) -> Iterator[str]:
    port = free_port()
    proxy = f"http://127.0.0.1:{outside.getsockname()[1]}"
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
    given = os.environ | dict.fromkeys(names, proxy) | {"NO_PROXY": "", "no_proxy": ""}
    command = [sys.executable, "-m", "experiments", "view", "--port", str(port), "--quiet"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    page = f"http://127.0.0.1:{port}/"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(600):
        with suppress(OSError), opener.open(page, timeout=5):
            break
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.5)
    yield page
    process.terminate()
    said, _ = process.communicate(timeout=30)
    assert "Traceback" not in said and "Warning" not in said, said


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Visitor:
    """A visitor in a browser of their own, with what their page asked of other machines."""

    def __init__(self, browser: Any, address: str) -> None:
        self.asked: list[str] = []
        self.broken: list[str] = []
        self.here = address
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.set_default_timeout(WAIT)
        context.route("**/*", self._let)
        self.page = context.new_page()
        self.page.on("response", lambda r: self.broken.append(r.url) if r.status >= 400 else None)
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))
        self.page.goto(address)
        self.button("Step").wait_for()

    def _let(self, route: Any) -> None:
        url = route.request.url
        if url.startswith((self.here, "data:", "blob:")):
            route.continue_()
        else:
            self.asked.append(url)
            route.abort()

    def button(self, name: str) -> Any:
        return self.page.get_by_role("button", name=name, exact=True)

    def step(self, quarter: int) -> None:
        """Press Step, and wait until that many quarters were run."""
        self.button("Step").click()
        self.at(quarter)

    def at(self, quarter: int) -> None:
        self.page.get_by_text(f"Step: {quarter}", exact=True).wait_for()

    def lever(self, parameter: str) -> Any:
        return self.page.locator(f".v-slider__thumb-container[aria-label='{parameter}']")

    def command(self) -> str:
        return str(self.page.get_by_text("The same run:").inner_text())

    def pictures(self) -> list[str]:
        return [str(one.get_attribute("src")) for one in self.page.locator("img").all()]

    def drawn_anew(self, before: list[str]) -> None:
        """Wait until the outcomes are drawn anew; a map of the same quarter may be the same."""
        for _ in range(WAIT // 200):
            now = self.pictures()
            if len(now) == 2 and now[1] != before[1]:
                return
            self.page.wait_for_timeout(200)
        raise AssertionError("the figure stayed as it was")


def test_two_visitors_have_two_runs_and_a_lever_acts_at_once(
    browser: Any, address: str, outside: socket.socket
) -> None:
    one, other = Visitor(browser, address), Visitor(browser, address)
    for quarter in (1, 2, 3):
        one.step(quarter)
    other.at(0)
    before, theirs = one.pictures(), other.pictures()
    one.lever("supply.economies").focus()
    one.page.keyboard.press("Home")  # no Reset
    one.page.get_by_text("--set supply.economies=0.5").wait_for()
    one.drawn_anew(before)
    one.at(3)
    assert "supply.economies" not in other.command() and other.pictures() == theirs
    other.step(1)
    one.at(3)
    one.button("Reset").click()  # the same choices, from the beginning
    one.at(0)
    assert "--set supply.economies=0.5" in one.command()
    for visitor in (one, other):
        assert visitor.asked == [] and visitor.broken == []
    with pytest.raises(BlockingIOError):  # the server asked no one either
        outside.accept()


def test_dragging_acts_where_the_lever_is_let_go_and_no_choice_is_lost(
    browser: Any, address: str
) -> None:
    visitor = Visitor(browser, address)
    thumb = visitor.lever("choice.autonomy")
    thumb.scroll_into_view_if_needed()
    box = thumb.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    visitor.page.mouse.move(x, y)
    visitor.page.mouse.down()
    visitor.page.mouse.move(x + 1000, y, steps=10)
    assert "--set" not in visitor.command()
    visitor.page.mouse.up()
    for name in ("supply.economies", "money.scale"):  # one after the other, faster than it draws
        visitor.lever(name).focus()
        visitor.page.keyboard.press("Home")
    sets = ("choice.autonomy=2.25", "money.scale=0.8", "supply.economies=0.5")
    visitor.page.get_by_text(" ".join(f"--set {one}" for one in sets)).wait_for()


def test_a_seed_that_cannot_be_is_said_and_the_run_stays(browser: Any, address: str) -> None:
    visitor = Visitor(browser, address)
    visitor.step(1)
    seed = visitor.page.get_by_label("Seed")
    seed.fill("-4")
    seed.press("Enter")
    visitor.page.get_by_text("seed=-4: is out of range").wait_for()
    assert "--seed 1" in visitor.command()
    visitor.at(1)
    seed.fill("7")
    seed.press("Enter")
    visitor.page.get_by_text("--seed 7").wait_for()
    assert visitor.page.get_by_text("is out of range").count() == 0
    visitor.at(1)


def test_a_run_plays_to_its_end(browser: Any, address: str) -> None:
    visitor = Visitor(browser, address)
    slider = visitor.page.locator("[role=slider][aria-label='Render Interval (steps)']")
    slider.focus()
    visitor.page.keyboard.press("End")  # 99 quarters from one picture to the next
    visitor.button("▶").click()
    visitor.at(100)
    for name in ("Step", "❚❚"):
        assert visitor.button(name).is_disabled()
    assert visitor.broken == []
