"""What a run leaves behind: schema, store, figures and report."""
