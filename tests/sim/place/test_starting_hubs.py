"""What stands in the shipped regions at their start: hubs and trust, as the sources tell."""

from __future__ import annotations

from sim.place.load import load_region


def test_starting_hubs_of_unicum() -> None:
    hubs = {m.name: [h.origin for h in m.hubs] for m in load_region("unicum").municipalities}
    assert hubs["Bunnik"] == ["owz"]
    assert set(hubs["Zeist"]) == {"health-centre"} and len(hubs["Zeist"]) < 5
    assert hubs["Wijk bij Duurstede"] == []


# The neighbourhood organisations that S4 names, by municipality; in Baarn none.
EEMLAND = {
    "Amersfoort": ["health-centre", "owz", "wsv"],  # Vathorst, Schothorst/de Koppel, Kattenbroek
    "Leusden": ["owz", "health-centre"],  # Leusden, Achterveld
    "Soest": ["owz"],
    "Baarn": [],
    "Nijkerk": ["health-centre"],
    "Barneveld": ["owz"],
    "Bunschoten": ["owz"],
    "Woudenberg": ["wsv"],  # de Kleine Schans
}


def test_eemland_starts_with_the_parties_that_the_source_names_and_more_trust() -> None:
    region = load_region("eemland")
    assert {m.name: [h.origin for h in m.hubs] for m in region.municipalities} == EEMLAND
    said = " ".join(h.source for m in region.municipalities for h in m.hubs)
    for party in ("Vathorst", "Schothorst/de Koppel", "Kattenbroek", "Achterveld", "Kleine Schans"):
        assert party in said
    assert region.municipalities[0].trust > load_region("unicum").municipalities[0].trust


def test_oostelijk_zuid_limburg_has_trust_but_no_teams_of_zilveren_kruis() -> None:
    region = load_region("oostelijk-zuid-limburg")
    assert "owz" not in {h.origin for m in region.municipalities for h in m.hubs}
    assert region.municipalities[0].trust > load_region("unicum").municipalities[0].trust


def test_partnerships_stand_where_their_insurer_is_preferred_and_centres_in_a_city() -> None:
    for name in ("amstelland", "leiden"):
        found = load_region(name).municipalities
        assert all({h.origin for h in m.hubs} == {"wsv"} for m in found)
    city = load_region("utrecht").municipalities[0]
    # As many of its districts as in Zeist, two of five.
    assert len(city.hubs) == round(2 / 5 * len(city.districts)) == 12


# Insurers
