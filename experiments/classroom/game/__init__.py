"""The game of class mode: groups decide in rounds, and what they decide is dated policy."""
