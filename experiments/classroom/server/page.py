"""The lesson as a page that is served: marked as such, and allowed to speak to its server."""

from __future__ import annotations

POLICY = b"default-src 'none'"
"""How the policy of a lesson begins: from a disk it may speak to nobody."""

HEAD = b"<head>"
MARK = b'<meta name="regiosim-class" content="served">'


def served(lesson: bytes) -> bytes:
    """Return a lesson with the mark of class mode, and with leave to call where it came from.

    Raises:
        ValueError: it is no lesson: it has no head, or no policy of its own.
    """
    if lesson.count(POLICY) != 1 or lesson.count(HEAD) != 1:
        raise ValueError("no lesson: one head and one policy are expected")
    allowed = lesson.replace(POLICY, POLICY + b"; connect-src 'self'")
    return allowed.replace(HEAD, HEAD + MARK)
