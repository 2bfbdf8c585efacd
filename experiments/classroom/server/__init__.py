"""The server of class mode: keeps what groups decide, and computes nothing."""
