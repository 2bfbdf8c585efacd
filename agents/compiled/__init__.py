"""Machinery out of the reader's way: rules, records, draws and codes, compiled and plain."""
