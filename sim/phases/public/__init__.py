"""Municipalities, the ROS and external parties."""
