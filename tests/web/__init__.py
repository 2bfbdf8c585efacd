"""Lessons in real browsers."""
