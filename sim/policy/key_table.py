"""The table of keys in docs/data.md: ``python -m sim.policy.key_table`` prints it anew."""

from __future__ import annotations

from agents.compiled.record import Field
from agents.title import Policy, Title
from sim.policy.keys import GROWN, INSURERS_KEYS, MADE, POLICY_SERIES, TITLE_SERIES, WORDS, Key
from sim.policy.schema import TitleFile


def key_table() -> str:
    """Return the keys of titles and of policy as a table in Markdown."""
    lines = ["| key | what it says | takes | where no file says it |", "|---|---|---|---|"]
    for field in Title.fields:
        if field.name in TITLE_SERIES:
            rule = TITLE_SERIES[field.name]
            lines.append(_line(field.name, field, (_number(rule), f"{rule.default:g}")))
        elif field.name != MADE:
            lines.append(_line(field.name, field, (_words(field.name), _otherwise(field.name))))
    for field in Policy.fields:
        if field.name != GROWN:
            whose = "; for insurers too" if field.name in INSURERS_KEYS else ""
            takes = _number(POLICY_SERIES[field.name]) + whose
            lines.append(_line(f"policy.{field.name}", field, (takes, "refused")))
    return "\n".join(lines) + "\n"


def _line(name: str, field: Field, rest: tuple[str, str]) -> str:
    return f"| `{name}` | {field.text} | {rest[0]} | {rest[1]} |"


def _number(rule: Key) -> str:
    kind = "whole number" if rule.whole else "number"
    high = f"{rule.high:,.0f}"
    return f"dated: {kind} from {rule.low:g} to {high}; {', '.join(rule.units)}"


def _words(name: str) -> str:
    return ", ".join(f"`{word}`" for word in WORDS.get(name, ("true", "false")))


def _otherwise(name: str) -> str:
    field = TitleFile.model_fields[name]
    if field.is_required():
        return "refused"
    if isinstance(field.default, tuple):
        return "all" if field.default in ((), WORDS[name]) else ", ".join(field.default)
    return str(field.default).lower()


if __name__ == "__main__":
    print(key_table(), end="")
