"""What stands at the root of the catalog for search engines: `sitemap.xml` and `robots.txt`."""

from __future__ import annotations

import html

from pipelines.describe.model import Catalog
from pipelines.describe.rdf.graph import clean

LIMIT = 50_000
"""Addresses that one sitemap may hold (sitemaps.org protocol 0.9)."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OPEN = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


def sitemap(catalog: Catalog) -> bytes:
    """All pages with the days on which their data were stated to change (sitemaps.org 0.9).

    Of a long table it names the first page, which leads to the others.
    With more than 50,000 pages the tables are left out: their packages' pages lead to them.
    """
    index = _url(catalog.homepage, catalog.modified.isoformat() if catalog.modified else "")
    packages = {
        dataset.identifier: [
            _url(dataset.landing_page, dataset.modified.isoformat()),
            *(_url(file.access_url, file.modified.isoformat()) for file in dataset.distributions),
        ]
        for dataset in catalog.datasets
    }
    pages = [packages[name] for name in sorted(packages)]
    if 1 + sum(map(len, pages)) > LIMIT:
        pages = [some[:1] for some in pages]
    lines = [index, *(page for some in pages for page in some)]
    return f"{_HEAD}{_OPEN}{''.join(lines)}</urlset>\n".encode("utf-8", "replace")


def robots(catalog: Catalog) -> bytes:
    """Everything may be read, and where the sitemap is; robots look for it at a host's root."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {catalog.homepage}sitemap.xml\n".encode()


def _url(address: str, day: str) -> str:
    changed = f"<lastmod>{day}</lastmod>" if day else ""
    return f"<url><loc>{html.escape(clean(address))}</loc>{changed}</url>\n"
