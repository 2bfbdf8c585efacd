"""The command line ``regiosim``: a file for each group of commands."""

from experiments.cli.app import main

__all__ = ["main"]
