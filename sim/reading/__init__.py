"""Texts and files of users, read one way for every reader: nothing is guessed, all has limits."""
