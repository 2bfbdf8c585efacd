"""The version of the program, part of every run's id, and by whom and from when it is."""

VERSION = "0.1.0"
RELEASED = "2026-11-29"
"""The day of this version, as in CITATION.cff."""
AUTHORS = "The regiosim developers"
