"""`machidata build` and `machidata publish`: what is written where, and the exit codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import PACKAGE, PLAN, Result, make_package

Run = Callable[..., Result]
NAMES = ["024465-one-plan", "024465-two-plan"]


def snapshot(folder: Path) -> dict[str, bytes]:
    """Path → bytes of every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_without_options_the_packages_and_the_default_catalog_are_written(
    machidata: Run, root: Path
) -> None:
    assert machidata("build").code == 0
    for name in NAMES:
        written = root / "datapackages" / name
        catalog = root / "out" / "catalog" / name
        assert (written / "datapackage.json").read_bytes() == (
            catalog / "datapackage.json"
        ).read_bytes()
        assert snapshot(written / "data") == snapshot(catalog / "data")
        assert any(path.endswith("_observation.csv") for path in snapshot(written / "data"))
    assert (root / "out/catalog/metadata/catalog.ttl").is_file()


def test_with_out_the_catalog_is_that_folder_and_nothing_else_changes(
    machidata: Run, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = snapshot(root)
    out = tmp_path_factory.mktemp("there") / "catalog"
    assert machidata("build", "--out", out).code == 0
    assert (out / "index.html").is_file()
    assert (out / "024465-one-plan/data/024465_observation.csv").is_file()
    assert snapshot(root) == before


def test_a_second_build_changes_nothing(machidata: Run, root: Path) -> None:
    machidata("build")
    before = snapshot(root)
    second = machidata("build", "--json")
    assert second.json["changed"] == []
    assert snapshot(root) == before


def test_the_whole_document_is_read_and_never_enters_the_repository(
    machidata: Run, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    documents = tmp_path_factory.mktemp("documents")
    (documents / "whole.txt").write_text(PLAN.replace("34件", "35件"), encoding="utf-8")
    out = documents / "out"
    before = snapshot(root)
    assert machidata("build", "--documents", documents, "--out", out).code == 0
    table = (out / "024465-one-plan/data/024465_observation.csv").read_text(encoding="utf-8-sig")
    assert "35件" in table
    assert "34件" not in table
    assert snapshot(root) == before


def test_documents_need_an_out(machidata: Run, root: Path) -> None:
    before = snapshot(root)
    result = machidata("build", "--documents", root)
    assert result.code == 2
    assert "out-missing" in result.err
    assert snapshot(root) == before


@pytest.mark.parametrize("inside", ["datapackages", "datapackages/new", "out/../datapackages/x"])
def test_no_catalog_inside_the_packages(machidata: Run, root: Path, inside: str) -> None:
    result = machidata("build", "--out", root / inside)
    assert (result.code, "out-in-packages" in result.err) == (2, True)


@pytest.mark.parametrize("inside", ["inrepo", "docs/x", "out2", "out/../docs"])
def test_no_whole_documents_inside_the_repository(machidata: Run, root: Path, inside: str) -> None:
    (root / "whole.txt").write_text(PLAN, encoding="utf-8")
    before = snapshot(root)
    result = machidata("build", "--documents", root, "--out", root / inside, "--json")
    assert (result.code, result.json["error"]["code"]) == (2, "out-in-repository")
    assert result.json["error"]["fix"]
    assert snapshot(root) == before
    allowed = root / "out" / inside.replace("..", "x")
    assert machidata("build", "--documents", root, "--out", allowed).code == 0


def test_out_behind_a_link_into_the_packages_is_refused(machidata: Run, root: Path) -> None:
    (root / "link").symlink_to(root / "datapackages")
    assert machidata("build", "--documents", root, "--out", root / "link" / "x").code == 2


def test_a_missing_folder_of_documents_cannot_be_reached(machidata: Run, root: Path) -> None:
    result = machidata("build", "--documents", root / "nowhere", "--out", root / "o")
    assert result.code == 3
    assert "folder-missing" in result.err


def test_a_missing_document_names_the_file_that_is_expected(machidata: Run, root: Path) -> None:
    (root / "empty").mkdir()
    result = machidata("build", "--documents", root / "empty", "--out", root / "out" / "o")
    assert result.code == 3
    assert "document-missing" in result.err
    assert "whole.txt" in result.err
    assert not (root / "o").exists()


def test_an_unknown_name_suggests_the_nearest(machidata: Run) -> None:
    result = machidata("build", "024465-won-plan")
    assert result.code == 2
    assert "package-unknown" in result.err
    assert "024465-one-plan" in result.err


def test_a_name_may_be_given_as_its_folder(machidata: Run) -> None:
    result = machidata("build", "datapackages/024465-one-plan/", "--json")
    assert [entry["name"] for entry in result.json["packages"]] == ["024465-one-plan"]


def test_one_package_alone_leaves_the_others_in_the_catalog(machidata: Run, root: Path) -> None:
    machidata("build")
    before = snapshot(root / "out/catalog/024465-two-plan")
    assert machidata("build", "024465-one-plan").code == 0
    assert snapshot(root / "out/catalog/024465-two-plan") == before
    assert b"024465-two-plan" in (root / "out/catalog/metadata/catalog.ttl").read_bytes()


def test_a_package_with_an_error_stops_only_itself(machidata: Run, root: Path) -> None:
    make_package(root, "024465-bad-plan", plan="階上町の案内\n\n文だけの文書です。\n")
    result = machidata("build", "--json")
    assert result.code == 1
    status = {entry["name"]: entry["status"] for entry in result.json["packages"]}
    assert status == {"024465-bad-plan": "stopped", **dict.fromkeys(NAMES, "published")}
    errors = {entry["name"]: entry["errors"] for entry in result.json["packages"]}
    assert [error["code"] for error in errors["024465-bad-plan"]] == ["nothing-read"]
    assert not (root / "datapackages/024465-bad-plan/data").exists()


def test_a_package_that_cannot_be_built_stops_only_itself(machidata: Run, root: Path) -> None:
    make_package(root, "024465-bad-plan", declaration=PACKAGE + "surprise: 1\n")
    result = machidata("build", "--json")
    assert result.code == 2
    entries = {entry["name"]: entry for entry in result.json["packages"]}
    assert entries["024465-bad-plan"]["error"]["code"] == "package-invalid"
    assert {entries[name]["status"] for name in NAMES} == {"published"}
    assert (root / "out/catalog/024465-one-plan").is_dir()


def test_a_word_that_the_catalog_does_not_know_stops_only_its_package(
    machidata: Run, root: Path
) -> None:
    make_package(root, "024465-bad-plan", declaration=PACKAGE + "frequency: SOMETIMES\n")
    result = machidata("build", "--json")
    entries = {entry["name"]: entry for entry in result.json["packages"]}
    assert entries["024465-bad-plan"]["error"]["code"] == "frequency-unknown"
    assert {entries[name]["status"] for name in NAMES} == {"published"}


def test_a_package_that_breaks_keeps_its_previous_edition(machidata: Run, root: Path) -> None:
    machidata("build")
    before = snapshot(root / "out/catalog/024465-one-plan/data")
    (root / "datapackages/024465-one-plan/source/plan.txt").unlink()
    result = machidata("build", "--json")
    assert (result.code, result.json["kept"]) == (3, ["024465-one-plan"])
    assert snapshot(root / "out/catalog/024465-one-plan/data") == before


def test_no_package_at_all(machidata: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "bare" / "datapackages").mkdir(parents=True)
    monkeypatch.setenv("MACHIDATA_ROOT", str(root / "bare"))
    result = machidata("build")
    assert (result.code, "packages-none" in result.err) == (2, True)


def test_the_root_is_found_from_a_folder_inside(
    machidata: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MACHIDATA_ROOT")
    monkeypatch.chdir(root / "datapackages" / "024465-one-plan")
    assert machidata("build").code == 0
    assert (root / "out/catalog/index.html").is_file()


def test_a_stated_root_without_packages_is_an_error(
    machidata: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MACHIDATA_ROOT", str(root / "datapackages"))
    result = machidata("build")
    assert (result.code, "root-missing" in result.err) == (2, True)


def test_publish_to_folder_writes_the_catalog_only(machidata: Run, root: Path) -> None:
    before = snapshot(root / "datapackages")
    assert machidata("publish", "--to", "folder").code == 0
    assert (root / "out/catalog/index.html").is_file()
    assert snapshot(root / "datapackages") == before


def license_all(root: Path, licence: str = "CC-BY-4.0") -> None:
    for folder in (root / "datapackages").iterdir():
        with (folder / "package.yaml").open("a", encoding="utf-8") as file:
            file.write(f'licence: "{licence}"\n')


@pytest.mark.parametrize(
    "to",
    ["ckan", "shirasagi", "shirasagi:https://x.example", "https://ckan.example.jp", "Folder", ""],
)
@pytest.mark.parametrize("staged", [(), ("--plan", "p")])
def test_an_unlicensed_package_leaves_the_house_for_no_catalog(
    machidata: Run, root: Path, to: str, staged: tuple[str, ...]
) -> None:
    before = snapshot(root)
    result = machidata("publish", "--to", to, *staged, "--json")
    error = result.json["error"]
    assert (result.code, error["code"]) == (2, "licence-missing")
    assert error["where"] == ", ".join(NAMES)
    for key in ("CC-BY-4.0", "CC0-1.0", "PDL1.0", "GJSTU-2.0"):
        assert key in error["expected"]
    assert snapshot(root) == before


def test_the_refusal_is_told_in_both_languages(machidata: Run, root: Path) -> None:
    ja = machidata("publish", "024465-one-plan", "--to", "ckan", "--lang", "ja").err
    assert "ライセンス" in ja
    assert "package.yaml" in ja
    assert "024465-one-plan" in ja
    assert "024465-two-plan" not in ja
    en = machidata("publish", "--to", "ckan", "--lang", "en").err
    assert "no licence" in en
    assert "024465-one-plan, 024465-two-plan" in en


def test_a_blank_licence_is_none(machidata: Run, root: Path) -> None:
    license_all(root, " ")
    assert "licence-missing" in machidata("publish", "--to", "ckan").err


def test_only_the_packages_that_are_asked_for_are_looked_at(machidata: Run, root: Path) -> None:
    package = make_package(root, "024465-new-plan", declaration=PACKAGE + 'licence: "CC0-1.0"\n')
    result = machidata("publish", package.name, "--to", "ckan")
    assert "catalog-unknown" in result.err
    assert "licence-missing" in machidata("publish", "--to", "ckan").err


def test_unlicensed_packages_go_to_the_folder(machidata: Run, root: Path) -> None:
    assert machidata("publish", "--to", "folder").code == 0
    assert "catalog-unsupported" in machidata("publish", "--to", "folder", "--plan", "p").err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--to", "ckan"), "catalog-unknown"),
        (("--to", "Folder"), "catalog-unknown"),
        (("--to", "../catalogs/x"), "catalog-unknown"),
        (("--to", "https://ckan.example.jp"), "token-missing"),
        (("--to", "folder", "--plan", "p"), "catalog-unsupported"),
        (("--to", "folder", "--apply", "p"), "catalog-unsupported"),
        (("--to", "ckan", "--apply", "p", "--plan", "p"), "usage"),
    ],
)
def test_what_cannot_be_published_to_is_said(
    machidata: Run,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: str,
) -> None:
    monkeypatch.delenv("MACHIDATA_CKAN_TOKEN", raising=False)
    license_all(root)
    result = machidata("publish", *arguments, "--json")
    assert (result.code, result.json["error"]["code"]) == (2, code)
    assert not (root / "out").exists()


def test_a_foreign_folder_is_not_overwritten(machidata: Run, root: Path) -> None:
    (root / "mine").mkdir()
    (root / "mine" / "letter.txt").write_text("keep me")
    assert machidata("build", "--out", root / "mine").code == 2
    assert snapshot(root / "mine") == {"letter.txt": b"keep me"}


def test_progress_is_told_line_by_line_where_there_is_no_terminal(machidata: Run) -> None:
    lines = machidata("build", "--lang", "ja").err.splitlines()
    assert lines[0] == "[ 1/10] 024465-one-plan: 読む"
    assert lines[-1] == "[10/10] カタログ: 公開する"
    assert len(lines) == 10
