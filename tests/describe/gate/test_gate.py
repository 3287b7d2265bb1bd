"""The gate's findings: what they say, to whom they belong, and that nothing passes unseen."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from pipelines.describe import describe
from pipelines.describe.gate.gate import DEFAULT_SHAPES, gate, inspect
from pipelines.describe.gate.shapes import compiled
from pipelines.describe.gate.tolerated import tolerances
from pipelines.describe.gate.words import plain, word
from pipelines.describe.model import CatalogInfo
from pipelines.findings import every
from pipelines.model import Finding, MachidataError
from tests.describe.gate.gate_faults import CATALOG, FAULTS, PREFIXES, TERMS, Fault, with_fault
from tests.describe.gate.shapes_files import OFFICIAL, SHAPES
from tests.factory import make_package

HASHES = {
    "shapes.ttl": "7fe9815e0f32b10f5cbce74fa6ccd0290aae3ef9e5080fb84e2d8093eb984d1d",
    "range.ttl": "24d3bfd0fa17a3d0e877c9ebb91c8174124e5038538e1bf081b2cb679ad0f1b2",
    "shapes_recommended.ttl": "9afbf23f1f56d10d6839259684934137e20506a9aedce0249b619bbc593b9abd",
    "deprecateduris.ttl": "30a20a51a487c40ab7ae04f5905f02ef28238ec5cb390e37053334d835021948",
    "mdr-vocabularies.shape.ttl": (
        "2362f83971766a15cc20b2b54420022dc10547dd2c483da02080847c61b4b45a"
    ),
}
CODED = [fault for fault in FAULTS if fault.code]


def found(fault: Fault) -> tuple[Finding, ...]:
    return gate(PREFIXES + TERMS + with_fault(fault))


@pytest.mark.parametrize("name", HASHES)
def test_the_official_shapes_are_unchanged(name: str) -> None:
    assert hashlib.sha256((OFFICIAL / name).read_bytes()).hexdigest() == HASHES[name]


@pytest.mark.parametrize("fault", CODED, ids=[fault.name for fault in CODED])
def test_each_fault_has_its_finding(fault: Fault) -> None:
    assert fault.code in {finding.code for finding in found(fault)}


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_findings_are_whole_sentences_with_a_fix(fault: Fault) -> None:
    for finding in found(fault):
        for ja in (finding.message, finding.fix):
            assert re.search(r"[ぁ-ん].*。(（ほかに\d+件）)?$", ja), ja
        for en in (finding.message_en, finding.fix_en):
            assert re.search(r"^[A-Z].+\.( \(\d+ more\))?$", en), en
            assert not re.search("[ぁ-んァ-ン一-龥]", en.replace(finding.found or "\0", "")), en
        for sentence in (finding.message, finding.message_en, finding.fix, finding.fix_en):
            unquoted = sentence.replace(finding.found or "\0", "")
            assert not re.search(r"https?://(?!で始|\.)[a-z]|[a-z]+:[a-z]+[A-Z]|\{|\}", unquoted)
        assert finding.severity in {"誤り", "警告", "情報"}
        assert finding.expected


GENERAL = "missing too-many value class vocabulary"


@pytest.mark.parametrize("code", [f"dcat-ap-{name}" for name in GENERAL.split()])
def test_general_codes_are_declared_and_met(code: str) -> None:
    assert code in every()
    assert code in {fault.code for fault in CODED}


def test_codes_of_our_shapes_are_unique_and_say_all() -> None:
    own = [info for info in compiled(["japan.ttl"]).info.values() if info.code]
    counted = Counter(info.code for info in own)
    assert counted.most_common(1)[0][1] == 1
    assert not set(counted) & set(every())
    for info in own:
        assert set(info.words["message"]) == set(info.words["fix"]) == {"ja", "en"}
        assert info.words["expected"][""]
    without = [
        i for i in compiled(["japan.ttl"]).info.values() if i.about and i.path and not i.code
    ]
    assert not without


def test_every_property_and_class_of_dcat_ap_has_a_word() -> None:
    for info in compiled(DEFAULT_SHAPES[:5]).info.values():
        for iri in (info.about, info.path.removeprefix("^"), *info.says.get("class", ())):
            assert not iri or word(iri) or "schema.org" in iri, iri


def test_a_finding_says_which_dataset_and_file() -> None:
    (checksum,) = found(Fault("", "0123456789abcdef0123", "xyz3456789abcdef0123", ""))[:1]
    assert (checksum.row_id, checksum.table, checksum.severity) == ("plan-2022", "plan", "誤り")
    assert checksum.place == "https://c.example/d1/plan#sha256"
    assert checksum.found.startswith("xyz")
    assert "xyz" not in checksum.message


def test_what_two_shapes_ask_for_is_told_once_and_as_seriously() -> None:
    theme = 'dct:title "計画"@ja ; dct:description "計画の'
    findings = found(Fault("", theme, 'dct:description "計画の', ""))
    assert [finding.code for finding in findings] == ["metadata-title-missing"]
    assert findings[0].severity == "誤り"


def test_the_same_fault_in_many_files_is_one_finding() -> None:
    report = inspect(
        describe([make_package(licence="")], "https://data.example.jp/m/").files["catalog.ttl"]
    )
    licence = [f for f in report.findings if "ライセンス" in f.message and f.row_id]
    assert len(licence) == 1
    assert "（ほかに" in licence[0].message
    assert " more)" in licence[0].message_en


def test_order_depends_on_the_data_only() -> None:
    turtle = PREFIXES + TERMS + "".join(
        with_fault(fault, f"https://c{n}.example/") for n, fault in enumerate(FAULTS[:20])
    )  # fmt: skip
    assert inspect(turtle) == inspect(turtle.encode())


@pytest.mark.parametrize("licence", ["CC-BY-4.0", ""])
def test_our_own_catalog_has_no_violation_but_the_known(licence: str) -> None:
    info = CatalogInfo(publisher_type="RegionalAuthority")
    packages = [make_package("022055-dx-plan", licence=licence), make_package("152064-ict-plan")]
    turtle = describe(packages, "https://data.example.jp/machi/", info).files["catalog.ttl"]
    assert [f.severity for f in gate(turtle) if f.severity == "誤り"] == []


def test_tolerated_results_have_reasons_and_are_no_violations() -> None:
    entries = tolerances()
    assert len(entries) == len({(e.file, e.about, e.path) for e in entries})
    for entry in entries:
        assert entry.severity == "Warning"
        assert entry.reason.endswith("。")
        assert entry.reason_en.endswith(".")
        assert files("vocab").joinpath("shapes", *entry.file.split("/")).is_file()


def test_tolerated_results_are_given_apart() -> None:
    report = inspect(PREFIXES + TERMS + CATALOG)
    assert {entry.path.replace("#", "/").rsplit("/", 1)[-1] for _, entry in report.tolerated} == {
        "publisher", "spatial", "theme", "bbox", "centroid"
    }  # fmt: skip


EMPTY = "@prefix ex: <http://ex.example/> .\n"
BAD_SHAPES = {
    "no Turtle": "ex:a ex:b",
    "no shape": EMPTY + "ex:a ex:b ex:c .",
    "no path": EMPTY + "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:minCount 1 ] .",
    "bad pattern": EMPTY + "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    'ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:pattern "[" ] .',
}


@pytest.mark.parametrize("name", BAD_SHAPES)
def test_shapes_that_cannot_check_are_an_error(name: str, tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(BAD_SHAPES[name], encoding="utf-8")
    with pytest.raises(MachidataError) as error:
        gate(PREFIXES + TERMS + CATALOG, shapes=["japan.ttl", tmp_path / "own.ttl"])
    assert error.value.code == "shapes-invalid"


@pytest.mark.parametrize("shapes", [[], ["none.ttl"]])
def test_missing_shapes_are_an_error(shapes: list[str]) -> None:
    with pytest.raises(MachidataError) as error:
        gate(PREFIXES + TERMS + CATALOG, shapes=shapes)
    assert error.value.code == "shapes-invalid"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "metadata-empty"),
        ("<http://a.example/> a <http://b.example/> .", "metadata-empty"),
        (PREFIXES + CATALOG + "<broken", "metadata-unreadable"),
        ("no turtle", "metadata-unreadable"),
        (b"\xff\xfe", "metadata-unreadable"),
    ],
)
def test_data_that_cannot_be_checked_are_an_error(data: str | bytes, code: str) -> None:
    with pytest.raises(MachidataError) as error:
        gate(data)
    assert error.value.code == code


def test_a_users_shapes_give_findings_too(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        PREFIXES + "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<http://a.example/S> a sh:NodeShape ; sh:targetClass dcat:Dataset ;\n"
        "    sh:property [ sh:path dct:rights ; sh:minCount 1 ; sh:severity sh:Info ] .",
        encoding="utf-8",
    )
    findings = gate(PREFIXES + TERMS + CATALOG, shapes=[own])
    assert {(f.code, f.severity, f.row_id) for f in findings} == {
        ("dcat-ap-missing", "情報", "plan-2022"),
        ("dcat-ap-missing", "情報", "plan-2023"),
    }


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("<https://a.example/>", "https://a.example/"),
        ('"a\\nb\\"c\\\\n"@ja', 'a\nb"c\\n'),
        ('"5"^^<http://www.w3.org/2001/XMLSchema#integer>', "5"),
        ("_:b0", ""),
        ("", ""),
    ],
)
def test_terms_are_shown_without_their_syntax(term: str, text: str) -> None:
    assert plain(term) == text


def test_all_shapes_ship() -> None:
    shipped = {*HASHES, "README.md"}
    assert {path.name for path in OFFICIAL.iterdir()} == shipped
    assert {path.name for path in SHAPES.glob("*.ttl")} == {"japan.ttl", "tolerated.ttl"}
