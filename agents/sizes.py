"""Sizes of fixed arrays in records, and what keeps ids of organisations apart."""

from __future__ import annotations

CHAINS = 3
"""The first three patient groups are served in chains (keten-DBC, S1 4.1.2)."""

YEARS_TO_2022 = 16
"""Years from 2006, when a run starts, to 2022, of which figures of municipalities are."""

INSURERS = 12
"""Room for insurers in a municipality's market shares (ten groups in 2022, facts B)."""
NEAREST = 8
"""Counterparts (organisations) that a practice knows: the nearest within its vision."""
NEIGHBOURS = 24
"""Room for a municipality's neighbours."""
TITLES = 32
"""Room for contracts per party: no regime carries more titles."""

SPLIT_OFF = 2**36
ENTRANT = 2**37
UMBRELLA = 2**38
"""Added to ids of organisations that split off or entered, and of umbrellas of centres: apart from
what hub areas found."""
