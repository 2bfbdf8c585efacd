"""What an audit of the sources found to move nothing, and the knobs by which it is screened now."""

from __future__ import annotations

from typing import NamedTuple

_FUNCTIONS = (
    "ict",
    "operations",
    "quality",
    "innovation",
    "care-management",
    "agreements",
    "housing",
)


class Named(NamedTuple):
    """What the audit named, the knobs that turn it, and by what it moves now."""

    what: str
    knobs: tuple[str, ...]
    by: str


NAMED = (
    Named("contiguous", ("contiguous",), "members whose area is not one piece"),
    Named("the ministry's room", ("macro", "growth"), "a dated level that grows, and cuts"),
    Named("urbanity", ("demand.urban",), "prevalence of GGZ by class of urbanity"),
    Named("sub-regions", ("organisation.subregions", "organisation.subregion_cost",
                          "organisation.subregions_named"),
          "parts of an organisation, along the names of a region or by number"),
    Named("experience of centres", ("hub.together", "hub.experience"),
          "disciplines that work together already; an old centre that fell back"),
    Named("function levels", tuple(f"function.{one}.level" for one in _FUNCTIONS),
          "the scale at which a function is done"),
    Named("substitution", ("value.substitution", "insurer.transfer"),
          "fees raised by hospital money that moves"),
    Named("redistribution", ("transaction.redistribution", "transaction.losses"),
          "disputes over what was lost, with trust"),
    Named("dialogue", ("governance.dialogue", "governance.dialogue_calm"), "contacts, and trust"),
    Named("open costs", ("open_costs", "transaction.openness"), "bargaining and suspicion"),
    Named("failed outcome checks", ("checks", "contract.sanction", "contract.failures"),
          "pay that is cut, contracts that end"),
    Named("cost of purchasing", ("insurer.cost",), "pressure of insurers"),
    Named("pace of the transition", ("transition.enough",), "a year that is skipped"),
    Named("ties of disciplines", ("hub.lost",), "rounds of cuts"),
    Named("lists of health centres", ("centre.members", "centre.list", "centre.umbrella"),
          "members whose lists earn, and umbrellas"),
    Named("scale function by function", ("supply.outsource", "supply.host_margin"),
          "single functions that larger bodies do"),
    Named("patients of weight, housing by place", ("patient_step", "housing.local"),
          "a step that counts patients, and local cost"),
    Named("innovation of suppliers", ("innovation.saves", "innovation.winds", "choice.new"),
          "cost saved, care wound down, suppliers chosen"),
    Named("savings of practices that cooperate", ("practice.saving", "decide.unit"),
          "work of their own, and who shares in a unit"),
    Named("mergers across insurers", ("merge.across",), "mergers between boards of two insurers"),
)  # fmt: skip
"""Each by at least one knob that the screen turns."""
