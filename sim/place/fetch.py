"""A table of CBS's open data, fetched by cbsodata and kept as a file that can be imported again."""

from __future__ import annotations

import csv
import os
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sim.errors import BadInput, nearest
from sim.place.headers import COLUMNS, find_columns, form_of
from sim.place.vintages import tables

CATALOG = "https://opendata.cbs.nl"
TIMEOUT = 60.0
"""Seconds that CBS may be silent."""
NAME, PERIOD = "Naam", "Perioden"
"""Columns that are added: the name of each area, and the year where the table has no periods."""

NOT_FOUND = 404
NO_TABLE = "answers with something that is no table"

_PLACES = ("GeoDimension", "GeoDetail")
_SOME = {"old": ("old", "old_65_80"), "area": ("area_ha", "area_km2")}
_TABLE = re.compile(r"[0-9]{5}[A-Za-z]{3}", re.ASCII)


class NotFetched(Exception):
    """CBS cannot be reached, or answers with something that is no table: no fault of the user."""


class Fetched(NamedTuple):
    """What was fetched: its table, title, year and lines."""

    table: str
    title: str
    year: int
    lines: int


def table_of(year: int) -> str:
    """Return the table with key figures of municipalities and districts of a year.

    Raises:
        BadInput: none is known for it.
    """
    known = tables()
    if year not in known:
        problem = f"no table is known for {year}"
        allowed = f"{min(known)} to {max(known)}, or --table with the number of another one"
        raise BadInput("--year", problem, allowed=allowed)
    return known[year]


def fetch(table: str, keep: Path, *, year: int | None = None, catalog: str = CATALOG) -> Fetched:
    """Fetch the columns that a region needs of municipalities and districts, and keep them.

    Args:
        table: the number of a table, such as 85984NED.
        keep: a file that does not exist yet: CSV with CBS's own names of columns.
        year: of the figures: which to take where the table has several, else what it must say.
        catalog: where CBS's open data is.

    Raises:
        BadInput: the table is unknown or has not what a region needs, or the file exists.
        NotFetched: CBS cannot be reached, or its answer cannot be read.
    """
    if keep.exists():
        problem = "exists: regiosim geography import reads it without a network"
        raise BadInput(str(keep), problem, allowed="a new file")
    if not _TABLE.fullmatch(table):
        raise BadInput("--table", f"{table!r} is no number of a table", allowed="such as 85984NED")
    source = _Source(catalog, table)
    properties = source.rows("DataProperties")
    place, period = _dimensions(table, properties)
    chosen = _columns(table, properties, place, period)
    info = source.rows("TableInfos")
    title = str(info[0].get("Title", "")).strip() if info else ""
    taken = _year(title, info, period, year)
    filters = [f"(startswith({place},'GM') or startswith({place},'WK'))"]
    if period is not None:
        filters.append(f"{period} eq '{taken}JJ00'")
    data = source.data(chosen, " and ".join(filters))
    # Releases differ in which of the two they fetch when asked for neither.
    rows = data.get("TypedDataSet") or data.get("UntypedDataSet") or []
    names = {
        str(one.get("Key")).strip(): str(one.get("Title")).strip() for one in data.get(place, [])
    }
    if not rows:
        problem = f"has no lines of municipalities or districts of {taken}"
        raise BadInput(f"table {table}", problem, allowed="another --year or --table")
    _write(keep, chosen, rows, place, period, names, taken)
    return Fetched(table, title, taken, len(rows))


class _Source:
    """Open data of CBS at one address, as cbsodata reads it; what goes wrong is one message."""

    def __init__(self, catalog: str, table: str) -> None:
        where = urlsplit(catalog if "://" in catalog else f"https://{catalog}")
        if where.scheme not in ("http", "https") or not where.netloc:
            problem = f"{catalog!r} is no address"
            raise BadInput("--catalog", problem, allowed=f"such as {CATALOG}")
        self.table, self.host = table, where.netloc
        self.base, self.secure = f"{where.netloc}{where.path.rstrip('/')}", where.scheme == "https"

    def rows(self, part: str) -> list[dict[str, Any]]:
        """Return the rows of a part of the table that says something of it."""
        found: list[dict[str, Any]] = self._ask(
            lambda library, more: library.get_meta(self.table, part, self.base, **more)
        )
        return found

    def data(self, select: list[str], filters: str) -> dict[str, list[dict[str, Any]]]:
        """Return lines of the table, and all that says something of it, by part."""
        found: dict[str, list[dict[str, Any]]] = self._ask(
            lambda library, more: library.download_data(
                self.table, select=select, filters=filters, catalog_url=self.base, **more
            )
        )  # fmt: skip
        return found

    def _ask(self, call: Callable[[Any, dict[str, Any]], Any]) -> Any:
        try:
            import cbsodata
            import requests
        except ImportError:
            raise BadInput(
                "geography fetch", "cbsodata is not installed",
                allowed="the extra: pip install 'regiosim[cbs]'",
            ) from None  # fmt: skip
        address = f"http{'s' if self.secure else ''}://{self.base}"
        more = {"timeout": TIMEOUT, "proxies": requests.utils.get_environ_proxies(address)}
        before = cbsodata.options.use_https
        cbsodata.options.use_https = self.secure
        try:
            return _sound(call(cbsodata, more))
        except requests.exceptions.HTTPError as error:
            answer = getattr(error.__cause__ or error, "response", None)
            if getattr(answer, "status_code", None) == NOT_FOUND:
                problem = f"{self.host} has no table {self.table}"
                near = nearest(self.table, _known())
                raise BadInput("--table", problem, nearest=near) from None
            raise NotFetched(f"{self.host} refused table {self.table}: {error}") from None
        except requests.exceptions.JSONDecodeError as error:
            raise NotFetched(f"{self.host} {NO_TABLE} ({error})") from None
        except requests.exceptions.RequestException as error:
            raise NotFetched(f"{self.host} cannot be reached ({_reason(error)})") from None
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise NotFetched(f"{self.host} {NO_TABLE} ({error!r:.100})") from None
        finally:
            cbsodata.options.use_https = before


def _sound(found: Any) -> Any:
    """Return an answer that is rows, or rows by part; raise ``ValueError`` for another one."""
    parts = found.values() if isinstance(found, dict) else [found]
    if not all(isinstance(part, list) and all(isinstance(r, dict) for r in part) for part in parts):
        raise ValueError("no rows")
    return found


def _known() -> list[str]:
    return list(tables().values())


def _reason(error: Exception) -> str:
    """Return in a few words why a connection failed: the innermost reason that is given."""
    inner: BaseException = error
    while (deeper := getattr(inner, "reason", None) or inner.__context__) is not None:
        if not isinstance(deeper, BaseException):
            break
        inner = deeper
    said = getattr(inner, "strerror", None) or str(inner) or type(error).__name__
    return str(said)[:120]


def _dimensions(table: str, properties: Sequence[Mapping[str, Any]]) -> tuple[str, str | None]:
    """Return the keys of the dimensions of places and, if there is one, of years."""
    place = next((str(one.get("Key")) for one in properties if one.get("Type") in _PLACES), None)
    period = next(
        (str(one.get("Key")) for one in properties if one.get("Type") == "TimeDimension"), None
    )
    if place is None:
        problem = "has no dimension of regions: it is another table"
        allowed = f"key figures of municipalities, such as {_known()[-1]}"
        raise BadInput(f"table {table}", problem, allowed=allowed)
    return place, period


def _columns(
    table: str, properties: Sequence[Mapping[str, Any]], place: str, period: str | None
) -> list[str]:
    """Return the keys of the columns that a region needs or can use.

    Raises:
        BadInput: those that it needs are missing, all in one message.
    """
    keys = [one.get("Key") for one in properties if one.get("Type") == "Topic"]
    topics = [str(key) for key in keys if key]
    header = [place, *topics]
    found = find_columns(header)
    by_field = {column.field: column for column in COLUMNS}
    missing = [
        by_field[some[0]].text for some in (("population",), *_SOME.values())
        if not any(field in found for field in some)
    ]  # fmt: skip
    if "old" not in found and "old_65_80" in found and "old_80" not in found:
        missing.append(by_field["old_80"].text)
    if missing:
        like = form_of(header)
        known = f"{like[0].name}; " if like else ""
        problem = f"has no column that holds {' and none that holds '.join(missing)}"
        raise BadInput(f"table {table}", problem, allowed=f"{known}tables {', '.join(_known())}")
    own = {header[at] for at in found.values()}
    return [
        key for key in (place, period, *topics) if key and (key in own or key in (place, period))
    ]


def _year(
    title: str, info: Sequence[Mapping[str, Any]], period: str | None, asked: int | None
) -> int:
    """Return the year of the figures: what is asked for, checked against what the table says."""
    if period is not None:
        if asked is None:
            raise BadInput("--year", "is missing: the table has several years", allowed="a year")
        return asked
    text = f"{title} {info[0].get('Period', '') if info else ''}"
    said = [int(one) for one in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text)]
    if asked is None and not said:
        raise BadInput("--year", "is missing: the table does not say its year", allowed="a year")
    if asked is not None and said and asked not in said:
        problem = f"{asked} is not the year of {title!r}"
        raise BadInput("--year", problem, allowed=f"{said[0]}, or another --table")
    return asked if asked is not None else said[0]


def _write(
    keep: Path, keys: Sequence[str], rows: Sequence[Mapping[str, Any]], place: str,
    period: str | None, names: Mapping[str, str], year: int,
) -> None:  # fmt: skip
    """Write the rows as CSV; the file appears whole or not at all."""
    keep.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(prefix=f".{keep.name}-", dir=keep.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([*keys, NAME, *([] if period else [PERIOD])])
            for row in rows:
                code = str(row.get(place)).strip()
                cells = [_cell(row.get(key)) for key in keys]
                end = [] if period else [f"{year}JJ00"]
                writer.writerow([*cells, names.get(code, code), *end])
        os.chmod(aside, 0o644)
        os.replace(aside, keep)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(aside)
        raise


def _cell(value: Any) -> str:
    return "." if value is None else str(value).strip()
