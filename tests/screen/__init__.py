"""Makes the formulas of outcomes wrong, one at a time, and sees whether the town notices."""
