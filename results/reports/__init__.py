"""Reports of runs, sweeps and comparisons: one HTML page each, and a run as a story."""
