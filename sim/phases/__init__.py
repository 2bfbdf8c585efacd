"""What happens in a quarter, one file per group of phases; ``sim.quarter`` puts them in order."""
