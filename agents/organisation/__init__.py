"""The supra-local organisation: its record, governance, mergers and the PLUS package."""
