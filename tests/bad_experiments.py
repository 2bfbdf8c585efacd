"""Experiment files that must be refused, each with what its message must say.

A row holds a name, the text of the file, and parts of the message: the key, what is wrong and
what is allowed. ``FILES`` and the points of a row are written beside it.
"""

from __future__ import annotations

from typing import NamedTuple

HEAD = 'name = "bad"\nquestion = "What is wrong?"\n'
RUNS = {
    "regions": '["synthetic:1:3"]',
    "regimes": '["historic-nl"]',
    "from": '"2009Q1"',
    "to": '"2010Q4"',
}
LEVER = '[levers."choice.money"]\nvalues = [0.1, 0.5]\n'
RANGE = '[uncertainties."choice.money"]\nlow = 0.1\nhigh = 0.5\n'
SOBOL = '[design]\nkind = "sobol"\npoints = 4\n'
FACTORIAL = '[design]\nkind = "factorial"\n'
RATE = '[levers."title.ros.rate"]\nvalues = [1, 2]\n'
PACKAGE = '[package]\nname = "p"\ntext = "t"\nsource = "s"\n'
LATE = (
    "[[title.ros.rate]]\nfrom = 2010-01-01\nvalue = {value}\n"
    'unit = "EUR per insured/yr"\nsource = "s"\n'
)
FILES = {
    "nothing.toml": PACKAGE,
    "late.toml": PACKAGE + LATE.format(value=1),
    "other/late.toml": PACKAGE + LATE.format(value=2),
    "unknown.toml": f"{PACKAGE}[[title.ros.rat]]\nvalue = 1\n",
    "broken.toml": "[package\n",
}


class Bad(NamedTuple):
    """A file that is refused: its text, parts of the message, and a points file beside it."""

    name: str
    text: str | bytes
    says: tuple[str, ...]
    points: str | bytes | None = None


DESIGN = '["design:bundled/practice/act"]'


def runs(rest: str = LEVER, head: str = HEAD, **keys: str | None) -> str:
    """A file with other keys in [runs]; None leaves one out."""
    found = {**RUNS, **{key.removesuffix("_"): value for key, value in keys.items()}}
    lines = [f"{key} = {value}\n" for key, value in found.items() if value is not None]
    return f"{head}[runs]\n{''.join(lines)}{rest}"


def top(text: str, rest: str = LEVER) -> str:
    """A file with another head."""
    return runs(rest, text)


def lever(text: str, name: str = '"choice.money"') -> str:
    """A file with this lever."""
    return runs(f"[levers.{name}]\n{text}\n")


def ranged(text: str, name: str = '"choice.money"', design: str = SOBOL) -> str:
    """A file with this uncertainty."""
    return runs(f"[uncertainties.{name}]\n{text}\n{design}")


def design(text: str, factors: str = RANGE) -> str:
    """A file with this design."""
    return runs(f"{factors}[design]\n{text}\n")


def listed(name: str, points: str | bytes, *says: str, factors: str = RANGE) -> Bad:
    """A file that takes its points from another one."""
    return Bad(name, design('kind = "points"\nfile = "points.csv"', factors), says, points)


def constant(text: str) -> str:
    """A file with these constants."""
    return runs(f"{LEVER}[constants]\n{text}\n")


def record(text: str) -> str:
    """A file with this [record]."""
    return runs(f"{LEVER}[record]\n{text}\n")


def say(name: str, text: str | bytes, *says: str) -> Bad:
    """A row of the table."""
    return Bad(name, text, says)


FORM = (
    say("empty", "", "name: is missing"),
    say("not TOML", f"{HEAD}[runs\n", "not valid TOML", "line 3"),
    say("binary", b"\x89PNG\r\n\x1a\n\x00\xff", "not a text file", "TOML in UTF-8"),
    say("another encoding", "naam = 'caf\u00e9'".encode("latin-1"), "not a text file"),
    say("a number of thousands of digits", f"a = {'1' * 5000}", "not valid TOML"),
    say("lists in lists without end", f"a = {'[' * 3000}", "nested too deeply"),
    say(
        "tables in tables",
        top(f"{HEAD}levers.{'a.' * 900}b = 1\n", ""),
        "levers.a.a.a",
        "unknown key",
    ),
    say("a key twice", top(f'{HEAD}name = "again"\n'), "not valid TOML", "line 3"),
    say("a table twice", runs("[runs]\n"), "not valid TOML", "twice"),
    say("no name", top('question = "q"\n'), ": name: is missing"),
    say("no question", top('name = "n"\n'), ": question: is missing"),
    say("a name that is no text", top('name = 3\nquestion = "q"\n'), ": name: 3", "quotes"),
    say("a blank name", top('name = " "\nquestion = "q"\n'), ": name: is empty"),
    say("a blank question", top('name = "n"\nquestion = ""\n'), ": question: is empty"),
    say("a name of two lines", top('name = "a\\nb"\nquestion = "q"\n'), ": name: 'a\\nb'"),
    say("a long name", top(f'name = "{"n" * 61}"\nquestion = "q"\n'), "too long", "60 characters"),
    say("a text that is none", top(f"{HEAD}text = ['a']\n"), ": text: ['a']", "quotes"),
    say("a key unknown", top(f'{HEAD}quesion = "q"\n'), ": quesion: unknown key", "'question'?"),
    say("a table unknown", runs(LEVER.replace("levers", "lever")), ": lever: unknown", "'levers'?"),
    say("another schema", top(f"{HEAD}schema = 2\n"), ": schema: 2 is unknown", "Allowed: 1"),
    say("a schema that is no number", top(f"{HEAD}schema = 1.0\n"), ": schema: 1.0", "Allowed: 1"),
    say("runs missing", HEAD + LEVER, ": runs: is missing", "[runs] with regions, regimes"),
    say("runs no table", f"{HEAD}runs = 3\n{LEVER}", ": runs: does not fit", "a table"),
    say("record no table", top(f'{HEAD}record = "yearly"\n'), ": record: does not fit", "a table"),
    say("constants no table", top(f"{HEAD}constants = [1]\n"), ": constants: does not", "a table"),
    say("levers no table", top(f"{HEAD}levers = 1\n", ""), ": levers: does not fit", "a table"),
    say("levers in a list", runs("[[levers]]\n"), ": levers: does not fit", "a table"),
    say("uncertainties no table", top(f"{HEAD}uncertainties = true\n"), ": uncertainties: does"),
    say("design no table", top(f'{HEAD}design = "sobol"\n'), ": design: does not fit", "a table"),
)

IN_RUNS = (
    say("no regions", runs(regions=None), "runs.regions: is missing"),
    say("regions no list", runs(regions='"unicum"'), "runs.regions: 'unicum'", "a list between"),
    say("regions empty", runs(regions="[]"), "runs.regions: is empty", "one or more"),
    say("a region no text", runs(regions="[1]"), "runs.regions[1]: 1 does not fit", "quotes"),
    say("a region unknown", runs(regions='["unicun"]'), "runs.regions: region", "'unicum'?"),
    say("a region twice", runs(regions='["unicum", "unicum"]'), "runs.regions: 'unicum' occurs"),
    say("a region too small", runs(regions='["synthetic:0"]'), "runs.regions", "1..10000"),
    say("a folder that is no region", runs(regions='["."]'), "runs.regions"),
    say("no regimes", runs(regimes=None), "runs.regimes: is missing"),
    say("regimes empty", runs(regimes="[]"), "runs.regimes: is empty"),
    say("a regime no text", runs(regimes="[[]]"), "runs.regimes[1]: [] does not fit"),
    say("a regime unknown", runs(regimes='["historic"]'), "runs.regimes", "'historic-nl'?"),
    say("a design unknown", runs(regimes='["design:bundled/x/act"]'), "runs.regimes", "'design:"),
    say("a regime twice", runs(regimes='["unicum", "unicum"]'), "runs.regimes: 'unicum' occurs"),
    say("packages no list of lists", runs(packages='["a.toml"]'), "runs.packages", "[[], ["),
    say("packages empty", runs(packages="[]"), "runs.packages: is empty"),
    say("packages twice", runs(packages="[[], []]"), "runs.packages: [] occurs twice"),
    say("a package unknown", runs(packages='[["no.toml"]]'), "runs.packages", "no.toml", "No such"),
    say("a package that is a folder", runs(packages='[["."]]'), "runs.packages", "Is a directory"),
    say("a package broken", runs(packages='[["broken.toml"]]'), "runs.packages", "line 1"),
    say("an unknown key in a package", runs(packages='[["unknown.toml"]]'), "'rate'?"),
    say("a package that is an experiment", runs(packages='[["bad.toml"]]'), "[package] is missing"),
    say("packages of one name", runs(packages='[["late.toml"], ["other/late.toml"]]'),
        "runs.packages: another entry is called 'late.toml' too"),
    say("a package that does nothing", runs(packages='[[], ["nothing.toml"]]'), "point 3",
        "nothing.toml", "the same runs as point 1"),
    say("the wrong name of from", runs(start='"2009Q1"'), "runs.start: unknown key", "from"),
    say("the wrong name of to", runs(end='"2009Q4"'), "runs.end: unknown key", ", to"),
    say("from no text", runs(from_="2009-01-01"), "runs.from: 2009-01-01 does not fit", "quotes"),
    say("from no quarter", runs(from_='"2009Q5"'), "runs.from: '2009Q5' is not a date", "2019Q1"),
    say("from no start of one", runs(from_='"2009-02-01"'), "runs.from", "start of a quarter"),
    say("from before all runs", runs(from_='"2005Q4"'), "runs.from: 2005Q4", "2006Q1 .. 2050Q4"),
    say("to a number", runs(to="2010"), "runs.to: 2010 does not fit", "text between quotes"),
    say("to after the last year", runs(to='"2051Q1"'), "runs.to: 2051Q1", "2006Q1 .. 2050Q4"),
    say("to before from", runs(to='"2008Q4"'), "runs.to: 2008Q4 is before", "2009Q1 or later"),
    say("no whole year", runs(from_='"2009Q2"', to='"2010Q3"'), "record.when", "no whole year"),
    say("switch no date", runs(regimes=DESIGN, switch='"later"'),
        "runs.switch: 'later' is not a date", "2006Q1 .. 2050Q4"),
    say("switch before all runs", runs(regimes=DESIGN, switch='"2000Q1"'), "runs.switch",
        "before the run"),
    say("switch without a design", runs(switch='"2019Q1"'), "runs.switch: does nothing"),
    say("switch after the end", runs(regimes='["design:bundled/practice/act"]'), "runs.switch",
        "2018Q1", "do nothing"),
    say("no replicates", runs(replicates="0"), "runs.replicates: 0 is out of range", "1 .."),
    say("replicates in part", runs(replicates="1.5"), "runs.replicates: 1.5", "a whole number"),
    say("replicates a switch", runs(replicates="true"), "runs.replicates: true", "whole number"),
    say("replicates a text", runs(replicates='"5"'), "runs.replicates: '5'", "a whole number"),
    say("too many replicates", runs(replicates="100001"), "runs.replicates", "1 .. 100,000"),
    say("more runs than allowed", runs(replicates="10000000"), "design: gives 20,000,000 runs",
        "at most 10,000,000"),
    say("a seed below 0", runs(seed="-1"), "runs.seed: -1 is out of range", "2^63-1"),
    say("a seed too large", runs(seed=str(2**63)), "runs.seed", "2^63-1"),
    say("a seed in part", runs(seed="1.0"), "runs.seed: 1.0 does not fit", "a whole number"),
    say("a last seed too large", runs(seed=str(2**63 - 1), replicates="2"), "runs.seed", "no room"),
    say("a population seed below 0", runs(population_seed="-1"), "runs.population_seed: -1"),
    say("seeds", runs(seeds="[1, 2]"), "runs.seeds: unknown key", "Did you mean 'seed'?"),
    say("an engine", runs(engine='"mesa"'), "runs.engine: unknown key", "population_seed"),
)  # fmt: skip

RECORDED = (
    say("an outcome unknown", record('outcomes = ["organisation"]'), "record.outcomes",
        "Did you mean 'organisations'?", "regiosim outcomes"),
    say("an outcome twice", record('outcomes = ["trust", "trust"]'), "'trust' occurs twice"),
    say("no outcomes", record("outcomes = []"), "record.outcomes: is empty"),
    say("outcomes no list", record('outcomes = "trust"'), "record.outcomes: 'trust'", "a list"),
    say("when unknown", record('when = "yealy"'), "record.when: 'yealy'", "'yearly'?", "quarterly"),
    say("when all", record('when = "all"'), "record.when: 'all' is unknown", "yearly, quarterly"),
    say("scopes unknown", record('scopes = "region"'), "record.scopes", "all, municipalities"),
    say("scope", record('scope = "all"'), "record.scope: unknown key", "Did you mean 'scopes'?"),
)  # fmt: skip

SET = (
    say("a constant unknown", constant('"choice.mony" = 1'), "constants", "'choice.money'?"),
    say("a constant out of range", constant('"choice.trust" = 99'), "choice.trust=99", "0 .. 8"),
    say("a date on behaviour", constant('"choice.trust@2019Q1" = 1'), "it takes no date"),
    say("a constant nested too far", constant("choice.trust.more = 1"), "'choice.trust'?"),
    say("a constant far too deep", constant(f"{'a.' * 500}b = 1"), "constants.a.a", "is a table"),
    say("a constant in a list", constant('"choice.trust" = [1]'), "constants.choice.trust: [1]"),
    say("a constant not finite", constant('"choice.trust" = nan'), "not finite", "0 .. 8"),
    say("a constant empty", constant('"choice.trust" = ""'), "constants", "cannot be read"),
    say("a switch that is none", constant('"choice.refuse" = 2'), "not a switch", "true, on"),
    say("a number that is a switch", constant('"choice.trust" = true'), "'true' is not a number"),
    say("a part of a whole number", constant('"organisation.minimum" = 2.5'), "whole numbers"),
    say("a constant in quotes", constant('"choice.trust" = "0.5"'),
        "constants.choice.trust: '0.5' is a text", "0.5 without quotes"),
    say("a constant twice", constant('"choice.trust" = 1\nchoice.trust = 2'), "is set twice"),
    say("a date twice", constant('"title.ros.rate@2019Q1" = 1\n"title.ros.rate@2019-01-01" = 2'),
        "title.ros.rate@2019-01-01 is set twice"),
    say("a date undone", constant('"title.ros.rate@2019Q1" = 1\n"title.ros.rate" = 2'),
        "replaces all of title.ros.rate", "2019-01-01"),
    say("a date that is none", constant('"title.ros.rate@later" = 1'), "'later' is not a date"),
    say("a title not there", constant('"title.rosa.rate" = 1'), "constants", "'ros'?"),
    say("a key of a title unknown", constant('"title.ros.rat" = 1'), "constants", "'rate'?"),
    say("a policy key unknown", constant('"policy.stanse" = 0'), "constants", "'stance'?"),
    say("a policy value outside", constant('"policy.stance" = 7'), "out of range", "from -1 to 1"),
    say("shares alone", constant('"title.ros.functions.ict" = 0.5'),
        "constants: title.ros.functions", "the shares add up to 1.5"),
    say("a constant that a factor sets", constant('"choice.money" = 0.2'), "levers.choice.money",
        "sets choice.money, which constants sets too"),
)  # fmt: skip

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
    say("no number", lever("values = [0.1, nan]"), "values: nan is not finite"),
    say("no end", lever("values = [0.1, inf]"), "values: inf is not finite"),
    say("a value outside", lever("values = [0.1, 99]"), "choice.money=99", "0 .. 1"),
    say("a switch of numbers", lever("values = [0, 2]", '"choice.refuse"'), "not a switch"),
    say("no whole numbers", lever("values = [1, 2.5]", '"organisation.minimum"'), "whole numbers"),
    say("a factor unknown", lever("values = [1, 2]", '"choice.mony"'), "levers.choice.mony",
        "Did you mean 'choice.money'?", "regiosim parameters"),
    say("a factor with a date", lever("values = [0, 1]", '"choice.money@2019Q1"'), "takes no date"),
    say("a key of a factor unknown", lever("value = [0, 1]"), "value: unknown key", "'values'?"),
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
        "'a\\nb' is no name", "on one line"),
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
        '[levers."title.s3-plus.rate"]\nvalues = [1, 2]\n', regimes='["plus-practices", "menzis"]'),
        "levers.title.s3-plus.rate", "'menzis' has no title 's3-plus'"),
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
    say("high beyond numbers", ranged(f"low = 0\nhigh = 1{'0' * 400}"), "money.high: 1000"),
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

DESIGNS = (
    say("no design", ranged("low = 0\nhigh = 1", design=""), "design: is missing: choice.money"),
    say("a design without kind", design("points = 4"), "design.kind: is missing"),
    say("a kind unknown", design('kind = "sobel"'), "'sobel' is unknown", "'sobol'?", "morris"),
    say("a kind no text", design("kind = 3"), "design.kind: 3 does not fit", "quotes"),
    say("a key of a design unknown", design('kind = "sobol"\npoint = 4'), "design.point: unknown",
        "Did you mean 'points'?"),
    say("no points", design('kind = "sobol"'), "design.points: is missing", "how many"),
    say("points of one", design('kind = "sobol"\npoints = 1'), "points: 1 is out of", "1,000,000"),
    say("points in part", design('kind = "sobol"\npoints = 4.0'), "points: 4.0", "a whole number"),
    say("points of millions", design('kind = "sobol"\npoints = 2097152'), "2 .. 1,000,000"),
    say("points no power of two", design('kind = "sobol"\npoints = 6'), "a power of two", "4 or 8"),
    say("a base no power of two", design('kind = "saltelli"\npoints = 6'), "a power of two"),
    say("more points than allowed", runs(
        f"{RANGE}{LEVER.replace('money', 'trust')}[design]\nkind = 'morris'\npoints = 400000\n"),
        "design: gives 1,600,000 points", "at most 1,000,000"),
    say("more points than a factorial", runs("".join(
        f'[levers."choice.{name}"]\nlow = 0\nhigh = 1\nlevels = 1000\n'
        for name in ("money", "trust", "noise"))), "design: gives 1,000,000,000 points"),
    say("a seed of a design below 0", design('kind = "sobol"\npoints = 4\nseed = -1'),
        "design.seed: -1 is out of range", "0 .. 4,294,967,295"),
    say("a seed of a design too large", design('kind = "sobol"\npoints = 4\nseed = 4294967296'),
        "design.seed: 4294967296 is out of range"),
    say("a grid of Sobol", design('kind = "sobol"\npoints = 4\ngrid = 4'), "grid: does nothing for",
        "points, seed"),
    say("an odd grid", design('kind = "morris"\npoints = 4\ngrid = 3'), "grid: 3", "an even"),
    say("no grid at all", design('kind = "morris"\npoints = 4\ngrid = 0'), "grid: 0", "2 .. 64"),
    say("pairs of Morris", design('kind = "morris"\npoints = 4\nsecond_order = true'),
        "second_order: does nothing for morris", "points, seed, grid"),
    say("pairs no switch", design('kind = "saltelli"\npoints = 4\nsecond_order = 1'), "or false"),
    say("points of a factorial", design('kind = "factorial"\npoints = 4', LEVER),
        "design.points: does nothing for factorial", "nothing more"),
    say("a factorial of a range", design('kind = "factorial"'), "needs levels for the range of"),
    say("nothing to sample", design('kind = "sobol"\npoints = 4', LEVER), "has nothing to sample"),
    say("no factors to sample", design('kind = "sobol"\npoints = 4', ""), "has nothing to sample"),
    say("no points file named", design('kind = "points"'), "design.file: is missing", "CSV"),
    say("a points file no text", design('kind = "points"\nfile = 3'), "design.file: 3", "quotes"),
    say("a points file not there", design('kind = "points"\nfile = "no.csv"'), "design.file",
        "no.csv cannot be read (No such file"),
    say("a points file that is a folder", design('kind = "points"\nfile = "."'), "design.file",
        "Is a directory"),
    say("a file of a sample", design('kind = "sobol"\npoints = 4\nfile = "points.csv"'),
        "design.file: does nothing for sobol"),
)  # fmt: skip

POINTS = (
    listed("a points file empty", "", "points.csv: has no points", "a line of names"),
    listed("a points file of names", "choice.money\n", "points.csv: has no points"),
    listed("a points file binary", b"\xff\xfe\x00", "points.csv is not text in UTF-8 (byte 1)"),
    listed("a quote that stays open", 'choice.money\n"0.2\n', "points.csv is not CSV"),
    listed("semicolons", "choice.money;choice.trust\n0,2;1\n", "line 1: has semicolons", "commas"),
    listed("a column missing", "choice.monee\n0.2\n", "line 1: has no column for factor",
           "Did you mean 'choice.monee'?"),
    listed("a column unknown", "choice.money,choice.trus\n0.2,1\n", "points.csv: choice.trus",
           "Did you mean 'choice.trust'?"),
    listed("a column of the store", "choice.money,seed\n0.2,1\n", "points.csv: seed: is the name"),
    listed("a column twice", "choice.money,choice.money\n0.2,0.3\n", "is 'choice.money' as one"),
    listed("a column without a name", "choice.money,\n0.2,0.3\n", "line 1: column 2 has no name"),
    listed("a cell missing", "choice.money,choice.trust\n0.2,1\n\n0.3,\n", "line 4: does not"),
    listed("cells missing", "choice.money,choice.trust\n0.2\n", "line 2: does not have 2 values"),
    listed("cells too many", "choice.money\n0.2,1\n", "line 2: does not have 1 value"),
    listed("a point outside", "choice.money\n0.2\n0.7\n", "line 3: choice.money: '0.7'", "0.1 .."),
    listed("a point that is no number", "choice.money\nnan\n", "line 2: choice.money: 'nan'"),
    listed("a point that is a word", "choice.money\nmuch\n", "choice.money: 'much' does not fit"),
    listed("a point not in the list", "choice.money\n0.3\n", "'0.3' does not fit", "0.1, 0.5",
           factors=LEVER),
    listed("a point of no alternative", "x\n2\n", "points.csv, line 2: x: '2'", "1, none",
           factors='[levers.x]\nalternatives = { 1 = ["choice.money=0"], none = [] }\n'),
    listed("a point in part", "organisation.minimum\n2.5\n", "'2.5' does not fit", "whole numbers",
           factors='[levers."organisation.minimum"]\nlow = 1\nhigh = 9\n'),
    listed("a value outside what is known", "choice.trust\n99\n", "points.csv: choice.trust",
           "99 is out of range", "0 .. 8", factors=""),
    listed("a column that a constant sets", "choice.trust\n1\n2\n", "points.csv: choice.trust",
           "which constants sets too", factors='[constants]\n"choice.trust" = 1\n'),
    listed("levels beside points", "choice.money\n0.2\n", "points does not use the levels",
           factors=f"{RANGE}levels = 3\n"),
)  # fmt: skip

CASES = (
    *FORM, *IN_RUNS, *RECORDED, *SET, *VALUES, *ALTERNATIVES, *RANGES, *DESIGNS, *POINTS,
)  # fmt: skip
