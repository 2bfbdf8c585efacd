"""What figures say, in English and in Dutch. Outcomes and units have words of their own."""

from __future__ import annotations

from typing import NamedTuple


class Both(NamedTuple):
    """A text in two languages; names in braces are filled in."""

    english: str
    dutch: str


TEXTS = {
    # what line, band, point and bar are
    "one run": Both("One run.", "Eén run."),
    "one run each": Both("One run each.", "Van elk één run."),
    "band": Both("Line: median; band: 10-90% of {runs} replicates.", "Lijn: mediaan; band: 10-90% van {runs} herhalingen."),
    "bands of both": Both("Line: median; band: 10-90% of the replicates ({a} and {b}).", "Lijn: mediaan; band: 10-90% van de herhalingen ({a} en {b})."),
    "band of sweep": Both("Line: median; band: 10-90%, of all points and seeds ({runs} runs).", "Lijn: mediaan; band: 10-90%, van alle punten en seeds ({runs} runs)."),
    "line of sweep": Both("Line: median of all points and seeds ({runs} runs). Bands are left out, they would cover one another.", "Lijn: mediaan van alle punten en seeds ({runs} runs). Banden zijn weggelaten, ze zouden elkaar bedekken."),
    "mean": Both("Mean of {runs} replicates.", "Gemiddelde van {runs} herhalingen."),
    "two groups": Both("Where replicates fall into two groups, each has its own line, with its share of the runs.", "Waar herhalingen in twee groepen uiteenvallen, heeft elke groep een eigen lijn, met het deel van de runs."),
    "group": Both("{share} of the runs", "{share} van de runs"),
    "many arms": Both("The first {shown} of {count} arms.", "De eerste {shown} van {count} armen."),
    # axes and scales
    "year": Both("year", "jaar"),
    "end of year": Both("end of year", "eind van het jaar"),
    "km": Both("km", "km"),
    "own scales": Both("Each panel has a scale of its own", "Elk paneel heeft een eigen schaal"),
    "one scale": Both("The panels share one scale", "De panelen hebben één schaal"),
    "from zero": Both("from 0.", "vanaf 0."),
    "from zero unless": Both("from 0 unless it says otherwise.", "vanaf 0, tenzij anders vermeld."),
    "not from zero": Both("axis not from 0", "as niet vanaf 0"),
    "logarithmic": Both("logarithmic", "logaritmisch"),
    "policy": Both("Dotted lines, dates of policy: {dates}.", "Stippellijnen, data van beleid: {dates}."),
    "more dates": Both("and {count} more", "en nog {count}"),
    # dates of policy
    "quarter": Both("{year}Q{number}", "{year}K{number}"),
    "date design": Both("{names} starts", "{names} begint"),
    "date start": Both("start: {names}", "begin: {names}"),
    "date down": Both("run down: {names}", "afbouw: {names}"),
    "date end": Both("end: {names}", "einde: {names}"),
    "date set": Both("set: {names}", "gezet: {names}"),
    # empty panels
    "not recorded": Both("not recorded", "niet vastgelegd"),
    "no value": Both("no value", "geen waarde"),
    "none of the years": Both("none of the years {years} was recorded", "geen van de jaren {years} is vastgelegd"),
    "no practices": Both("no practices were recorded", "er zijn geen praktijken vastgelegd"),
    "none of the outcomes": Both("none of the outcomes was recorded", "geen van de uitkomsten is vastgelegd"),
    "none of both": Both("no outcome was recorded by both", "geen uitkomst is in beide vastgelegd"),
    "none differs": Both("no outcome is told apart from zero", "geen uitkomst is van nul te onderscheiden"),
    # organisations over time, transaction cost
    "organisations over time": Both("Organisations over time", "Organisaties door de tijd"),
    "cost by kind": Both("Transaction cost by kind", "Transactiekosten naar soort"),
    "cost search": Both("search", "zoeken"),
    "cost mandate": Both("mandate", "mandaat"),
    "cost bargain": Both("bargain", "onderhandelen"),
    "cost contract": Both("contract", "contract"),
    "cost monitor": Both("monitor", "toezicht"),
    "cost claims": Both("claims", "declareren"),
    "cost redistribution": Both("redistribution", "herverdelen"),
    "cost coordination": Both("coordination (inside organisations, apart)", "coördinatie (binnen organisaties, apart)"),
    # sizes
    "sizes": Both("How large organisations are", "Hoe groot organisaties zijn"),
    "sizes note": Both("Point: an organisation of the first replicate; bar: their median. Shaded: {low} to {high}, as observed in 2014 (F006, S1 4.1.2).", "Punt: een organisatie in de eerste herhaling; streep: de mediaan. Grijs vlak: {low} tot {high}, zoals gezien in 2014 (F006, S1 4.1.2)."),
    "sizes axis": Both("registered patients (logarithmic)", "ingeschreven patiënten (logaritmisch)"),
    "no organisations": Both("no organisations", "geen organisaties"),
    "one organisation": Both("1 organisation", "1 organisatie"),
    "organisations": Both("{count} organisations", "{count} organisaties"),
    "mean size": Both("mean {mean}", "gemiddeld {mean}"),
    # the map
    "map": Both("Who works with whom", "Wie met wie werkt"),
    "map moment": Both("{year} Q{quarter}: {practices}, {joined} of them in {heads}", "{year} K{quarter}: {practices}, waarvan {joined} in {heads}"),
    "one practice": Both("1 practice", "1 praktijk"),
    "practices": Both("{count} practices", "{count} praktijken"),
    "map organisation": Both("{number}: {patients} patients, {practices}", "{number}: {patients} patiënten, {practices}"),
    "smaller": Both("and {count} smaller organisations", "en {count} kleinere organisaties"),
    "map member": Both("practice, line to organisation", "praktijk, lijn naar organisatie"),
    "map loose": Both("practice in no organisation", "praktijk zonder organisatie"),
    "hub 1": Both("hub: initiator", "wijkhub: initiatiefnemer"),
    "hub 2": Both("hub: driver", "wijkhub: aanjager"),
    "hub 3": Both("hub: booster", "wijkhub: versneller"),
    "hub 4": Both("hub: board", "wijkhub: bestuur"),
    "municipality": Both("municipality, by population", "gemeente, naar inwoners"),
    "border": Both("border in common", "gemeenschappelijke grens"),
    # two runs
    # a scorecard
    "card": Both("Designs on the eight criteria", "Ontwerpen op de acht criteria"),
    "card simulated": Both("Simulated: scores, shaded by rank", "Gesimuleerd: scores, gekleurd naar plaats"),
    "card stated": Both("Stated: choices called best", "Genoemd: keuzes die de beste heten"),
    "card all": Both("all", "alle"),
    "card note": Both("Left: mean score over seeds; in each column the lightest is the best design, the darkest the worst.", "Links: gemiddelde score over seeds; in elke kolom is het lichtste het beste ontwerp, het donkerste het slechtste."),
    "card stated note": Both("Right: + for each choice of a design that the source calls best on the criterion (many are inferred); grey: nothing that tells designs apart.", "Rechts: + voor elke keuze van een ontwerp die de bron op het criterium de beste noemt (veel zijn afgeleid); grijs: niets dat ontwerpen onderscheidt."),
    # a business case
    "case": Both("What forms of organisation cost at full support", "Wat organisatievormen kosten bij volle ondersteuning"),
    "case axis": Both("EUR per insured a year", "EUR per verzekerde per jaar"),
    "case note": Both("By the cost functions of the model, whose amounts are assumed.", "Volgens de kostenfuncties van het model, waarvan de bedragen zijn aangenomen."),
    "case bands": Both("Bands: O&I of the country, present (left) and needed (right); a macro mean, no norm for a region.", "Banden: O&I van het land, nu (links) en benodigd (rechts); een macrogemiddelde, geen norm voor een regio."),
    # sensitivity
    "sensitivity": Both("Which factors matter: {outcome}", "Welke factoren ertoe doen: {outcome}"),
    "index mu*": Both("mu*, with 95% interval", "mu*, met 95%-interval"),
    "index sigma": Both("sigma", "sigma"),
    "index ST": Both("ST, with 95% interval", "ST, met 95%-interval"),
    "index S1": Both("S1, alone", "S1, alleen"),
    "index effect": Both("difference, with 95% interval", "verschil, met 95%-interval"),
    "index PAWN": Both("PAWN's index", "index van PAWN"),
    "idle": Both("19 of 20 idle factors stay below", "19 van 20 factoren zonder effect eronder"),
    "axis mu*": Both("effect over the whole range", "effect over het hele bereik"),
    "axis ST": Both("share of the variance", "aandeel in de variantie"),
    "axis effect": Both("difference from the base", "verschil met het uitgangspunt"),
    "axis PAWN": Both("distance of distributions", "afstand van verdelingen"),
    "note mu*": Both("mu*: mean size of elementary effects; sigma: how much they differ from point to point. Grey and open: not told from 0.", "mu*: gemiddelde grootte van elementaire effecten; sigma: hoezeer ze van punt tot punt verschillen. Grijs en open: niet van 0 te onderscheiden."),
    "note ST": Both("ST: with all that a factor does together with others; S1: alone. Of the mean over seeds. Grey and open: not told from 0.", "ST: met alles wat een factor samen met andere doet; S1: alleen. Van het gemiddelde over seeds. Grijs en open: niet van 0 te onderscheiden."),
    "note effect": Both("Each move alone, from one base, paired by seed. Grey and open: not told from 0.", "Elke stap alleen, vanaf één uitgangspunt, gepaard naar seed. Grijs en open: niet van 0 te onderscheiden."),
    "note PAWN": Both("How far the distribution moves where a factor is held in a narrow band. Grey and open: not told from a factor without effect.", "Hoever de verdeling verschuift waar een factor in een smalle band wordt gehouden. Grijs en open: niet te onderscheiden van een factor zonder effect."),
    "by seeds": Both("Seeds make {share} of the variance of one run.", "Seeds maken {share} van de variantie van één run."),
    "factors left": Both("{count} factors that weigh less are in the table.", "{count} factoren die minder wegen staan in de tabel."),
    "comparison": Both("{a} and {b} over time", "{a} en {b} door de tijd"),
    "grey panels": Both("Grey: the paired difference at the end of {year} is not told from zero ({grey} of {tested} intervals of 95%).", "Grijs: het gepaarde verschil eind {year} is niet van nul te onderscheiden ({grey} van {tested} 95%-intervallen)."),
    "differences": Both("Paired differences: {b} minus {a}", "Gepaarde verschillen: {b} min {a}"),
    "d_z": Both("standard deviations of the paired differences (d_z)", "standaarddeviaties van de gepaarde verschillen (d_z)"),
    "linear to": Both("linear up to 2, logarithmic beyond", "tot 2 lineair, daarna logaritmisch"),
    "told": Both("95% interval leaves out 0", "95%-interval sluit 0 uit"),
    "untold": Both("not told from 0", "niet van 0 te onderscheiden"),
    "groups told": Both("two groups, by share of pairs", "twee groepen, naar deel van de paren"),
    "intervals": Both("{drawn} intervals of 95% are drawn, {told} leave out 0; of intervals without a difference 1 in 20 would.", "Er staan {drawn} 95%-intervallen, {told} sluiten 0 uit; van intervallen zonder verschil zou 1 op de 20 dat doen."),
    "left out": Both("{count} of {all} outcomes are left out: {reasons}; all are in the table.", "{count} van {all} uitkomsten zijn weggelaten: {reasons}; alle staan in de tabel."),
    "equal": Both("{count} equal in every pair", "{count} in elk paar gelijk"),
    "untold few": Both("{count} not told from 0", "{count} niet van 0 te onderscheiden"),
    "smaller few": Both("{count} with a smaller difference", "{count} met een kleiner verschil"),
    "seeds note": Both("Intervals are over seeds (simulation noise), not evidence about the world.", "Intervallen gaan over seeds (toeval in de simulatie), niet over de werkelijkheid."),
    "by": Both("{years}, {pairs} pairs.", "{years}, {pairs} paren."),
    "too few pairs": Both("too few pairs for an interval", "te weinig paren voor een interval"),
    "same in all": Both("the same in all pairs", "in alle paren gelijk"),
    "points apart": Both("two groups at {count} of {tested} points", "twee groepen op {count} van {tested} punten"),
    # a sweep
    "outcomes over time": Both("Outcomes over time", "Uitkomsten door de tijd"),
    "factor": Both("What {name} does", "Wat {name} doet"),
    "factor line": Both("{year}, by {groups} ({runs} runs). Line: median; band: 10-90% of a group.", "{year}, naar {groups} ({runs} runs). Lijn: mediaan; band: 10-90% van een groep."),
    "factor median": Both("{year}, by {groups} ({runs} runs). Line: median of a group.", "{year}, naar {groups} ({runs} runs). Lijn: mediaan van een groep."),
    "factor point": Both("{year}, by {groups} ({runs} runs). Point: median; bar: 10-90% of a group.", "{year}, naar {groups} ({runs} runs). Punt: mediaan; streep: 10-90% van een groep."),
    "numbered": Both("{name}: {names}.", "{name}: {names}."),
    "tenths": Both("tenths of the points", "tienden van de punten"),
    "levels": Both("levels", "niveaus"),
    "factor split": Both("Open points: runs of a group in two groups, each at its median; the larger, the more runs.", "Open punten: runs van een groep in twee groepen, elk op de mediaan; hoe groter, hoe meer runs."),
    "factor grey": Both("Grey: no interval of a difference leaves out 0 ({grey} of {tested} outcomes).", "Grijs: geen interval van een verschil sluit 0 uit ({grey} van {tested} uitkomsten)."),
    "heat note": Both("{year}: median over the other factors and seeds ({runs} runs). Dark: the lowest of a panel, yellow: the highest; grey: the same everywhere.", "{year}: mediaan over de andere factoren en seeds ({runs} runs). Donker: de laagste van een paneel, geel: de hoogste; grijs: overal gelijk."),
    "heat split": Both("*: runs fall into two groups, and this median describes neither.", "*: runs vallen in twee groepen, en deze mediaan beschrijft geen van beide."),
    "what moves what": Both("What moves what", "Wat weegt waarvoor"),
    "overview note": Both("Difference in standard deviations of all runs; blue: more, red: less, from -{most} to {most}.", "Verschil in standaarddeviaties van alle runs; blauw: meer, rood: minder, van -{most} tot {most}."),
    "overview grey": Both("Grey: {grey} of {drawn} differences are not told from zero (95% intervals over seeds; for tenths also two standard errors over points).", "Grijs: {grey} van {drawn} verschillen zijn niet van nul te onderscheiden (95%-intervallen over seeds; bij tienden ook twee standaardfouten over punten)."),
    "overview none": Both("With one seed there are no intervals over seeds.", "Met één seed zijn er geen intervallen over seeds."),
    "replicates in two": Both("Replicates in two groups", "Herhalingen in twee groepen"),
    "replicates note": Both("Replicates of one point a panel; dashed: the valley between the groups.", "Per paneel de herhalingen van één punt; gestreept: het dal tussen de groepen."),
    "replicates": Both("replicates", "herhalingen"),
    "shares": Both("{below} and {above} of {runs}", "{below} en {above} van {runs}"),
    "off": Both("off", "uit"),
    "on": Both("on", "aan"),
    "(no package)": Both("(no package)", "(geen pakket)"),
}  # fmt: skip


def say(key: str, language: str, **values: object) -> str:
    """Return a text in ``en`` or ``nl``.

    Raises:
        KeyError: there is no such text, or a name in braces has no value.
    """
    both = TEXTS[key]
    return (both.dutch if language == "nl" else both.english).format(**values)


def percent(share: float) -> str:
    """Return a share as a percentage, the same in both languages: 35%."""
    return f"{share:.0%}"
