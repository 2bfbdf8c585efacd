"""Quarters and days as people write them, in English and in Dutch."""

from __future__ import annotations

import re

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}


def quarter(year: int, number: int, language: str = "en") -> str:
    """Return a quarter: Q4 2014; Dutch 4e kwartaal 2014."""
    return f"{number}e kwartaal {year}" if language == "nl" else f"Q{number} {year}"


def day(year: int, month: int, number: int, language: str = "en") -> str:
    """Return a day: 1 January 2018; Dutch 1 januari 2018."""
    return f"{number} {_MONTHS[language].split()[month - 1]} {year}"


def spoken_date(text: str, language: str = "en") -> str:
    """Return 2014Q4 or 2018-01-01 as people write it, and any other text as it is."""
    if found := re.fullmatch(r"(\d{4})Q([1-4])", text, re.ASCII):
        return quarter(int(found[1]), int(found[2]), language)
    if found := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])-(\d\d)", text, re.ASCII):
        return day(int(found[1]), int(found[2]), int(found[3]), language)
    return text
