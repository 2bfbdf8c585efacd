"""The work of a sweep: batches computed by processes here or on a cluster."""
