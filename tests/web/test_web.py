"""A lesson in real browsers, opened from disk: ``make test-web``.

What is tried stands in the files ``*.test.mjs`` of this folder; each runs under Node's own test
runner. Browsers are Chromium, Firefox and WebKit as Debian has them (chromium, firefox-esr,
webkit2gtk-driver with xvfb and dbus); a test of a browser that is not here, or of a Firefox older
than the driver can use, is skipped and says so.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.web.running import HERE, node

FILES = sorted(path.name for path in HERE.glob("*.test.mjs"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("REGIOSIM_WEB" not in os.environ, reason="long: make test-web"),
    pytest.mark.skipif(not (shutil.which("node") and shutil.which("npm")), reason="no node, npm"),
]


@pytest.mark.parametrize("name", FILES)
def test_in_browsers(name: str, opened: Path) -> None:
    done = node("--test", "--test-reporter=spec", "--test-concurrency=1", name, lesson=opened)
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"^ℹ pass (\d+)$", done.stdout, re.MULTILINE)
    skipped = sorted(set(re.findall(r"# (.+ not on this machine.*)$", done.stdout, re.MULTILINE)))
    if not passed or passed.group(1) == "0":
        pytest.skip("; ".join(skipped) or "nothing was tried")


def test_what_does_not_end_is_given_up(tmp_path: Path) -> None:
    endless = "require('child_process').spawn('sleep', ['60'], {stdio: 'inherit'})"
    with pytest.raises(TimeoutError, match="no end after 2 s"):
        node("-e", endless, lesson=tmp_path, within=2.0)
