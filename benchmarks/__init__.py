"""Benchmarks: how fast the model runs, against plain Mesa on the same rules (``make bench``)."""
