"""A bargained fee is paid once: what files may say of titles that share it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import BadInput
from sim.policy.load import load_regime, regime_names
from sim.policy.regime import Regime

CHAINS = "ondersteuning-ketenzorg"
HEAD = 'name = "mine"\nbase = "historic-nl"\ntext = "t"\nsource = "assumed"\n'


def share(title: str, value: float, since: int = 2018, key: str = "negotiated") -> str:
    """A dated share of a title in a file."""
    return (
        f"[[title.{title}.{key}]]\nfrom = {since}-01-01\nvalue = {value}\n"
        'unit = "share"\nsource = "assumed"\nrange = [0.0, 1.0]\n'
    )


def regime(folder: Path, text: str) -> Regime:
    path = folder / "mine.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    return load_regime(str(path))


@pytest.mark.parametrize("name", regime_names())
def test_what_comes_along_pays_it_once(name: str) -> None:
    assert load_regime(name).names()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        # .25 + .40 + .35 are the whole: one more title for all of it, and .20 more of one.
        ('add = ["menzis-regio"]\n', "pay 2 of the bargained fee from 2018-01-01"),
        (share("regiomanagement", 0.45), "pay 1.2 of the bargained fee from 2018-01-01"),
        (share("regiomanagement", 0.45, 2024), "pay 1.2 of the bargained fee from 2024-01-01"),
    ],
)
def test_more_than_the_whole_is_refused(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="together at most 1") as caught:
        regime(tmp_path, text)
    assert says in str(caught.value) and "regiomanagement" in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "mine.toml"))


@pytest.mark.parametrize(
    "text",
    [
        share("regiomanagement", 0.0),
        share("regiomanagement", 0.65) + share("wijkmanagement", 0.0),
        # As far as in force: half of .70 is .35.
        share(CHAINS, 0.7) + share(CHAINS, 0.5, key="in_force"),
        # One ends before the other begins.
        'add = ["menzis-regio"]\n'
        + "".join(
            f"[title.{name}]\nuntil = 2022-01-01\n"
            for name in ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")
        )
        + "[title.menzis-regio]\nfrom = 2022-01-01\n",
        # Of different insurers.
        'add = ["menzis-regio"]\n[title.menzis-regio]\ninsurers = ["Menzis"]\n'
        + "".join(
            f'[title.{name}]\ninsurers = ["Achmea", "CZ"]\n'
            for name in ("regiomanagement", "wijkmanagement", "ondersteuning-ketenzorg")
        ),
    ],
)  # fmt: skip
def test_the_whole_or_less_is_taken(text: str, tmp_path: Path) -> None:
    assert regime(tmp_path, text).titles


def test_a_package_is_held_to_it_and_a_setting_may_try_more(tmp_path: Path) -> None:
    path = tmp_path / "more.toml"
    head = '[package]\nname = "more"\ntext = "t"\nsource = "assumed"\n'
    path.write_text(head + share("wijkmanagement", 0.5), encoding="utf-8")
    with pytest.raises(BadInput, match=r"titles pay 1\.1 of the bargained fee"):
        load_regime("historic-nl", packages=[path])
    tried = load_regime("historic-nl", settings=["title.wijkmanagement.negotiated=0.5"])
    by_name = {title.name: title for title in tried.titles}
    assert by_name["wijkmanagement"].series("negotiated")[-1].value == 0.5
