"""The comparison that `make test` rests on must itself see a difference."""

from __future__ import annotations

from pathlib import Path

from tests.rebuild import differences, package_files, tree


def test_files_of_a_tree_by_path(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c.csv").write_bytes(b"1")
    (tmp_path / ".marker").write_bytes(b"2")
    assert tree(tmp_path) == {".marker": b"2", "a/b/c.csv": b"1"}


def test_missing_extra_and_changed_files_differ() -> None:
    left = {"same": b"1", "changed": b"1", "only-left": b"1"}
    right = {"same": b"1", "changed": b"2", "only-right": b"1"}
    assert differences(left, right) == ["changed", "only-left", "only-right"]
    assert differences(left, dict(left)) == []


def test_what_is_committed_is_data_descriptor_and_report() -> None:
    files = dict.fromkeys(
        [
            "index.html",
            "022055-x/index.html",
            "022055-x/data/022055_plan.csv",
            "022055-x/datapackage.json",
            "022055-x/findings.html",
            "022055-x/finding.html",
            "022055-x/findings.md",
            "022055-x/package.yaml",
            "022055-x/source/plan.txt",
            "metadata/catalog.ttl",
        ],
        b"",
    )
    assert sorted(package_files(files)) == [
        "022055-x/data/022055_plan.csv",
        "022055-x/datapackage.json",
        "022055-x/findings.html",
        "022055-x/findings.md",
    ]
