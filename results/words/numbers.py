"""Numbers as people write them, in English and in Dutch."""

from __future__ import annotations

from typing import Any

import pandas as pd

NONE = "–"
_SWAPPED = str.maketrans(",.", ".,")
_TO = {"en": "to", "nl": "tot"}


def number(value: Any, language: str = "en") -> str:
    """Return a value as text in three significant figures: 1,234,567 or 0.123; Dutch 1.234.567."""
    if value is None or pd.isna(value):
        return NONE
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
    return text.translate(_SWAPPED) if language == "nl" else text


def span(low: Any, high: Any, language: str = "en") -> str:
    """Return two values as a range: 1.2 to 3.4; Dutch 1,2 tot 3,4."""
    return f"{number(low, language)} {_TO[language]} {number(high, language)}"


def percent(share: float, language: str = "en") -> str:
    """Return a share as a percentage: 0.035 is 3.5%; Dutch 3,5%."""
    return f"{number(100 * share, language)}%"


def value_text(value: Any, language: str = "en") -> str:
    """Return what a manifest says as text: a number with all its digits, words as they are."""
    if value is None:
        return NONE
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "nl": ("nee", "ja")}[language][value]
    if isinstance(value, int | float):
        text = f"{value:.10g}"
        return text.replace(".", ",") if language == "nl" else text
    return str(value) or NONE
