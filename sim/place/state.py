"""What is there in a region in one quarter, in which a run may start."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ContractThen:
    """Titles that an organisation is contracted for since a quarter (tick).

    ``fee`` is what was bargained, ``before`` what older O&I titles brought then, from which it is
    bargained again: EUR per insured a year.
    """

    titles: tuple[str, ...]
    since: int
    fee: float | None
    before: float | None
    source: str


@dataclass(frozen=True)
class OrganisationThen:
    """An organisation that is there: where it sits, who its members are, what it holds.

    ``municipality`` and ``district`` are positions, ``since`` is the quarter of founding (tick).
    ``members`` has a position and the share of practices there, for each municipality of members;
    of the members ``mandate`` and ``plus`` are shares. ``regioplan`` is the quarter (tick) in which
    it lapses. ``reserves`` are its own, ``for_hubs`` what it keeps for hubs, EUR. ``lead`` is a
    position among the organisations of the state.
    """

    name: str
    municipality: int
    district: int
    since: int
    members: tuple[tuple[int, float], ...]
    mandate: float
    plus: float
    form: str
    rights: str
    divided: bool
    regioplan: int | None
    programmes: tuple[str, ...]
    reserves: float
    for_hubs: float
    lead: int | None
    contracts: tuple[ContractThen, ...]
    source: str


@dataclass(frozen=True)
class HubAsIs:
    """A hub as it is in a quarter, in the place of what stands there in 2006.

    ``municipality`` and ``district`` are positions, ``since`` a tick from which its contracts run.
    ``active`` is the share of practices of its area that take part; ``employer`` the position of
    the organisation that employs its manager. ``reserves`` are EUR.
    """

    municipality: int
    district: int
    origin: str
    since: int
    stage: str
    plan: str
    active: float
    funded: bool
    manager: str
    employer: int | None
    adviser: bool
    reserves: float
    source: str


@dataclass(frozen=True)
class State:
    """What is there in one quarter (tick); ``trust`` is None where it is that of the region."""

    quarter: int
    source: str
    trust: float | None = None
    organisations: tuple[OrganisationThen, ...] = ()
    hubs: tuple[HubAsIs, ...] = ()
