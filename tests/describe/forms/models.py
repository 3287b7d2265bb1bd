"""Models of catalogs for the tests of renderers: made-up packages with the real table schemas."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipelines.describe.build import build_catalog
from pipelines.describe.columns import table_shape
from pipelines.describe.iris import Names
from pipelines.describe.model import Catalog, CatalogInfo, Dataset
from pipelines.vocabulary import table_schemas
from tests.factory import make_package

BASE = "https://data.example.jp/machi/"
HOSTILE = "あ\"<b>&amp;'</script><!-- \\ {x} </title>\t\u2028\u2029]]> <script>alert(1)</script>"


def make_catalog(*names: str, **changes: Any) -> Catalog:
    """The catalog of made-up packages; `changes` go to each declaration."""
    packages = [make_package(name, **changes) for name in names or ("022055-dx-plan",)]
    catalog = build_catalog(packages, Names(BASE), CatalogInfo())
    return replace(catalog, datasets=tuple(_with_shapes(one) for one in catalog.datasets))


def make_dataset(**changes: Any) -> Dataset:
    """One dataset with every tidy table."""
    return make_catalog(**changes).datasets[0]


def _with_shapes(dataset: Dataset) -> Dataset:
    schemas = table_schemas()
    files = (replace(f, shape=table_shape(schemas[f.slug])) for f in dataset.distributions)
    return replace(dataset, distributions=tuple(files))
