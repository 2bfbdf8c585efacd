"""The plan of a sweep: its arms, points and runs, checked before any work."""
