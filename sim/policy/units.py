"""The unit that an amount of a title has, by what the title pays for."""

from __future__ import annotations

from agents.words import PayUnit
from sim.errors import BadInput
from sim.policy.schema import TitleFile
from sim.policy.values import Dated

RATES = {
    PayUnit.INSURED.word: "EUR per insured/yr",
    PayUnit.TWO_PART.word: "EUR per insured/yr",
    PayUnit.PATIENT.word: "EUR per burden-weighted patient/yr",
    PayUnit.ACT.word: "EUR per act",
    PayUnit.EFFORT.word: "EUR per hour",
}
"""The unit of ``rate`` by what a title pays for; a lump sum has no rate."""

LUMP = "EUR/yr"
SOLVED = "share"
"""The unit of both where a title is solved to a sum (``neutral``): parts of it, and no amounts."""


def unit_in(title: TitleFile, key: str) -> str | None:
    """Return the unit that an amount of a title has; None where the title does not decide it."""
    if key not in ("lump", "rate"):
        return None
    if any(dated.value > 0.0 for dated in title.series("neutral")):
        return SOLVED
    return LUMP if key == "lump" else RATES.get(title.unit)


def check_units(title: TitleFile, where: str) -> None:
    """Refuse an amount in another unit than the one in which the title pays.

    Raises:
        BadInput: of two amounts of one key one would be taken for what it is not.
    """
    for key in ("lump", "rate"):
        unit = unit_in(title, key)
        for dated in title.series(key):
            if unit is not None and dated.unit != unit:
                solved = " of what it is solved to (neutral)" if unit == SOLVED else ""
                raise BadInput(
                    f"{where}: title.{title.name}.{key} from {dated.start}",
                    f"is in {dated.unit!r}, where a title that pays per {title.unit} has "
                    f"{unit!r}{solved}",
                    allowed=f"{unit!r}, from the first date on",
                )


def in_unit(title: TitleFile, key: str, dated: Dated) -> Dated:
    """Return an amount that came without a unit (``--set``) in that of its title."""
    unit = unit_in(title, key)
    return dated if unit in (None, dated.unit) else dated.model_copy(update={"unit": unit})
