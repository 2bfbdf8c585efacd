"""Governance of organisations: legal form and, apart from it, the rights of councils (S4).

No form is proven best (S1 4.3): forms differ in who holds votes and which rights come with them.
Rights raise say and engagement, not the form; votes of others dilute the say of practices.
"""

from __future__ import annotations

from typing import NamedTuple

from agents.causes import heavier
from agents.compiled.draws import clip, logistic
from agents.compiled.rule import rule
from agents.events import Cause
from agents.organisation.regio_organisatie import RegioOrganisatie
from agents.parameters import Parameters
from agents.title import Title
from agents.words import LegalForm, MandateOf, Rights


class Body(NamedTuple):
    """What members see when they choose a form, all shares but ``scale``.

    ``autonomy`` is their mean preference for it, ``disciplines`` the degree of organisation of
    others in their hubs, ``hubs`` their patients in running hubs, ``scale`` members over the
    number at half engagement, ``forced`` how far policy forces mixed boards.
    """

    autonomy: float
    disciplines: float
    hubs: float
    scale: float
    forced: float


@rule
def seats_of_others(form: int, params: Parameters) -> float:
    """Return the votes of others than the practices under a legal form (share)."""
    if form == LegalForm.PROFESSIONS:
        return params.governance_seats_professions
    if form == LegalForm.NEIGHBOURHOODS:
        return params.governance_seats_neighbourhoods
    if form == LegalForm.FOUNDATION:
        return params.governance_seats_foundation
    return 0.0


@rule
def rights_by_form(form: int) -> tuple[int, int]:
    """Return the least rights that come with a form: of the members' council, of the hubs'.

    Advice for professionals where professions or neighbourhoods own the body; approval in a
    foundation, which has no members; neighbourhoods that own it approve (A1f).
    """
    if form == LegalForm.FOUNDATION:
        return Rights.APPROVAL, Rights.ADVICE
    if form == LegalForm.NEIGHBOURHOODS:
        return Rights.ADVICE, Rights.APPROVAL
    if form == LegalForm.PROFESSIONS:
        return Rights.ADVICE, Rights.NONE
    return Rights.NONE, Rights.NONE


@rule
def value_form(form: int, body: Body, params: Parameters) -> tuple[float, int]:
    """Return the utility of a legal form against a cooperative (0), and the cause to choose it."""
    seats = seats_of_others(form, params)
    given_up = params.choice_autonomy * body.autonomy * seats
    forced = params.governance_forced * body.forced * seats
    value = params.governance_multi - given_up + forced
    if form == LegalForm.PROFESSIONS:
        pull = params.governance_disciplines * body.disciplines
        return value + pull, Cause.DISCIPLINES
    if form == LegalForm.NEIGHBOURHOODS:
        return value + params.governance_hubs * body.hubs, Cause.HUBS
    if form == LegalForm.FOUNDATION:
        return value + params.governance_scale * body.scale, Cause.SCALE
    return 0.0, Cause.AUTONOMY


@rule
def grant_hub_rights(organisation: RegioOrganisatie, trust: float, params: Parameters) -> int:
    """Return the rights of the hubs' council after review: one more while hubs distrust (C60)."""
    if organisation.hub_rights >= Rights.APPROVAL or trust >= params.governance_hub_trust:
        return organisation.hub_rights
    return organisation.hub_rights + 1


@rule
def stand(rights: int, params: Parameters) -> float:
    """Return the standing of hubs in the region by the rights of their council (share, C60)."""
    if rights >= Rights.APPROVAL:
        return 1.0
    return params.governance_standing if rights == Rights.ADVICE else 0.0


@rule
def want_dialogue(share: float, norm: float, params: Parameters) -> float:
    """Return hours of dialogue a year per member: while the mandate stays below what is asked."""
    return params.governance_dialogue if share < norm else 0.0


@rule
def ease(dialogue: float, params: Parameters) -> tuple[float, float]:
    """Return the chance of a contact a quarter under dialogue, and the factor on bad ones."""
    contact = params.trust_contact
    calm = 1.0
    if dialogue > 0.0:
        contact = contact + (1.0 - contact) * params.governance_dialogue_contact
        calm = 1.0 - params.governance_dialogue_calm
    return contact, calm


@rule
def chance_plan(trust: float, advised: bool, params: Parameters) -> float:
    """Return the yearly chance that an organisation finishes a regioplan (C07).

    ``trust`` is that before any contact: a tradition of cooperation helps, and outside advisers
    make up for the lack of it.
    """
    if advised:
        return params.organisation_plan
    return params.organisation_plan * clip(trust / params.organisation_plan_trust, 0.0, 1.0)


class Reasons(NamedTuple):
    """Why an organisation would want a regioplan, all shares.

    ``trust`` of members in it, ``engagement`` of members, ``size`` against that of a region (at
    most 1), ``guided``: members in hub areas that the ROS guides.
    """

    trust: float
    engagement: float
    size: float
    guided: float


@rule
def want_plan(reasons: Reasons, params: Parameters) -> tuple[float, int]:
    """Return the yearly chance to want a regioplan, and the reason that weighs most (S2 Q6)."""
    trust = params.plan_trust * reasons.trust
    engaged = params.plan_engagement * reasons.engagement
    size = params.plan_size * reasons.size
    guided = params.plan_guidance * reasons.guided
    cause: int = Cause.TRUST
    most = trust
    most, cause = heavier(most, cause, engaged, Cause.INFLUENCE)
    most, cause = heavier(most, cause, size, Cause.SCALE)
    most, cause = heavier(most, cause, guided, Cause.GUIDANCE)
    return logistic(params.plan_base + trust + engaged + size + guided), cause


@rule
def plan_due(organisation: RegioOrganisatie, forever: bool, tick: int) -> bool:
    """Return whether there is no regioplan, or it lapses within a year (F058)."""
    if not organisation.regioplan:
        return True
    return not forever and organisation.plan_until - tick <= 4


@rule
def members_consent(organisation: RegioOrganisatie, params: Parameters) -> bool:
    """Return whether so many members mandate the organisation as consent to a new plan."""
    share = float(organisation.mandated) / float(max(1, organisation.members))
    return share >= params.plan_consent


@rule
def short_of_mandate(organisation: RegioOrganisatie, title: Title) -> float:
    """Return which share of the mandate that a title asks is lacking in the held area (0: none).

    Members who give none count for their say, as far as the title takes that for a mandate: a
    mandate is there where say is secured in governance (S0; C06). Who is no member has no say. Of
    practices and inhabitants together the worse counts.
    """
    if title.mandate <= 0.0:
        return 0.0
    counted = organisation.say * title.mandate_say
    lacking = 0.0
    if title.mandate_of == MandateOf.PRACTICES or title.mandate_of == MandateOf.BOTH:
        whole = float(max(1, organisation.area_practices))
        given = float(organisation.area_mandated) / whole
        silent = float(organisation.area_members - organisation.area_mandated) / whole
        lacking = max(lacking, title.mandate - (given + silent * counted))
    if title.mandate_of == MandateOf.INHABITANTS or title.mandate_of == MandateOf.BOTH:
        whole = float(max(1, organisation.area_insured))
        given = float(organisation.area_mandated_insured) / whole
        silent = float(organisation.area_members_insured - organisation.area_mandated_insured)
        lacking = max(lacking, title.mandate - (given + silent / whole * counted))
    return lacking / title.mandate
