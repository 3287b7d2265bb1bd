"""What a catalog is: its version, its extensions, and what it can do because of that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pipelines.model import MachidataError
from pipelines.publish.ckan.client import Ckan
from pipelines.publish.ckan.errors import NoCkan
from pipelines.publish.ckan.wire import loopback
from pipelines.publish.ckan.words import clean

OLDEST, NEWEST = (2, 10), (2, 12)
# What came after the oldest version that we take. The sources:
# - datastore_records_delete (deletes rows, never the table): in March 2024 its maintainers say that
#   it is on the main branch and not in 2.10 (ckan/ckan pull request 8101)
# - datastore_delete_fields (datastore_create removes columns on request): in the source of 2.12,
#   from ckan/ckan pull request 7920 of November 2023; whether 2.11 has it was not looked up
# - unchanged_stays_unmodified (an update that changes nothing leaves metadata_modified): seen on
#   2.12.0, from ckan/ckan pull request 8421 of September 2024; not looked up for 2.11
SINCE = {
    "datastore_records_delete": (2, 11),
    "datastore_delete_fields": (2, 12),
    "unchanged_stays_unmodified": (2, 12),
}
_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?")


@dataclass(frozen=True)
class Status:
    """What `status_show` says.

    `version`: (2, 12, 0), or () where the catalog hides it; `text` as it is written there.
    `warnings`: (Japanese, English) each.
    """

    version: tuple[int, ...]
    text: str
    site_url: str
    extensions: frozenset[str]
    warnings: tuple[tuple[str, str], ...] = ()

    @property
    def has_datastore(self) -> bool:
        """Whether tables can be stored."""
        return "datastore" in self.extensions

    @property
    def has_dcat(self) -> bool:
        """Whether ckanext-dcat serves RDF."""
        return "dcat" in self.extensions

    @property
    def has_scheming(self) -> bool:
        """Whether ckanext-scheming decides on the fields of datasets."""
        return "scheming_datasets" in self.extensions

    def can(self, what: str) -> bool:
        """Whether this version has what SINCE names; a hidden version counts as the oldest."""
        return (self.version or OLDEST)[:2] >= SINCE[what]


def status(ckan: Ckan) -> Status:
    """Asks a catalog what it is; changes nothing.

    Raises CatalogError, and MachidataError `catalog-version` for a version older than 2.10.
    """
    told = ckan.read("status_show")
    if not isinstance(told, dict) or not {"site_url", "extensions"} <= told.keys():
        raise NoCkan(ckan.url, "status_show", clean(str(type(told).__name__)))
    text = clean(_text(told.get("ckan_version")), None, 40)
    version = _version(text, ckan.url)
    named = told["extensions"]
    names = named.split() if isinstance(named, str) else named if isinstance(named, list) else []
    extensions = frozenset(name for name in names if isinstance(name, str))
    site = clean(_text(told["site_url"]), None, 200)
    return Status(version, text, site, extensions, tuple(_warnings(ckan.url, version)))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _version(text: str, where: str) -> tuple[int, ...]:
    """2.12.0 as numbers, () for a hidden one; raises for what we do not know to work."""
    if not text:
        return ()
    found = _VERSION.match(text)
    version = tuple(int(part) for part in found.groups() if part) if found else ()
    if version[:2] >= OLDEST:
        return version
    raise MachidataError(
        "catalog-version",
        ja="このカタログの CKAN は古く、対応していません。",
        en="The CKAN of this catalog is too old for us.",
        where=where,
        found=text,
        expected=f"≥ {OLDEST[0]}.{OLDEST[1]}",
        fix_ja="カタログの管理者に CKAN の更新を求めてください。",
        fix_en="Ask the administrator of the catalog to update CKAN.",
    )


def _warnings(url: str, version: tuple[int, ...]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if url.startswith("http:") and not loopback(url):
        found.append(
            (
                "カタログのアドレスが http です。トークンが暗号化されずに送られます。",
                "The address of the catalog is http: the token travels unencrypted.",
            )
        )
    if not version:
        found.append(
            (
                "カタログが CKAN のバージョンを示していません。2.10 として扱います。",
                "The catalog hides the version of its CKAN; it is taken as 2.10.",
            )
        )
    if version[:2] > NEWEST:
        number = ".".join(map(str, version))
        found.append(
            (
                f"CKAN {number} では試していません。",
                f"CKAN {number} is newer than what this was tried with.",
            )
        )
    return found
