"""Plain Mesa: the same rules on ordinary Mesa agents, as fast as plain Python lets them run."""
