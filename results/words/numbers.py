"""Numbers as people write them, in English and in Dutch."""

from __future__ import annotations

from typing import Any

import pandas as pd


def number(value: Any, language: str = "en") -> str:
    """Return a value as text in three significant figures: 1,234,567 or 0.123; Dutch 1.234.567."""
    if value is None or pd.isna(value):
        return "–"
    size = abs(float(value))
    if size == float("inf"):
        return "∞" if value > 0 else "-∞"
    digits = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 or size == 0 else 3
    if 0 < size < 0.001:
        text = f"{value:.2g}"
    else:
        text = f"{value:,.{digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    text = "0" if text == "-0" else text
    return text.translate(str.maketrans(",.", ".,")) if language == "nl" else text
