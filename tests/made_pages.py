"""What tests ask of every page of a report."""

from __future__ import annotations

import base64
import hashlib
import re

from results.words.texts import say


def fetches_nothing(html: str, language: str = "en") -> str:
    """Return a report without its pictures; it says what it is, and asks nothing of a network."""
    bare = re.sub(r"base64,[A-Za-z0-9+/=]+", "", html)
    assert not re.search(r'(src|href|url\()\s*=?\s*["\']?(https?:)?//', bare)
    assert "<link" not in bare and "http:" not in bare and "https:" not in bare
    (script,) = re.findall(r"<script>(.*?)</script>", bare, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    assert f"content=\"{policy}script-src 'sha256-{digest}'\"" in html
    assert bare.count("<script") == 1
    assert f'<html lang="{language}">' in bare and say("page.disclaimer", language) in bare
    other = "nl" if language == "en" else "en"
    assert say("page.disclaimer", other) not in bare
    return bare
