"""Plausible ranges: what a number may well be, apart from what it is allowed to be.

Allowed ranges keep a run from breaking (an organisation may halve its members' engagement at 1 or at
5,000 practices); a sweep over them is a sweep over worlds that nobody believes in. Experiments and
sensitivity sample what stands here. None has a source beyond those of the values: all are assumed.

A range is given by name where there is a reason, else by rule: an assumed number half to one and a
half times its value, one of the sources a fifth below to a fifth above, a constant in log-odds one
lower to one higher. Both ends are then held within what is allowed.
"""

from __future__ import annotations

BY_NAME: dict[str, tuple[float, float]] = {
    # Read off the spread that sources show.
    "supply.variable": (12.9, 24.0),  # EUR per patient; F038: needed 22.5-29.0, local part 12.9-16.8
    "supply.wage": (80.0, 140.0),
    "population.growth": (0.003, 0.008),
    "population.chain_growth": (0.01, 0.045),  # F015: 1.9 to 2.4 in 14 years at most
    "population.frail_growth": (0.02, 0.04),
    "population.from": (2010.0, 2014.0),
    "demand.reached": (0.4, 0.6),  # F015: 1.7 to 2.1
    "demand.from": (2009.0, 2013.0),
    "demand.until": (2023.0, 2028.0),
    "demand.ageing": (0.0, 0.01),
    "demand.ggz_shift": (0.3, 0.5),
    "demand.urban": (0.1, 0.3),
    "demand.local": (0.2, 0.45),  # F010: 23% of an area, of a mean of 7 to 9%
    "demand.ses": (0.3, 1.2),
    "demand.ses_spread": (0.05, 0.12),
    "chain.asthma.from": (2012.0, 2017.0),
    "chain.asthma.until": (2022.0, 2028.0),
    "chain.dementia.from": (2012.0, 2017.0),
    "chain.dementia.until": (2022.0, 2028.0),
    "population.unit_size": (3.0, 7.0),  # F003
    "population.unit_most": (5.0, 9.0),
    "population.insured": (3000.0, 3800.0),
    "hub.minimum": (0.5, 5.0),  # F073: EUR 5 keeps a centre's base infrastructure
    "hub.unit_least": (5000.0, 10000.0),
    "contract.ramp": (2.0, 4.0),  # F052, F080
    "contract.path": (2.0, 4.0),  # F041
    "contract.peers": (2.0, 6.0),
    "contract.standard": (0.41, 0.53),  # F038: EUR 12 of 29.0, of 22.5
    "contract.reset": (1.0, 4.0),
    "contract.norm_follows": (0.1, 0.5),
    "transaction.acts": (3.0, 5.0),
    "ros.municipalities": (15.0, 25.0),
    "partner.hap": (150_000.0, 450_000.0),
    "table.municipalities": (4.0, 8.0),  # F066
    "table.from": (2010.0, 2014.0),
    "table.least": (3.0, 6.0),
    "municipality.from": (2013.0, 2017.0),
    "partner.usual_ggz": (200.0, 400.0),
    "partner.usual_frail": (30.0, 70.0),
    "partner.youth_from": (2014.0, 2016.0),
    "partner.home_care": (200_000.0, 1_000_000.0),  # F008
    "supply.release": (0.15, 0.35),  # F075: five years
    "engagement.half": (40.0, 160.0),
    "choice.vision": (10.0, 40.0),
    "merge.vision": (10.0, 40.0),
    # Given with the mechanism that they belong to.
    "centre.most": (10_000.0, 20_000.0),  # F002, and what a centre may have begun with
    "centre.image": (0.0, 1.5),
    "trust.bad_hidden": (0.01, 0.1),
    "contract.sanction": (0.02, 0.25),
    "contract.required": (0.1, 0.5),
    "contract.failures": (2.0, 5.0),
    "transaction.hidden": (2.0, 24.0),
    "transaction.quarrel": (4.0, 60.0),
    "plan.manager": (1.0, 2.0),
    "transition.lenient": (1.0, 4.0),  # F080
    "hub.share": (0.0, 0.2),
    # What the default leaves at zero or at an end of its range.
    "trust.start": (-0.1, 0.1),
    "trust.self": (0.7, 1.0),
    "organisation.admission": (0.0, 1.0),
    "organisation.exit": (0.0, 1.0),
    "insurer.fixed_pressure": (0.0, 0.5),
    "insurer.own_terms": (0.0, 0.1),
    "insurer.transfer": (0.0, 0.5),
    "choice.supplier_stake": (0.5, 1.0),
    "contract.advance": (0.5, 1.0),
    "hub.autonomy": (0.5, 1.0),
    "function.housing.fixed": (0.0, 0.1),
    "function.housing.local": (0.8, 1.0),
    "group.frail.prevalence": (0.0, 0.01),
    "group.ggz.inclusion": (0.7, 1.0),
    "group.frail.inclusion": (0.7, 1.0),
    "group.other.inclusion": (0.7, 1.0),
    # A factor that must stay on its side of one.
    "engagement.advice": (1.1, 1.6),
    "engagement.approval": (1.5, 3.0),
    "transaction.bundled": (1.0, 2.0),
    "hub.manager_hired": (1.1, 1.6),
    "hub.manager_region": (0.8, 1.0),
    "merge.years": (5.0, 15.0),
    "merge.deficit": (4.0, 12.0),
    "organisation.minimum": (2.0, 6.0),
    "coordination.span": (5.0, 10.0),
    "money.scale": (0.8, 1.2),
}
"""Plausible range of a parameter, where there is a reason for one of its own."""


def plausible_range(
    name: str, value: float, allowed: tuple[float, float], source: str, kind: str
) -> tuple[float, float]:
    """Return the plausible range of a parameter, within what is allowed.

    Args:
        name: dotted.
        value: its default.
        allowed: lowest and highest value that is taken.
        source: as declared: ``assumed``, a fact, or ``switch``.
        kind: letter of its column: a switch (``?``) and a code may be all that is allowed.
    """
    low, high = allowed
    if name in BY_NAME:
        least, most = BY_NAME[name]
    elif kind == "?" or source == "switch" or (kind == "i8" and high <= 2.0):
        return allowed
    elif value < 0.0:
        least, most = value - 1.0, value + 1.0
    elif source.startswith("assumed"):
        least, most = 0.5 * value, 1.5 * value
    else:
        least, most = 0.8 * value, 1.2 * value
    if kind == "i8":
        least, most = float(round(least)), float(round(most))
    return max(low, least), min(high, most)
