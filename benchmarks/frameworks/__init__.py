"""One small model in several frameworks, each as its own users would write it."""
