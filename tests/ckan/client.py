"""Talking to the CKAN of the station: actions, pages and graphs."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import requests
from rdflib import Graph

from tests.ckan import log as server_log


class CkanError(Exception):
    """What CKAN refused; `error` is its own word for it."""

    def __init__(self, action: str, status: int, error: Any) -> None:
        super().__init__(f"{action}: {status} {error}")
        self.status, self.error = status, error


@dataclass(frozen=True)
class Ckan:
    """A running catalog and a token, of its administrator unless it says otherwise.

    `folder` is where the station keeps its log; `user` is whose token it is.
    """

    url: str
    token: str = field(repr=False)
    config: str
    folder: Path = Path()
    user: str = "administrator"

    def as_user(self, user: str, token: str) -> Ckan:
        """The same catalog with the token of somebody else; an empty one is nobody's."""
        return replace(self, user=user, token=token)

    def mark(self) -> int:
        """This moment in the server's own log."""
        return server_log.settled(self.folder / "access.log", self.url)

    def log(self, mark: int = 0) -> server_log.Log:
        """What the server was asked since a mark, by anybody; its requests and its writes."""
        self.mark()
        return server_log.read(self.folder / "access.log", mark)

    def send(self, action: str, files: dict[str, tuple[str, bytes]], fields: dict[str, Any]) -> Any:
        """The result of an action with files: multipart, every field but texts as JSON."""
        texts = {
            name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for name, value in fields.items()
        }
        answer = requests.post(
            f"{self.url}/api/3/action/{action}",
            data=texts,
            files=files,
            headers={"Authorization": self.token},
            timeout=120,
        )
        if answer.ok:
            return answer.json()["result"]
        raise CkanError(action, answer.status_code, _told(answer.content))

    def call(self, action: str, **data: Any) -> Any:
        """The result of an action of CKAN's API."""
        request = urllib.request.Request(  # noqa: S310 - always the station's own address
            f"{self.url}/api/3/action/{action}",
            data=json.dumps(data).encode("utf-8"),
            headers={"Content-Type": "application/json", "Authorization": self.token},
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
                return json.load(answer)["result"]
        except urllib.error.HTTPError as refused:
            raise CkanError(action, refused.code, _told(refused.read())) from refused

    def get(self, path: str) -> bytes:
        """The bytes behind a path, as anybody sees them."""
        with urllib.request.urlopen(f"{self.url}{path}", timeout=120) as answer:  # noqa: S310
            return bytes(answer.read())

    def get_as(self, path: str) -> bytes:
        """The bytes behind a path, as the owner of the token sees them."""
        answer = requests.get(
            f"{self.url}{path}", headers={"Authorization": self.token}, timeout=120
        )
        answer.raise_for_status()
        return answer.content

    def graph(self, dataset: str, profiles: str = "") -> Graph:
        """What the catalog says of a dataset in RDF; parsed from bytes, they name no charset."""
        asked = f"?profiles={profiles}" if profiles else ""
        return Graph().parse(data=self.get(f"/dataset/{dataset}.ttl{asked}"), format="turtle")


def _told(body: bytes) -> Any:
    """What CKAN says of an error, or the beginning of what it sent instead."""
    try:
        return json.loads(body)["error"]
    except (ValueError, KeyError, TypeError):
        return body.decode("utf-8", "replace")[:500]
