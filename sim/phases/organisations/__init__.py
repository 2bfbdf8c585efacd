"""Organisations found, govern, merge, split, run programmes; suppliers enter."""
