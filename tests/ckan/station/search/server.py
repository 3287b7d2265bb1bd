"""The addresses below /solr/ckan that CKAN calls."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .index import Index
from .schema import SearchError

ROOT = "/solr/ckan"


def serve(index: Index, port: int) -> ThreadingHTTPServer:
    """A server for the index, on loopback; the caller runs `serve_forever`."""
    handler = type("IndexHandler", (Handler,), {"index": index})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler, bind_and_activate=False)
    server.request_queue_size = 64
    server.server_bind()
    server.server_activate()
    return server


def update(index: Index, body: bytes, kind: str) -> dict[str, Any]:
    """Adds (JSON) or deletes (XML) documents; a commit has nothing to do, all is seen at once."""
    if "json" in kind:
        for document in json.loads(body):
            index.add(document)
    elif body.strip():
        command = ET.fromstring(body)  # noqa: S314 - only CKAN on this machine speaks to us
        if command.tag == "delete":
            index.remove([node.text or "" for node in command.iter("id")])
            for node in command.iter("query"):
                index.remove_found(node.text or "")
    return {"responseHeader": {"status": 0}}


class Handler(BaseHTTPRequestHandler):
    """Answers as Solr does, errors included."""

    protocol_version = "HTTP/1.1"
    index: Index

    def do_GET(self) -> None:
        """select, schema, ping."""
        self.answer()

    def do_POST(self) -> None:
        """update, and select with many parameters."""
        self.answer()

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind = self.headers.get("Content-Type") or ""
        address = urlsplit(self.path)
        question = parse_qs(address.query)
        if "x-www-form-urlencoded" in kind:
            question |= parse_qs(body.decode("utf-8"))
        try:
            self.route(address.path.rstrip("/").removeprefix(ROOT), question, body, kind)
        except SearchError as error:
            self.reply(400, {"error": {"msg": str(error), "code": 400}})
        except Exception as error:  # a fault of this stand-in: CKAN shall say so
            self.log_error("%r", error)
            self.reply(500, {"error": {"msg": repr(error), "code": 500}})

    def route(self, path: str, question: dict[str, list[str]], body: bytes, kind: str) -> None:
        if path == "/select":
            self.reply(200, self.index.search(question))
        elif path == "/update":
            self.reply(200, update(self.index, body, kind))
        elif path in {"/schema", "/admin/file"}:
            self.send(200, self.index.schema.document, "application/xml; charset=utf-8")
        elif path == "/admin/ping":
            self.reply(200, {"responseHeader": {"status": 0}, "status": "OK"})
        else:
            self.reply(404, {"error": {"msg": f"not found: {path}", "code": 404}})

    def reply(self, status: int, content: dict[str, Any]) -> None:
        self.send(status, json.dumps(content).encode("utf-8"), "application/json; charset=utf-8")

    def send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Only refusals are worth a line."""
        if int(code) >= 400:
            super().log_request(code, size)
