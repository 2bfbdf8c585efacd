"""``python -m experiments.answers.page``: the tables of docs/scorecard.md, measured anew.

Runs the scorecard of UNICUM with 30 seeds, and prints the page or writes it. What stands outside
the two marks is left as it is.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.answers.scorecard import scorecard
from experiments.runs.answering import answer
from results.statistics.scored import Scored

PAGE = Path(__file__).resolve().parents[2] / "docs" / "scorecard.md"
COMMAND = "python -m experiments.answers.page --write"
END = "<!-- end -->"
ASKS = {"best": "better than", "alike": "and", "no-better": "no better than", "nothing": "minus"}
ENDS = {"alike": " alike", "nothing": ": nothing stated"}


def tables(found: Scored) -> str:
    """Return what was measured as tables in Markdown."""
    return "\n".join(_lines(found))


def renewed(text: str, measured: str, command: str) -> str:
    """Return a page with what stands between its marks measured anew.

    Args:
        text: the page.
        measured: what stands there now.
        command: that measures it, as the first mark names it.

    Raises:
        ValueError: it has no such marks.
    """
    mark = f"<!-- measured: {command} -->"
    head, begin, rest = text.partition(mark)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no lines {mark} and {END}")
    return f"{head}{mark}\n\n{measured}\n\n{END}{tail}"


def _lines(found: Scored) -> Iterator[str]:
    frames = found.frames()
    counts = ", ".join(f"{count} {verdict}" for verdict, count in found.counts.items())
    money = found.money.mean(axis=1)
    euros = f"EUR {money.min():.2f} to {money.max():.2f} per insured a year"
    yield f"Verdicts: {counts}. Money: {euros}."
    yield ""
    yield "| stated | from | simulated (95% over seeds) | the model | other formula | its verdict |"
    yield "|---|---|---|---|---|---|"
    for row in frames["scorecard"].to_dict("records"):
        yield _stated(row)
    yield ""
    yield "| wins of eight criteria | stated | simulated | other formula |"
    yield "|---|---|---|---|"
    for row in frames["totals"].to_dict("records"):
        level = f"{row['choice']}: {row['level']}"
        yield f"| {level} | {row['stated']} | {row['simulated']} | {row['alternative']} |"
    yield ""
    yield "| criterion | order of designs with the stated | other formula | both formulas |"
    yield "|---|---|---|---|"
    for row in frames["orders"].to_dict("records"):
        cells = (_span(row, "tau", "low", "high"),
                 _span(row, "alternative_tau", "alternative_low", "alternative_high"),
                 _span(row, "both", "both_low", "both_high"))  # fmt: skip
        yield f"| {row['criterion'] or 'all'} | {' | '.join(cells)} |"
    yield ""
    yield "| weights on | order, with equal weights | best design is, share of draws |"
    yield "|---|---|---|"
    for (formula, scale), one in found.weighings.items():
        levels = found.best_by_level(formula, scale)
        told = ", ".join(f"{name} {share:.2f}" for name, share in levels.items() if share >= 0.005)
        middle, low, high = one.tau
        tau = f"{middle:+.2f} ({low:+.2f} to {high:+.2f})"
        yield f"| {scale}s, {formula} | {tau} | {told} |"


def _stated(row: dict[Any, Any]) -> str:
    name = f"{row['choice']}, {row['criterion'] or 'all'}: {row['first']} {ASKS[row['asks']]} "
    name += f"{row['second']}{ENDS.get(row['asks'], '')}"
    source = f"{row['source']}{', inferred' if row['inferred'] else ''}"
    gap = _span(row, "difference", "low", "high", 3)
    other = f"{row['alternative']:+.3f}"
    bold = "**{}**" if row["verdict"] == "disagrees" else "{}"
    verdict = bold.format(row["verdict"])
    return f"| {name} | {source} | {gap} | {verdict} | {other} | {row['alternative_verdict']} |"


def _span(row: dict[Any, Any], value: str, low: str, high: str, digits: int = 2) -> str:
    if pd.isna(row[value]):
        return "–"
    one, two, three = (f"{row[name]:+.{digits}f}" for name in (value, low, high))
    return f"{one} ({two} to {three})"


def main(arguments: list[str] | None = None) -> int:
    """Print the page on the scorecard measured anew, or write it; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m experiments.answers.page", description=main.__doc__
    )
    parser.add_argument("--write", action="store_true", help="write docs/scorecard.md")
    given = parser.parse_args(arguments)

    def work() -> None:
        text = renewed(PAGE.read_text(encoding="utf-8"), tables(scorecard("unicum")), COMMAND)
        if given.write:
            PAGE.write_text(text, encoding="utf-8")
        else:
            print(text, end="")

    return answer(work)


if __name__ == "__main__":
    sys.exit(main())
