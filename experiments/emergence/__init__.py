"""What is called emergent, held against null models, ablations, rivals and plausible ranges."""
