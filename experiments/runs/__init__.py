"""Runs: a scenario, its tables and manifest, and two folders compared."""
