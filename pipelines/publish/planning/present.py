"""What a CKAN shows of a dataset of ours: its dict, the bytes of its files, its tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.publish.ckan.client import Ckan
from pipelines.publish.ckan.errors import NotAllowed, NotThere
from pipelines.publish.planning.wanted import Wanted

# What changes without anybody changing the dataset.
_PASSING = ("tracking_summary", "organization", "num_tags", "num_resources", "isopen")


@dataclass(frozen=True, slots=True)
class Present:
    """A dataset as it is shown; `package` is empty where there is none.

    `files` maps the ids of resources to the SHA-256 of their bytes ('' for a link, or where there
    are none), `stores` to the digest of their table ('' for none).
    """

    package: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    stores: Mapping[str, str] = field(default_factory=dict)

    @property
    def there(self) -> bool:
        """Whether the dataset is there and not deleted."""
        return bool(self.package) and self.package.get("state") != "deleted"

    @property
    def deleted(self) -> bool:
        """Whether it was deleted, so that its name and id are still taken."""
        return bool(self.package) and self.package.get("state") == "deleted"

    @property
    def resources(self) -> list[Mapping[str, Any]]:
        """Its resources in their order."""
        return list(self.package.get("resources") or ())

    def resource(self, id_: str) -> Mapping[str, Any] | None:
        """The resource with that id."""
        return next((one for one in self.resources if one["id"] == id_), None)

    @property
    def digest(self) -> str:
        """The state in one word (SHA-256); '' where there is nothing."""
        if not self.package:
            return ""
        package = {key: value for key, value in self.package.items() if key not in _PASSING}
        return digest_of([package, dict(self.files), dict(self.stores)])


def digest_of(value: Any) -> str:
    """The SHA-256 of a JSON value, its keys in order."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def show(ckan: Ckan, name_or_id: str) -> dict[str, Any]:
    """The dict of a dataset; {} where there is none.

    A deleted one is shown to those who may change it (CKAN 2.12, `package_show`); its name stays
    taken for everybody.
    """
    try:
        found = ckan.read("package_show", id=name_or_id)
    except NotThere:
        return {}
    return dict(found) if isinstance(found, Mapping) else {}


def find(ckan: Ckan, wanted: Wanted, recorded_id: str, listed: Mapping[str, str]) -> dict[str, Any]:
    """The dataset that is ours: by the id of our last apply, by its IRI, by its name.

    `listed` maps the IRIs of the organization's datasets to their ids. {} where there is none.
    """
    tried: list[str] = []
    for key in (recorded_id, listed.get(wanted.iri, ""), wanted.name):
        if key and key not in tried:
            tried.append(key)
            found = show(ckan, key)
            if found:
                return found
    return {}


def list_iris(ckan: Ckan, owner: str) -> dict[str, str]:
    """IRI → id of the organization's datasets, private and unfinished ones too; the first wins.

    Asked of the search, which may lag behind: what it does not name is looked up by its name.
    """
    found: dict[str, str] = {}
    start, rows = 0, 500
    while True:
        asked = {"fq": f'owner_org:"{owner}"', "include_private": True, "include_drafts": True}
        page = ckan.read("package_search", **asked, start=start, rows=rows, sort="name asc")
        results = page.get("results") or []
        for one in results:
            found.setdefault(iri_of(one), one["id"])
        start += len(results)
        if not results or start >= int(page.get("count", 0)):
            found.pop("", None)
            return found


def iri_of(package: Mapping[str, Any]) -> str:
    """The `uri` of a dataset, be it a field or an extra; '' without one."""
    extras = package.get("extras") or ()
    told = package.get("uri") or next((x.get("value") for x in extras if x["key"] == "uri"), "")
    return str(told or "")


def bytes_of(ckan: Ckan, resource: Mapping[str, Any]) -> bytes | None:
    """The bytes of an uploaded file; None for a link, or where they cannot be had."""
    if resource.get("url_type") != "upload" or not resource.get("url"):
        return None
    try:
        return ckan.fetch(_address(ckan, str(resource["url"]))).data
    except (NotThere, NotAllowed):
        return None


def _address(ckan: Ckan, url: str) -> str:
    """The path of an uploaded file below the address that we know: what the catalog calls itself
    may be another name, and the token must go to the address that was asked for.
    """
    at = url.find("/dataset/")
    return url[at:] if at >= 0 else url
