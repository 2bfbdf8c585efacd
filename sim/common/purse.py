"""Money that an organisation keeps for hubs: apart from what is its own."""

from __future__ import annotations

from agents.compiled.rule import rule
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.words import Kind
from sim.common.funding import patients_of
from sim.ledger import party, payable
from sim.tables import Tables


@rule
def own_money(tables: Tables, o: int) -> float:
    """Return EUR on the account of ``o`` that are its own: without its purse for hubs."""
    balance = tables.accounts[party(tables, Kind.ORGANISATION, o)].balance
    return max(0.0, float(balance) / 100.0 - tables.organisations[o].purse)


@rule
def own_income(organisation: RegioOrganisatie) -> float:
    """Return EUR a quarter that an organisation received for its own work and has not spent."""
    return float(payable(organisation.revenue - organisation.set_aside - organisation.cost))


@rule
def part_of(tables: Tables, h: int, o: int) -> float:
    """Return the part of the insured of ``o`` whose practice lies in hub area ``h`` (share)."""
    organisation = tables.organisations[o]
    return float(patients_of(tables, h, o)) / float(
        max(1, max(organisation.insured, organisation.patients))
    )


@rule
def fill_purse(organisation: RegioOrganisatie, release: float) -> None:
    """Put what came in for hubs into the purse; let out a part of what was in it before.

    ``release`` is the share a year of reserves that may be spent (F075). It goes to the hubs that
    the organisation funds: without any, all of it stays.
    """
    organisation.purse_release = 0.0
    if organisation.funded_share > 0.0:
        organisation.purse_release = organisation.purse * min(1.0, 0.25 * release)
    organisation.purse = organisation.purse + organisation.hub_money
    organisation.set_aside = organisation.hub_money


@rule
def take_from_purse(organisation: RegioOrganisatie, share: float) -> float:
    """Take out what a hub with this part of the hub money gets of it; return EUR a quarter."""
    euros = share * organisation.hub_money
    if organisation.funded_share > 0.0:
        euros = euros + organisation.purse_release * min(1.0, share / organisation.funded_share)
    euros = min(euros, organisation.purse)
    organisation.purse = organisation.purse - euros
    organisation.set_aside = organisation.set_aside - euros
    return euros
