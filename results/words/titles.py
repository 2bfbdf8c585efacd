"""What payment titles are called in a sentence, in English and in Dutch."""

from __future__ import annotations

from results.words.events import Said

TITLES = {
    "basis-en-stap": Said("the base amount and step", "de basis en stap"),
    "gez": Said("integrated primary care (GEZ)", "geïntegreerde eerstelijnszorg (GEZ)"),
    "gez-elsewhere": Said(
        "integrated primary care (GEZ) elsewhere", "geïntegreerde eerstelijnszorg (GEZ) elders"
    ),
    "innovatie": Said("innovation", "innovatie"),
    "keten-dbc": Said("organising chain-care bundles", "de organisatie van keten-dbc's"),
    "keten-zorg": Said("chain care", "ketenzorg"),
    "menzis-regio": Said("region funding by Menzis", "de regiofinanciering van Menzis"),
    "ondersteuning-ketenzorg": Said("chain-care support", "ondersteuning van ketenzorg"),
    "owz": Said("teams for the elderly", "wijkteams voor ouderen"),
    "praktijkmanagement": Said("practice management", "praktijkmanagement"),
    "regiomanagement": Said("regional management", "regiomanagement"),
    "ros": Said("regional support (ROS)", "regionale ondersteuning (ROS)"),
    "s1-oi": Said("O&I in basic GP income", "O&I in het basisinkomen van huisartsen"),
    "s3-plus": Said("the PLUS package", "het PLUS-pakket"),
    "wijkmanagement": Said("neighbourhood management", "wijkmanagement"),
    "wsv": Said("neighbourhood partnerships (WSV)", "wijksamenwerkingsverbanden (WSV)"),
}
"""Names of the titles that come along; one of a user's own has the name it was given."""


def title_name(name: str, language: str = "en") -> str:
    """Return what a title is called, or its own name between quotes where it has no other."""
    said = TITLES.get(name)
    return said.say(language) if said is not None else f"‘{name}’"
