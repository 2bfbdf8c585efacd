"""The model in Mesa's own viewer, SolaraViz: a run for each visitor, quarter by quarter.

``choices`` and ``visit`` are what is chosen and what is run; ``drawn`` are its figures; ``page`` is
what a browser shows of them and, as ``serve``, needs the extra ``viz``.
"""
