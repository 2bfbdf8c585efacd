"""What several phases need: one meaning, one place."""
