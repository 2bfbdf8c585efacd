"""A mandate asks for more trust than a membership does.

In the model a member mandates its organisation by what membership is worth to it, in which trust
is one term of many. Here it lets another act in its name only if it trusts that other.

    regiosim run --rules docs/examples/my_rules.py --region unicum --regime historic-nl

docs/rules.md goes through this file.
"""

from agents.compiled.record import NONE
from agents.compiled.rule import rule
from agents.practice import find_counterpart

ASKED = 0.7
"""Trust (share) at which a practice thinks of the mandate as the model has it; assumed."""

WEIGHT = 8.0
"""What trust beyond that adds to the utility of a mandate (1 per share); assumed."""


@rule
def _own_trust(practice):
    """Return the trust (share) of a practice in its own organisation."""
    known = find_counterpart(practice, practice.organisation)
    if known == NONE:
        return 0.0
    return float(practice.trust[known])


def give_mandate(practice, utility, lot, refuse):
    """Return whether a member mandates its organisation: as in the model, and by its trust."""
    beyond = _own_trust(practice) - ASKED
    return original_give_mandate(practice, utility + WEIGHT * beyond, lot, refuse)
