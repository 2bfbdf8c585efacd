"""A lesson: the model, regions, levers and page in one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import html
import json
import os
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments.classroom.built import Built, read_built
from experiments.classroom.bundle import bundle
from experiments.classroom.game.levers import game
from experiments.classroom.lessons.policies import idle_in, told
from experiments.classroom.lessons.story import story
from experiments.classroom.levers import (
    LeverTable,
    design_regimes,
    lever_file,
    said_unit,
    span_of,
)
from experiments.classroom.offered import Ground, Offer, ground, settings_at
from experiments.classroom.words import DESIGN, said, shipped, spoken
from experiments.runs.identity import rules_hash
from experiments.runs.version import VERSION
from results.store.folder import whole_file
from sim.errors import BadInput
from sim.place.load import load_region

LANGUAGES = ("nl", "en")
TITLE = {"nl": "regiosim: de regio in de klas", "en": "regiosim: the region in class"}
NO_SCRIPT = {
    "nl": "Deze les rekent in de browser: zet JavaScript aan.",
    "en": "This lesson computes in the browser: allow JavaScript.",
}
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; "
    "style-src 'unsafe-inline'; worker-src blob:; child-src blob:; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
"""Nothing is fetched from anywhere: what the file needs is in it."""

AS_IN_REGIME = {"nl": "zoals in het beleid", "en": "as in the regime"}


def lever_of(
    lever: LeverTable, found: dict[str, Offer], region: str, regimes: int
) -> dict[str, Any]:
    """Return a lever as the page has it, or nothing where no regime offers it.

    Args:
        lever: as its file gives it.
        found: what it does, by regime.
        region: the region in which it is said in the words of ``regiosim run``.
        regimes: how many regimes the lesson holds.
    """
    span = span_of(lever)
    said_of = {
        "name": lever.name,
        "label": said(lever.label),
        "unit": said_unit(span.unit),
        "text": said(lever.text),
        "source": span.source,
        "place": lever.place,
        "group": lever.group,
        "kind": lever.kind,
        "low": span.low,
        "high": span.high,
        "step": span.step,
    }
    if lever.kind == "choice":
        words = list(lever.words.items())
        choices = [{"value": 0, "label": AS_IN_REGIME, "word": ""}]
        choices += [
            {"value": k, "label": said(one), "word": word}
            for k, (word, one) in enumerate(words, start=1)
        ]
        more = {"value": 0, "values": {}, "choices": choices, "setting": "", "since": None}
        more["settings"] = {}
        return {**said_of, **more, "regimes": None}
    if not found:
        return {}
    first = next(iter(found))
    value = found[first].value
    since = {offer.since for offer in found.values()}
    others = {name: offer.value for name, offer in found.items() if offer.value != value}
    some = [DESIGN] if any(name not in shipped() for name in found) else []
    settings = {name: _setting(lever, ground(region, name)) for name in found}
    more = {
        "value": value,
        "values": others,
        "choices": [],
        "setting": settings[first],
        "settings": {name: one for name, one in settings.items() if one != settings[first]},
        "since": min(since) or None,
        "regimes": None if len(found) == regimes else [*found, *some],
    }
    return {**said_of, **more}


def _setting(lever: LeverTable, on: Ground) -> str | dict[str, str]:
    """Return a lever in the words of ``regiosim run``, with ``{value}`` where the value stands.

    ``{value*SHARE}`` is a share of it. Where neither is said, what is said for each position.
    """
    values = span_of(lever).positions()
    texts = {value: settings_at(lever, on, value) for value in (values[0], values[-1])}
    if lever.kind == "range" and not lever.other:
        last = [text.partition("=") for text in texts[values[-1]]]
        # At nought any share is right: whether it is one, the other end tells.
        shares = [round(float(text) / values[-1], 9) if values[-1] else 1.0 for _, _, text in last]
        words = [
            f"--set {name}={{value{'' if share == 1.0 else f'*{share!r}'}}}"
            for (name, _, _), share in zip(last, shares, strict=True)
        ]
        if all(_says(texts[value], shares, value) for value in texts):
            return " ".join(words)
    return {
        f"{value:.10g}": " ".join(f"--set {one}" for one in settings_at(lever, on, value))
        for value in values
    }


def _says(texts: Sequence[str], shares: Sequence[float], value: float) -> bool:
    """Return whether settings are these shares of a value, to the bit."""
    said_of = [float(text.partition("=")[2]) for text in texts]
    return said_of == [value if share == 1.0 else value * share for share in shares]


def lesson_of(
    regions: Sequence[str], language: str, regimes: Sequence[str] = ()
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return a lesson as its page reads it, and the block of each region.

    Args:
        regions: names, or folders.
        language: the one that the page begins in, ``nl`` or ``en``.
        regimes: those that it holds, by default all that lessons offer.

    Raises:
        BadInput: a region is unknown or cannot be used.
    """
    regimes = list(regimes) or [*shipped(), *design_regimes()]
    made = [bundle(name, regimes) for name in regions]
    levers = []
    for lever in lever_file().lever:
        found = {
            regime: next(one.offers[regime][lever.name] for one in made
                         if lever.name in one.offers[regime])
            for regime in regimes
            if any(lever.name in one.offers[regime] for one in made)
        }  # fmt: skip
        levers.append(lever_of(lever, found, regions[0], len(regimes)))
    scenario = ground(regions[0], regimes[0]).scenario
    lesson = {
        "format": 1,
        "version": VERSION,
        "rules": rules_hash(),
        "language": language,
        "first": 2006 + (scenario.first + 3) // 4,
        "last": 2006 + (scenario.last + 1) // 4 - 1,
        "regions": [one.description for one in made],
        "levers": [lever for lever in levers if lever],
        "game": game().exported(),
        "story": [
            told(step, {one.description["name"]: idle_in(step, name)
                        for name, one in zip(regions, made, strict=True)})
            for step in story()
            if {step.a.regime, step.b.regime} <= set(regimes)
        ],
        **spoken(),
    }  # fmt: skip
    return lesson, {one.description["block"]: one.block for one in made}


def page_of(lesson: dict[str, Any], blocks: dict[str, bytes], built: Built) -> str:
    """Return the whole HTML file."""
    language = lesson["language"]
    text = json.dumps(lesson, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    parts = {"kernel": zlib.compress(built.kernel, 9), **blocks}
    lines = [
        "<!doctype html>",
        f'<html lang="{language}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<link rel="icon" href="data:,">',
        f"<title>{html.escape(TITLE[language])}</title>",
        f"<style>{_inside(built.style, 'style')}</style>",
        "</head>",
        "<body>",
        '<div id="page"></div>',
        f"<noscript>{html.escape(NO_SCRIPT[language])}</noscript>",
        f'<script type="application/json" id="lesson">{_escaped(text)}</script>',
        *(
            f'<script type="text/plain" id="{html.escape(name)}">'
            f"{base64.b64encode(content).decode('ascii')}</script>"
            for name, content in parts.items()
        ),
        f"<script>{_inside(built.script, 'script')}</script>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    """Return JSON that no reader of HTML takes for markup."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _inside(text: str, element: str) -> str:
    """Return a script or style that cannot end the element around it.

    Raises:
        ValueError: it would: the page was built with something in it that has to be escaped.
    """
    if f"</{element}" in text.lower() or "<!--" in text:
        raise ValueError(f"the built page holds what ends <{element}>")
    return text


def check_out(out: Path, option: str = "--out") -> None:
    """Refuse a file that cannot be written, before any work.

    Raises:
        BadInput: it is there already, or its folder is not, or cannot be written to.
    """
    where, allowed = f"{option} {out}", "a new file in a folder that can be written to"
    if out.is_dir():
        raise BadInput(where, "is a folder", allowed="a new file, such as lesson.html in it")
    if out.exists():
        raise BadInput(where, "is there already", allowed=allowed)
    folder = out.absolute().parent
    if not folder.is_dir():
        problem = f"{folder} is a file" if folder.exists() else f"there is no folder {folder}"
        raise BadInput(where, problem, allowed=allowed)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BadInput(where, f"{folder} cannot be written to", allowed=allowed)


def check(regions: Sequence[str], language: str, out: Path) -> Built:
    """Refuse what no lesson can be made of, before any work, and return what was built.

    Raises:
        BadInput: a region, the language or the file cannot be used, or nothing was built.
    """
    if language not in LANGUAGES:
        raise BadInput("--lang", f"unknown language {language!r}", allowed=", ".join(LANGUAGES))
    names = [load_region(name).name for name in regions]
    for name in names:
        if names.count(name) > 1:
            raise BadInput("--region", f"{name!r} is there twice", allowed="each region once")
    check_out(out)
    return read_built()


def make_lesson(regions: Sequence[str], language: str, out: Path) -> int:
    """Write a lesson to a new file, and return how many bytes it has.

    Raises:
        BadInput: a region, the language or the file cannot be used, or nothing was built.
    """
    built = check(regions, language, out)
    text = page_of(*lesson_of(regions, language), built).encode("utf-8")
    with whole_file(out.absolute()) as aside:
        aside.write_bytes(text)
    return len(text)
