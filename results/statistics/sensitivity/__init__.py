"""What the points of a design say of its factors, with seed noise split off."""
