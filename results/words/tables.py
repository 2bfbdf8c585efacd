"""What a row of every table is, in the order in which tables are shown."""

TABLES = {
    "series": "Outcomes, a row per run, quarter (sweeps: year), scope and outcome; what they are: "
    "`regiosim outcomes`.",
    "runs": "A row per run; in sweeps with a column per factor.",
    "points": "Sweeps: a row per row of the design, with a column per factor.",
    "practices": "Open practices at each recorded quarter.",
    "hubs": "Hub areas at each recorded quarter.",
    "organisations": "Living organisations at each recorded quarter.",
    "municipalities": "Municipalities at each recorded quarter.",
    "insurers": "Insurers at each recorded quarter.",
    "partners": "External parties at each recorded quarter.",
    "ledger": "Every posting: who paid whom, and who spent hours.",
    "events": "Everything that happened, and the term that weighed most.",
    "comparison": "Comparisons: a row per outcome; which columns depends on what is compared.",
    "scorecard": "Scorecards: a row per stated score, beside what was simulated.",
    "totals": "Scorecards: on how many criteria a level wins, stated and simulated.",
    "designs": "Scorecards: a row per design and criterion.",
    "orders": "Scorecards: a row per criterion: whether orders of designs agree.",
    "weights": "Scorecards: what drawn weights of the criteria make of the designs.",
    "scores": "Scorecards: what was simulated, a row per design, formula, outcome and seed.",
    "business": "Business cases: a row per form, function or what is beside, part and group.",
    "needed": "Business cases: the six parts of needed O&I, of the country and of the region.",
    "anchors": "Business cases: what the sources state of O&I as a whole.",
    "sensitivity": "Sensitivity: a row per outcome, arm, factor and index.",
    "delivered": "Business cases with a run: who delivers each function there.",
    "paid": "Business cases with a run: what each title paid in its last whole year.",
}
