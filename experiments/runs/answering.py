"""What a command of measuring says where it cannot go on, and its exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable

from experiments.runs.arguments import in_options
from sim.engines.compiled import RunFailed
from sim.errors import BadInput


def answer(work: Callable[[], None], failed: type[Exception] = RunFailed) -> int:
    """Do ``work`` that writes a page at its end; return 0, or 2, 1, 130 with a line that says why.

    2: what was asked cannot be done (``BadInput``). 1: a run ``failed``. 130: stopped from outside.
    """
    try:
        work()
    except BadInput as error:
        print(f"regiosim: {in_options(error)}", file=sys.stderr)
        return 2
    except failed as error:
        print(f"regiosim: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("regiosim: stopped, nothing was written", file=sys.stderr)
        return 130
    return 0
