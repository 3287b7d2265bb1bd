"""The line as functions, on packages of a few lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines import line
from pipelines.job import Step, plan_job
from pipelines.model import MachidataError
from tests.cli.conftest import PLAN, make_package

NAMES = ("024465-one-plan", "024465-two-plan")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in NAMES:
        make_package(tmp_path, name)
    return tmp_path


def test_the_stages_are_told_in_order(root: Path) -> None:
    seen: list[str] = []
    package = line.build_package(root / "datapackages" / NAMES[0], begin=seen.append)
    assert seen == ["read", "tidy", "check", "package"]
    assert package.declaration.name == package.tables.plan_id == NAMES[0]
    assert {resource.slug for resource in package.resources} >= {"plan", "initiative"}


def test_building_one_package_writes_nothing(root: Path) -> None:
    before = sorted(root.rglob("*"))
    line.build_package(root / "datapackages" / NAMES[0])
    assert sorted(root.rglob("*")) == before


def test_the_same_source_gives_the_same_bytes(root: Path) -> None:
    folder = root / "datapackages" / NAMES[0]
    assert line.build_package(folder).files == line.build_package(folder).files


def test_a_build_tells_every_step_once(root: Path) -> None:
    steps: list[Step] = []
    result = line.build(plan_job(root), steps.append)
    assert result.exit_code == 0
    assert [step.done for step in steps] == list(range(10))
    assert {step.total for step in steps} == {10}
    assert [step.stage for step in steps][-2:] == ["describe", "publish"]


def test_values_reach_the_catalog(root: Path) -> None:
    line.build(plan_job(root))
    path = root / "out/catalog" / NAMES[0] / "data/024465_observation.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert ",12,件," in text
    assert "対象外" in text


def test_a_source_without_a_document_is_read_as_committed(root: Path, tmp_path: Path) -> None:
    folder = root / "datapackages" / NAMES[0]
    text = (folder / "package.yaml").read_text(encoding="utf-8")
    (folder / "package.yaml").write_text(text.replace("document: whole.txt, ", ""))
    (tmp_path / "documents").mkdir()
    package = line.build_package(folder, tmp_path / "documents")
    assert package.tables.rows("initiative")


def test_the_whole_document_replaces_the_extract(root: Path, tmp_path: Path) -> None:
    (tmp_path / "whole.txt").write_text(PLAN.replace("12件", "13件"), encoding="utf-8")
    folder = root / "datapackages" / NAMES[0]
    values = [row["値"] for row in line.build_package(folder, tmp_path).tables.rows("observation")]
    assert 13 in values
    assert 12 not in values


def test_the_hash_of_a_source_stands_beside_what_was_read(root: Path, tmp_path: Path) -> None:
    (tmp_path / "whole.txt").write_text(PLAN, encoding="utf-8")
    folder = root / "datapackages" / NAMES[0]
    extract, whole = (
        json.loads(line.build_package(folder, documents).files["datapackage.json"])["sources"]
        for documents in (None, tmp_path)
    )
    assert extract[0]["machidata:extract"] == "source/plan.txt"
    assert "machidata:extract" not in whole[0]
    for (source,) in (extract, whole):
        assert "path" not in source
        assert (source["title"], source["machidata:document"]) == ("試験計画", "whole.txt")
        assert source["machidata:hash"].startswith("sha256:")


def test_a_missing_extract_says_which(root: Path) -> None:
    folder = root / "datapackages" / NAMES[0]
    (folder / "source/plan.txt").unlink()
    with pytest.raises(MachidataError) as caught:
        line.build_package(folder)
    error = caught.value
    assert (error.code, error.exit_code, error.expected) == ("source-missing", 3, "source/plan.txt")


def test_when_nothing_can_be_built_the_first_error_is_raised(root: Path) -> None:
    for name in NAMES:
        (root / "datapackages" / name / "source/plan.txt").unlink()
    with pytest.raises(MachidataError) as caught:
        line.build(plan_job(root))
    assert caught.value.where.startswith(NAMES[0])
    assert not (root / "out").exists()


def test_a_fault_of_the_program_fails_its_package_only(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = line.tidy_sources

    def broken(declaration: object, documents: object) -> object:
        if getattr(declaration, "name", "") == NAMES[0]:
            raise ZeroDivisionError("x")
        return real(declaration, documents)  # type: ignore[arg-type]

    monkeypatch.setattr(line, "tidy_sources", broken)
    monkeypatch.delenv("MACHIDATA_DEBUG", raising=False)
    result = line.build(plan_job(root))
    assert result.failed[NAMES[0]].code == "internal"
    assert result.publication.published == (NAMES[1],)
    monkeypatch.setenv("MACHIDATA_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        line.build(plan_job(root))


def test_a_package_with_errors_does_not_reach_its_own_folder(root: Path) -> None:
    line.build(plan_job(root))
    folder = root / "datapackages" / NAMES[0]
    before = {path.name: path.read_bytes() for path in (folder / "data").iterdir()}
    (folder / "source/plan.txt").write_text("階上町\n\n文だけです。\n", encoding="utf-8")
    result = line.build(plan_job(root))
    assert result.exit_code == 1
    assert result.publication.kept == (NAMES[0],)
    assert {path.name: path.read_bytes() for path in (folder / "data").iterdir()} == before


SERIES = "series: {name: s, edition: '2026', title: 版}\n"


def test_what_another_package_claims_stops_that_one_only(root: Path, tmp_path: Path) -> None:
    for name in NAMES:
        file = root / "datapackages" / name / "package.yaml"
        file.write_text(file.read_text(encoding="utf-8") + SERIES, encoding="utf-8")
    result = line.build(plan_job(root, out=tmp_path / "catalog"))
    assert list(result.publication.published) == [NAMES[0]]
    assert {name: error.code for name, error in result.failed.items()} == {
        NAMES[1]: "edition-repeated"
    }
    assert result.exit_code == 2


def test_a_name_that_no_catalog_can_have_stops_that_one_only(root: Path, tmp_path: Path) -> None:
    (root / "datapackages" / NAMES[1]).rename(root / "datapackages" / "vocab")
    result = line.build(plan_job(root, out=tmp_path / "catalog"))
    assert list(result.publication.published) == [NAMES[0]]
    assert result.failed["vocab"].code == "package-name-invalid"


def test_one_package_anew_leaves_the_metadata_of_the_whole(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "catalog"

    def metadata() -> dict[str, bytes]:
        files = [*(target / "metadata").iterdir(), target / "sitemap.xml"]
        return {path.name: path.read_bytes() for path in files}

    line.build(plan_job(root, out=target))
    whole = metadata()
    line.build(plan_job(root, [NAMES[1]], out=target))
    assert metadata() == whole
    with pytest.raises(MachidataError) as caught:
        line.build(plan_job(root, [NAMES[1]], out=target, base="https://elsewhere.example/"))
    assert caught.value.code == "base-changed"
    assert metadata() == whole
