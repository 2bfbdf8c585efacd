"""A town of three practices, small enough to work out every outcome with a pocket calculator."""
