"""An experiment file as it is read: factors, design, names."""
