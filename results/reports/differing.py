"""In what two manifests differ beyond what was asked: inputs by content, values, code, machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Row = tuple[str, str, str]
"""Name, first and second."""
NONE = "–"
SHOWN = 60
"""Letters of a line of a file that are shown."""
CODES = 8
"""Letters of a hash that tell two apart for a reader."""


def regions_unlike(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[Row]:
    """Return how the regions of two manifests differ in what they hold, whatever their names.

    A region of the one that the other holds too, under any name, is no difference; where it holds
    the same in other words (a title, a source), the words are.
    """
    one, two = ({entry["content"]: entry for entry in about["regions"]} for about in (a, b))
    rows = [
        row for content, entry in one.items() if content in two
        for row in _files(entry["files"], two[content]["files"], "region, in words only: ")
    ]  # fmt: skip
    left = [entry for content, entry in one.items() if content not in two]
    right = [entry for content, entry in two.items() if content not in one]
    for first, second in _beside(left, right):
        rows.append(("what the region holds", _region(first), _region(second)))
        if first and second:
            rows += _chains(first, second)
            rows += _files(first["files"], second["files"], "region: ")
    return rows


def _chains(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[Row]:
    """Return how the chains of care that two regions add differ."""
    said = [each.get("chains") for each in (first, second)]
    one, two = ("; ".join(map(str, s)) if isinstance(s, list) else NONE for s in said)
    return [("chains of care of the region", one, two)] if one != two else []


def files_unlike(a: Mapping[str, Any], b: Mapping[str, Any], key: str, word: str) -> list[Row]:
    """Return how files of two manifests differ in their texts, in the order of each.

    Args:
        a: the first manifest.
        b: the second.
        key: where the files are in both.
        word: what one of them is called.
    """
    one, two = (list(about.get(key) or []) for about in (a, b))
    same = {entry["text"] for entry in one} & {entry["text"] for entry in two}
    if [e["text"] for e in one] != [e["text"] for e in two] and len(same) == len(one) == len(two):
        first, second = (", ".join(entry["file"] for entry in many) for many in (one, two))
        return [(f"order of each {word}", first, second)]
    rows: list[Row] = []
    left = [entry for entry in one if entry["text"] not in same]
    right = [entry for entry in two if entry["text"] not in same]
    for old, new in _beside(left, right):
        rows.append((word, _file(old), _file(new)))
        if old and new:
            rows.append((f"{word}: first line unlike", *_lines(old["text"], new["text"])))
    return rows


def rules_file_unlike(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[Row]:
    """Return how the files of rules of a user's own differ in their texts."""
    one, two = (about.get("rules_file") or {} for about in (a, b))
    if one.get("text") == two.get("text"):
        return []
    rows: list[Row] = [("file of rules", _rules_file(one), _rules_file(two))]
    if one and two:
        rows.append(("file of rules: first line unlike", *_lines(one["text"], two["text"])))
    return rows


def values_unlike(a: Mapping[str, Any], b: Mapping[str, Any], told: Sequence[str]) -> list[Row]:
    """Return the parameters, titles and policy of which two manifests have other values.

    Args:
        a: the first manifest.
        b: the second.
        told: names that were set, and are told as settings.
    """
    names = frozenset(told)
    rows = _named_unlike(a.get("parameters"), b.get("parameters"))
    rows = [row for row in rows if row[0] not in names]
    one, two = (_policies(about) for about in (a, b))
    if not one or not two or len(one) != len(two):
        return rows
    for first, second in zip(one, two, strict=True):
        found = _named_unlike(_flat_policy(first), _flat_policy(second))
        found = [row for row in found if row[0] not in names]
        if first["name"] != second["name"] and found:
            text = f"{len(found)} values of titles and policy, as the regimes have them"
            rows.append((text, str(first["name"]), str(second["name"])))
        else:
            rows += [row for row in found if row not in rows]
    return rows


def made_unlike(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[Row]:
    """Return how code, versions and machine differ, of what both manifests say."""
    rows: list[Row] = []
    for key, text in (("code", "code"), ("versions", "version of"), ("machine", "machine")):
        if key in a and key in b:
            one, two = a[key], b[key]
            if not ("machine" in a and "machine" in b):  # an earlier one names a few packages
                one, two = (
                    {n: v for n, v in x.items() if n in y} for x, y in ((one, two), (two, one))
                )
            found = _named_unlike(one, two)
            join = " " if key == "versions" else ": "
            rows += [(f"{text}{join}{name}", one, two) for name, one, two in found]
    return rows


def assumed_unlike(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[Row]:
    """Return how what is said of assumed values differs: their ranges, units, sources, texts."""
    sides = [
        {one["name"]: one for one in about.get("assumed") or [] if isinstance(one, Mapping)}
        for about in (a, b)
    ]
    rows: list[Row] = []
    for name, one in sides[0].items():
        two = sides[1].get(name, one)
        if ("range" in one) != ("range" in two):  # one of an earlier version says less
            continue
        keys = [key for key in one if key in two and key not in ("name", "value")]
        rows += [
            (f"assumed {name}: {key}", _said(one[key]), _said(two[key]))
            for key in keys if one[key] != two[key]
        ]  # fmt: skip
    return rows


def _policies(about: Mapping[str, Any]) -> list[dict[str, Any]]:
    one = about.get("policy")
    return [one] if one else list(about.get("policies") or [])


def _flat_policy(policy: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of titles and policy by their names as after ``--set``, with dates."""
    found: dict[str, Any] = {}
    for title in policy["titles"]:
        above = f"title.{title['name']}"
        found[above] = "there"
        for key, value in title.items():
            if key not in ("name", "series"):
                found[f"{above}.{key}"] = value
        for key, dated in title["series"].items():
            found |= {f"{above}.{key}": dated} if dated else {}
    found |= {f"policy.{key}": dated for key, dated in policy["policy"].items()}
    for insurer, keys in (policy.get("insurers") or {}).items():
        found |= {f"policy.{key}@{insurer}": dated for key, dated in keys.items()}
    return found


def _named_unlike(one: Mapping[str, Any] | None, two: Mapping[str, Any] | None) -> list[Row]:
    """Return the names of which two mappings have other values; nothing where one is not there."""
    if one is None or two is None:
        return []
    names = [*one, *(name for name in two if name not in one)]
    missing = object()
    return [
        (name, _said(one.get(name, NONE)), _said(two.get(name, NONE)))
        for name in names
        if one.get(name, missing) != two.get(name, missing)
    ]


def _said(value: Any) -> str:
    """Return a value in words; of dated values each with the date it holds from."""
    if (
        isinstance(value, list)
        and value
        and all(isinstance(v, list) and len(v) == 2 for v in value)
    ):
        return ", ".join(f"{number} from {day}" for day, number in value)
    if isinstance(value, list):
        return ", ".join(map(str, value)) or NONE
    return NONE if value is None else str(value)


def _beside(one: list[Any], two: list[Any]) -> Iterator[tuple[Any, Any]]:
    for place in range(max(len(one), len(two))):
        yield (one[place] if place < len(one) else None, two[place] if place < len(two) else None)


def _region(entry: Mapping[str, Any] | None) -> str:
    return NONE if entry is None else f"{entry['region']} ({str(entry['content'])[:CODES]})"


def _rules_file(own: Mapping[str, Any]) -> str:
    if not own:
        return NONE
    return f"{own['file']} ({own['sha256'][:CODES]}) for {', '.join(own['replaced'])}"


def _file(entry: Mapping[str, str] | None) -> str:
    if entry is None:
        return NONE
    found = entry.get("sha256") or hashlib.sha256(entry["text"].encode()).hexdigest()
    return f"{entry['file']} ({found[:CODES]})"


def _files(
    one: Sequence[Mapping[str, str]], two: Sequence[Mapping[str, str]], of: str
) -> list[Row]:
    """Return the files of two regions whose texts differ, with the first line that does."""
    texts = [{entry["file"]: entry["text"] for entry in files} for files in (one, two)]
    rows: list[Row] = []
    for name in dict.fromkeys([*texts[0], *texts[1]]):
        first, second = (side.get(name) for side in texts)
        if first is None or second is None:
            there = [NONE if text is None else "there" for text in (first, second)]
            rows.append((f"{of}{name}", there[0], there[1]))
        elif first != second:
            rows.append((f"{of}{name}", *_lines(first, second)))
    return rows


def _lines(one: str, two: str) -> tuple[str, str]:
    """Return the first line in which two texts differ, with its number, and how many do."""
    first, second = one.splitlines(), two.splitlines()
    count = max(len(first), len(second))
    first += [NONE] * (count - len(first))
    second += [NONE] * (count - len(second))
    unlike = [k for k in range(count) if first[k] != second[k]]
    if not unlike:
        return "ends in another way", ""
    at, more = unlike[0], f" ({len(unlike)} lines differ)" if len(unlike) > 1 else ""
    return f"line {at + 1}: {first[at].strip()[:SHOWN]}", f"{second[at].strip()[:SHOWN]}{more}"
