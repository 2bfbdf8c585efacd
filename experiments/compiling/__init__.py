"""Compiling the model once for a machine: side by side, or taken over from before."""
