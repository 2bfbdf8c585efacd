"""Repeating a run, a sweep or a comparison from its folder alone."""
