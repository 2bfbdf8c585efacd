"""The supra-local organisation: its record, governance and mergers."""
