"""Levers and uncertainties that cannot be varied."""

from __future__ import annotations

from tests.bad_experiments.rows import FACTORIAL, LEVER, RATE, lever, ranged, runs, say

VALUES = (
    say("a factor empty", lever(""), "levers.choice.money: has nothing to vary", "low with high"),
    say("a factor no table", runs("[levers]\nx = 3\n"), "levers.x: 3 does not fit", "a table"),
    say("no values", lever("values = []"), "levers.choice.money.values: has no values"),
    say("one value", lever("values = [1]"), "values: has one value", "two or more"),
    say("a value twice", lever("values = [0.1, 0.1]"), "values: 0.1 occurs twice"),
    say("a value written twice", lever("values = [1, 1.0]"), "values: 1.0 occurs twice"),
    say("values no list", lever("values = 0.1"), "choice.money.values: 0.1 does not", "a list"),
    say("lists of values", lever("values = [[0.1], [0.2]]"), "values: [0.1] does not fit"),
    say("numbers and texts", lever('values = [0.1, "a"]'), "mixes numbers", "of one kind"),
    say("numbers and switches", lever("values = [0.1, true]"), "mixes numbers", "of one kind"),
    say("numbers as texts", lever('values = ["0.1", "0.2"]'), "'0.1' is a text", "without quotes"),
    say("no number", lever("values = [0.1, nan]"), "values[2]: nan is not finite"),
    say("no end", lever("values = [0.1, inf]"), "values[2]: inf is not finite"),
    say("a value outside", lever("values = [0.1, 99]"), "choice.money=99", "0 .. 1"),
    say("a switch of numbers", lever("values = [0, 2]", '"choice.refuse"'), "not a switch"),
    say("no whole numbers", lever("values = [1, 2.5]", '"organisation.minimum"'), "whole numbers"),
    say("a factor unknown", lever("values = [1, 2]", '"choice.mony"'), "levers.choice.mony",
        "Did you mean 'choice.money'?", "regiosim parameters"),
    say("a factor with a date", lever("values = [0, 1]", '"choice.money@2019Q1"'), "takes no date"),
    say("a key of a factor unknown", lever("value = [0, 1]"), "value: unknown key", "'values'?"),
    say("a word for a range", lever('range = "plausable"'), "range: 'plausable' does not fit",
        "Did you mean 'plausible'?"),
    say("two ranges", lever('range = "plausible"\nlow = 0'), "range: stands beside low or high"),
    say("no plausible range", lever('range = "plausible"', '"policy.norm"'),
        "range: has no plausible range", "regiosim parameters"),
    say("a plausible switch", lever('range = "plausible"', '"choice.refuse"'),
        "range: has no plausible range"),
    say("values and a range", lever("values = [0, 1]\nlow = 0"), "has values and low and high"),
    say("levels of values", lever("values = [0, 1]\nlevels = 3"), "levels: does nothing beside"),
    say("a distribution of values", lever('values = [0, 1]\ndistribution = "uniform"'),
        "distribution: does nothing beside values"),
    say("no keys", lever("values = [0, 1]\nkeys = []"), "choice.money.keys: is empty"),
    say("keys no list", lever('values = [0, 1]\nkeys = "x"'), "money.keys: 'x' does", "a list"),
    say("a key of keys twice", lever('values = [1, 2]\nkeys = ["choice.money", "choice.money"]'),
        "choice.money.keys: 'choice.money' occurs twice"),
    say("a key of keys twice, with a space", lever(
        'values = [0, 1]\nkeys = ["choice.money", "choice.money "]'), "sets choice.money twice"),
    say("a key of keys unknown", lever('values = [0, 1]\nkeys = ["choice.mony"]', "x"),
        "levers.x", "Did you mean 'choice.money'?"),
    say("a unit that is no text", lever("values = [0, 1]\nunit = 3"), "unit: 3 does not", "quotes"),
    say("a name without words", lever("values = [0, 1]", '""'), "levers.: '' is no name"),
    say("a factor of two lines", lever('values = [0, 1]\nkeys = ["choice.money"]', '"a\\nb"'),
        "'a\\nb' is no key", "letters"),
    say("a name that is a column", lever('values = [0, 1]\nkeys = ["choice.money"]', "seed"),
        "levers.seed: is the name of a column"),
    say("a name of a column in capitals", lever('values = [0, 1]\nkeys = ["choice.money"]', "Seed"),
        "levers.Seed: is the name of a column"),
    say("a name of what it does not set", lever('values = [0, 1]\nkeys = ["choice.trust"]'),
        "levers.choice.money: does not set choice.money"),
    say("a name twice, nested", runs(f"{LEVER}[levers.choice.money]\nvalues = [0, 1]\n"),
        "levers.choice.money: occurs twice"),
    say("a name in both tables", runs(LEVER + LEVER.replace("levers", "uncertainties")),
        "uncertainties.choice.money: occurs twice"),
    say("a name twice but for capitals", runs(
        '[levers.a]\nkeys = ["choice.money"]\nvalues = [0, 1]\n'
        '[levers.A]\nkeys = ["choice.trust"]\nvalues = [0, 1]\n'), "levers.A: occurs twice"),
    say("a key of two factors", runs(
        f'{LEVER}[levers.x]\nkeys = ["choice.money"]\nvalues = [0, 1]'),
        "levers.x: sets choice.money, which levers.choice.money sets too"),
    say("a date of two factors", runs(
        '[levers."title.ros.rate@2009Q1"]\nvalues = [1, 2]\n'
        '[levers."title.ros.rate@2009-01-01"]\nvalues = [1, 2]\n'),
        "sets title.ros.rate@2009-01-01, which levers.title.ros.rate@2009Q1 sets too"),
    say("a date that another factor undoes", runs(
        f'[levers."title.ros.rate@2009Q1"]\nvalues = [1, 2]\n{RATE}'),
        "replaces all of title.ros.rate"),
    say("a date that a factor undoes", runs(f'{RATE}[constants]\n"title.ros.rate@2009Q1" = 3'),
        "levers.title.ros.rate", "replaces all of title.ros.rate"),
    say("shares of one title", lever("values = [0.1, 0.5]", '"title.ros.functions.ict"'),
        "levers.title.ros.functions.ict: title.ros.functions", "add up to 1.1"),
    say("shares of one title in two factors", runs(
        '[levers."title.ros.functions.ict"]\nvalues = [0, 0.1]\n'
        '[levers."title.ros.functions.quality"]\nvalues = [0.15, 0.05]\n'),
        "levers.title.ros.functions.ict", "add up to 1.1", "set the others too"),
    say("more than all the money together", runs(
        '[levers."policy.base_amount"]\nvalues = [0.1, 0.6]\n'
        '[levers."policy.projects"]\nvalues = [0.1, 0.6]\n'),
        "point 4", "policy.base_amount=0.6, policy.projects=0.6", "add up to 1.2"),
    say("a title that one regime lacks", runs(
        '[levers."title.owz.rate"]\nvalues = [1, 2]\n',
        regimes='["historic-nl", "zorg-en-zekerheid"]'),
        "levers.title.owz.rate", "has no title 'owz'"),
)  # fmt: skip

ALTERNATIVES = (
    say("no alternatives", lever("alternatives = {}", "x"), "levers.x.alternatives: has none"),
    say("one alternative", lever("alternatives = { a = [] }", "x"), "has only one", "two or more"),
    say("alternatives no table", lever('alternatives = ["a"]', "x"), "alternatives: ['a']"),
    say("an alternative no list", lever('alternatives = { a = [], b = "x=1" }', "x"),
        "levers.x.alternatives.b: 'x=1' does not fit", "a list"),
    say("a setting no text", lever("alternatives = { a = [], b = [1] }", "x"),
        "levers.x.alternatives.b[1]: 1 does not fit"),
    say("a setting without a value", lever('alternatives = { a = [], b = ["choice.money"] }', "x"),
        "levers.x.alternatives.b: 'choice.money' cannot be read", "title.gez.in_force@2019Q1=0.5"),
    say("a setting unknown", lever('alternatives = { a = [], b = ["choice.mony=1"] }', "x"),
        "levers.x: choice.mony=1", "Did you mean 'choice.money'?"),
    say("a key by its older name", lever(
        'alternatives = { a = [], b = ["title.gez.phase=0"] }', "x"),
        "levers.x: title.gez.phase=0: 'phase' is called 'in_force' now"),
    say("a setting twice", lever(
        'alternatives = { a = [], b = ["choice.money=0", "choice.money=1"] }', "x"),
        "levers.x: sets choice.money twice"),
    say("a date twice in one", lever('alternatives = { a = [], b = '
        '["title.ros.rate@2009Q1=0", "title.ros.rate@2009-01-01=1"] }', "x"),
        "levers.x: sets title.ros.rate@2009-01-01 twice"),
    say("alternatives alike", lever(
        'alternatives = { a = ["choice.money=0.3"], b = ["choice.money=0.30"] }', "x"),
        "levers.x: a and b come down to the same"),
    say("an alternative that is the default", lever(
        'alternatives = { as_it_was = [], same = ["choice.money=0.15"] }', "x"),
        "as_it_was and same come down to the same"),
    say("a title not in the regime", lever(
        'alternatives = { a = [], b = ["title.s3-plus.rate=1"] }', "x"),
        "levers.x", "has no title 's3-plus'", "a package can add it"),
    say("keys of alternatives", lever(
        'alternatives = { a = [], b = ["choice.money=0"] }\nkeys = ["choice.money"]', "x"),
        "levers.x.keys: does nothing beside alternatives"),
    say("values and alternatives", lever(
        'alternatives = { a = [], b = ["choice.money=0"] }\nvalues = [1, 2]', "x"),
        "levers.x: has values and alternatives"),
    say("numbers alike", lever(
        'alternatives = { "1" = ["choice.money=0"], "1.0" = [] }', "x"), "names a number twice"),
    say("an alternative without a name", lever(
        'alternatives = { "" = ["choice.money=0"], b = [] }', "x"), "'' is no name"),
    say("alternatives misspelt", lever('alternative = { a = ["choice.money=0"], b = [] }', "x"),
        "levers.x.alternative: unknown key", "Did you mean 'alternatives'?"),
    say("alternatives of one thing", lever(
        'alternatives = { a = ["choice.money=0"], b = [] }', '"choice.money"'),
        "levers.choice.money: does not set choice.money"),
)  # fmt: skip

RANGES = (
    say("no high", ranged("low = 0.1"), "uncertainties.choice.money.high: is missing"),
    say("no low", ranged("high = 0.1"), "uncertainties.choice.money.low: is missing"),
    say("low above high", ranged("low = 0.5\nhigh = 0.1"), "low: 0.5 is not below high, 0.1"),
    say("low and high alike", ranged("low = 0.5\nhigh = 0.5"), "is not below high", "low < high"),
    say("low no number", ranged("low = nan\nhigh = 1"), "money.low: nan is not finite"),
    say("high without end", ranged("low = 0\nhigh = inf"), "money.high: inf is not finite"),
    say("low a text", ranged('low = "0"\nhigh = 1'), "money.low: '0' does not fit", "a number"),
    say("low a switch", ranged("low = false\nhigh = 1"), "money.low: false does not", "a number"),
    say("a range of all numbers", ranged("low = -1e308\nhigh = 1e308"), "is too far from low"),
    say("high beyond numbers", ranged(f"low = 0\nhigh = 1{'0' * 400}"), "money.high: '1000"),
    say("high outside", ranged("low = 0.1\nhigh = 2"), "choice.money=2.0", "0 .. 1"),
    say("low outside", ranged("low = -0.1\nhigh = 1"), "choice.money=-0.1", "0 .. 1"),
    say("a switch with a range", ranged("low = 0\nhigh = 1", '"choice.refuse"'),
        "is a switch: it has no range", "values = [false, true]"),
    say("keys of which one is a switch", ranged(
        'low = 0\nhigh = 1\nkeys = ["choice.trust", "choice.refuse"]', "x"), "is a switch"),
    say("a range of words", ranged("low = 0\nhigh = 1", '"title.ros.receiver"'), "receiver: '0.0'"),
    say("a range of dates", ranged("low = 2009\nhigh = 2010", '"title.ros.until"'), "not a date"),
    say("a whole number in part", ranged("low = 1.5\nhigh = 3", '"organisation.minimum"'),
        "organisation.minimum.low: 1.5 is not a whole number"),
    say("a whole high in part", ranged("low = 1\nhigh = 3.5", '"title.wijkmanagement.minimum"'),
        "title.wijkmanagement.minimum.high: 3.5 is not a whole number"),
    say("a triangle of whole numbers", ranged(
        'low = 1\nhigh = 3\ndistribution = "triangular"\nmode = 2', '"organisation.minimum"'),
        "distribution: triangular of whole numbers", "uniform"),
    say("a distribution unknown", ranged('low = 0\nhigh = 1\ndistribution = "uniforn"'),
        "distribution: 'uniforn' is unknown", "Did you mean 'uniform'?", "log-uniform"),
    say("a distribution no text", ranged("low = 0\nhigh = 1\ndistribution = 3"), "distribution: 3"),
    say("log of zero", ranged('low = 0\nhigh = 1\ndistribution = "log-uniform"'),
        "money.low: 0.0 has no logarithm", "above 0"),
    say("a triangle without mode", ranged('low = 0\nhigh = 1\ndistribution = "triangular"'),
        "money.mode: is missing for triangular"),
    say("a mode outside", ranged('low = 0\nhigh = 0.5\ndistribution = "triangular"\nmode = 0.6'),
        "money.mode: 0.6 is outside", "0 .. 0.5"),
    say("a mode of none", ranged("low = 0\nhigh = 1\nmode = 0.5"), "mode: does nothing for"),
    say("a normal without mean", ranged('low = 0\nhigh = 1\ndistribution = "normal"\nsd = 1'),
        "money.mean: is missing for normal", "mean, sd"),
    say("a normal without sd", ranged('low = 0\nhigh = 1\ndistribution = "normal"\nmean = 1'),
        "money.sd: is missing for normal", "mean, sd"),
    say("sd of zero", ranged('low = 0\nhigh = 1\ndistribution = "normal"\nmean = 1\nsd = 0'),
        "money.sd: 0 does not fit", "above 0"),
    say("a mean far off", ranged('low = 0\nhigh = 1\ndistribution = "normal"\nmean = 99\nsd = 1'),
        "money.mean: 99 lies too far outside", "0 .. 1"),
    say("sd of next to nothing", ranged(
        'low = 0\nhigh = 1\ndistribution = "normal"\nmean = 0.5\nsd = 1e-300'),
        "choice.money: has one value only", "0.5"),
    say("levels of one", ranged("low = 0\nhigh = 1\nlevels = 1", design=FACTORIAL), "2 .. 1000"),
    say("levels of thousands", ranged("low = 0\nhigh = 1\nlevels = 1001", design=FACTORIAL),
        "money.levels: 1001 do not fit", "2 .. 1000"),
    say("levels in part", ranged("low = 0\nhigh = 1\nlevels = 2.5", design=FACTORIAL),
        "levels: 2.5 does not fit", "a whole number"),
    say("more levels than whole numbers", ranged(
        "low = 1\nhigh = 3\nlevels = 4", '"organisation.minimum"', FACTORIAL), "2 .. 3"),
    say("levels of a triangle", ranged(
        'low = 0\nhigh = 1\nlevels = 3\ndistribution = "triangular"\nmode = 0.5', design=FACTORIAL),
        "triangular does nothing in a factorial"),
    say("levels of a sample", ranged("low = 0\nhigh = 1\nlevels = 3"),
        "design.kind: sobol does not use the levels of choice.money"),
)  # fmt: skip
