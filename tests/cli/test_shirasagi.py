"""`machidata publish --to shirasagi[:URL]`: from the folder to what an importer makes of it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.opendata_rows import read_list
from tests.cli.conftest import PACKAGE, PLAN, Result, make_package
from tests.publish.shirasagi.pretend import Pretend, served

Run = Callable[..., Result]
ONE, TWO = "024465-one-plan", "024465-two-plan"
BASE = "https://town.example/opendata/"
TO = ("publish", "--to", "shirasagi", "--base", BASE)
LICENSED = PACKAGE + "licence: CC-BY-4.0\n"
LIST = "out/catalog/metadata/opendata-list.csv"


@pytest.fixture(autouse=True)
def licensed(root: Path) -> None:
    for name, title in ((ONE, "試験計画"), (TWO, "別の計画")):
        path = root / "datapackages" / name / "package.yaml"
        path.write_text(LICENSED.replace("title: 試験計画", f"title: {title}", 1), encoding="utf-8")


def withdraw(root: Path, name: str) -> None:
    (root / "datapackages" / name / "package.yaml").unlink()


def snapshot(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_catalog_the_zip_and_the_plan(machidata: Run, root: Path) -> None:
    result = machidata(*TO)
    assert result.code == 0
    assert f"+ {ONE}  create" in result.out
    assert f"URL for the importer: {BASE}metadata/opendata-list.csv" in result.out
    rows = read_list((root / LIST).read_bytes())
    assert {row["ファイル_ダウンロードURL"].startswith(BASE) for row in rows} == {True}
    with zipfile.ZipFile(root / "out/catalog-shirasagi.zip") as made:
        names = made.namelist()
    assert len([name for name in names if name.endswith("/resources.csv")]) == 2
    assert len(names) == 1 + 2 + len(rows)


def test_the_second_time_there_is_nothing_to_do(machidata: Run, root: Path) -> None:
    machidata(*TO)
    before = snapshot(root)
    result = machidata(*TO, "--json")
    assert result.code == 0
    counts = result.json["plan"]["counts"]
    assert counts["datasets"] == {"created": 0, "saved": 0, "untouched": 2, "deleted": 0}
    assert result.json["findings"] == []
    assert snapshot(root) == before


def test_a_plan_is_written_and_nothing_else(machidata: Run, root: Path) -> None:
    before = snapshot(root)
    result = machidata(*TO, "--plan", root / "plan.json", "--json")
    assert result.code == 0
    after = snapshot(root)
    assert json.loads(after.pop("plan.json")) == result.json
    assert after == before
    assert result.json["plan"]["counts"]["datasets"]["created"] == 2
    assert result.json["plan"]["archive"] == ""


def test_withdrawn_then_forgotten(machidata: Run, root: Path) -> None:
    machidata(*TO)
    withdraw(root, TWO)
    result = machidata(*TO)
    assert result.code == 0
    assert "list-withdrawn" in result.out
    assert f"--forget {TWO}" in result.out
    assert f"= {TWO}  untouched" in result.out
    kept = read_list((root / LIST).read_bytes())
    assert {row["データセット_ID"] for row in kept} == {ONE, TWO}
    gone = machidata(*TO, "--forget", TWO)
    assert f"- {TWO}  delete" in gone.out
    left = read_list((root / LIST).read_bytes())
    assert {row["データセット_ID"] for row in left} == {ONE}


@pytest.mark.parametrize("name", [ONE, TWO, "nothing", f"{ONE}/plan", f"{ONE}/nothing", ""])
def test_what_is_published_or_unknown_is_not_forgotten(
    machidata: Run, root: Path, name: str
) -> None:
    machidata(*TO)
    before = snapshot(root)
    result = machidata(*TO, "--forget", name)
    assert result.code == 2
    assert "forget-refused" in result.err
    assert snapshot(root) == before


def test_a_failed_package_keeps_its_rows(machidata: Run, root: Path) -> None:
    machidata(*TO)
    before = (root / LIST).read_bytes()
    (root / "datapackages" / TWO / "source" / "plan.txt").unlink()
    result = machidata(*TO, "--json")
    assert result.code == 3
    assert result.json["plan"]["counts"]["datasets"]["untouched"] == 2
    assert (root / LIST).read_bytes() == before


def test_one_package_alone_keeps_the_rows_of_the_other(machidata: Run, root: Path) -> None:
    machidata(*TO)
    before = (root / LIST).read_bytes()
    assert machidata(*TO, ONE).code == 0
    assert (root / LIST).read_bytes() == before


def test_without_an_address_of_ours_nothing_is_published(machidata: Run, root: Path) -> None:
    result = machidata("publish", "--to", "shirasagi")
    assert result.code == 2
    assert "base-missing" in result.err
    assert not (root / "out").exists()


def test_a_package_without_a_licence_is_refused(machidata: Run, root: Path) -> None:
    make_package(root, "024465-bare-plan")
    result = machidata(*TO)
    assert result.code == 2
    assert "licence-missing" in result.err
    assert "024465-bare-plan" in result.err
    assert not (root / "out").exists()


def test_moved_addresses_are_refused_until_they_are_meant(machidata: Run, root: Path) -> None:
    machidata(*TO)
    before = snapshot(root)
    moved = ("publish", "--to", "shirasagi", "--base", "https://moved.example/")
    result = machidata(*moved)
    assert result.code == 2
    assert "addresses-changed" in result.err
    assert snapshot(root) == before
    plan = machidata(*moved, "--plan", root / "plan.json", "--json")
    assert plan.code == 0
    assert plan.json["plan"]["counts"]["datasets"]["deleted"] == 0
    assert plan.json["plan"]["counts"]["files"]["deleted"] > 0
    assert "list-address-changed" in {one["code"] for one in plan.json["findings"]}
    assert machidata(*moved, "--moved").code == 0
    assert machidata(*moved).code == 0


def test_a_plan_tells_what_would_stop_it(machidata: Run, root: Path) -> None:
    machidata(*TO)
    (root / "datapackages" / TWO / "source" / "plan.txt").unlink()
    result = machidata(*TO, "--plan", root / "plan.json")
    assert result.code == 3
    assert "source-missing" in result.out
    assert json.loads((root / "plan.json").read_bytes())["plan"]["unfinished"] == [TWO]


def test_a_build_tells_the_traps_of_the_list_too(machidata: Run, root: Path) -> None:
    machidata("build", "--base", BASE)
    withdraw(root, TWO)
    result = machidata("build", "--base", BASE)
    assert result.code == 0
    assert "list-withdrawn" in result.out


def test_apply_is_for_others(machidata: Run) -> None:
    result = machidata(*TO, "--apply", "plan.json")
    assert result.code == 2
    assert "catalog-unsupported" in result.err


def test_a_plan_that_cannot_be_written(machidata: Run, root: Path) -> None:
    result = machidata(*TO, "--plan", root / "no" / "plan.json")
    assert result.code == 3
    assert "file-unwritable" in result.err


def test_a_broken_list_stops_before_anything_is_written(machidata: Run, root: Path) -> None:
    machidata(*TO)
    (root / LIST).write_bytes(b"<html>")
    before = snapshot(root)
    result = machidata(*TO)
    assert result.code == 3
    assert "previous-list-invalid" in result.err
    assert machidata("build", "--base", BASE).code == 3
    assert snapshot(root) == before


def test_a_list_that_got_lost_is_no_empty_list(machidata: Run, root: Path) -> None:
    machidata(*TO)
    withdraw(root, TWO)
    (root / LIST).unlink()
    before = snapshot(root)
    for command in (TO, ("build", "--base", BASE)):
        result = machidata(*command)
        assert result.code == 3
        assert "previous-list-invalid" in result.err
    assert snapshot(root) == before


def test_what_the_api_shows(machidata: Run, root: Path) -> None:
    """Published, imported there, changed here: the plan is made against what stands there."""
    machidata(*TO)
    there = Pretend()
    there.imports((root / LIST).read_bytes())
    path = root / "datapackages" / ONE / "package.yaml"
    path.write_text(path.read_text("utf-8") + 'modified: "2026-05-01"\n', encoding="utf-8")
    plan = PLAN.replace("12件", "13件")
    (root / "datapackages" / ONE / "source" / "plan.txt").write_text(plan, encoding="utf-8")
    with served(there) as address:
        asked = ("publish", "--to", f"shirasagi:{address}", "--base", BASE, "--json")
        first = machidata(*asked).json["plan"]
        there.imports((root / LIST).read_bytes())
        second = machidata(*asked).json["plan"]
    assert {one["key"]: one["action"] for one in first["datasets"]} == {
        ONE: "saved",
        TWO: "untouched",
    }
    assert set(first["there"]) == {ONE, TWO}
    assert second["counts"]["datasets"]["untouched"] == 2
    assert second["counts"]["files"]["saved"] == 0


def test_a_catalog_that_does_not_answer_changes_nothing_here(machidata: Run, root: Path) -> None:
    result = machidata("publish", "--to", "shirasagi:http://127.0.0.1:1/", "--base", BASE)
    assert result.code == 3
    assert "catalog-unreachable" in result.err
    assert not (root / "out").exists()


def test_hostile_words_of_the_catalog_do_not_steer_the_terminal(machidata: Run, root: Path) -> None:
    machidata(*TO)
    there = Pretend()
    there.imports((root / LIST).read_bytes())
    shown = {**next(iter(there.packages().values())), "uuid": "x", "url": "\x1b[2J\nnew"}
    there.state = Pretend().state
    there.others = [shown]
    with served(there) as address:
        result = machidata("publish", "--to", f"shirasagi:{address}", "--base", BASE)
    assert result.code == 0
    assert "\x1b" not in result.out + result.err
