"""`machidata check catalog.ttl`: anybody's metadata against the shapes, offline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from pipelines.describe import describe
from tests.cli.conftest import Result
from tests.factory import make_package

Run = Callable[..., Result]
FORMS = {"ttl": RdfFormat.TURTLE, "rdf": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD,
         "nt": RdfFormat.N_TRIPLES}  # fmt: skip


def written(folder: Path, ending: str, turtle: bytes) -> str:
    triples = (quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE))
    data = serialize(triples, format=FORMS[ending])
    assert data is not None
    (folder / f"catalog.{ending}").write_bytes(data)
    return str(folder / f"catalog.{ending}")


def catalog(**changes: object) -> bytes:
    return describe([make_package(**changes)], "https://x.example.jp/").files["catalog.ttl"]


@pytest.mark.parametrize("ending", FORMS)
def test_every_form_gives_the_same_findings(ending: str, tmp_path: Path, machidata: Run) -> None:
    broken = catalog().replace(b"dct:title", b"dct:alternative")
    result = machidata("check", written(tmp_path, ending, broken), "--json")
    assert result.code == 1
    codes = {finding["code"] for finding in result.json["findings"]}
    assert "metadata-title-missing" in codes
    fine = machidata("check", written(tmp_path, ending, catalog()), "--json")
    assert fine.code == 0
    assert fine.json["counts"]["誤り"] == 0


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.ttl", b"<html>", "metadata-unreadable"),
        ("a.jsonld", b"{", "metadata-unreadable"),
        ("a.rdf", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
         "metadata-unreadable"),
        ("a.jsonld", b'{"@context": "https://x.example/c", "@id": "x"}', "metadata-unreadable"),
        ("a.ttl", b"", "metadata-empty"),
        ("a.nt", b"<https://a.example/> <https://b.example/> <https://c.example/> .",
         "metadata-empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_checked_is_an_error(
    name: str, data: bytes, code: str, tmp_path: Path, machidata: Run
) -> None:
    (tmp_path / name).write_bytes(data)
    result = machidata("check", str(tmp_path / name), "--json")
    assert result.code == 2
    assert result.json["error"]["code"] == code
    assert b"root:" not in result.out.encode()


def test_a_packages_check_tells_of_its_metadata(machidata: Run) -> None:
    result = machidata("check", "024465-one-plan", "--json")
    told = [one for one in result.json["findings"] if one["code"] == "dcat-ap-missing"]
    assert any("licence" in one["fix_en"] for one in told)
