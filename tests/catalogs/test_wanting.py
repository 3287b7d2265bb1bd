"""Packages in the terms of a catalog's file and schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipelines.catalogs.file import load_catalog
from pipelines.catalogs.session import opened
from pipelines.catalogs.wanting import base_of, build_for, filled, schema_fields, wanted_of
from pipelines.job import BASE, silent
from pipelines.publish.ckan.errors import NoCkan
from tests.catalogs.conftest import NAMES
from tests.publish.pretend_ckan import PretendCkan

DATA = "https://data.example.jp/"


def test_names_by_the_pattern_of_the_catalog(root: Path, pretend: PretendCkan) -> None:
    path = root / "catalogs" / "town.yaml"
    path.write_text(path.read_text() + 'dataset: "x-{code}-{name}"\nformat: iri\n')
    built = build_for(root, NAMES[:1], DATA, silent)
    assert not built.failed
    with opened(root, load_catalog(root, "town"), writes=False) as session:
        one = wanted_of(session, built.packages, DATA)[0]
    assert one.name == one.fields["name"] == f"x-024465-{NAMES[0]}"
    assert one.package == NAMES[0]
    assert one.iri.startswith(DATA)
    assert all(str(file.fields["format"]).startswith("http") for file in one.files)
    assert filled("{code}_{name}", built.packages[0].declaration) == f"024465_{NAMES[0]}"


def test_the_schema_of_the_catalog(root: Path, pretend: PretendCkan) -> None:
    catalog = load_catalog(root, "town")
    with opened(root, catalog, writes=False) as session:
        assert schema_fields(session) is None
    pretend.extensions.append("scheming_datasets")
    fields: Any = {"dataset_fields": [{"field_name": "title"}, {"field_name": "theme"}]}
    pretend._scheming_dataset_schema_show = lambda type: fields  # type: ignore[attr-defined]
    with opened(root, catalog, writes=False) as session:
        assert schema_fields(session) == {"title", "theme"}
        for answer in (None, {}, {"dataset_fields": [{}]}):
            fields = answer
            assert schema_fields(session) is None

        def broken(type: str) -> Any:
            raise NoCkan("x", type)

        pretend._scheming_dataset_schema_show = broken  # type: ignore[attr-defined]
        assert schema_fields(session) is None


@pytest.mark.parametrize(
    ("asked", "file", "expected"),
    [("https://a/", "https://b/", "https://a/"), ("", "https://b/", "https://b/"), ("", "", BASE)],
)
def test_where_our_iris_stand(root: Path, asked: str, file: str, expected: str) -> None:
    from pipelines.catalogs.file import CatalogFile

    assert base_of(CatalogFile("x", "https://x", base=file), asked) == expected
