"""What every report says, and which outcomes are shown first."""

from __future__ import annotations

DISCLAIMER = "Theoretical exposition, not a forecast."
DISCLAIMER_NL = "Theoretische verkenning, geen voorspelling."

COST_KINDS = (
    "search",
    "mandate",
    "bargain",
    "contract",
    "monitor",
    "claims",
    "redistribution",
    "coordination",
)
"""Kinds of transaction cost, and coordination inside an organisation, which is kept apart."""

KEY_OUTCOMES = (
    "organisations",
    "effective_organisations",
    "organisation_size_weighted",
    "hubs_running",
    "suppliers_per_practice",
    "contracts_per_practice",
    "unsupported_share",
    "transaction_cost_per_insured",
    "oi_share_of_gp_care",
    "coverage",
    "engagement",
    "trust",
)

HEADLINES = (
    "organisations",
    "organisation_size_weighted",
    "hubs_running",
    "unsupported_share",
    "oi_spending",
    "transaction_cost_per_insured",
    "coverage",
    "trust",
)
"""What the command line and the head of a report show: one list, so that they say the same."""
