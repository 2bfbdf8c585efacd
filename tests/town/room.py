"""What the ministry's room cuts and what moves out of hospital care in the town; and no fees.

Cut of Ash 10 + 1,000*.04 + 800*.025 + 600*.05 = 100; of Birch 20 + 60 + 30 + 1,200*.025 = 140;
of Cedar 30 + 4,000*.025 + 500*.08 = 170; of the ROS 70.
"""

from __future__ import annotations

ROOM = {
    "macro_cut": 0.048,  # 480/10,000
    "transferred": 0.0625,  # for members of Oak, which leads Pine: .25*.5*5,000/10,000
}
ROOM_IN_AARLE = {
    "macro_cut": 0.0564,  # 100 + 140 + 70*6,600/11,000 = 282; 282/5,000
    "transferred": 0.125,
}
ROOM_IN_BEEK = {
    "macro_cut": 0.0396,  # 170 + 70*4,400/11,000 = 198; 198/5,000
    "transferred": 0.0,
}
NO_FEES = dict.fromkeys(("support_cost", "regional_fee", "gain_kept", "premium_gain"), 0.0)
