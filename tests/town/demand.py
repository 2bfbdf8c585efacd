"""What patients of the town need, worked out by hand: the whole, Aarle, and Beek.

Groups are diabetes, CVRM, COPD, GGZ, frail and other. In a programme are .5, .2 and .4 of the first
three; their burden is 1, .7 and .9, of GGZ .5, of the frail 2, of other patients .2.
"""

from __future__ import annotations

NEED: dict[str, float] = {
    # Ash 200*.5 + 100*.2 + 50*.4 = 140, Birch 50 + 40 + 40 = 130, Cedar 200 + 100 + 100 = 400
    "chain_patients_per_1000": 67.0,  # 670/10
    "ggz_patients_per_1000": 55.0,  # (300 + 150 + 100)/10
    "frail_per_1000": 18.0,  # (40 + 90 + 50)/10
    # More than as others .8, .5 and .7: Ash 160 + 50 + 35 = 245, Birch 80 + 100 + 70 = 250,
    # Cedar 320 + 250 + 175 = 745. Of all: Ash 200 + 70 + 45 + 150 + 80 + 262 = 807,
    # Birch 100 + 140 + 90 + 75 + 180 + 472 = 1,057, Cedar 400 + 350 + 225 + 50 + 100 + 740 = 1,865
    "chain_burden_share": 0.332528828,  # 1,240/3,729
}

NEED_IN_AARLE: dict[str, float] = {
    "chain_patients_per_1000": 54.0,  # 270/5
    "ggz_patients_per_1000": 90.0,
    "frail_per_1000": 26.0,
    "chain_burden_share": 0.265557940,  # 495/1,864
}

NEED_IN_BEEK: dict[str, float] = {
    "chain_patients_per_1000": 80.0,  # 400/5
    "ggz_patients_per_1000": 20.0,
    "frail_per_1000": 10.0,
    "chain_burden_share": 0.399463807,  # 745/1,865
}
