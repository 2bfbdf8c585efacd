"""Rows that CBS published in several years, in the form in which it publishes them.

Each table says where its rows were published. What that page does not show, and a region needs all
the same, is made and stands in brackets behind the source; no test looks at it.
"""

from __future__ import annotations

# www.cbs.nl/nl-nl/cijfers/detail/80868ned, 2003 (made: 65 or older, urbanity)
OF_2003 = """Kerncijfers wijken en buurten 2003
"Regio's";Perioden;"Wijken en buurten|Regio aanduiding (omschrijving)";\
"Wijken en buurten|Gemeentecode (code)";"Wijken en buurten|Wijkcode (code)";\
"Wijken en buurten|Gemeentenaam (naam)";"Bevolking|Aantal inwoners (aantal)";\
"Bevolking|Bevolking naar leeftijdsgroep|65 jaar en ouder (%)";"Oppervlakte|Totaal (hectare)";\
"Stedelijkheid|Mate van stedelijkheid"
Nederland;2003;;;;;16.192.570;14;4.152.795;.
Den Helder 2003;2003;Gemeente;0400;;Den Helder;60.030;14;17.883;2
Wijk 01 Stad binnen de Linie-Oost 2003;2003;Wijk;0400;01;Den Helder;9.560;14;472;2
Papendrecht 2003;2003;Gemeente;0590;;Papendrecht;30.510;13;1.077;2
Wijk 00 Papendrecht 2003;2003;Wijk;0590;00;Papendrecht;30.510;13;1.077;2
Westpolder 2003;2003;Buurt;0590;00;Papendrecht;8.570;13;249;2
Bron: CBS
"""
# www.cbs.nl/nl-nl/cijfers/detail/82931NED, 2014 (made: 65 or older, urbanity)
OF_2014 = """"Wijken en buurten";"Regioaanduiding|Soort regio (omschrijving)";\
"Regioaanduiding|Codering (code)";"Bevolking|Aantal inwoners (aantal)";\
"Bevolking|Leeftijdsgroepen|65 jaar of ouder (%)";"Wonen|Gemiddelde woningwaarde (x 1 000 euro)";\
"Inkomen|Gemiddeld inkomen (x 1 000 euro)";"Oppervlakte|Oppervlakte land (ha)";\
"Stedelijkheid|Mate van stedelijkheid (code)"
Nederland;Land;NL00;16.829.290;17;211;29,5;3.368.628;2
Heerenveen;Gemeente;GM0074;49.900;19;183;27,7;19.016;4
Wijk 01 Heerenveen;Wijk;WK007401;28.730;20;165;27,4;2.372;4
Noord;Buurt;BU00740101;3.605;20;168;27,4;296;4
"""
# cbs.nl/nl-nl/cijfers/detail/83765NED, 2017 (made: 65 or older)
OF_2017 = """"Wijken en buurten";"Regioaanduiding|Gemeentenaam (naam)";\
"Regioaanduiding|Soort regio (omschrijving)";"Regioaanduiding|Codering (code)";\
"Bevolking|Aantal inwoners (aantal)";"Bevolking|Leeftijdsgroepen|65 jaar of ouder (aantal)";\
"Bevolking|Particuliere huishoudens|Gemiddelde huishoudensgrootte (aantal)";\
"Bevolking|Bevolkingsdichtheid (aantal inwoners per km²)";"Oppervlakte|Oppervlakte land (ha)";\
"Stedelijkheid|Mate van stedelijkheid (code)";"Stedelijkheid|Omgevingsadressendichtheid (per km²)"
Meierijstad;Meierijstad;Gemeente;GM1948;79.864;15.000;2,4;434;18.410;URBANITY;966
Erp;Meierijstad;Wijk;WK194800;6.790;1.300;2,5;191;3.557;5;327
Boerdonk;Meierijstad;Buurt;BU19480000;515;90;2,5;1.338;38;5;85
"""
# Kadaster / Centraal Bureau voor de Statistiek, 2022, as the shipped region has them. Water of a
# municipality is a line of its own in that table (made: De Bilt has none).
OF_2022 = """gemeentecode,gemeentenaam,water,aantal_inwoners,percentage_personen_65_jaar_en_ouder,\
oppervlakte_totaal_in_ha,oppervlakte_land_in_ha,stedelijkheid_adressen_per_km2,\
omgevingsadressendichtheid,gemiddelde_huishoudsgrootte
GM0355,Zeist,NEE,65987,21,4860,4860,2,-99997,2.2
GM0310,De Bilt,NEE,43508,24,6710,6710,3,-99997,2.3
GM0310,De Bilt,JA,-99997,-99997,-99997,-99997,-99997,-99997,-99997
GM0312,Bunnik,NEE,15590,22,3760,3760,4,-99997,2.4
GM0998,Buitenland,B,-99997,-99997,-99997,-99997,-99997,-99997,-99997
"""
# opendata.cbs.nl, 85984NED, 2024 (made: 65 or older, urbanity)
OF_2024 = """WijkenEnBuurten,Gemeentenaam_1,SoortRegio_2,Codering_3,AantalInwoners_5,\
k_65JaarOfOuder_12,Bevolkingsdichtheid_34,OppervlakteTotaal_115,OppervlakteLand_116,\
MateVanStedelijkheid_120
GM1680    ,Aa en Hunze,Gemeente,GM1680    ,25845,7000,94,27887,27606,5
WK168000  ,Aa en Hunze,Wijk,WK168000  ,3590,.,245,1478,1465,5
WK168001  ,Aa en Hunze,Wijk,WK168001  ,1460,.,82,1789,1784,5
WK168002  ,Aa en Hunze,Wijk,WK168002  ,390,.,48,816,815,5
WK168003  ,Aa en Hunze,Wijk,WK168003  ,390,.,43,914,905,5
WK168004  ,Aa en Hunze,Wijk,WK168004  ,260,.,23,1106,1104,5
WK168005  ,Aa en Hunze,Wijk,WK168005  ,615,.,105,592,585,5
WK168006  ,Aa en Hunze,Wijk,WK168006  ,475,.,73,654,642,5
WK168007  ,Aa en Hunze,Wijk,WK168007  ,145,.,399,38,37,5
WK168008  ,Aa en Hunze,Wijk,WK168008  ,115,.,31,367,363,5
WK168009  ,Aa en Hunze,Wijk,WK168009  ,115,.,59,203,197,5
WK168011  ,Aa en Hunze,Wijk,WK168011  ,405,.,126,325,321,5
WK168012  ,Aa en Hunze,Wijk,WK168012  ,230,.,84,280,276,5
WK168013  ,Aa en Hunze,Wijk,WK168013  ,120,.,19,665,660,5
WK168014  ,Aa en Hunze,Wijk,WK168014  ,1865,.,97,2010,1933,5
WK168015  ,Aa en Hunze,Wijk,WK168015  ,1860,.,317,597,587,5
WK168016  ,Aa en Hunze,Wijk,WK168016  ,670,.,58,1167,1162,5
WK168017  ,Aa en Hunze,Wijk,WK168017  ,4965,.,202,2474,2460,4
WK168018  ,Aa en Hunze,Wijk,WK168018  ,1255,.,74,1707,1687,5
WK168019  ,Aa en Hunze,Wijk,WK168019  ,4975,.,142,3521,3503,5
WK168020  ,Aa en Hunze,Wijk,WK168020  ,1415,.,27,5226,5166,5
WK168021  ,Aa en Hunze,Wijk,WK168021  ,525,.,27,1959,1954,5
WK168099  ,Aa en Hunze,Wijk,WK168099  ,0,.,.,12,0,.
"""
PLACES = """code,name,lat,lon
GM0400,Den Helder,52.95,4.76
GM0590,Papendrecht,51.83,4.69
GM0074,Heerenveen,52.98,5.93
GM1948,Meierijstad,51.60,5.52
GM1680,Aa en Hunze,52.99,6.73
WK168000,Annen,53.06,6.72
"""
