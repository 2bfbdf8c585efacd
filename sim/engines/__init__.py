"""The three ways to run: compiled, as a Mesa model on tables, and as plain Python."""
