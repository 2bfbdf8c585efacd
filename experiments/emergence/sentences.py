"""Sentences of the page, each made from the numbers that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agents.parameters import Declared
from experiments.emergence.groups import Grouped, Level
from experiments.emergence.hypercube import Decided, Robust
from experiments.emergence.judging import Bench, Judged, Reading
from experiments.emergence.registry import Claim
from results.statistics.parts import Along, Parts
from results.statistics.shares import Share

LITTLE = 0.05
"""A part of the variance below this is called nothing."""
MOST = 0.5
SHOWN = 8
"""So many parameters or mechanisms are named, the strongest first."""


def figure(value: float, sign: bool = False) -> str:
    """Return a number in three digits, without a power of ten below a million."""
    digits = f"{value:+.3g}" if sign else f"{value:.3g}"
    return digits if "e" not in digits else f"{value:{'+' if sign else ''}.2g}"


def percent(share: Share) -> str:
    """Return a share with its interval: ``24 of 30 (63-90%)``."""
    return f"{share.hits} of {share.of} ({100 * share.low:.0f}-{100 * share.high:.0f}%)"


def listed(names: Sequence[str]) -> str:
    """Return names as in a sentence."""
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]


def measured(value: float, claim: Claim) -> str:
    """Return a number of a claim with its unit, if it has one."""
    unit = "" if claim.unit == "share" else f" {claim.unit}"
    return figure(value, bool(claim.sign)) + unit


def moved(reading: Reading) -> str:
    """Return a world and how far a claim's number is from what it is: ``*no weights* (-12)``."""
    return f"*{reading.world.name}* ({figure(reading.apart.mean, True)})"


def worlds(readings: Iterable[Reading]) -> str:
    """Return the names of worlds as in a sentence."""
    return listed([f"*{reading.world.name}*" for reading in readings])


def of_nulls(bench: Bench, one: Judged) -> str:
    """Return which null models give less of a claim, more, or the same."""
    nulls = one.of_role("null")
    less = [r for r in nulls if bench.against(one, r)]
    gone = [r for r in less if not bench.holds(one, r.there)]
    kept = [r for r in less if bench.holds(one, r.there)]
    more = [r for r in nulls if bench.differs(r) and r not in less]
    same = [r for r in nulls if not bench.differs(r)]
    two = not one.claim.sign and one.claim.has_two_ends
    kept_with = f"it holds, but is {'another' if two else 'weaker'}, with"
    said = [
        f"{lead} {listed([moved(r) for r in found])}"
        for lead, found in (
            ("it is gone with", gone),
            (kept_with, kept),
            ("there is more of it with", more),
        )
        if found
    ]
    if same:
        said.append(f"the null gives the same with {worlds(same)}")
    text = "; ".join(said)
    return f"Null models: {text}."


def of_worlds(bench: Bench, one: Judged, role: str) -> str:
    """Return in which worlds of a role the claim no longer holds."""
    lost = [r for r in one.of_role(role) if not bench.holds(one, r.there)]
    if not lost:
        return f"No {role} takes it away."
    return f"It is gone in {worlds(lost)} ({role}{'s' if len(lost) > 1 else ''})."


def of_points(found: Robust) -> str:
    """Return how the claim fares over the plausible ranges."""
    what = "beyond its threshold" if found.claim.sign else "in its range"
    text = f"it is {what} in {percent(found.threshold)} of points"
    if found.sign is not None:
        text = f"the sign holds in {percent(found.sign)}, {text}"
    if found.null is not None:
        text += f", on the same side of *no weights* in {percent(found.null)}"
    return f"Over plausible ranges {text}."


def about(bench: Bench, one: Judged, found: Robust) -> str:
    """Return what is said of one claim."""
    claim = one.claim
    here = f"{measured(one.here.mean, claim)}, asked: {one.claim.asked(one.times)}"
    if not bench.holds(one):
        why = "; not told from zero" if claim.sign and not bench.stands(one.here) else ""
        return f"**{claim.name}** does not hold ({here}{why}). {of_points(found)}"
    parts = [f"**{claim.name}** holds ({here}).", of_nulls(bench, one)]
    parts += [of_worlds(bench, one, role) for role in ("ablation", "rival") if one.of_role(role)]
    return " ".join([*parts, of_points(found)])


def summary(bench: Bench) -> str:
    """Return how many claims are what."""
    held = [one for one in bench.judged if bench.holds(one)]
    made = {one.claim.name: len(bench.made_of(one)) for one in held}
    nulls = {one.claim.name: len(one.of_role("null")) for one in held}
    whole = [name for name, count in made.items() if count == nulls[name]]
    part = [name for name, count in made.items() if 0 < count < nulls[name]]
    none = [name for name, count in made.items() if count == 0]
    count = len(bench.judged)
    return (
        f"Of {count} claims {len(held)} hold and {count - len(held)} do not. Of those that hold, "
        f"{len(whole)} are emergent, weaker in every null model{_named(whole)}; {len(part)} are so "
        f"in part, weaker in some{_named(part)}; {len(none)} are not, weaker in none{_named(none)}."
    )


def _named(names: Sequence[str]) -> str:
    return f" ({'; '.join(names)})" if names else ""


def largest(parts: Parts) -> str:
    """Return what most of the variance goes with, or that nothing has most of it."""
    names = {
        "arms": "payment",
        "points": "assumed values",
        "both": "payment and assumed values together",
        "chance": "chance",
    }
    part = max(names, key=lambda name: getattr(parts, name))
    share = getattr(parts, part)
    if share > MOST:
        return f"Most of it goes with {names[part]}."
    return f"Nothing has most of it; {names[part]} has the largest part."


def of_payment(one: Decided, bench: Bench) -> str:
    """Return whether payment decides an outcome: by its part of the variance, and by contrasts."""
    found = [j for j in bench.judged if j.claim.outcome == one.outcome and j.claim.sign]
    holding = [j.claim.name for j in found if bench.holds(j)]
    held = f"of its contrasts {listed(holding)} holds" if holding else "none of its contrasts holds"
    if one.parts.arms >= LITTLE:
        return f"Payment decides part of it; {held}."
    if one.parts.both >= LITTLE:
        return (
            "Payment has no direction of its own: what it does hangs on assumed values, and "
            f"{held}."
        )
    return f"Payment decides next to nothing of it, and {held}."


def of_parameters(pairs: Sequence[tuple[Declared, Along]], where: str) -> str:
    """Return which parameters go along with an outcome."""
    if not pairs:
        return f"No parameter stands {where}."
    names = [f"`{one.name}` ({a.rho:+.2f})" for one, a in pairs[:SHOWN]]
    more = f" and {len(pairs) - SHOWN} more" if len(pairs) > SHOWN else ""
    return f"Parameters that stand {where}: {', '.join(names)}{more}."


def moving(one: Decided, bench: Bench) -> list[Reading]:
    """Return the ablations and null models that move an outcome, the furthest first."""
    pattern = next(j for j in bench.judged if j.claim.outcome == one.outcome and not j.claim.sign)
    tried = pattern.of_role("ablation") + pattern.of_role("null")
    return sorted((r for r in tried if bench.differs(r)), key=lambda r: -abs(r.apart.mean))


def of_mechanisms(one: Decided, bench: Bench) -> str:
    """Return which mechanisms and null models move an outcome at the default values."""
    found = moving(one, bench)
    if not found:
        return "No world that was tried moves it at the default values."
    return "At the default values it moves in " + listed([moved(r) for r in found[:SHOWN]]) + "."


def conclusion(one: Decided, bench: Bench) -> str:
    """Return in one sentence what decides an outcome, or that nothing here does."""
    made = [f"*{r.world.name}*" for r in moving(one, bench)[:3]]
    known = {declared.name: abs(a.rho) for declared, a in [*one.history, *one.designs]}
    strong = [f"`{name}`" for name in sorted(known, key=lambda name: -known[name])[:3]]
    parts = []
    if made:
        parts.append(f"most in {listed(made)}")
    if strong:
        parts.append(f"of assumed values with {listed(strong)}")
    if one.parts.arms >= LITTLE:
        parts.append("with payment")
    if not parts and one.parts.chance > MOST:
        return "Nothing that was tried decides it: it is chance."
    if not parts:
        return "No one thing that was tried decides it."
    end = "" if one.parts.arms >= LITTLE else "; not with payment"
    return f"It moves {'; '.join(parts)}{end}."


def of_question(one: Decided, bench: Bench) -> str:
    """Return what decides an outcome: parts of variance, payment, parameters, mechanisms."""
    shares = (
        f"assumed values {100 * one.parts.points:.0f}%, payment {100 * one.parts.arms:.1f}%, both "
        f"together {100 * one.parts.both:.0f}%, chance (seeds) {100 * one.parts.chance:.0f}%"
    )
    return (
        f"**{one.heading}**. {conclusion(one, bench)} Variance over plausible ranges and four "
        f"designs of one money: {shares}. {largest(one.parts)} {of_payment(one, bench)} "
        f"{of_parameters(one.history, 'under `historic-nl`')} "
        f"{of_parameters(one.designs, 'under designs')} {of_mechanisms(one, bench)}"
    )


def of_levels(levels: Sequence[Level]) -> str:
    """Return how large the group without a contract is, and how far patterns differ in it."""
    held = levels[0].held
    out = held.of - held.hits
    first = f"In {held.hits} of {held.of} runs of `historic-nl` at least half of the insured are "
    first += f"under a contract at the end, in {out} not"
    if out == 0 or held.hits == 0:
        return f"{first}: one group."
    share = min(out, held.hits) / held.of
    rare = " a rare group, which a mean hides" if share <= 0.1 else " two groups"
    apart = [
        f"{one.claim.name} {figure(one.within)} against {figure(one.without)}" for one in levels
    ]
    return f"{first}:{rare}. With a contract against without: {'; '.join(apart)}."


def of_turned(found: Sequence[Grouped]) -> str:
    """Return where an effect within a group has the other sign than over all pairs."""
    said = []
    for one in found:
        world = one.arms[0].world
        against = f" against *{world.name}*" if not one.claim.sign else ""
        on = " on conditions" if world.suffix else ""
        said += [f"{one.claim.name}{against}{on} ({name} a contract)" for name in one.turned()]
    if not said:
        return "In no group does an effect that is told from zero turn its sign."
    return f"Within a group the sign turns, told from zero, of {'; '.join(said)}."
