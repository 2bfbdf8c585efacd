"""Every case of the town, itself first."""

from __future__ import annotations

from tests.town.alternatives import ALTERNATIVES
from tests.town.amounts import AMOUNTS
from tests.town.areas import AREAS
from tests.town.centres import CENTRES
from tests.town.checks import TOWN
from tests.town.demand_cases import DEMAND
from tests.town.empty import EMPTY
from tests.town.fees import CASES_OF_FEES
from tests.town.scores import SCORES
from tests.town.ties import TIES

CHANGED = (*TIES, *AMOUNTS, *AREAS, *CENTRES, *DEMAND, *SCORES, *ALTERNATIVES, *CASES_OF_FEES)
CASES = (TOWN, *CHANGED, EMPTY)
