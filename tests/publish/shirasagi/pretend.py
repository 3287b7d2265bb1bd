"""A pretend SHIRASAGI: the importer's rules behind the GET API, in this process.

It answers as `opendata/api` of the software does; `fetch` is what the readers are given, and a
`Served` catalog answers the same over HTTP on a free port.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pipelines.opendata_rows import read_list
from pipelines.publish.shirasagi.rules import (
    CURRENT,
    Importer,
    Outcome,
    State,
    StoredDataset,
    run_import,
)

ADDRESS = "https://shirasagi.example/"
Render = Callable[["Pretend", StoredDataset], Any]


class Pretend:
    """A catalog that imports our list; others' datasets stand in `others` (API form)."""

    def __init__(self, importer: Importer = CURRENT) -> None:
        self.importer = importer
        self.state = State()
        self.others: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.render: Render = shirasagi

    def imports(self, data: bytes | None) -> Outcome:
        """Fetches the list (None: our address did not answer)."""
        rows = None if data is None else read_list(data)
        outcome = run_import(self.state, rows, self.importer)
        self.state = outcome.state
        return outcome

    def packages(self) -> dict[str, Any]:
        """Name → what `package_show` answers."""
        ours = {
            f"uuid-{one.number}": self.render(self, one) for one in self.state.datasets.values()
        }
        return {**{one["uuid"]: one for one in self.others}, **ours}

    def fetch(self, url: str) -> tuple[int, bytes]:
        """The answer of the API."""
        self.asked.append(url)
        parts = urlsplit(url)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        result = self._result(parts.path.rsplit("/", 1)[-1], query)
        answer: dict[str, Any] = {"help": "[api]", "success": result is not None}
        answer |= {"result": result} if result is not None else {"error": {"message": "Not found"}}
        return 200, json.dumps(answer, ensure_ascii=False).encode()

    def _result(self, action: str, query: dict[str, str]) -> Any:
        if action == "package_show":
            return self.packages().get(query["id"])
        assert action == "package_list"
        start = int(query["offset"])
        return list(self.packages())[start : start + int(query["limit"])]


def shirasagi(catalog: Pretend, one: StoredDataset) -> Any:
    """As converter.rb writes a package."""
    files = [
        {
            "id": None,
            "uuid": f"file-{file.number}",
            "name": file.title,
            "filename": file.address.rsplit("/", 1)[-1],
            "license": {"id": 1, "name": "表示（CC BY）", "uid": "cc-by"},
            "updated": f"{file.updated}T00:00:00.000+09:00",
            "download_url": f"{ADDRESS}dataset/{one.number}/resource/{file.number}/source-url",
            "url": file.address,
            "format": "CSV",
        }
        for file in one.files.values()
    ]
    return {
        "type": "dataset",
        "id": one.number,
        "uuid": f"uuid-{one.number}",
        "name": one.title,
        "filename": f"dataset/{one.number}.html",
        "url": f"{ADDRESS}dataset/{one.number}.html",
        "text": one.cells.get("データセット_概要"),
        "tags": [],
        "updated": f"{one.updated}T00:00:00.000+09:00",
        "resources": files,
    }


def without_source(catalog: Pretend, one: StoredDataset) -> Any:
    """An edition whose files do not show the address that they were imported from."""
    shown = shirasagi(catalog, one)
    for file in shown["resources"]:
        file["url"] = file["download_url"]
    return shown


def ckan(catalog: Pretend, one: StoredDataset) -> Any:
    """CKAN's own form."""
    shown = shirasagi(catalog, one)
    head = {"id": shown["uuid"], "name": f"d{one.number}", "title": one.title}
    return {**head, "metadata_modified": one.updated, "resources": shown["resources"]}


def kagawa(catalog: Pretend, one: StoredDataset) -> Any:
    """No uuid; `title` beside `filename`."""
    shown = shirasagi(catalog, one)
    return {**shown, "uuid": None, "title": one.title, "name": f"d{one.number}"}


def mikawa(catalog: Pretend, one: StoredDataset) -> Any:
    """A list of one."""
    return [shirasagi(catalog, one)]


@contextmanager
def served(catalog: Pretend) -> Iterator[str]:
    """The catalog on a free port of this machine: its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/moved/"):
                self.send_response(302)
                self.send_header("Location", "http://127.0.0.1:1/")
                self.end_headers()
                return
            status, data = catalog.fetch(self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
