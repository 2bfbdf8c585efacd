"""What money buys, and how coherent support is."""
