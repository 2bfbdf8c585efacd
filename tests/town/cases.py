"""Every case of the town, itself first."""

from __future__ import annotations

from tests.town.amounts import AMOUNTS
from tests.town.checks import TOWN
from tests.town.empty import EMPTY
from tests.town.ties import TIES

CASES = (TOWN, *TIES, *AMOUNTS, EMPTY)
