"""Practices choose organisation, mandate, hub and package."""
