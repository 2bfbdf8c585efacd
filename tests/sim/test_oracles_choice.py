"""Known answers on trust and on the choices of practices (model.md, 7)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from support import Quarters, both, params, row, start_of

from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.practice import Contact, Practice, give_mandate, value_membership
from sim.common.trust import adjust_trust, fade_of
from sim.phases.choices.wanting import prefer_organisation

# Trust (model d)


def test_twelve_good_quarters_bring_trust_from_zero_to_four_fifths() -> None:
    # T(12) = 1 - (1 - 0.126)^12 = 0.80: the gain was set to give this.
    trust = 0.0
    for _ in range(12):
        trust = both(adjust_trust, trust, 0.5, 1, 0.0, params())
    assert trust == pytest.approx(0.80, abs=0.005)
    # A bad contact undoes three good ones' worth: 0.8 * (1 - .378).
    assert both(adjust_trust, 0.8, 0.5, -1, 0.0, params()) == pytest.approx(0.4976, rel=1e-12)


@pytest.mark.parametrize("years", [4.0, 1.0, 10.0])
def test_half_life_of_trust_without_contact(years: float) -> None:
    # After the half-life the distance to the start is half: .5 + .4/2 = .7, .5 - .5/2 = .25.
    for first, after in ((0.9, 0.7), (0.0, 0.25)):
        trust = first
        for _ in range(int(4 * years)):
            slow = params(trust_half_life=years)
            trust = both(adjust_trust, trust, 0.5, 0, both(fade_of, slow), slow)
        assert trust == pytest.approx(after, rel=1e-9)


def test_trust_stays_within_bounds_whatever_happens() -> None:
    rng = np.random.default_rng(1)
    trust = 0.5
    for outcome in rng.integers(-1, 2, 500):
        start, fade = float(rng.random()), float(rng.random())
        trust = both(adjust_trust, trust, start, int(outcome), fade, params())
        assert 0.0 <= trust <= 1.0


# Choice (model e)


def neutral_contact(neighbours: float) -> Contact:
    return Contact(
        trust=0.5, taste=0.0, neighbours=neighbours, pressure=0.0, switching=0.0, crisis=0.0
    )


def mean_field(conformity: float, x: float) -> float:
    """One round: everybody sees share x of members and chooses, the rest being indifferent."""
    utility, _ = value_membership_plain(conformity, x)
    chosen: float = 1.0 / (1.0 + math.exp(-utility))
    return chosen


def value_membership_plain(conformity: float, x: float) -> tuple[float, int]:
    practice = row(Practice, patients=0)
    organisation = row(RegioOrganisatie, say=1.0)
    answer: tuple[float, int] = both(
        value_membership, practice, organisation, neutral_contact(x),
        params(choice_conformity=conformity, choice_member_hours=0.0),
    )  # fmt: skip
    return answer


@pytest.mark.parametrize("conformity", [1.0, 3.0, 3.9, 4.1, 5.0, 8.0])
def test_bifurcation_at_a_conformity_of_four(conformity: float) -> None:
    # J(x - 1/2) on the option to join only: x -> logistic(J(x - 1/2)). At x = 1/2 its slope is
    # J * 1/4 (the logistic's is 1/4 at 0), so the even split is stable below J = 4 and two
    # lopsided worlds appear above. With J on both options the slope would double: J = 2.
    assert mean_field(conformity, 0.5) == 0.5
    step = 1e-5
    slope = (mean_field(conformity, 0.5 + step) - mean_field(conformity, 0.5 - step)) / (2 * step)
    assert slope == pytest.approx(conformity / 4.0, rel=1e-6)
    x = 0.6
    for _ in range(2000):
        x = mean_field(conformity, x)
    if conformity < 4.0:
        # Converges by J/4 a round: 0.1 * (3.9/4)^2000 is nothing.
        assert x == pytest.approx(0.5, abs=1e-9)
    else:
        assert x > 0.55 and mean_field(conformity, x) == pytest.approx(x, abs=1e-9)
        assert mean_field(conformity, 1.0 - x) == pytest.approx(1.0 - x, abs=1e-9)


def test_worth_of_membership_by_hand() -> None:
    practice = row(Practice, patients=3000, autonomy=0.5, x=0.0, y=0.0)
    organisation = row(
        RegioOrganisatie, quality=0.6, engagement=0.64, margin=3.0, say=0.2, x=3.0, y=4.0
    )
    contact = Contact(
        trust=0.7, taste=0.1, neighbours=0.75, pressure=0.2, switching=1.0, crisis=0.0
    )
    # money .15 * (3000*(8*.6*.8 + 3) - 5*110)/1000 = .15 * 19.97 = 2.9955;
    # coverage 1 * .64*.6 = .384;
    # autonomy -1.5*.5*.8 = -.6; distance -.04*5 = -.2; neighbours 2*.25 = .5; trust 2*.2 = .4;
    # pressure .2; switching -1; taste .1. Sum 2.7795.
    value, _ = both(value_membership, practice, organisation, contact, params())
    assert value == pytest.approx(2.7795, rel=1e-12)


def test_a_mandate_is_a_logit_and_can_be_refused() -> None:
    # logistic(0) = 1/2, logistic(2) = 0.8808.
    for utility, lot, refuse, given in (
        (0.0, 0.4999, False, True), (0.0, 0.5, False, False), (2.0, 0.88, False, True),
        (2.0, 0.881, False, False), (100.0, 0.0001, True, False),
    ):  # fmt: skip
        assert both(give_mandate, row(Practice), utility, lot, refuse) is given


@pytest.mark.parametrize(("trust", "noise"), [(0.5, 1.0), (0.9, 1.0), (0.2, 0.5), (0.9, 2.0)])
def test_choice_between_two_options_has_the_shares_of_a_logit(trust: float, noise: float) -> None:
    # One known organisation against none, both with Gumbel noise of scale s:
    # P(join) = logistic(U/s), here U = b_T (T - 1/2) = 2(T - .5), all else at zero.
    values = {
        "choice.money": 0.0, "choice.quality": 0.0, "choice.autonomy": 0.0, "choice.distance": 0.0,
        "choice.conformity": 0.0, "choice.pressure": 0.0, "choice.taste": 0.0,
        "choice.switching": 0.0, "choice.vision": 500.0, "choice.noise": noise,
    }  # fmt: skip
    quarters = Quarters(start_of(1, values=values))
    tables = quarters.tables
    organisation = tables.organisations[0:1]
    organisation["alive"], organisation["id"] = True, 77
    tables.counter["organisations"][0] = 1
    count = int(tables.counter["practices"][0])
    tables.practices["counterpart"][:count, 0] = 0
    tables.practices["trust"][:count, 0] = trust
    joined = total = 0
    for seed in range(400):
        tables.counter["seed"][0] = seed
        for i in range(count):
            joined += int(prefer_organisation(tables, i, 3)[0] == 0)
            total += 1
    share = 1.0 / (1.0 + math.exp(-2.0 * (trust - 0.5) / noise))
    # Four standard errors of a binomial share.
    assert joined / total == pytest.approx(share, abs=4.0 * math.sqrt(share * (1 - share) / total))


def test_without_noise_the_better_option_is_always_taken() -> None:
    values = {"choice.noise": 0.0, "choice.taste": 0.0}
    quarters = Quarters(start_of(1, values=values))
    tables = quarters.tables
    tables.organisations["alive"][:2] = True
    tables.organisations["id"][:2] = [77, 78]
    tables.counter["organisations"][0] = 2
    count = int(tables.counter["practices"][0])
    for column_, trust in ((0, 0.6), (1, 1.0)):
        tables.practices["counterpart"][:count, column_] = column_
        tables.practices["trust"][:count, column_] = trust
    tables.organisations["x"][:2] = tables.practices["x"][0]
    tables.organisations["y"][:2] = tables.practices["y"][0]
    tables.organisations["say"][:2] = 1.0
    # U = 2*(1 - .5) - 2*.5 (nobody near is a member) = 0 for the best: raise it by money.
    tables.organisations["margin"][:2] = 10.0
    for seed in range(20):
        tables.counter["seed"][0] = seed
        assert prefer_organisation(tables, 0, 3)[0] == 1
