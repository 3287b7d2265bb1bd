"""The folder catalog: contents, editions that stay, files of others, errors, the same bytes."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.describe import describe
from pipelines.line import with_metadata
from pipelines.model import MachidataError, Metadata, Package
from pipelines.publish import publish, swap
from pipelines.publish.folder import Publication
from pipelines.publish.manifest import FORMAT, MARKER, Entry, Manifest, damage, load
from tests.factory import ERROR, make_package

ROOT = Path(__file__).parents[2]
BASE = "https://data.example.jp/"


def put(target: Path, *packages: Package, keep: tuple[str, ...] = ()) -> Publication:
    metadata = describe(packages, BASE)
    whole = [with_metadata(package, metadata) for package in packages]
    return publish(whole, metadata, target, keep=keep)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def leftovers(target: Path) -> list[str]:
    """What stands beside the catalog."""
    return sorted(path.name for path in target.parent.iterdir() if path != target)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "公開 catalog"


def test_a_catalog_has_all_its_parts(target: Path) -> None:
    package = make_package()
    done = put(target, package, make_package("152064-ict-plan"))
    assert done.published == ("022055-dx-plan", "152064-ict-plan")
    assert (done.kept, done.stopped) == ((), ())
    files = tree(target)
    assert {path: len(data) for path, data in files.items() if path != MARKER} == done.files
    for path, data in package.files.items():
        assert files[f"022055-dx-plan/{path}"] == data
    for path in ("index.html", "assets/style.css", "metadata/catalog.ttl",
                 "metadata/catalog.jsonld", "metadata/catalog.rdf",
                 "022055-dx-plan/index.html", "022055-dx-plan/observation.html"):  # fmt: skip
        assert files[path]
    assert damage(target) == []
    assert leftovers(target) == []


def test_links_of_the_metadata_arrive_in_the_folder(target: Path) -> None:
    put(target, make_package())
    text = (target / "metadata/catalog.ttl").read_text(encoding="utf-8")
    links = [
        word.strip("<>") for word in text.split() if word.startswith(f"<{BASE}022055-dx-plan/")
    ]
    assert len(links) > 20
    assert [link for link in links if not (target / link.removeprefix(BASE)).is_file()] == []


def test_twice_the_same_bytes(tmp_path: Path) -> None:
    one, two = make_package(), make_package("152064-ict-plan")
    put(tmp_path / "a", one, two)
    put(tmp_path / "b", two, one)
    put(tmp_path / "b", one, two)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_bytes_do_not_depend_on_hash_seed_zone_or_locale(tmp_path: Path) -> None:
    code = (
        "import sys; from tests.publish.test_catalog import *; "
        "put(Path(sys.argv[1]), make_package())"
    )
    for name, seed, zone in (("a", "1", "UTC"), ("b", "9", "Asia/Tokyo")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", code, str(tmp_path / name)]
        subprocess.run(command, env=env, cwd=tmp_path, check=True)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    assert len(tree(tmp_path / "a")) > 20


def test_an_error_stops_its_package_and_no_other(target: Path) -> None:
    done = put(target, make_package(findings=[ERROR]), make_package("152064-ict-plan"))
    assert (done.published, done.stopped) == (("152064-ict-plan",), ("022055-dx-plan",))
    assert not (target / "022055-dx-plan").exists()
    assert "022055-dx-plan" not in (target / "index.html").read_text(encoding="utf-8")


def test_the_previous_edition_stays_and_is_marked(target: Path) -> None:
    put(target, make_package(version="0.9"), make_package("152064-ict-plan"))
    before = tree(target / "022055-dx-plan")
    done = put(target, make_package(findings=[ERROR]), make_package("152064-ict-plan"))
    assert (done.published, done.kept, done.stopped) == (
        ("152064-ict-plan",),
        ("022055-dx-plan",),
        (),
    )
    assert tree(target / "022055-dx-plan") == before
    index = (target / "index.html").read_text(encoding="utf-8")
    assert index.count("前の版です") == 1
    assert damage(target) == []
    # Still there after a second failed run, no longer marked after a good one.
    put(target, make_package(findings=[ERROR]))
    assert tree(target / "022055-dx-plan") == before
    put(target, make_package())
    assert "前の版です" not in (target / "index.html").read_text(encoding="utf-8")


def test_a_package_that_is_no_longer_given_goes_unless_kept(target: Path) -> None:
    put(target, make_package(), make_package("152064-ict-plan"))
    put(target, make_package(), keep=("152064-ict-plan", "unknown"))
    assert (target / "152064-ict-plan/index.html").is_file()
    put(target, make_package())
    assert not (target / "152064-ict-plan").exists()


def test_files_of_others_stay(target: Path) -> None:
    put(target, make_package(), make_package("152064-ict-plan"))
    (target / ".git").mkdir()
    (target / ".git/HEAD").write_text("ref")
    (target / "CNAME").write_text("data.example.jp")
    (target / "152064-ict-plan/memo.txt").write_text("my note")
    (target / "link").symlink_to("CNAME")
    put(target, make_package())
    assert (target / ".git/HEAD").read_text() == "ref"
    assert (target / "CNAME").read_text() == "data.example.jp"
    assert (target / "152064-ict-plan/memo.txt").read_text() == "my note"
    assert not (target / "152064-ict-plan/index.html").exists()
    assert (target / "link").is_symlink()


def test_a_file_of_others_in_the_way_is_not_overwritten(target: Path) -> None:
    put(target)
    (target / "022055-dx-plan").mkdir()
    (target / "022055-dx-plan/index.html").write_text("mine")
    before = tree(target)
    with pytest.raises(MachidataError) as caught:
        put(target, make_package())
    assert caught.value.code == "target-file-foreign"
    assert caught.value.found == "022055-dx-plan/index.html"
    assert tree(target) == before
    assert leftovers(target) == []


def test_an_edited_file_of_ours_is_written_anew(target: Path) -> None:
    put(target, make_package())
    (target / "index.html").write_text("edited")
    assert damage(target) == ["index.html"]
    put(target, make_package())
    assert damage(target) == []


@pytest.mark.parametrize("marker", [None, "", "no json", "[]", '{"format": "other"}'])
def test_a_folder_that_is_not_ours_is_not_touched(target: Path, marker: str | None) -> None:
    target.mkdir()
    (target / "thesis.txt").write_text("years of work")
    if marker is not None:
        (target / MARKER).write_text(marker)
    before = tree(target)
    with pytest.raises(MachidataError) as caught:
        put(target, make_package())
    assert (caught.value.code, caught.value.exit_code) == ("target-not-catalog", 2)
    assert caught.value.fix_ja
    assert caught.value.fix_en
    assert tree(target) == before
    assert leftovers(target) == []


def test_a_marker_that_leads_outside_is_not_believed(target: Path) -> None:
    target.mkdir()
    secret = target.parent / "secret.txt"
    secret.write_text("secret")
    evil = Manifest({"a/../../secret.txt": "0"}, (Entry("a", "A"),))
    (target / MARKER).write_bytes(evil.to_bytes())
    assert FORMAT in (target / MARKER).read_text()
    assert load(target) is None
    with pytest.raises(MachidataError):
        put(target, keep=("a",))
    assert secret.read_text() == "secret"


def test_a_file_as_target_is_refused(target: Path) -> None:
    target.write_text("a file")
    with pytest.raises(MachidataError) as caught:
        put(target, make_package())
    assert caught.value.code == "target-not-catalog"
    assert target.read_text() == "a file"


def test_an_empty_folder_and_missing_parents_will_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    put(tmp_path / "empty", make_package())
    put(tmp_path / "x/y/z", make_package())
    assert damage(tmp_path / "empty") == damage(tmp_path / "x/y/z") == []


def test_a_symbolic_link_to_the_catalog_stays_one(tmp_path: Path) -> None:
    put(tmp_path / "real")
    (tmp_path / "link").symlink_to("real")
    put(tmp_path / "link", make_package())
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real/022055-dx-plan/index.html").is_file()


@pytest.mark.parametrize(
    "name", ["022055-../x", "022055-a/b", "022055-A", "022055-計画", "022055-x.", "022055- "]
)
def test_names_that_are_no_folder_are_refused(target: Path, name: str) -> None:
    with pytest.raises(MachidataError) as caught:
        publish([make_package(name)], Metadata({}), target)
    assert caught.value.code == "package-name-invalid"
    assert not target.exists()


@pytest.mark.parametrize("path", ["../x", "/etc/x", "data/../../x", "a\\b", ".hidden", "", "a//b"])
def test_paths_that_lead_outside_are_refused(target: Path, path: str) -> None:
    good = make_package()
    bad = Package(
        good.declaration, good.municipality, good.tables, {}, (), {path: b"x"}, ()
    )  # fmt: skip
    for arguments in (([bad], Metadata({})), ([], Metadata({path: b"x"}))):
        with pytest.raises(MachidataError) as caught:
            publish(*arguments, target)
        assert (caught.value.code, caught.value.found) == ("path-invalid", path)
    assert not target.exists()


def test_the_same_name_twice_is_refused(target: Path) -> None:
    with pytest.raises(MachidataError) as caught:
        put(target, make_package(), make_package(version="2"))
    assert caught.value.code == "package-repeated"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EACCES, "target-unreachable"),
        (errno.EIO, "target-unreachable"),
    ],
)
def test_a_failing_disk_is_told_and_leaves_the_catalog(
    target: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    put(target, make_package(version="0.9"))
    before = tree(target)

    def fail(folder: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(swap, "flush", fail)
    with pytest.raises(MachidataError) as caught:
        put(target, make_package())
    assert (caught.value.code, caught.value.exit_code) == (code, 3)
    assert tree(target) == before
    assert leftovers(target) == []


def test_a_target_below_a_file_cannot_be_reached(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(MachidataError) as caught:
        put(tmp_path / "file" / "catalog", make_package())
    assert (caught.value.code, caught.value.exit_code) == ("target-unreachable", 3)
