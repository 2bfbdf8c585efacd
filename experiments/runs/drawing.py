"""A report that is part of a run or a sweep: that it cannot be drawn loses nothing else."""

from __future__ import annotations

import logging
from pathlib import Path

from experiments.runs.artists import artists


def draw_report(folder: Path, language: str) -> Path:
    """Draw the report of a run or a sweep, and its figures, on all cores; return its path."""
    with artists() as hands:
        from results.reports.run import write_report  # meanwhile the others import too

        return write_report(folder, language=language, hands=hands)


def is_drawn(folder: Path, language: str, called: Path | None = None) -> bool:
    """Draw the report of a folder whose tables are whole; say whether that went well.

    If not, a warning says so, and how to draw it later. What the disk makes of a folder that is not
    in its place yet is raised.

    Args:
        folder: of a run or a sweep.
        language: ``en`` or ``nl``.
        called: the folder's name in the warning, where it is not in its place yet.
    """
    try:
        draw_report(folder, language)
    except Exception as error:  # whatever a library makes of names, numbers or a full disk
        if called is not None and isinstance(error, OSError):
            raise  # the disk of tables that are not in their place either
        name = called or folder
        logging.getLogger("regiosim").warning(
            "all runs are finished and kept in %s, but the report could not be drawn (%s: %s); "
            "regiosim report %s draws it",
            name, type(error).__name__, " ".join(str(error).split()), name,
        )  # fmt: skip
        return False
    return True
