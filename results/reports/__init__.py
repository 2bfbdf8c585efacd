"""Reports of runs, sweeps and comparisons: one HTML page each, and a run as a story."""

import results.figures  # noqa: F401  (before anything here imports Matplotlib)
