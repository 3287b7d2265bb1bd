"""The sitemap names every page once, with stated days."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

import pipelines.describe.forms.sitemap as module
from pipelines.describe.forms.sitemap import robots, sitemap
from tests.describe.forms.models import BASE, make_catalog

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def pages(data: bytes) -> dict[str, str]:
    root = ElementTree.fromstring(data)  # noqa: S314 - our own bytes
    assert root.tag == f"{SPACE}urlset"
    return {url.findtext(f"{SPACE}loc"): url.findtext(f"{SPACE}lastmod") for url in root}


def test_all_pages_with_the_stated_days() -> None:
    found = pages(sitemap(make_catalog("022055-dx-plan", "152064-ict-plan")))
    assert len(found) == 1 + 2 * 13
    assert found[BASE] == "2025-06-30"
    assert found[BASE + "022055-dx-plan/index.html"] == "2025-06-30"
    assert BASE + "152064-ict-plan/observation.html" in found


def test_an_empty_catalog_has_its_list() -> None:
    empty = replace(make_catalog(), datasets=(), modified=None)
    assert pages(sitemap(empty)) == {BASE: None}


def test_addresses_are_escaped() -> None:
    catalog = make_catalog()
    odd = replace(catalog.datasets[0], landing_page=BASE + "?a=1&b='<")
    assert BASE + "?a=1&b='<" in pages(sitemap(replace(catalog, datasets=(odd,))))


def test_too_many_pages_leave_the_tables_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIMIT", 13)
    assert len(pages(sitemap(make_catalog()))) == 2


def test_robots_are_shown_the_sitemap() -> None:
    assert f"Sitemap: {BASE}sitemap.xml\n".encode() in robots(make_catalog())
