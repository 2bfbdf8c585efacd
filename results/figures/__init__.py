"""Figures: each takes frames and returns a matplotlib Figure, whole in English or in Dutch.

Matplotlib takes its back end from the environment as it is imported, and stops on one that it
does not know. Figures here are drawn without one, so it is imported with that set aside; who asked
for a back end that exists, such as a notebook, finds it as asked.
"""

import contextlib
import logging
import os
import sys

if "matplotlib" not in sys.modules:
    _asked = os.environ.pop("MPLBACKEND", None)
    # That a list of fonts is made, or that settings of others are odd, is no news of a run.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    try:
        import matplotlib as _matplotlib
    finally:
        if _asked is not None:
            os.environ["MPLBACKEND"] = _asked
    if _asked:
        with contextlib.suppress(ValueError):
            _matplotlib.rcParams["backend"] = _asked
