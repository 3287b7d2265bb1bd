"""Reports and acceptances on the whole line: folder, CKAN and SHIRASAGI ask the same question."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import line
from pipelines.catalogs.shirasagi import Shirasagi, publish_shirasagi
from pipelines.catalogs.wanting import build_for
from pipelines.check import whole
from pipelines.check.case import Case
from pipelines.describe import own
from pipelines.describe import whole as whole_catalog
from pipelines.findings.metadata import DcatMissing
from pipelines.findings.schema import SchemaPattern
from pipelines.job import plan_job, silent
from pipelines.model import Finding
from pipelines.opendata_rows import read_list
from pipelines.publish.manifest import damage
from tests.cli.conftest import PACKAGE, make_package

ONE, TWO = "024465-one-plan", "024465-two-plan"
LICENSED = PACKAGE + "licence: CC-BY-4.0\n"
BASE = "https://town.example/opendata/"
PLACE = "L4:C4"
ACCEPT = f"accept:\n  - {{code: schema-pattern, place: '{PLACE}', reason: 原文のとおり}}\n"
OF_METADATA = f"accept:\n  - {{code: dcat-ap-missing, id: {ONE}, reason: 協議中}}\n"
WRONG = DcatMissing.at(
    row_id=ONE,
    about="データ",
    about_en="dataset",
    item="題",
    item_en="title",
    remedy="直す",
    remedy_en="mend",
)


def failing(case: Case) -> Iterator[Finding]:
    if case.tables.plan_id == ONE:
        yield SchemaPattern.at(place=PLACE, found="12件", expected="[0-9]+", column="値")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two packages of which the first has an error."""
    for name in (ONE, TWO):
        title = LICENSED.replace("title: 試験計画", f"title: {name}", 1)
        make_package(tmp_path, name, declaration=title)
    monkeypatch.setattr(whole, "CHECKS", (failing,))
    return tmp_path


def write(root: Path, more: str) -> None:
    path = root / "datapackages" / ONE / "package.yaml"
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")


def finding_rows(folder: Path) -> list[dict[str, str]]:
    text = (folder / "data/024465_finding.csv").read_text("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def test_of_a_package_with_errors_only_the_report_is_written(root: Path) -> None:
    result = line.build(plan_job(root))
    assert result.exit_code == 1
    assert result.publication.published == (TWO,)
    assert result.publication.stopped == (ONE,)
    folder = root / "datapackages" / ONE
    made = {path.name for path in folder.iterdir()} - {"package.yaml", "source"}
    assert made == {"findings.md", "findings.html"}
    assert f"| {PLACE} |" in (folder / "findings.md").read_text("utf-8")
    assert f"{ONE}/findings.html" in result.changed
    assert not (root / "out/catalog" / ONE).exists()


def test_an_accepted_error_reaches_the_folder_and_stays_told(root: Path) -> None:
    write(root, ACCEPT)
    result = line.build(plan_job(root))
    assert result.exit_code == 0
    assert result.publication.published == (ONE, TWO)
    catalog = root / "out/catalog" / ONE
    (row,) = [row for row in finding_rows(catalog) if row["検査"] == "schema-pattern"]
    assert row["重大度"] == "誤り"
    assert row["対処"].endswith(" 承認済み: 原文のとおり")
    page = (catalog / "index.html").read_text("utf-8")
    assert 'href="findings.html"' in page
    assert "</span>: 原文のとおり</span>" in page
    for name in ("findings.md", "findings.html"):
        data = (catalog / name).read_bytes()
        assert data == (root / "datapackages" / ONE / name).read_bytes()
        assert "原文のとおり" in data.decode()
    assert damage(root / "out/catalog") == []
    assert line.build(plan_job(root)).changed == ()


def test_a_report_holds_what_was_found_of_the_metadata_too(root: Path) -> None:
    result = line.build(plan_job(root))
    two = next(one for one in result.packages if one.declaration.name == TWO)
    codes = {finding.code for finding in two.findings}
    text = two.files["findings.md"].decode()
    assert any(code.startswith(("mqa-", "metadata-")) for code in codes)
    assert all(f"`{code}`" in text for code in codes)


def test_an_acceptance_reaches_ckan(root: Path) -> None:
    refused = build_for(root, [ONE], BASE, silent)
    assert refused.failed[ONE].code == "package-stopped"
    write(root, ACCEPT)
    built = build_for(root, [ONE], BASE, silent)
    assert not built.failed
    assert [package.declaration.name for package in built.packages] == [ONE]
    assert "原文のとおり" in {finding.accepted for finding in built.findings}


def test_an_acceptance_reaches_shirasagi(root: Path) -> None:
    refused = publish_shirasagi(Shirasagi(root, base=BASE))
    assert refused.exit_code == 1
    write(root, ACCEPT)
    result = publish_shirasagi(Shirasagi(root, base=BASE))
    assert (result.exit_code, result.stopped) == (0, ())
    rows = read_list((root / "out/catalog/metadata/opendata-list.csv").read_bytes())
    assert {row["データセット_ID"] for row in rows} == {ONE, TWO}


def test_another_place_is_not_accepted_and_told(root: Path) -> None:
    write(root, ACCEPT.replace(PLACE, "L4:C5"))
    result = line.build(plan_job(root, [ONE]))
    assert result.exit_code == 1
    (package,) = result.packages
    codes = [finding.code for finding in package.findings]
    assert codes.count("accept-unused") == codes.count("schema-pattern") == 1


@pytest.fixture
def broken_metadata(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate finds an error in the metadata of the first package, alone and in the catalog."""
    monkeypatch.setattr(whole, "CHECKS", ())
    for room in (own, whole_catalog):
        gate = room.gate

        def with_error(data: bytes, gate: object = gate) -> tuple[Finding, ...]:
            assert callable(gate)
            return (*gate(data), *([WRONG] if f"dataset/{ONE}".encode() in data else []))

        monkeypatch.setattr(room, "gate", with_error)


@pytest.mark.usefixtures("broken_metadata")
def test_an_error_of_the_metadata_stops_until_it_is_accepted(root: Path) -> None:
    stopped = line.build(plan_job(root))
    assert stopped.publication.stopped == (ONE,)
    assert stopped.exit_code == 1
    write(root, OF_METADATA)
    result = line.build(plan_job(root))
    assert (result.exit_code, result.publication.published) == (0, (ONE, TWO))
    assert not [finding for finding in result.findings if finding.code == WRONG.code]
    one = result.packages[0]
    told = [finding for finding in one.findings if finding.code == WRONG.code]
    assert [finding.accepted for finding in told] == ["協議中"]
    assert "協議中" in one.files["findings.html"].decode()


def test_a_stale_acceptance_of_metadata_is_told_with_them(root: Path) -> None:
    write(root, ACCEPT + OF_METADATA.removeprefix("accept:\n"))
    package = line.described(line.build_package(root / "datapackages" / ONE))
    unused = [finding for finding in package.findings if finding.code == "accept-unused"]
    assert [finding.place for finding in unused] == ["package.yaml: accept[1]"]
    assert not package.has_errors
