"""Contracts and their transaction cost."""

from __future__ import annotations

from typing import Annotated

from agents.compiled.record import Record
from agents.parameters.given import A, Given, on


class ContractParameters(Record):
    """Contracts and their transaction cost."""

    # Contracts
    contract_bargain: Annotated[float, "share", "share of the insurer's gain that is bargained (gamma)", Given(0.4, 0.0, 1.0, A)]
    contract_value: Annotated[float, "EUR per insured/yr", "insurer's value of full coherence (V)", Given(30.0, 0.0, 200.0, "assumed; F038")]
    contract_checkback: Annotated[float, "share", "chance that talks close within the year although a manager must check back", Given(0.5, 0.0, 1.0, "assumed; C51")]
    contract_rounds: Annotated[float, "factor", "extra bargaining while a manager has no mandate at all", Given(1.0, 0.0, 10.0, "assumed; C51")]
    contract_path: Annotated[float, "yr", "growth path: years until a benchmark weighs in full", Given(3.0, 0.25, 20.0, "assumed; F041 gives about two, model (f) thirds")]
    contract_peers: Annotated[int, "organisations", "peers below which the national norm replaces their mean", Given(3, 1, 100, A)]
    contract_efficient_cost: Annotated[bool, "switch", "the benchmark is cost per support, and a gain is kept until the reset; off: what peers spend", on()]
    contract_standard: Annotated[float, "share", "of full support that an efficient fee is to buy", Given(0.47, 0.01, 1.0, "assumed; F038: the norm of EUR 12 over the 22.5-29.0 needed")]
    contract_reset: Annotated[float, "yr", "years until a fee takes over a newer benchmark", Given(2.0, 0.25, 50.0, "assumed; F040, C26")]
    contract_norm_follows: Annotated[float, "1/yr", "of its distance to measured cost that the published norm moves", Given(0.25, 0.0, 1.0, A)]
    contract_ramp: Annotated[float, "yr", "years until a bargained fee is paid in full", Given(3.0, 0.25, 20.0, "F052")]
    contract_advance: Annotated[float, "share", "of full support, advanced to who is paid by effort in its first year under contract", Given(1.0, 0.0, 1.0, A)]
    # Transaction cost
    transaction_search: Annotated[float, "h", "search, per contract", Given(8.0, 0.0, 1000.0, A)]
    transaction_mandate: Annotated[float, "h per practice", "collecting mandates", Given(1.5, 0.0, 100.0, A)]
    transaction_bargain: Annotated[float, "h", "bargaining, per contract", Given(40.0, 0.0, 1000.0, A)]
    transaction_contract: Annotated[float, "h", "writing, per contract", Given(16.0, 0.0, 1000.0, A)]
    transaction_monitor: Annotated[float, "h/yr", "monitoring, per contract", Given(24.0, 0.0, 1000.0, A)]
    transaction_bundled: Annotated[float, "factor", "bargaining over a bundle", Given(1.5, 0.0, 10.0, A)]
    transaction_trust: Annotated[float, "share", "hours that full trust saves", Given(0.5, 0.0, 1.0, A)]
    transaction_mixed: Annotated[float, "factor", "extra by mix of practice types", Given(0.5, 0.0, 5.0, A)]
    transaction_pair_insurer: Annotated[float, "factor", "organisation or hub with insurer", Given(1.0, 0.0, 10.0, A)]
    transaction_pair_unit: Annotated[float, "factor", "unit or practice with insurer", Given(0.5, 0.0, 10.0, A)]
    transaction_pair_member: Annotated[float, "factor", "unit or practice with organisation", Given(0.2, 0.0, 10.0, A)]
    transaction_pair_hub: Annotated[float, "factor", "hub with organisation", Given(0.5, 0.0, 10.0, A)]
    transaction_pair_municipality: Annotated[float, "factor", "organisation or hub with municipality", Given(0.8, 0.0, 10.0, A)]
    transaction_member_term: Annotated[float, "yr", "years over which a membership contract is spread", Given(3.0, 0.25, 20.0, "assumed; as F039")]
    transaction_claim_share: Annotated[float, "share", "of handling claims, on the payee's side; the rest is the insurer's", Given(0.5, 0.0, 1.0, A)]
    transaction_insured_hours: Annotated[float, "h/yr", "extra monitoring when paid per insured", Given(8.0, 0.0, 1000.0, A)]
    transaction_patient_cost: Annotated[float, "EUR per patient/yr", "claims when paid per patient", Given(3.0, 0.0, 100.0, A)]
    transaction_act_cost: Annotated[float, "EUR per claim", "claims when paid per act or hour, both sides", Given(0.75, 0.0, 50.0, A)]
    transaction_acts: Annotated[float, "1/yr", "acts per included chain patient", Given(4.0, 2.0, 6.0, A)]
    transaction_openness: Annotated[float, "share", "of bargaining that open books save", Given(0.3, 0.0, 1.0, "assumed; C28")]
    transaction_check: Annotated[float, "h/yr", "checking outcome requirements, per contract", Given(12.0, 0.0, 1000.0, A)]
    transaction_dealings: Annotated[float, "h/yr", "of a practice with each external party and its municipality while it deals with them alone", Given(1.5, 0.0, 100.0, "assumed; C32")]
    transaction_pair_partner: Annotated[float, "factor", "organisation with external party", Given(0.8, 0.0, 10.0, A)]
    transaction_redistribution: Annotated[float, "share", "disputed share of money that moves (rho)", Given(0.1, 0.0, 1.0, "assumed; C56")]
    transaction_once: Annotated[float, "share", "how far one registration of patients, acts or hours serves all titles of a payee; 0: each title its own", Given(1.0, 0.0, 1.0, A)]
    transaction_supply: Annotated[bool, "switch", "one supply contract with every supplier, under every title and route; off: per function, of units paid per component alone", on()]
    transaction_on: Annotated[bool, "switch", "transaction cost exists", on()]
    # Checks of outcome requirements, and openness about cost
    contract_ask_area: Annotated[bool, "switch", "alliances leave out of the area that they ask a contract for where they are weakest; off: they ask for all that they hold", on()]
    contract_sanction: Annotated[float, "share", "of its payment that a title cuts after a failed check (0: checks have no consequence)", Given(0.1, 0.0, 1.0, "assumed; S1-137, S1-143")]
    contract_required: Annotated[float, "share", "of full support that checks ask for, once pay is in force in full", Given(0.25, 0.0, 1.0, "assumed; S1-143, F059")]
    contract_failures: Annotated[int, "yr", "in a row of failed checks after which a contract ends (0: never)", Given(3, 0, 50, "assumed; S1-002")]
    contract_open_peers: Annotated[bool, "switch", "only who shows its costs is a peer in the benchmark", on()]
    transaction_hidden: Annotated[float, "h/yr", "micro-discussion about costs that are not shown, per contract", Given(8.0, 0.0, 1000.0, "assumed; C28, S1-138")]
    # Money that moves away from hubs, allies and practices
    transaction_losses: Annotated[bool, "switch", "hubs, allies and practices feel what they receive less than a year before", on()]
    transaction_quarrel: Annotated[float, "h", "at the wage: what must be disputed for a dispute in 63% of cases", Given(16.0, 0.1, 1000.0, "assumed; C56")]
    # The transition from older money to contracts
    transition_by_date: Annotated[bool, "switch", "tied titles run down by their dates, whatever the region's contract", on(False)]
    transition_lenient: Annotated[float, "yr", "for which tied titles stay as they are after the dated start of their run-down, where a region has no contract", Given(2.0, 0.0, 50.0, "assumed; F080: a few years")]
    transition_enough: Annotated[float, "factor", "of what tied titles would pay in a year, given to its hubs by a region that skips that year of the run-down", Given(1.0, 0.0, 1000.0, "assumed; F052: faster is allowed")]
