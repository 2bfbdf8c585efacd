"""The model that all frameworks have: an epidemic among agents who meet at random.

Each step, who is infected meets ``CONTACTS`` agents drawn at random and infects those who are
susceptible with chance ``INFECT``; then recovers with chance ``RECOVER``. Written per framework,
with its own draws, so the epidemics are alike and not the same. ``FIRST`` agents begin infected.
"""

from __future__ import annotations

CONTACTS = 4
INFECT, RECOVER = 0.05, 0.05
"""Chances per meeting, and per step: about four are infected by one at first."""
FIRST = 10
SUSCEPTIBLE, INFECTED, RECOVERED = 0, 1, 2
