"""What outcomes say: years and bands, paired differences, effects, enough replicates."""
