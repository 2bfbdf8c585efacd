"""What a region is, before any practice is drawn in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.place.state import State

MODEL_YEAR = 2022
"""The year of which the model takes figures of municipalities."""
LEAST = 0.001
"""Least share of a district: zero stands for what nobody says."""


@dataclass(frozen=True)
class District:
    """A part of a municipality of about 10,000-15,000 inhabitants; its hub area.

    ``x`` and ``y`` are km on one plane for the whole region, ``radius`` is km. ``share_65`` are
    aged 65 or over, ``low_income`` have one of the 40% lowest incomes (shares in 0..1); None
    where nobody says it, alike in all districts of a municipality.
    """

    name: str
    population: int
    x: float
    y: float
    radius: float
    share_65: float | None = None
    low_income: float | None = None

    def elderly_of(self, share_65: float) -> float:
        """Return its share aged 65 or over, over that of its municipality; 0: nobody says it."""
        if self.share_65 is None or share_65 <= 0.0:
            return 0.0
        return max(LEAST, self.share_65) / share_65

    @property
    def poor(self) -> float:
        """Its share with one of the 40% lowest incomes; 0: nobody says it."""
        return 0.0 if self.low_income is None else max(LEAST, self.low_income)


@dataclass(frozen=True)
class StartingHub:
    """A hub that exists in 2006: ``origin`` is ``health-centre``, ``owz`` or ``wsv``.

    ``district`` is a position in the municipality's ``districts``.
    """

    district: int
    origin: str
    source: str


@dataclass(frozen=True)
class Municipality:
    """A municipality with figures of 1 January of one year (share aged 65 or over in 0..1)."""

    code: str
    name: str
    subregion: str
    population: int
    share_65: float
    area_km2: float
    urbanity: int
    lat: float
    lon: float
    x: float
    y: float
    districts: tuple[District, ...]
    hubs: tuple[StartingHub, ...] = ()
    trust: float = 0.5
    preferred: str = "Achmea"
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class Area:
    """Where one ROS or external party works: positions of its municipalities, ascending.

    ``kind`` is ``ros``, ``hap``, ``hospital``, ``vvt``, ``ggz``, ``home-care`` or ``youth``.
    """

    kind: str
    name: str
    municipalities: tuple[int, ...]
    source: str


@dataclass(frozen=True)
class NewChain:
    """A chain of care that comes after 2006, beside those that are parameters (F016).

    ``group`` is the word of the patient group whose programme serves it. ``prevalence`` is a share
    of registered patients; of those ``inclusion`` are in the programme by the year ``grown``, and
    they join after the year ``begins``, in equal steps.
    """

    name: str
    group: str
    prevalence: float
    begins: int
    grown: int
    inclusion: float
    source: str


@dataclass(frozen=True)
class Region:
    """Municipalities with who borders on whom (pairs of positions) and the insurers' names.

    ``Municipality.shares`` are market shares in the order of ``insurers`` and add up to 1.
    ``origin`` is where x = y = 0 (latitude, longitude in degrees): it goes along when a region
    is cut, copied or written, so that places keep their coordinates to the bit. ``sources`` has
    a key per subject (``trust``) or column (``municipalities.population``). ``year`` is that of
    its figures. Of a kind that is in ``areas`` every municipality is in one of them; areas of
    other kinds are drawn. ``states`` are of different quarters, ``chains`` of different names.
    """

    name: str
    title: str
    municipalities: tuple[Municipality, ...]
    neighbours: tuple[tuple[int, int], ...]
    insurers: tuple[str, ...]
    source: str
    sources: dict[str, str] = field(default_factory=dict)
    origin: tuple[float, float] = (52.155, 5.387)
    year: int = MODEL_YEAR
    areas: tuple[Area, ...] = ()
    states: tuple[State, ...] = ()
    chains: tuple[NewChain, ...] = ()

    def areas_of(self, kind: str) -> list[Area]:
        """Return the areas of one kind, in the order of their first municipalities."""
        mine = [area for area in self.areas if area.kind == kind]
        return sorted(mine, key=lambda area: area.municipalities)

    @property
    def population(self) -> int:
        """Inhabitants on 1 January of the year of its figures."""
        return sum(m.population for m in self.municipalities)
