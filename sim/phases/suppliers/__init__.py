"""Who supplies what, for the contracts in force."""
