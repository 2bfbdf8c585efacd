"""What a run shows: a file per theme, an outcome declared beside the kernel that fills it."""
