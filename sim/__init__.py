"""The world in which the parties meet: policy, places, phases of a quarter, books, engines."""
