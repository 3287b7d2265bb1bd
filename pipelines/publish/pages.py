"""The HTML pages of the folder catalog: a list, a page for each package, a page for each table.

Templates are in `templates/` and escape by themselves (Jinja2 autoescape). The pages need no
script, load nothing from elsewhere and say so in a Content-Security-Policy. What a package or a
catalog says of itself for machines is linked or embedded where its files bring it
(`pipelines.publish.links`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipelines.model import Finding, Package
from pipelines.publish.links import (
    data_block,
    described_by,
    formats,
    metadata_files,
    package_links,
    quality,
    table_links,
)
from pipelines.publish.manifest import Entry
from pipelines.publish.source_pages import source_page, source_parts, whence
from pipelines.publish.tables import Sheet, page_name, page_rows, read_sheets, row_addresses
from pipelines.vocabulary import scheme, table_schemas

FINDINGS_SHOWN = 100
REPORTS = ("findings.html", "findings.md")
SEVERITIES = (("誤り", "Errors"), ("警告", "Warnings"), ("情報", "Notes"))


@dataclass(frozen=True, slots=True)
class TableLink:
    """A table in the list of a package page."""

    slug: str
    label: str
    label_en: str
    meaning: str
    rows: int
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one severity: how many, and those that the page shows."""

    severity: str
    severity_en: str
    count: int
    shown: tuple[Finding, ...]


class Pages:
    """Renders pages; one object serves a whole catalog."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader("pipelines.publish", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters["web"] = web_address
        self._environment.filters["thousands"] = lambda number: f"{number:,}"

    def render(self, template: str, **values: Any) -> bytes:
        """The page of a template, as UTF-8."""
        page = self._environment.get_template(template).render(**values)
        return page.encode("utf-8", "replace")

    def index(self, entries: Sequence[Entry], metadata: Mapping[str, bytes]) -> bytes:
        """The list of packages; `metadata` has the files below `metadata/`."""
        files = {f"metadata/{name}": data for name, data in metadata.items()}
        return self.render(
            "index.html",
            entries=entries,
            formats=formats(metadata),
            links=described_by(files),
            data=data_block(files),
            root="",
        )

    def package(self, package: Package) -> dict[str, bytes]:
        """All pages of a package: path below its folder → bytes."""
        sheets = read_sheets(package)
        pages = {"index.html": self._package_page(package, sheets)}
        addresses, leads = row_addresses(sheets), whence(package, sheets)
        for sheet, resource in zip(sheets, package.resources, strict=True):
            label, label_en, meaning = table_words(sheet.slug)
            for number in range(1, sheet.pages + 1):
                pages[page_name(sheet.slug, number)] = self.render(
                    "table.html",
                    package=package,
                    sheet=sheet,
                    label=label,
                    label_en=label_en,
                    meaning=meaning,
                    path=resource.path,
                    number=number,
                    names=[page_name(sheet.slug, n) for n in range(1, sheet.pages + 1)],
                    rows=page_rows(sheet, number, addresses, package.declaration.name, leads.of),
                    traced=bool(leads.anchors) and sheet.slug not in {"finding", "provenance"},
                    links=table_links(package.files, resource.path),
                    described=sheet.slug in table_schemas(),
                    root="../",
                )
        return {**pages, **self._source_pages(package)}

    def _source_pages(self, package: Package) -> dict[str, bytes]:
        declared = {source.key: source for source in package.declaration.sources}
        pages = {}
        for key, document in package.printed:
            source, parts = declared[key], source_parts(document)
            pages[source_page(key)] = self.render(
                "source.html",
                package=package,
                title=source.title or document.name,
                title_en=source.title_en,
                document=document,
                read_whole=_hash_of(package, key) not in {"", document.sha256},
                cut='class="cut"' in parts,
                parts=parts,
                root="../../",
            )
        return pages

    def _package_page(self, package: Package, sheets: Sequence[Sheet]) -> bytes:
        links = []
        for sheet, resource in zip(sheets, package.resources, strict=True):
            words = table_words(sheet.slug)
            links.append(
                TableLink(sheet.slug, *words, len(sheet.rows), resource.path, len(resource.data))
            )
        licence = licence_words(package.declaration.licence)
        return self.render(
            "package.html",
            package=package,
            tables=links,
            sources=_sources(package),
            licence=licence,
            groups=finding_groups(package.findings),
            reports=[path for path in REPORTS if path in package.files],
            has_finding_page=any(sheet.slug == "finding" for sheet in sheets),
            links=package_links(package.files, [link.path for link in links], licence[2]),
            data=data_block(package.files),
            metadata=metadata_files(package.files),
            quality=quality(package.files, package.declaration.name),
            root="../",
        )


def style() -> bytes:
    """The one style sheet."""
    return files("pipelines.publish").joinpath("static/style.css").read_bytes()


def web_address(written: str) -> str:
    """The address if a page may link to it (http, https), else ''."""
    try:
        parts = urlsplit(written.strip())
    except ValueError:
        return ""
    return written.strip() if parts.scheme in {"http", "https"} and parts.netloc else ""


def table_words(slug: str) -> tuple[str, str, str]:
    """(Japanese label, English label, meaning of a row) by `vocab/tables.ttl`, else the slug."""
    try:
        concept = scheme("tables").get(slug)
    except KeyError:
        return slug, slug, ""
    return concept.ja, concept.en, concept.first("rowMeaning")


def licence_words(written: str) -> tuple[str, str, str]:
    """(Japanese title, English title, address) of a stated licence; ('', '', '') without one."""
    if not written:
        return "", "", ""
    known = scheme("licences")
    try:
        concept = known.get(written)
    except KeyError:
        found = known.match(written)
        if found is None:
            return written, written, ""
        concept = found
    return concept.ja, concept.en, concept.first("url")


def finding_groups(findings: Sequence[Finding]) -> list[FindingGroup]:
    """The findings by severity, gravest first; severities without a finding are absent."""
    groups = []
    for severity, english in SEVERITIES:
        found = tuple(finding for finding in findings if finding.severity == severity)
        if found:
            groups.append(FindingGroup(severity, english, len(found), found[:FINDINGS_SHOWN]))
    return groups


def _hash_of(package: Package, key: str) -> str:
    """The hash of the document that was read for a source, as the descriptor states it, or ''."""
    sources = package.descriptor.get("sources")
    for entry in sources if isinstance(sources, (list, tuple)) else ():
        if entry.get("machidata:key") == key:
            return str(entry.get("machidata:hash") or "").removeprefix("sha256:")
    return ""


def _sources(package: Package) -> list[dict[str, str]]:
    """The source documents with the hash that the descriptor or the plan table states; `extract` is
    the committed extract that the hash is of, '' when the whole document was read.
    """
    written = package.descriptor.get("sources")
    described = list(written) if isinstance(written, (list, tuple)) else []
    plans = package.tables.rows("plan")
    found = []
    for place, source in enumerate(package.declaration.sources):
        keys = ("machidata:hash", "sha256", "hash")
        entry = described[place] if place < len(described) else {}
        digest = next((str(entry[key]) for key in keys if entry.get(key)), "")
        if not digest and len(plans) == len(package.declaration.sources):
            digest = str(plans[place].get("出典ハッシュ") or "")
        title = source.title or source.document or source.path
        digest = digest.removeprefix("sha256:")
        found.append(
            {
                "title": title,
                "en": source.title_en,
                "url": source.url,
                "sha256": digest,
                "extract": str(entry.get("machidata:extract") or ""),
                "page": source_page(source.key) if source.key in dict(package.printed) else "",
            }
        )
    return found
