"""A server on this machine that answers as CBS's open data does: OData 3, JSON, page by page."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

Rows = list[dict[str, Any]]


class Served(NamedTuple):
    """A table: its title, the keys of its columns, its lines, and the names of its places.

    ``raw`` holds answers by part that are sent as they stand.
    """

    title: str
    place: str
    topics: tuple[str, ...]
    lines: Rows
    names: dict[str, str]
    period: str = ""
    raw: dict[str, bytes] = {}

    def parts(self) -> dict[str, Rows]:
        dimensions = [(self.place, "GeoDetail")] if self.place else []
        dimensions += [(self.period, "TimeDimension")] if self.period else []
        found: dict[str, Rows] = {
            "TableInfos": [{"ID": 0, "Title": self.title, "Period": ""}],
            "DataProperties": [
                *({"ID": k, "Type": kind, "Key": key} for k, (key, kind) in enumerate(dimensions)),
                {"ID": 98, "Type": "TopicGroup", "Key": ""},
                *({"ID": 99, "Type": "Topic", "Key": key} for key in self.topics),
            ],
            "CategoryGroups": [],
            self.place: [
                {"Key": key.ljust(10), "Title": title} for key, title in self.names.items()
            ],
            "TypedDataSet": self.lines,
            "UntypedDataSet": [
                {key: "       ." if value is None else str(value) for key, value in line.items()}
                for line in self.lines
            ],
        }
        if self.period:
            found[self.period] = []
        return found


def _kept(line: dict[str, Any], said: str) -> bool:
    """Return whether a line passes a filter: begins with one of some texts, and equals others."""
    starts = re.findall(r"startswith\((\w+),'([^']*)'\)", said)
    equal = re.findall(r"(\w+) eq '([^']*)'", said)
    return (not starts or any(str(line[key]).startswith(text) for key, text in starts)) and all(
        str(line[key]).strip() == text for key, text in equal
    )


@contextmanager
def open_data(tables: dict[str, Served], page: int = 10_000) -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a server of tables, and what it was asked for.

    A table that is a text is answered with that text; a number of lines a page follow each other.
    """
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            where = urlsplit(self.path)
            said = {key: values[0] for key, values in parse_qs(where.query).items()}
            found = re.fullmatch(r"/ODataFeed/odata/(\w+)/(\w*)", where.path)
            table = tables.get(found[1]) if found else None
            if found is None or table is None:
                self._send(404, '{"odata.error": {"message": {"value": "Resource not found"}}}')
            elif isinstance(table, str):
                status, _, text = table.partition(" ")
                self._send(int(status), text)
            elif found[2] in table.raw:
                self._send(200, table.raw[found[2]])
            elif not found[2]:
                base = f"http://{self.headers['Host']}{where.path}"
                value = [{"name": name, "url": base + name} for name in table.parts()]
                self._send(200, json.dumps({"value": value}))
            else:
                self._rows(table.parts()[found[2]], said, where.path)

        def _rows(self, rows: Rows, said: dict[str, str], path: str) -> None:
            kept = [row for row in rows if "$filter" not in said or _kept(row, said["$filter"])]
            keys = said["$select"].split(",") if "$select" in said else None
            start = int(said.get("$skip", 0))
            some = kept[start : start + page]
            value = [row if keys is None else {key: row[key] for key in keys} for row in some]
            answer: dict[str, Any] = {"odata.metadata": "", "value": value}
            if start + page < len(kept):
                more = "&".join(f"{key}={text}" for key, text in said.items() if key != "$skip")
                host = self.headers["Host"]
                answer["odata.nextLink"] = f"http://{host}{path}?{more}&$skip={start + page}"
            self._send(200, json.dumps(answer))

        def _send(self, status: int, text: str | bytes) -> None:
            body = text if isinstance(text, bytes) else text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json;charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", asked
        finally:
            server.shutdown()
            thread.join()
