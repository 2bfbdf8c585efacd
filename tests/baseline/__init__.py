"""The numbers that runs gave when they were last looked at, and the command that renews them."""
