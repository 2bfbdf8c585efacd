"""What is taught: the story in seven steps, and sheets for a lesson of 45 or of 90 minutes."""
