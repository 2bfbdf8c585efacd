"""Regions: municipalities, districts, neighbours and starting states."""
