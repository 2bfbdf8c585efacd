"""A manifest that somebody edited, in a folder that does not say what it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from results.store.checksums import CHECKSUMS


def put_manifest(folder: Path, about: Mapping[str, Any]) -> None:
    """Write a manifest into a folder, which is read without checks from then on."""
    (folder / "manifest.json").write_text(json.dumps(about), encoding="utf-8")
    (folder / CHECKSUMS).unlink(missing_ok=True)
