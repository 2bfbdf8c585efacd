"""Sweeps: an experiment file, its design, its runs in batches, and a store that loses none."""
