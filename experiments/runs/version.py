"""The version of the program: part of every run's id."""

VERSION = "0.1.0"
