"""Talking to the CKAN of the station: actions, pages and graphs."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from rdflib import Graph


class CkanError(Exception):
    """What CKAN refused; `error` is its own word for it."""

    def __init__(self, action: str, status: int, error: Any) -> None:
        super().__init__(f"{action}: {status} {error}")
        self.status, self.error = status, error


@dataclass(frozen=True)
class Ckan:
    """A running catalog and a token of its administrator."""

    url: str
    token: str = field(repr=False)
    config: str

    def call(self, action: str, **data: Any) -> Any:
        """The result of an action of CKAN's API, as the administrator."""
        request = urllib.request.Request(  # noqa: S310 - always the station's own address
            f"{self.url}/api/3/action/{action}",
            data=json.dumps(data).encode("utf-8"),
            headers={"Content-Type": "application/json", "Authorization": self.token},
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
                return json.load(answer)["result"]
        except urllib.error.HTTPError as refused:
            body = refused.read()
            try:
                told = json.loads(body)["error"]
            except (ValueError, KeyError, TypeError):
                told = body.decode("utf-8", "replace")[:500]
            raise CkanError(action, refused.code, told) from refused

    def get(self, path: str) -> bytes:
        """The bytes behind a path, as anybody sees them."""
        with urllib.request.urlopen(f"{self.url}{path}", timeout=120) as answer:  # noqa: S310
            return bytes(answer.read())

    def graph(self, dataset: str, profiles: str = "") -> Graph:
        """What the catalog says of a dataset in RDF; parsed from bytes, they name no charset."""
        asked = f"?profiles={profiles}" if profiles else ""
        return Graph().parse(data=self.get(f"/dataset/{dataset}.ttl{asked}"), format="turtle")
