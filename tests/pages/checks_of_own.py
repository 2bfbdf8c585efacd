"""Commands about policies and regions of one's own, and about what a folder is: their numbers."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pyarrow.parquet as pq

from tests.pages.by_hand import mean, rows, years
from tests.pages.commands import ROOT, Shown, documented

TABLE = ROOT / "docs" / "examples" / "table.csv"


def whole(text: str) -> int:
    """A whole number as it is printed or written, with any mark of thousands."""
    return int(re.sub(r"[.,]", "", text))


@documented(
    "geography new --csv FILE --year Y --out my-region",
    instead="geography new --csv docs/examples/table.csv --year 2019 --out my-region",
    why="a table of the reader's own",
)
@documented("geography new --csv docs/examples/table.csv --name polder --out polder")
def region_has_the_inhabitants_of_its_table(shown: Shown) -> None:
    said = re.match(r"(\d+) municipalities, ([\d,]+) inhabitants in 2019: ([\w-]+)", shown[0][0])
    assert said is not None
    with TABLE.open(encoding="utf-8") as stream:
        table = list(csv.DictReader(stream, delimiter=";"))
    with (Path(said[3]) / "municipalities.csv").open(encoding="utf-8") as stream:
        written = list(csv.DictReader(stream))
    inhabitants = sum(whole(row["Aantal inwoners"]) for row in table)
    assert (int(said[1]), whole(said[2])) == (len(table), inhabitants)
    assert sum(int(row["population"]) for row in written) == inhabitants


@documented("titles regioplan-coordination --package docs/examples/coordination.toml")
def title_has_the_values_of_its_file(shown: Shown) -> None:
    text = (ROOT / "docs" / "examples" / "coordination.toml").read_text(encoding="utf-8")
    found = {row[1]: row[3] for row in shown[1:]}
    lump = re.search(r"lump\]\]\nfrom = .*\nvalue = ([\d_]+)", text)
    assert lump is not None and float(found["lump"]) == float(lump[1]) == 80_000
    shares = [float(value) for key, value in found.items() if key.startswith("functions.")]
    assert sum(shares) == 1.0


@documented(
    "query runs/coordination 'SELECT year(date) AS year, receiver, sum(cents) / 100 AS eur "
    "FROM ledger\n    WHERE title = '\"'\"'regioplan-coordination'\"'\"' "
    "GROUP BY ALL ORDER BY ALL'"
)
def ledger_pays_the_title(shown: Shown) -> None:
    paid: dict[tuple[int, str], int] = defaultdict(int)
    for row in rows(Path("runs/coordination"), "ledger"):
        if row["title"] == "regioplan-coordination":
            paid[2006 + row["tick"] // 4, row["receiver"]] += row["cents"]
    assert {(int(y), who): float(eur) for y, who, eur in shown[1:]} == {
        key: cents / 100 for key, cents in paid.items()
    }
    assert paid and max(paid.values()) == 80_000_00


@documented("regimes docs/examples/three_years.toml")
def regime_of_a_file_is_shown(shown: Shown) -> None:
    values = {(row[0], row[1], row[2]): float(row[3]) for row in shown if row[1:2] == ["mandate"]}
    assert values["regiomanagement", "mandate", "2021-01-01"] == 0.7
    titles = {row[0] for row in shown[1:]}
    assert {"wsv", "regioplan-coordination"} <= titles and "owz" not in titles


@documented("sweep docs/examples/own_experiment.toml --plan")
def plan_of_an_own_experiment(shown: Shown) -> None:
    said = dict(row for row in shown if len(row) == 2)
    arms, points, replicates = (int(said[key]) for key in ("arms", "points", "replicates"))
    assert (arms, points, replicates, int(said["runs"])) == (2, 16, 2, 32)


@documented("business-case --region unicum")
def forms_cost_what_their_parts_add_up_to(shown: Shown) -> None:
    head, *forms = [row for row in shown if len(row) == 8]
    assert head[0] == "form" and len(forms) == 5
    for row in forms:
        whole_cost, *parts = (float(cell) for cell in row[1:5])
        assert abs(whole_cost - sum(parts)) < 0.06 * len(parts)
    with (ROOT / "sim/place/regions/unicum/municipalities.csv").open(encoding="utf-8") as stream:
        insured = sum(int(row["population"]) for row in csv.DictReader(stream))
    # Each form has the variable cost of all functions, EUR 17 an insured, and fixed cost besides.
    assert all(float(row[5]) * 1e6 > 17 * insured for row in forms)


@documented("report runs/A --lang nl")
def report_shows_means(shown: Shown) -> None:
    page = Path("runs/A/report.html").read_text(encoding="utf-8")
    assert "Theoretische verkenning, geen voorspelling." in page
    trust = mean(list(years(Path("runs/A"), "trust", 2030).values()))
    # Numbers are written without zeros at their end.
    assert f"{trust:.3f}".rstrip("0").rstrip(".").replace(".", ",") in page


@documented("reproduce runs/A")
@documented("reproduce runs/A --sample 5", instead="reproduce runs/A --sample 2", why="A has four")
@documented("reproduce runs/A --out again")
def reproduce_repeats_every_value(shown: Shown) -> None:
    said = re.match(r"identical: (\d) of 4 runs repeated, ([\d,]+) values equal", shown[0][0])
    assert said is not None
    _, *counted = [row for row in shown if len(row) == 4]
    table = {name: [whole(cell) for cell in cells] for name, *cells in counted}
    assert whole(said[2]) == sum(values for _, values, _ in table.values())
    assert all(unlike == 0 for *_, unlike in table.values())
    if said[1] == "4":
        for name, (number, values, _) in table.items():
            there = pq.read_metadata(Path("runs/A") / f"{name}.parquet")
            assert (number, values) == (there.num_rows, there.num_rows * there.num_columns), name


@documented("status runs/A")
def status_counts_files(shown: Shown) -> None:
    said = dict(row for row in shown if len(row) == 2)
    listed = (Path("runs/A") / "checksums.sha256").read_text(encoding="utf-8").splitlines()
    assert int(said["files as written"]) == len(listed)
    assert (said["runs"], said["done"], said["changed"], said["missing"]) == (
        "4",
        "4",
        "none",
        "none",
    )


@documented("columns series")
def columns_are_those_of_the_table(shown: Shown) -> None:
    assert [row[1] for row in shown[1:]] == pq.read_schema("runs/A/series.parquet").names
