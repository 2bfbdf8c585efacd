"""What events and their causes are called in a story, in English and in Dutch."""

from __future__ import annotations

import re
from typing import NamedTuple


class Said(NamedTuple):
    """A sentence in two languages.

    What stands in square brackets is left out where its ``{other}`` (the other party) or
    ``{detail}`` (a stage, a title) is not known.
    """

    english: str
    dutch: str

    def say(self, language: str, other: str = "", detail: str = "") -> str:
        """Return the sentence in ``en`` or ``nl``, with or without its other party and detail."""
        text = self.dutch if language == "nl" else self.english
        known = {"other": other, "detail": detail}

        def fill(found: re.Match[str]) -> str:
            part = found.group(1)
            named = re.findall(r"\{(\w+)\}", part)
            return part.format(**known) if all(known[name] for name in named) else ""

        return re.sub(r"\[([^]]*)\]", fill, text)


EVENTS = {
    "practice-opened": Said("opens[ in {other}]", "opent[ in {other}]"),
    "practice-closed": Said("closes[, its patients go to {other}]", "stopt[, de patiënten gaan naar {other}]"),
    "practice-merged": Said("merges[ into {other}]", "gaat samen[ met {other}]"),
    "practice-grew": Said("takes another GP", "neemt er een huisarts bij"),
    "joined": Said("joins[ {other}]", "sluit zich aan[ bij {other}]"),
    "left": Said("leaves[ {other}]", "vertrekt[ bij {other}]"),
    "mandate-given": Said("gives its mandate[ to {other}]", "geeft mandaat[ aan {other}]"),
    "mandate-withdrawn": Said("withdraws its mandate[ from {other}]", "trekt het mandaat in[ van {other}]"),
    "hub-joined": Said("takes part[ in {other}]", "doet mee[ in {other}]"),
    "hub-left": Said("takes part no more[ in {other}]", "doet niet meer mee[ in {other}]"),
    "supplier-chosen": Said("buys support[ from {other}]", "koopt ondersteuning in[ bij {other}]"),
    "founded": Said("is founded[ by practices of {other}]", "wordt opgericht[ door praktijken van {other}]"),
    "dissolved": Said("is dissolved", "wordt opgeheven"),
    "rights-granted": Said("grants its members' council another right", "geeft de ledenraad een recht erbij"),
    "plan-written": Said("writes a regioplan", "schrijft een regioplan"),
    "lead-mandated": Said("lets itself be led[ by {other}]", "laat zich vertegenwoordigen[ door {other}]"),
    "lead-withdrawn": Said("speaks for itself again", "spreekt weer voor zichzelf"),
    "contract-won": Said("gets a contract[ for {detail}][ with {other}]", "krijgt een contract[ voor {detail}][ met {other}]"),
    "contract-lost": Said("loses its contract[ for {detail}][ with {other}]", "verliest het contract[ voor {detail}][ met {other}]"),
    "pressure-raised": Said("presses practices harder to organise", "dringt sterker aan op organisatie"),
    "pressure-lowered": Said("presses practices less", "dringt minder aan"),
    "adviser-posted": Said("sends an adviser to the core groups", "stuurt een adviseur naar de kerngroepen"),
    "adviser-recalled": Said("calls its adviser back", "trekt de adviseur terug"),
    "hub-guided": Said("guides[ {other}]", "begeleidt[ {other}]"),
    "hub-advanced": Said("gets on[, to {detail}]", "komt een fase verder[: {detail}]"),
    "hub-fell-back": Said("falls back[, to {detail}]", "valt een fase terug[: {detail}]"),
    "plan-approved": Said("has its plan approved[ by {other}]", "krijgt het plan goedgekeurd[ door {other}]"),
    "incorporated": Said("becomes a legal person", "wordt een rechtspersoon"),
    "talks-delayed": Said("sees its talks run over the year's end[ with {other}]", "komt voor de jaarwisseling niet tot overeenstemming[ met {other}]"),
    "followed": Said("follows the preferred insurer", "volgt de preferente verzekeraar"),
    "contracted-alone": Said("contracts on its own", "contracteert zelf"),
    "merged": Said("merges[ into {other}]", "fuseert[ met {other}]"),
    "absorbed": Said("is taken over[ by {other}]", "wordt overgenomen[ door {other}]"),
    "split": Said("splits off[ from {other}]", "splitst zich af[ van {other}]"),
    "subregion-formed": Said("forms a sub-region[, {detail},][ around {other}]", "vormt een subregio[, {detail},][ rond {other}]"),
    "subregion-ended": Said("gives up a sub-region[, {detail},][ around {other}]", "heft een subregio[, {detail},][ rond {other}] op"),
    "hap-joined": Said("merges with the out-of-hours service[ {other}]", "gaat samen met de huisartsenpost[ {other}]"),
    "manager-appointed": Said("takes a manager[ on the payroll of {other}]", "krijgt een wijkmanager[ in dienst van {other}]"),
    "manager-left": Said("loses its manager", "raakt de wijkmanager kwijt"),
    "agreement-signed": Said("signs an agreement[ with {other}]", "sluit een regio-wijkovereenkomst[ met {other}]"),
    "agreement-ended": Said("sees its agreement end[ with {other}]", "ziet de overeenkomst eindigen[ met {other}]"),
    "gemeentehub-formed": Said("gets one hub for its neighbourhoods", "krijgt een gemeentehub"),
    "gemeentehub-ended": Said("loses its common hub", "verliest de gemeentehub"),
    "form-changed": Said("changes its legal form", "verandert van rechtsvorm"),
    "hub-council": Said("gives hubs more say", "geeft hubs meer zeggenschap"),
    "advisers-hired": Said("hires outside advisers", "huurt adviseurs in"),
    "dialogue-begun": Said("starts a dialogue with its members", "begint een dialoog met de leden"),
    "dialogue-ended": Said("ends its dialogue with members", "sluit de dialoog met de leden af"),
    "plus-joined": Said("starts to work by the PLUS package", "gaat werken volgens het PLUS-pakket"),
    "plus-left": Said("leaves the PLUS package", "stopt met het PLUS-pakket"),
    "partner-agreed": Said("comes to an agreement[ with {other}]", "maakt afspraken[ met {other}]"),
    "partner-ended": Said("ends its agreement[ with {other}]", "zegt de afspraken op[ met {other}]"),
    "step-taken": Said("takes a next step of its guided process", "zet een volgende stap onder begeleiding"),
    "programme-started": Said("starts a chain care programme", "begint een ketenzorgprogramma"),
    "council-formed": Said("gets a council of its buyers", "krijgt een raad van afnemers"),
    "council-ended": Said("loses its council of buyers", "verliest de raad van afnemers"),
    "entered": Said("enters the market[ near {other}]", "komt op de markt[ bij {other}]"),
    "hub-ended": Said("ends", "houdt op"),
    "plan-renewed": Said("writes its regioplan anew", "herschrijft het regioplan"),
    "plan-lapsed": Said("lets its regioplan lapse", "laat het regioplan verlopen"),
    "plan-drafted": Said("writes its plan", "schrijft een plan"),
    "check-failed": Said("fails an outcome check[ for {detail}][ of {other}]", "haalt een uitkomsttoets niet[ voor {detail}][ van {other}]"),
    "disputed": Said("falls out over its costs[ with {other}]", "krijgt onenigheid over de kosten[ met {other}]"),
    "money-disputed": Said("disputes what it lost[ with {other}]", "betwist wat het verloor[ bij {other}]"),
    "hub-secured": Said("is made up for what it lost[ by {other}]", "wordt gecompenseerd[ door {other}]"),
    "unbundled": Said("is handed over[ to {other}]", "gaat over[ naar {other}]"),
    "run-down-begun": Said("sees its older money being run down[, since {other} has a contract]", "ziet de afbouw van het oude geld beginnen[, nu {other} een contract heeft]"),
    "run-down-hastened": Said("sees older money run down faster[, by choice of {other}]", "ziet het oude geld sneller afgebouwd[, op verzoek van {other}]"),
    "run-down-ended": Said("has no older money left", "heeft geen oud geld meer"),
    "programme-widened": Said("takes a new chain into its programmes", "neemt een nieuwe keten op"),
    "claims-cut": Said("is paid less than it claims", "krijgt minder dan is gedeclareerd"),
    "care-moved": Said("pays for care moved from hospital[ by {other}]", "betaalt voor zorg uit het ziekenhuis[ door {other}]"),
    "fee-reset": Said("gets a fee by what support costs now[ from {other}]", "krijgt een tarief naar wat ondersteuning nu kost[ van {other}]"),
    "area-left-out": Said("asks a contract without[ {other}]", "vraagt een contract aan zonder[ {other}]"),
    "services-begun": Said("begins its services", "begint met de voorzieningen"),
    "services-halted": Said("halts its services", "legt de voorzieningen stil"),
    "centre-joined": Said("joins the health centre[ of {other}]", "gaat in het gezondheidscentrum[ van {other}]"),
    "centre-left": Said("leaves the health centre[ of {other}]", "verlaat het gezondheidscentrum[ van {other}]"),
    "umbrella-joined": Said("joins an umbrella of health centres[, {other}]", "gaat onder een koepel van gezondheidscentra[, {other}]"),
    "outsourced": Said("has a function done[ by {other}]", "laat een taak doen[ door {other}]"),
    "supply-renewed": Said("has renewed half of what it delivers", "heeft de helft van het aanbod vernieuwd"),
    "unit-joined": Said("joins a GP unit[, that of {other}]", "gaat bij een huisartsenzorgeenheid[, die van {other}]"),
    "unit-left": Said("leaves its GP unit[, that of {other}]", "verlaat de huisartsenzorgeenheid[, die van {other}]"),
    "unit-followed": Said("joins with its GP unit[ {other}]", "sluit zich met de huisartsenzorgeenheid aan[ bij {other}]"),
    "umbrella-left": Said("leaves its umbrella of health centres[, {other}]", "verlaat de koepel van gezondheidscentra[, {other}]"),
    "youth-shared": Said("takes a seat at the table on youth care[ of {other}]", "schuift aan bij de tafel over jeugdhulp[ van {other}]"),
    "cofunding-chosen": Said("chooses what it pays for in hubs", "kiest waaraan het meebetaalt in de hubs"),
    "boards-met": Said("turns to the board[ of {other}]", "doet zaken met het bestuur[ van {other}]"),
    "boards-left": Said("deals with managers again", "doet weer zaken met managers"),
    "counterpart-shared": Said("shares a counterpart with its neighbours[ towards {other}]", "deelt een aanspreekpunt met buurgemeenten[ voor {other}]"),
    "counterpart-left": Said("has a counterpart of its own again", "heeft weer een eigen aanspreekpunt"),
    "table-convened": Said("convenes a regional table[ with {other} and its neighbours]", "roept een regiotafel bijeen[ met {other} en omgeving]"),
    "table-ended": Said("sees a regional table end[ around {other}]", "ziet een regiotafel uiteenvallen[ rond {other}]"),
    "seat-taken": Said("takes a seat at the regional table", "schuift aan bij de regiotafel"),
    "seat-left": Said("leaves the regional table", "verlaat de regiotafel"),
    "agenda-widened": Said("takes the regional table[ around {other}] a step further", "brengt de regiotafel[ rond {other}] een stap verder"),
    "stood": Said("is there when the run starts[, in {other}]", "is er als de run begint[, in {other}]"),
}  # fmt: skip
"""What a party does or meets, per event; the party's name comes before it."""

CAUSES = {
    "none": Said("no cause", "geen oorzaak"),
    "money": Said("money", "geld"),
    "coverage": Said("support", "ondersteuning"),
    "autonomy": Said("autonomy", "autonomie"),
    "distance": Said("distance", "afstand"),
    "neighbours": Said("neighbours", "buren"),
    "trust": Said("trust", "vertrouwen"),
    "pressure": Said("pressure of the insurer", "druk van de verzekeraar"),
    "switching": Said("cost of switching", "overstapkosten"),
    "taste": Said("taste", "voorkeur"),
    "noise": Said("chance", "toeval"),
    "minimum": Said("too few members", "te weinig leden"),
    "demography": Said("demography", "demografie"),
    "isolation": Said("nobody near to join", "niemand in de buurt"),
    "plan": Said("the plan", "het plan"),
    "mandate": Said("mandates", "mandaten"),
    "contribution": Said("who takes part", "wie meedoet"),
    "adviser": Said("the municipality's adviser", "de adviseur van de gemeente"),
    "experience": Said("experience", "ervaring"),
    "guidance": Said("guidance by the ROS", "begeleiding door de ROS"),
    "means": Said("means", "middelen"),
    "counterparts": Said("number of counterparts", "aantal gesprekspartners"),
    "fragmentation": Said("fragmentation", "versnippering"),
    "unsupported": Said("lack of support", "gebrek aan steun"),
    "policy": Said("policy", "beleid"),
    "memory": Said("what was before", "wat eerder was"),
    "eligible": Said("it meets the conditions", "voldoet aan de voorwaarden"),
    "area": Said("too few insured", "te weinig verzekerden"),
    "contiguity": Said("not in one piece", "niet aaneengesloten"),
    "influence": Said("influence", "invloed"),
    "services": Said("services", "voorzieningen"),
    "form": Said("legal form", "rechtsvorm"),
    "check-back": Said("a manager had to check back", "ruggespraak"),
    "cost": Said("cost", "kosten"),
    "gain": Said("gain", "voordeel"),
    "deficit": Said("deficit", "tekort"),
    "dependence": Said("dependence on the region", "afhankelijkheid van de regio"),
    "disciplines": Said("other disciplines", "andere disciplines"),
    "hubs": Said("hubs", "hubs"),
    "scale": Said("scale", "schaal"),
    "fit": Said("fit of areas", "passend gebied"),
    "crisis": Said("crisis", "crisis"),
    "conditions": Said("conditions of cooperation", "voorwaarden voor samenwerking"),
    "unit": Said("one large unit", "één grote eenheid"),
    "results": Said("results", "resultaten"),
    "hidden": Said("hidden costs", "verborgen kosten"),
    "loss": Said("loss", "verlies"),
    "place": Said("place", "plaats"),
    "contract": Said("a contract", "een contract"),
    "leniency": Said("leniency", "coulance"),
    "room": Said("the ministry's room", "het kader van het ministerie"),
    "substitution": Said("substitution", "substitutie"),
    "led": Said("another leads", "een ander is penvoerder"),
    "gone": Said("nothing is left of it", "er is niets van over"),
    "image": Said("GPs in salaried service", "huisartsen in loondienst"),
    "youth": Said("youth care", "jeugdhulp"),
    "managers": Said("lack of managers", "gebrek aan managers"),
}  # fmt: skip
"""Why, per cause: what stands in brackets at the end of a line."""

STAGES = (
    Said("no more than an area", "alleen nog een gebied"),
    Said("initiator", "initiatiefnemer"),
    Said("driver", "aanjager"),
    Said("booster", "versneller"),
    Said("board", "bestuur"),
)
"""Stages of a hub, by code."""

COUNTS = {
    "practice-opened": Said("practices opened", "praktijken geopend"),
    "practice-closed": Said("practices closed", "praktijken gestopt"),
    "practice-merged": Said("practices merged", "praktijken samengegaan"),
    "practice-grew": Said("practices with another GP", "praktijken met een huisarts erbij"),
    "joined": Said("accessions to an organisation", "toetredingen tot een organisatie"),
    "left": Said("departures from an organisation", "vertrekken uit een organisatie"),
    "mandate-given": Said("mandates given", "mandaten gegeven"),
    "mandate-withdrawn": Said("mandates withdrawn", "mandaten ingetrokken"),
    "hub-joined": Said("practices more in hubs", "praktijken erbij in wijkhubs"),
    "hub-left": Said("practices fewer in hubs", "praktijken minder in wijkhubs"),
    "plus-joined": Said("practices into the PLUS package", "praktijken naar het PLUS-pakket"),
    "plus-left": Said("practices out of the PLUS package", "praktijken uit het PLUS-pakket"),
    "supplier-chosen": Said("choices of a supplier of support", "keuzes van een leverancier van ondersteuning"),
    "hub-guided": Said("hubs taken under guidance", "wijkhubs in begeleiding genomen"),
    "step-taken": Said("steps under guidance", "stappen onder begeleiding"),
    "hub-advanced": Said("stages gained by hubs", "fasen vooruit van wijkhubs"),
    "hub-fell-back": Said("stages lost by hubs", "fasen terug van wijkhubs"),
    "plan-drafted": Said("plans of hubs written", "plannen van wijkhubs geschreven"),
    "disputed": Said("disputes over costs", "onenigheden over kosten"),
    "hub-secured": Said("hubs made up for a loss", "wijkhubs gecompenseerd"),
    "unbundled": Said("parts of support handed over", "onderdelen van ondersteuning overgegaan"),
}  # fmt: skip
"""Events of which there are many: told as numbers a year. All others get a line each."""

COUNTED = tuple(COUNTS)
