"""The folder of a sweep: what is in it, how far it is, how it is finished."""
