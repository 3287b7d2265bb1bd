"""Which packages are meant and where output may go."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.job import BASE, Job, plan_job
from pipelines.model import MachidataError
from pipelines.workspace import catalog_folder, choose, find_root


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("MACHIDATA_ROOT", raising=False)
    for name in ("b-plan", "a-plan"):
        folder = tmp_path / "datapackages" / name
        folder.mkdir(parents=True)
        (folder / "package.yaml").write_text("{}")
    (tmp_path / "datapackages" / "no-package").mkdir()
    return tmp_path


def test_names_are_sorted_and_each_once(root: Path) -> None:
    assert choose(root) == ["a-plan", "b-plan"]
    assert choose(root, ["b-plan", "./datapackages/a-plan", "b-plan"]) == ["a-plan", "b-plan"]


@pytest.mark.parametrize("name", ["c-plan", "no-package", "../a-plan", "", "/etc", "a-plan/source"])
def test_what_is_no_package_is_refused(root: Path, name: str) -> None:
    with pytest.raises(MachidataError) as caught:
        choose(root, [name])
    assert (caught.value.code, caught.value.exit_code) == ("package-unknown", 2)
    assert "a-plan" in caught.value.expected


def test_the_root_is_looked_for_upwards(root: Path) -> None:
    deep = root / "datapackages" / "a-plan" / "deep"
    deep.mkdir()
    assert find_root(deep) == root.resolve()


def test_the_stated_root_wins(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACHIDATA_ROOT", str(root))
    assert find_root(Path("/")) == root.resolve()


def test_the_default_catalog_is_below_the_root(root: Path) -> None:
    assert catalog_folder(root, None, None) == root / "out" / "catalog"
    assert catalog_folder(root, root / "out" / "x", root) == root / "out" / "x"


def test_only_a_plain_build_writes_the_packages(root: Path) -> None:
    assert plan_job(root).commit
    assert not plan_job(root, commit=False).commit
    assert not plan_job(root, out=root / "out" / "x").commit
    assert not plan_job(root, documents=root, out=root / "out" / "x").commit


def test_a_job_keeps_what_it_does_not_build(root: Path) -> None:
    job = plan_job(root, ["a-plan"], base="")
    assert job.base == BASE
    assert job.kept({}) == ["b-plan"]
    error = MachidataError("x", ja="", en="")
    assert job.kept({"a-plan": error}) == ["a-plan", "b-plan"]
    assert plan_job(root).kept({}) == []
    assert (job.steps, plan_job(root).steps) == (6, 10)


def test_a_job_knows_the_folders(root: Path) -> None:
    job = Job(root, ("a-plan",), ("a-plan",), root / "out")
    assert job.folder("a-plan") == root / "datapackages" / "a-plan"


def test_whole_documents_stay_out_of_the_repository(root: Path) -> None:
    with pytest.raises(MachidataError) as caught:
        catalog_folder(root, root / "docs" / "catalog", root)
    assert caught.value.code == "out-in-repository"
    assert "out/whole" in caught.value.fix_en
    for allowed in (root / "out" / "whole", root.parent / "beside"):
        assert catalog_folder(root, allowed, root) == allowed
    # extracts hold nothing that the repository must not hold
    assert catalog_folder(root, root / "docs" / "catalog", None) == root / "docs" / "catalog"
