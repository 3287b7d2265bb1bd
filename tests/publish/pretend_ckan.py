"""A CKAN in memory, by the rules measured on CKAN 2.12 without ckanext-scheming.

The rules stand in tests/ckan/README.md, section Publishing; tests/ckan/test_pretend.py plays the
same calls here and on the real one. Who calls is an editor of the organizations.
"""

from __future__ import annotations

import copy
import re
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pyoxigraph as ox

from pipelines.publish.ckan.client import Fetched, Upload
from pipelines.publish.ckan.errors import Moved, NotThere, Refused, Uncertain, Unreachable
from tests.publish.ckan.pretend_store import PretendStore

Dict = dict[str, Any]
Fault = Callable[[str], str]

_TEXTS = (
    *("title", "author", "author_email", "maintainer", "maintainer_email"),
    *("license_id", "notes", "url", "version"),
)
_KNOWN = {*_TEXTS, "id", "name", "state", "type", "owner_org", "private"}
_KNOWN |= {"extras", "tags", "resources", "groups"}
_RESOURCE = {
    "cache_last_updated": None,
    "cache_url": None,
    "datastore_active": False,
    "description": "",
    "format": "",
    "hash": "",
    "last_modified": None,
    "mimetype": None,
    "mimetype_inner": None,
    "name": None,
    "resource_type": None,
    "size": None,
    "state": "active",
    "url": "",
    "url_type": None,
}
DCAT, DCT = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
SPDX = "http://spdx.org/rdf/terms#"


class Killed(BaseException):
    """The process is gone: nothing of ours runs any more."""


class PretendCkan:
    """What `client.Ckan` does, with a state. `writes` are the requests that wrote.

    `fault` is asked before each write. It may return `before` or `after` (the outcome is open, with
    nothing or all of it done), `refused`, `down-before` or `down-after` (from now on nothing
    answers, until `up`), `kill-before` or `kill-after` (our process ends there).
    """

    def __init__(self, url: str = "https://ckan.example.jp") -> None:
        self.url = url
        self.site = url
        self.extensions = ["datastore", "dcat"]
        self.version = "2.12.0"
        self.organizations = {"024465": "organization-1"}
        self.datasets: dict[str, Dict] = {}
        self.files: dict[str, bytes] = {}
        self.store = PretendStore()
        self.writes: list[tuple[str, Dict]] = []
        self.fetched: list[str] = []
        self.fault: Fault = lambda action: ""
        self.down = False
        self.graph: Callable[[bytes], bytes] = lambda data: data
        self._told: set[str] = set()
        self._moment = datetime(2026, 4, 1)
        self._lock = threading.RLock()

    # what the client can do

    def __enter__(self) -> PretendCkan:
        return self

    def __exit__(self, *_: object) -> None:
        """There is nothing to let go of."""

    def read(self, action: str, /, **data: Any) -> Any:
        with self._lock:
            if self.down:
                raise Unreachable(self.url, action)
            if action.startswith("datastore_"):
                return copy.deepcopy(self.store.read(action, **data))
            return copy.deepcopy(getattr(self, f"_{action}")(**data))

    def write(self, action: str, /, **data: Any) -> Any:
        return self._write(action, data, {})

    def send(self, action: str, fields: Mapping[str, Any], files: Mapping[str, Upload]) -> Any:
        return self._write(action, dict(fields), files)

    def fetch(self, url_or_path: str) -> Fetched:
        with self._lock:
            if self.down:
                raise Unreachable(self.url, url_or_path)
            self.fetched.append(url_or_path)
            path = url_or_path.removeprefix(self.url)
            if path.endswith(".ttl"):
                id_ = path.removeprefix("/dataset/").removesuffix(".ttl")
                return Fetched(
                    200, self.graph(turtle(self._package_show(id_))), "text/turtle", path
                )
            found = re.fullmatch(r"/dataset/([^/]+)/resource/([^/]+)/download/([^/]+)", path)
            one = self._resource(found[2]) if found else None
            if found is None or one is None or found[2] not in self.files:
                raise NotThere(self.url, path, "", 404)
            return Fetched(200, self.files[found[2]], "text/csv", path)

    def _package_create_default_resource_views(
        self, *, files: Mapping[str, Upload], package: Dict, create_datastore_views: bool = False
    ) -> list[Any]:
        """Views are in no dict; this catalog has none by default."""
        return []

    # what people do on the portal

    def edit(self, name: str, **fields: Any) -> None:
        """Somebody changes fields of a dataset, or with `resources` all of them."""
        with self._lock:
            one = self._at(name)
            self._update(one, {**copy.deepcopy(one), **copy.deepcopy(fields)}, {})

    def edit_resource(self, id_: str, data: bytes | None = None, **fields: Any) -> None:
        """Somebody changes a resource, or uploads another file."""
        with self._lock:
            one = next(
                x for x in self.datasets.values() if any(r["id"] == id_ for r in x["resources"])
            )
            made = copy.deepcopy(one)
            place = next(n for n, r in enumerate(made["resources"]) if r["id"] == id_)
            made["resources"][place].update(fields)
            name = made["resources"][place]["url"].rpartition("/")[2]
            files = {place: Upload(name, data)} if data is not None else {}
            self._update(one, made, files)

    def drop_resource(self, id_: str) -> None:
        """Somebody deletes a resource; its table goes with it."""
        with self._lock:
            one = next(
                x for x in self.datasets.values() if any(r["id"] == id_ for r in x["resources"])
            )
            left = [r for r in one["resources"] if r["id"] != id_]
            self._update(one, {**copy.deepcopy(one), "resources": copy.deepcopy(left)}, {})
            self.store.tables.pop(id_, None)

    def shown(self, name: str) -> Dict:
        """A dataset as it stands there; {} for none."""
        try:
            return copy.deepcopy(self._package_show(name))
        except NotThere:
            return {}

    # writing

    def _write(self, action: str, data: Dict, files: Mapping[str, Upload]) -> Any:
        with self._lock:
            if self.down:
                raise Unreachable(self.url, action)
            fault = self.fault(action)
            if fault == "kill-before":
                raise Killed(action)
            if fault in ("before", "down-before"):
                self.down = fault == "down-before"
                raise Uncertain(self.url, action)
            if fault == "refused":
                raise Refused(self.url, action, "told to", 409)
            saved = copy.deepcopy((self.datasets, self.files, self.store.tables))
            try:
                told = self._done(action, copy.deepcopy(data), files)
            except Exception:
                self.datasets, self.files, self.store.tables = saved
                raise
            self.writes.append((action, copy.deepcopy(data)))
            if fault == "kill-after":
                raise Killed(action)
            if fault in ("after", "down-after"):
                self.down = fault == "down-after"
                raise Uncertain(self.url, action)
            return copy.deepcopy(told)

    def _done(self, action: str, data: Dict, files: Mapping[str, Upload]) -> Any:
        if action.startswith("datastore_"):
            return self._table(action, data)
        return getattr(self, f"_{action}")(files=files, **data)

    def _table(self, action: str, data: Dict) -> None:
        """Making and dropping a table move the dates of dataset and resource; nothing else does."""
        id_ = data["resource_id"]
        resource = self._resource(id_)
        if resource is None:
            raise NotThere(self.url, action, "", 404)
        there = id_ in self.store.tables
        self.store.write(action, **data)
        if there != (id_ in self.store.tables):
            now = self._now()
            self._told.add(id_)
            resource |= {"datastore_active": not there, "metadata_modified": now}
            self.datasets[resource["package_id"]]["metadata_modified"] = now

    def _package_create(self, *, files: Mapping[str, Upload], **data: Any) -> Dict:
        if "id" in data:
            raise Refused(self.url, "package_create", "id", 409, {"id": ["no"]})
        name = str(data.get("name", ""))
        self._check_name(name, "")
        for other in self.datasets.values():
            if other["name"] == name:  # a deleted one: it makes room
                other["name"] = other["id"]
        now = self._now()
        one: Dict = {
            **dict.fromkeys(_TEXTS),
            "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{name} {now}")),
            "name": name,
            "state": "active",
            "type": "dataset",
            "private": False,
            "extras": [],
            "tags": [],
            "groups": [],
            "resources": [],
            "metadata_created": now,
            "metadata_modified": now,
        }
        data.pop("state", None)  # only an administrator may begin with a draft
        self.datasets[one["id"]] = one
        self._update(one, {**copy.deepcopy(one), **data}, {})
        return self._show(one)

    def _package_revise(
        self,
        *,
        files: Mapping[str, Upload],
        match: Mapping[str, Any],
        filter: list[str] | None = None,
        update: Mapping[str, Any] | None = None,
    ) -> Dict:
        one = self._at(str(match.get("id") or match.get("name")))
        made = self._show(one)
        wrong = [key for key, value in match.items() if made.get(key) != value]
        if wrong:
            raise Moved(self.url, "package_revise", wrong, 409)
        for pattern in filter or ():
            _filtered(made, pattern)
        _merged(made, update or {})
        if made.get("id", one["id"]) != one["id"] or not (made.get("id") or made.get("name")):
            raise Refused(self.url, "package_revise", "id", 409)
        uploads: dict[int, Upload] = {}
        for key, upload in files.items():
            found = re.fullmatch(r"update__resources__(\d+)__upload", key)
            if not found or int(found[1]) >= len(made.get("resources", ())):
                raise Refused(self.url, "package_revise", "Unmatched key", 409, {key: ["no"]})
            uploads[int(found[1])] = upload
        self._update(one, made, uploads)
        return {"package": self._show(one)}

    def _package_delete(self, *, files: Mapping[str, Upload], id: str) -> None:
        self._at(id)["state"] = "deleted"  # no date moves

    def _update(self, one: Dict, made: Dict, uploads: Mapping[int, Upload]) -> None:
        """`package_update`: what changes nothing moves no date."""
        self._check_name(str(made.get("name", one["name"])), one["id"])
        self._check_fields(made)
        before = copy.deepcopy(one)
        now = self._now()
        for key in _TEXTS:
            value = made.get(key)
            one[key] = value.strip() if key == "title" and value else value
        one["title"] = one["title"] or one["name"]
        for key in ("name", "owner_org", "private", "state"):
            one[key] = made.get(key, one.get(key))
        one["extras"] = sorted(
            ({"key": x["key"], "value": x["value"]} for x in made.get("extras") or ()),
            key=lambda x: str(x["key"]),
        )
        names = sorted({str(tag["name"]) for tag in made.get("tags") or ()})
        one["tags"] = [{"name": tag, "display_name": tag, "state": "active"} for tag in names]
        old = {r["id"]: r for r in before["resources"]}
        one["resources"] = [
            self._put(one["id"], n, given, old, uploads.get(n), now)
            for n, given in enumerate(made.get("resources") or ())
        ]
        if len({r["id"] for r in one["resources"]}) < len(one["resources"]):
            raise Uncertain(self.url, "package_update", "the same id twice", 500)
        if one != before:
            one["metadata_modified"] = now

    def _put(
        self,
        package: str,
        place: int,
        given: Dict,
        old: Mapping[str, Dict],
        upload: Upload | None,
        now: str,
    ) -> Dict:
        id_ = str(given.get("id") or uuid.uuid4())
        if self._resource(id_, but=package) is not None:
            raise Refused(self.url, "package_update", "id", 409, {"id": ["taken"]})
        before = old.get(id_)
        made: Dict = {**_RESOURCE, **{k: v for k, v in given.items() if v is not None}}
        made.pop("upload", None)
        created = before["created"] if before else now
        made |= {"id": id_, "package_id": package, "position": place}
        made["created"] = given.get("created") or created
        if upload is not None:
            self.files[id_] = upload.data
            made |= {"url": munged(upload.name), "url_type": "upload", "last_modified": now}
            made |= {"size": len(upload.data)}
            made["mimetype"] = made["mimetype"] or "text/csv"
        if made["url_type"] == "upload":
            name = str(made["url"]).rpartition("/")[2] or "___"
            made["url"] = f"{self.site}/dataset/{package}/resource/{id_}/download/{name}"
        # `datastore_active` is shown of every resource, and stored when it first comes back
        told = "datastore_active" in given and id_ not in self._told
        self._told |= {id_} if told else set()
        same = before is not None and not told and _but(before) == _but(made) and upload is None
        made["metadata_modified"] = before["metadata_modified"] if before and same else now
        return made

    def _check_name(self, name: str, mine: str) -> None:
        if not re.fullmatch(r"[a-z0-9_-]{2,100}", name):
            raise Refused(self.url, "package_update", "name", 409, {"name": ["no name"]})
        for other in self.datasets.values():
            taken = other["name"] == name and other["id"] != mine
            if taken and (mine or other["state"] != "deleted"):
                words = ["That URL is already in use."]
                raise Refused(self.url, "package_update", "name", 409, {"name": words})

    def _check_fields(self, made: Dict) -> None:
        keys = [str(x["key"]) for x in made.get("extras") or ()]
        if len(set(keys)) < len(keys):
            raise Refused(self.url, "package_update", "extras", 409, {"extras": ["twice"]})
        if made.get("owner_org") not in self.organizations.values():
            raise Refused(self.url, "package_update", "owner_org", 409, {"owner_org": ["none"]})
        for resource in made.get("resources") or ():
            size = str(resource.get("size") or "0")
            if not size.isdigit():
                raise Refused(self.url, "package_update", "size", 409, {"resources": ["size"]})

    # reading

    def _at(self, name: str) -> Dict:
        for one in self.datasets.values():
            if name in (one["id"], one["name"]):
                return one
        raise NotThere(self.url, "package_show", "", 404)

    def _resource(self, id_: str, but: str = "") -> Dict | None:
        for one in self.datasets.values():
            for resource in one["resources"]:
                if resource["id"] == id_ and one["id"] != but:
                    return resource
        return None

    def _show(self, one: Dict) -> Dict:
        made = copy.deepcopy(one)
        made |= {"num_resources": len(one["resources"]), "num_tags": len(one["tags"])}
        made |= {"isopen": True, "license_title": "x", "organization": {"id": one["owner_org"]}}
        return made

    def _package_show(self, id: str) -> Dict:
        return self._show(self._at(id))

    def _package_search(
        self, fq: str, include_private: bool, include_drafts: bool, start: int, rows: int, sort: str
    ) -> Dict:
        found = re.fullmatch(r'owner_org:"(.*)"', fq)
        assert found and include_private and include_drafts and sort == "name asc"
        hits = [x for x in self.datasets.values() if x["owner_org"] == found[1]]
        hits = sorted((x for x in hits if x["state"] != "deleted"), key=lambda x: str(x["name"]))
        some = [self._show(one) for one in hits[start : start + min(rows, 1000)]]
        return {"count": len(hits), "results": some}

    def _organization_show(self, id: str, include_datasets: bool) -> Dict:
        if id not in self.organizations:
            raise NotThere(self.url, "organization_show", "", 404)
        return {"id": self.organizations[id], "name": id}

    def _organization_list_for_user(self, permission: str) -> list[Dict]:
        return [{"id": id_, "name": name} for name, id_ in self.organizations.items()]

    def _status_show(self) -> Dict:
        told = {"site_url": self.site, "extensions": self.extensions}
        return {**told, "ckan_version": self.version}

    def _now(self) -> str:
        self._moment += timedelta(seconds=1)
        return self._moment.isoformat(timespec="microseconds")


def munged(name: str) -> str:
    """The name that CKAN gives an uploaded file."""
    plain = name.rpartition("/")[2].lower().replace(" ", "-")
    return re.sub(r"[^a-z0-9._-]", "", plain)[-100:]


def _but(resource: Mapping[str, Any]) -> Dict:
    return {k: v for k, v in resource.items() if k not in ("metadata_modified", "position")}


def _filtered(made: Dict, pattern: str) -> None:
    assert pattern.startswith("-"), "only removing is known here"
    if pattern == "-*":
        made.clear()
    made.pop(pattern[1:], None)


def _merged(made: Any, update: Any) -> None:
    """CKAN merges deeply, into lists by position."""
    items: Iterator[tuple[Any, Any]]
    items = iter(update.items()) if isinstance(update, Mapping) else iter(enumerate(update))
    for key, value in items:
        if isinstance(made, list) and key >= len(made):
            made.append(copy.deepcopy(value))
            continue
        there = made.get(key) if isinstance(made, dict) else made[key]
        if isinstance(there, (dict, list)) and isinstance(value, type(there)):
            _merged(there, value)
        else:
            made[key] = copy.deepcopy(value)


def turtle(package: Mapping[str, Any]) -> bytes:
    """What ckanext-dcat says of a dataset, as far as `applying.graph` looks."""
    extras = {x["key"]: x["value"] for x in package.get("extras") or ()}
    about = ox.NamedNode(extras.get("uri") or f"urn:uuid:{package['id']}")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    quads = [
        ox.Quad(about, kind, ox.NamedNode(f"{DCAT}Dataset")),
        ox.Quad(about, ox.NamedNode(f"{DCT}title"), ox.Literal(package["title"])),
    ]
    for resource in package["resources"]:
        node = ox.NamedNode(resource.get("uri") or f"urn:uuid:{resource['id']}")
        quads.append(ox.Quad(about, ox.NamedNode(f"{DCAT}distribution"), node))
        for name, term in (("access_url", "accessURL"), ("download_url", "downloadURL")):
            if resource.get(name):
                address = ox.NamedNode(resource[name])
                quads.append(ox.Quad(node, ox.NamedNode(DCAT + term), address))
        if resource.get("hash"):
            blank = ox.BlankNode()
            quads.append(ox.Quad(node, ox.NamedNode(f"{SPDX}checksum"), blank))
            value = ox.Literal(resource["hash"])
            quads.append(ox.Quad(blank, ox.NamedNode(f"{SPDX}checksumValue"), value))
        if resource.get("size"):
            size = ox.Literal(str(resource["size"]))
            quads.append(ox.Quad(node, ox.NamedNode(f"{DCAT}byteSize"), size))
    return ox.serialize(quads, format=ox.RdfFormat.TURTLE) or b""
