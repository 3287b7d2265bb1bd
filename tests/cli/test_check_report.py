"""`machidata check NAME`: findings by severity and code, and the report beside the package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from machidata.messages import use
from machidata.render import SHOWN, findings_lines, summary
from pipelines.check import whole
from pipelines.check.case import Case
from pipelines.findings.schema import SchemaEnum, SchemaPattern
from pipelines.findings.tidy import Note
from pipelines.model import Finding
from tests.cli.conftest import Result

Run = Callable[..., Result]
ONE = "024465-one-plan"
FOLDER = f"datapackages/{ONE}"


def failing(case: Case) -> Iterator[Finding]:
    yield Note.at(place="L9", found="x")
    for n in (3, 4):
        yield SchemaPattern.at(place=f"L{n}:C4", found="12件", expected="[0-9]+", column="値")


@pytest.fixture
def errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "CHECKS", (failing,))


def accept(root: Path, *places: str) -> None:
    path = root / FOLDER / "package.yaml"
    entries = [f"  - {{code: schema-pattern, place: '{p}', reason: as printed}}\n" for p in places]
    path.write_text(path.read_text("utf-8") + "accept:\n" + "".join(entries), encoding="utf-8")


@pytest.mark.usefixtures("errors")
def test_findings_by_severity_and_code_with_place_and_the_remedy_once(machidata: Run) -> None:
    result = machidata("check", ONE)
    assert result.code == 1
    lines = result.out.splitlines()
    assert lines[0] == "error (2)"
    assert lines[1] == f"  schema-pattern  {SchemaPattern.title_en} (2)"
    assert [line.strip() for line in lines if line.strip() in {"L3:C4", "L4:C4"}] == [
        "L3:C4",
        "L4:C4",
    ]
    assert result.out.count("→ Write it in this way: [0-9]+") == 1
    assert lines.index("info (1)") > lines.index("    → Write it in this way: [0-9]+")
    assert lines[-1] == f"Report: {FOLDER}/findings.md {FOLDER}/findings.html"


@pytest.mark.usefixtures("errors")
def test_the_same_in_japanese(machidata: Run) -> None:
    out = machidata("check", ONE, "--lang", "ja").out
    assert out.startswith(f"誤り (2)\n  schema-pattern  {SchemaPattern.title} (2)\n    L3:C4\n")
    assert f"報告: {FOLDER}/findings.md" in out


@pytest.mark.usefixtures("errors")
def test_json_keeps_its_keys_and_has_titles(machidata: Run, root: Path) -> None:
    accept(root, "L3:C4")
    result = machidata("check", ONE, "--json").json
    assert set(result) == {"target", "counts", "findings", "files", "exit_code"}
    assert result["files"] == [f"{FOLDER}/findings.md", f"{FOLDER}/findings.html"]
    found = [one for one in result["findings"] if one["code"] == "schema-pattern"]
    before = "code severity table row_id place found expected message message_en fix fix_en"
    assert set(found[0]) == {*before.split(), "title", "title_en", "accepted"}
    assert (found[0]["title"], found[0]["title_en"]) == (
        SchemaPattern.title,
        SchemaPattern.title_en,
    )
    assert [one["accepted"] for one in found] == ["as printed", ""]
    assert (result["counts"]["誤り"], result["exit_code"]) == (2, 1)


@pytest.mark.usefixtures("errors")
def test_all_errors_accepted(machidata: Run, root: Path) -> None:
    accept(root, "L3:C4", "L4:C4")
    result = machidata("check", ONE)
    assert result.code == 0
    assert "      accepted: as printed" in result.out.splitlines()
    assert "2 errors, " in result.out
    assert "(2 of them accepted)" in result.out
    built = machidata("build", "--json").json
    one = next(package for package in built["packages"] if package["name"] == ONE)
    assert (one["status"], one["errors"], one["counts"]["誤り"]) == ("published", [], 2)


@pytest.mark.usefixtures("errors")
def test_an_acceptance_that_is_wrong_is_an_error_with_the_way_to_it(
    machidata: Run, root: Path
) -> None:
    path = root / FOLDER / "package.yaml"
    path.write_text(path.read_text("utf-8") + "accept: [{code: schema-patern, place: L1}]\n")
    result = machidata("check", ONE)
    assert result.code == 2
    assert "accept[0].code" in result.err
    assert "schema-pattern" in result.err


def test_the_report_is_written_beside_the_package_and_nothing_else(
    machidata: Run, root: Path
) -> None:
    before = {path for path in root.rglob("*") if path.is_file()}
    assert machidata("check", FOLDER).code == 0
    new = {path for path in root.rglob("*") if path.is_file()} - before
    assert {path.relative_to(root).as_posix() for path in new} == {
        f"{FOLDER}/findings.md",
        f"{FOLDER}/findings.html",
    }
    first = {path: path.read_bytes() for path in new}
    machidata("build")
    assert first == {path: path.read_bytes() for path in new}, "check and build say the same"


def test_findings_are_shown_where_the_report_cannot_be_written(machidata: Run, root: Path) -> None:
    (root / FOLDER / "findings.md").mkdir()
    result = machidata("check", ONE, "--json")
    assert result.code == 0
    assert result.json["files"] == []
    assert result.json["findings"]
    assert "folder-unreachable" in result.err


@pytest.mark.parametrize(
    ("message", "fix", "told"),
    [
        ("違います", "直す", ["found: 五", "expected: 5"]),
        ("「五」は違います", "5 と書く", []),
        ("「五」は違います", "直す", ["expected: 5"]),
    ],
)
def test_found_and_expected_are_told_where_no_sentence_says_them(
    message: str, fix: str, told: list[str]
) -> None:
    use("en")
    one = Finding("note", "情報", place="L1", found="五", expected="5", message=message, fix=fix)
    assert [x.strip() for x in findings_lines([one])][4:-1] == told


def test_of_one_code_so_many_are_shown() -> None:
    use("en")
    several = [
        SchemaEnum.at(place=f"行{n}", found="x", expected=wanted, column="c")
        for n in range(SHOWN)
        for wanted in ("甲", "乙")
    ]
    lines = findings_lines(several)
    assert sum(line.startswith("    行") for line in lines) == SHOWN
    assert lines[-1] == f"    {SHOWN} more; add --json to see them all."
    assert lines.count("    → Use one of: 甲") == 1
    assert not any("乙" in line for line in lines), "nothing is said of what is not shown"
    assert summary(several) == f"{2 * SHOWN} errors, 0 warnings, 0 notes"


def test_what_a_document_holds_does_not_steer_the_terminal() -> None:
    use("en")
    evil = Finding(
        "note", "情報", place="\x1b[2J", found="\x1b]0;x\x07", message="a\nb", fix="\x9b"
    )
    assert not any(c in "".join(findings_lines([evil])) for c in "\x1b\x07\n")
