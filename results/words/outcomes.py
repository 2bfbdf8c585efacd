"""What outcomes are called and measured in, in English and in Dutch: from what a store says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from results.words.texts import say
from results.words.units import unit_of_year


class Word(NamedTuple):
    """What one outcome is called; ``unit`` is that of a quarter's value.

    ``yearly`` says how quarters make a year: ``sum``, ``mean``, ``last``, or nothing where a store
    does not say it.
    """

    english: str
    dutch: str
    unit: str = ""
    yearly: str = ""

    @property
    def year_unit(self) -> str:
        """The unit of a year's value."""
        return unit_of_year(self.unit, self.yearly)

    @property
    def with_unit(self) -> str:
        """The English name, with the unit of a year's value unless the name says it already."""
        return self.label_with_unit("en")

    def label(self, language: str) -> str:
        """The name in ``en`` or ``nl``."""
        return self.dutch if language == "nl" else self.english

    def unit_in(self, language: str) -> str:
        """The unit of a year's value in ``en`` or ``nl``."""
        return unit_of_year(self.unit, self.yearly, language)

    def label_with_unit(self, language: str) -> str:
        """The name in ``en`` or ``nl``, with the unit of a year unless the name says it already."""
        name, unit = self.label(language), self.unit_in(language)
        return name if not unit or unit.lower() in name.lower() else f"{name} ({unit})"

    def unit_after(self, language: str) -> str:
        """The unit of a year's value after a comma, unless the name says it already."""
        unit = self.unit_in(language)
        return "" if not unit or unit.lower() in self.label(language).lower() else f", {unit}"


class Words:
    """The words of all outcomes, ``words["trust"]``; one that is not declared has its plain name.

    Args:
        declared: per outcome unit, yearly, label_en and label_nl, as far as a store gives them;
            of several stores the later fill in what the earlier do not say.
    """

    def __init__(self, *declared: Mapping[str, Mapping[str, str]]) -> None:
        found: dict[str, dict[str, str]] = {}
        for one in declared:
            for outcome, entries in one.items():
                found[outcome] = {**entries, **found.get(outcome, {})}
        self._words = {outcome: _word(outcome, entries) for outcome, entries in found.items()}

    def __getitem__(self, outcome: str) -> Word:
        return self._words.get(outcome) or _word(outcome, {})

    @property
    def know_years(self) -> bool:
        """Whether every declared outcome says how quarters make a year."""
        return bool(self._words) and all(word.yearly for word in self._words.values())

    def of_years(self, language: str = "en") -> str:
        """Return what a table of years should say of its values."""
        return say("page.stocks" if self.know_years else "page.no_years", language)


def _word(outcome: str, entries: Mapping[str, str]) -> Word:
    plain = outcome.replace("_", " ").capitalize()
    return Word(
        entries.get("label_en") or plain,
        entries.get("label_nl") or plain,
        entries.get("unit", ""),
        entries.get("yearly", ""),
    )
