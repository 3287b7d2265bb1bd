"""`machidata read`, `check` and `new`, with good and with bad input."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import PLAN, Result

Run = Callable[..., Result]


@pytest.fixture
def document(root: Path) -> Path:
    path = root / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


BAD = {
    "empty.txt": (b"", "file-empty", 2),
    "blank.txt": (b" \n\t\n", "file-empty", 2),
    "binary.bin": (bytes(range(256)) * 8, "file-binary", 2),
    "paper.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "file-binary", 2),
    "nameless.txt": ("ある町の計画\n\n見出し\t値\nあ\t1\n".encode(), "municipality-missing", 2),
    "headless.txt": ("階上町の表\n\n果物\t色\nりんご\t赤\n".encode(), "nothing-read", 1),
    "letter.txt": ("階上町からのお知らせ\n\n本日は晴れです。\n".encode(), "nothing-read", 1),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_says_what_to_do_and_writes_nothing(
    machidata: Run, root: Path, name: str
) -> None:
    content, code, exit_code = BAD[name]
    (root / name).write_bytes(content)
    result = machidata("read", root / name, "--out", root / "out/tables")
    assert code in result.err
    assert result.code == exit_code
    assert ("fix:" in result.err) or ("→" in result.err)
    assert "Traceback" not in result.err
    assert not (root / "out/tables").exists()
    assert not [path for path in root.rglob("*") if path.name.startswith(".tables")]


def test_a_missing_file_cannot_be_reached(machidata: Run, root: Path) -> None:
    result = machidata("read", root / "nowhere.txt", "--out", root / "out/tables")
    assert (result.code, "file-missing" in result.err) == (3, True)


def test_the_tables_are_written_flat(machidata: Run, root: Path, document: Path) -> None:
    result = machidata("read", document, "--out", root / "out/tables")
    assert result.code == 0
    names = {path.name for path in (root / "out/tables").iterdir()}
    assert {"024465_plan.csv", "024465_observation.csv", "datapackage.json"} <= names
    raw = (root / "out/tables/024465_observation.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\r\n")


def test_the_descriptor_fits_the_folder_and_states_no_day(
    machidata: Run, root: Path, document: Path
) -> None:
    machidata("read", document, "--out", root / "out/tables")
    content = json.loads((root / "out/tables/datapackage.json").read_text(encoding="utf-8"))
    paths = {entry["path"] for entry in content["resources"]}
    files = {path.name for path in (root / "out/tables").glob("*.csv")}
    assert paths == files
    assert "created" not in content
    assert "0001-01-01" not in json.dumps(content)


def test_a_second_run_replaces_ours_and_leaves_the_rest(
    machidata: Run, root: Path, document: Path
) -> None:
    machidata("read", document, "--out", root / "out/tables")
    (root / "out/tables/notes.md").write_text("mine")
    (root / "out/tables/024465_term.csv").write_text("stale")
    before = (root / "out/tables/024465_observation.csv").read_bytes()
    assert machidata("read", document, "--out", root / "out/tables").code == 0
    assert (root / "out/tables/notes.md").read_text() == "mine"
    assert not (root / "out/tables/024465_term.csv").exists()
    assert (root / "out/tables/024465_observation.csv").read_bytes() == before


def test_a_catalog_is_not_mixed_with_tables(machidata: Run, root: Path, document: Path) -> None:
    machidata("build")
    result = machidata("read", document, "--out", root / "out/catalog")
    assert (result.code, "target-is-catalog" in result.err) == (2, True)


def test_prose_is_not_read_into_the_packages(machidata: Run, root: Path, document: Path) -> None:
    result = machidata("read", document, "--out", root / "datapackages/new")
    assert (result.code, "out-in-packages" in result.err) == (2, True)


@pytest.mark.parametrize("inside", ["tables", ".", "docs/../tables", "outside", "vocab/deep/x"])
def test_prose_is_not_read_into_the_repository(
    machidata: Run, root: Path, document: Path, inside: str
) -> None:
    before = sorted(root.rglob("*"))
    result = machidata("read", document, "--out", root / inside)
    assert (result.code, "out-in-repository" in result.err) == (2, True)
    assert "fix:" in result.err
    assert sorted(root.rglob("*")) == before


def test_nor_into_another_repository(
    machidata: Run,
    root: Path,
    document: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "link").symlink_to(root)
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("MACHIDATA_ROOT", str(elsewhere))  # no repository at all
    assert machidata("read", document, "--out", "link/tables").code == 2
    assert machidata("read", document, "--out", root / "datapackages/x").code == 2
    assert machidata("read", document, "--out", root / "out/tables").code == 0
    assert machidata("read", document, "--out", "tables").code == 0


def test_out_may_not_be_a_file(machidata: Run, root: Path, document: Path) -> None:
    (root / "out").mkdir()
    (root / "out/file").write_text("mine")
    result = machidata("read", document, "--out", root / "out/file")
    assert result.code == 3
    assert (root / "out/file").read_text() == "mine"


def test_the_municipality_may_be_given(machidata: Run, root: Path) -> None:
    path = root / "nameless.txt"
    path.write_text(PLAN.replace("階上町", ""), encoding="utf-8")
    assert machidata("read", path, "--out", root / "out/t").code == 2
    assert machidata("read", path, "--out", root / "out/t", "--municipality", "082163").code == 0
    assert (root / "out/t/082163_plan.csv").is_file()
    assert not (root / "out/u").exists()


@pytest.mark.parametrize(
    ("code", "error", "meant"),
    [
        ("082164", "municipality-invalid", "expected: 082163"),
        ("82163", "municipality-invalid", "expected: 082163"),
        ("152065", "municipality-invalid", "expected: 152064"),
        ("020001", "municipality-unknown", "where: --municipality"),
        ("笠間市", "municipality-invalid", "found: 笠間市"),
    ],
)
def test_a_wrong_code_is_told_with_the_right_one(
    machidata: Run, root: Path, document: Path, code: str, error: str, meant: str
) -> None:
    for command in (
        ("read", document, "--out", root / "out/u"),
        ("check", document),
        ("new", "a-new-plan", "--from", document),
    ):
        wrong = machidata(*command, "--municipality", code)
        assert wrong.code == 2
        assert error in wrong.err
        assert meant in wrong.err
    assert not (root / "out/u").exists()
    assert not (root / "datapackages/a-new-plan").exists()


def test_a_document_of_another_municipality_is_read_with_a_warning(
    machidata: Run, root: Path, document: Path
) -> None:
    out = root / "out/other"
    result = machidata("read", document, "--out", out, "--municipality", "082163", "--json")
    assert result.code == 0
    assert result.json["municipality"] == "082163"
    (doubt,) = [f for f in result.json["findings"] if f["code"] == "municipality-differs"]
    assert (doubt["severity"], doubt["found"]) == ("警告", "青森県階上町 024465")
    assert "municipality-differs" in (out / "082163_finding.csv").read_text(encoding="utf-8-sig")
    same = machidata("check", document, "--municipality", "024465", "--json")
    assert "municipality-differs" not in same.out


def test_new_takes_the_code_of_the_name_and_warns(
    machidata: Run, root: Path, document: Path
) -> None:
    result = machidata("new", "082163-new-plan", "--from", document)
    assert result.code == 0
    assert "municipality-differs" in result.err
    made = (root / "datapackages/082163-new-plan/package.yaml").read_text(encoding="utf-8")
    assert 'municipality: "082163"' in made
    given = machidata("new", "082163-b", "--from", document, "--municipality", "024465", "--json")
    assert given.json["findings"] == []
    wrong = machidata("new", "082164-new-plan", "--from", document)
    assert (wrong.code, "expected: 082163" in wrong.err) == (2, True)


def test_what_is_read_as_json(machidata: Run, root: Path, document: Path) -> None:
    result = machidata("read", document, "--out", root / "out/tables", "--json")
    assert result.json["municipality"] == "024465"
    assert result.json["tables"]["observation"] == 4
    assert result.json["exit_code"] == 0
    assert "datapackage.json" in result.json["files"]
    assert set(result.json["counts"]) == {"誤り", "警告", "情報"}


def test_check_of_a_good_file(machidata: Run, root: Path, document: Path) -> None:
    machidata("read", document, "--out", root / "out/tables")
    assert machidata("check", root / "out/tables/024465_observation.csv").code == 0


def test_check_of_a_spoiled_file(machidata: Run, root: Path, document: Path) -> None:
    machidata("read", document, "--out", root / "out/tables")
    path = root / "out/tables/024465_observation.csv"
    path.write_bytes(path.read_bytes().replace(b",2022,", b",MMXXII,"))
    result = machidata("check", path, "--json")
    assert result.code == 1
    assert result.json["counts"]["誤り"] >= 1
    assert any(finding["found"] == "MMXXII" for finding in result.json["findings"])
    renamed = path.rename(root / "renamed.csv")
    assert machidata("check", renamed, "--schema", "observation").code == 1
    assert machidata("check", renamed, "--schema", "nonsense").code == 2


def test_check_of_a_package_and_of_a_document(machidata: Run, document: Path) -> None:
    assert machidata("check", "024465-one-plan").code == 0
    assert machidata("check", "datapackages/024465-one-plan").code == 0
    assert machidata("check", document).code == 0
    assert machidata("check", "024465-nine-plan").code == 2
    assert machidata("check", "nowhere.txt").code == 3
    assert machidata("check", "nowhere.csv").code == 3


def test_findings_cannot_steer_the_terminal(machidata: Run, root: Path) -> None:
    path = root / "plan.txt"
    path.write_text(PLAN.replace("約50名", "\x1b[31mred\u202e"), encoding="utf-8")
    result = machidata("check", path)
    assert "\x1b" not in result.out + result.err
    assert "\u202e" not in result.out + result.err


@pytest.mark.parametrize("name", ["../evil", "A B", "", ".hidden", "a/b", "x" * 80])
def test_new_refuses_names_that_are_no_folder(
    machidata: Run, root: Path, document: Path, name: str
) -> None:
    before = sorted(root.rglob("*"))
    result = machidata("new", name, "--from", document)
    assert (result.code, "name-invalid" in result.err) == (2, True)
    assert sorted(root.rglob("*")) == before


def test_new_does_not_touch_a_package_that_is_there(
    machidata: Run, root: Path, document: Path
) -> None:
    before = (root / "datapackages/024465-one-plan/package.yaml").read_bytes()
    result = machidata("new", "024465-one-plan", "--from", document)
    assert (result.code, "package-exists" in result.err) == (2, True)
    assert (root / "datapackages/024465-one-plan/package.yaml").read_bytes() == before


def test_new_makes_a_declaration_that_only_misses_what_nobody_can_know(
    machidata: Run, root: Path, document: Path
) -> None:
    assert machidata("new", "024465-new-plan", "--from", document).code == 0
    folder = root / "datapackages/024465-new-plan"
    assert "12件" in (folder / "source/plan.txt").read_text(encoding="utf-8")
    missing = machidata("check", "024465-new-plan")
    assert (missing.code, "package-invalid" in missing.err) == (2, True)
    text = (folder / "package.yaml").read_text(encoding="utf-8")
    filled = text.replace('issued: ""', 'issued: "2026-04-01"').replace('  name: ""', "  name: 課")
    filled = filled.replace('  url: ""', '  url: "https://example.jp/"', 1)
    (folder / "package.yaml").write_text(filled, encoding="utf-8")
    built = machidata("build", "024465-new-plan", "--json").json
    assert built["exit_code"] == 0
    assert built["packages"][0]["tables"]["observation"] == 4


def test_new_leaves_the_prose_outside(machidata: Run, root: Path) -> None:
    prose = "この文章は試験のために書かれたもので、抄録には入りません。"
    path = root / "prose.txt"
    path.write_text(PLAN + f"\n{prose}\n", encoding="utf-8")
    assert machidata("new", "024465-new-plan", "--from", path).code == 0
    made = [file for file in (root / "datapackages/024465-new-plan").rglob("*") if file.is_file()]
    assert len(made) == 2
    assert not any("この文章は" in file.read_text(encoding="utf-8") for file in made)


def test_a_hostile_title_stays_a_title(machidata: Run, root: Path) -> None:
    path = root / 'od"d: {name}.txt'
    path.write_text('階上町 "計画": {a: [b\\\n' + PLAN, encoding="utf-8")
    assert machidata("new", "024465-odd-plan", "--from", path).code == 0
    text = (root / "datapackages/024465-odd-plan/package.yaml").read_text(encoding="utf-8")
    import yaml

    loaded = yaml.safe_load(text)
    assert loaded["title"].startswith('階上町 "計画": {a: [b\\')
    assert loaded["licence"] == ""


def test_the_first_build_names_every_empty_entry(
    machidata: Run, root: Path, document: Path
) -> None:
    machidata("new", "024465-new-plan", "--from", document)
    result = machidata("build", "024465-new-plan")
    assert result.code == 2
    assert "contact.name, contact.email, issued" in result.err
    assert "2026-04-01 (YYYY-MM-DD)" in result.err


def test_a_second_document_in_one_folder_says_what_went(
    machidata: Run, root: Path, document: Path
) -> None:
    out = root / "out/tables"
    machidata("read", document, "--out", out)
    other = root / "other.txt"
    other.write_text(PLAN.replace("階上町", "笠間市"), encoding="utf-8")
    result = machidata("read", other, "--out", out)
    assert "replaced: datapackage.json" in result.out
    (removed,) = [line for line in result.out.splitlines() if line.startswith("removed: ")]
    assert "024465_plan.csv" in removed
    assert machidata("read", other, "--out", out, "--json").json["removed"] == []
    again = machidata("read", document, "--out", out, "--json").json
    assert (again["replaced"], "082163_plan.csv" in again["removed"]) == (
        ["datapackage.json"],
        True,
    )


def test_a_foreign_descriptor_is_not_overwritten(
    machidata: Run, root: Path, document: Path
) -> None:
    out = root / "out/mine"
    out.mkdir(parents=True)
    (out / "datapackage.json").write_text('{"name": "mine"}')
    result = machidata("read", document, "--out", out)
    assert (result.code, "target-file-foreign" in result.err) == (2, True)
    assert [path.read_text() for path in out.iterdir()] == ['{"name": "mine"}']
