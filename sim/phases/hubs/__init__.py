"""Hubs develop, serve, and stand beside the region."""
