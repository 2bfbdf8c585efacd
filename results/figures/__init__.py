"""Figures: each takes frames and returns a matplotlib Figure."""
