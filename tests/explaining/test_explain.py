"""What is said of a value agrees with the tables and with what is printed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipelines import line
from pipelines.explaining import Explained, explain
from pipelines.explaining.around import around
from pipelines.model import Document, MachidataError
from pipelines.read import read
from tests.cli.conftest import PLAN, make_package

NAME = "024465-one-plan"
VALUE = "01-1-2022-actual"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A package that was built: its data are committed."""
    folder = make_package(tmp_path, NAME)
    package = line.build_package(folder)
    for resource in package.resources:
        path = folder / resource.path
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(resource.data)
    return folder


def of(folder: Path, row: str, column: str, documents: Path | None = None) -> Explained:
    (value,) = explain(folder, row, column, documents).values
    return value


def test_a_value_is_explained(folder: Path) -> None:
    told = explain(folder, f"{NAME}-{VALUE}", "値")
    assert (told.package, told.table, told.label, told.built) == (
        NAME,
        "observation",
        "指標の値",
        True,
    )
    (value,) = told.values
    assert (value.value, value.place, value.printed, value.there) == ("12", "L4:C4", "12件", True)
    assert value.source is not None
    assert (value.source.kind, value.source.title) == ("same", "試験計画")
    assert value.around is not None
    assert (value.around.line, value.around.column, value.around.text) == (4, 4, "12件")
    rows = {row.line: dict(row.cells) for row in value.around.rows}
    assert rows[3] == {1: "NO", 2: "取組", 3: "KPI", 4: "令和4年度", 5: "令和5年度"}
    assert rows[4][5] == "34件"
    assert rows[5][4] == "約50名"
    assert [row.header for row in value.around.rows] == [True, False, False]


def test_rules_are_told_in_both_languages(folder: Path) -> None:
    (rule,) = of(folder, VALUE, "年度").rules
    assert (rule.name, rule.ja, rule.en) == ("era", "元号から年度", "Fiscal year from an era date")
    assert rule.meaning.endswith("。")
    assert rule.meaning_en.endswith(".")
    assert of(folder, VALUE, "原文").rules == ()


@pytest.mark.parametrize("row", [VALUE, f"{NAME}-{VALUE}"])
@pytest.mark.parametrize("column", ["値", "value"])
def test_names_may_be_short_or_latin(folder: Path, row: str, column: str) -> None:
    assert of(folder, row, column).value == "12"


def test_the_row_of_a_provenance_means_its_value(folder: Path) -> None:
    told = explain(folder, f"{NAME}-{VALUE}.observation.value")
    assert (told.row_id, told.column, told.values[0].value) == (f"{NAME}-{VALUE}", "値", "12")


def test_without_a_column_all_are_told(folder: Path) -> None:
    told = explain(folder, VALUE)
    values = {value.column: value for value in told.values}
    assert len(values) == 17
    assert all(bool(v.place) is bool(v.value) for v in values.values())
    assert values["指標名"].place == "L4:C3"
    assert values["状態"].value == ""


def test_a_finding_shows_its_place(tmp_path: Path) -> None:
    folder = make_package(tmp_path, NAME, PLAN + "3\t催しの見本\t件数\t12謎\t34謎\n")
    found = line.build_package(folder).findings
    assert [finding.place for finding in found][:1] == ["L6:C4"]
    package = line.build_package(folder)
    rows = next(r for r in package.resources if r.slug == "finding").data.decode("utf-8-sig")
    row_id = rows.splitlines()[1].split(",")[1]
    value = of(folder, row_id, "位置")
    assert value.around is not None
    assert value.around.text == "12謎"


@pytest.mark.parametrize(
    ("row", "column", "code", "near"),
    [
        ("01-1-2022-actul", "", "row-unknown", f"{NAME}-{VALUE}"),
        ("", "", "row-unknown", ""),
        (VALUE, "価", "column-unknown", ""),
        (VALUE, "valu", "column-unknown", "value"),
    ],
)
def test_what_is_not_there_is_told_with_what_is_near(
    folder: Path, row: str, column: str, code: str, near: str
) -> None:
    with pytest.raises(MachidataError) as error:
        explain(folder, row, column)
    assert (error.value.code, error.value.exit_code) == (code, 2)
    assert near in error.value.expected
    assert error.value.found == (column or row)


def test_the_whole_document_is_shown_beside_data_of_the_extract(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "whole.txt").write_text(PLAN + "\n本文です。\n", encoding="utf-8")
    value = of(folder, VALUE, "値", tmp_path)
    assert value.source is not None
    assert (value.source.kind, value.source.name, value.there) == ("extract", "whole.txt", True)
    assert value.source.sha256 != value.source.stated


def test_a_source_that_has_changed_is_told(folder: Path) -> None:
    path = folder / "source" / "plan.txt"
    path.write_text(PLAN.replace("12件", "13件"), encoding="utf-8")
    value = of(folder, VALUE, "値")
    assert value.source is not None
    assert (value.source.kind, value.there, value.value) == ("changed", False, "12")
    path.write_text("階上町DX試験計画\n", encoding="utf-8")
    assert of(folder, VALUE, "値").around is None


def test_without_committed_data_the_sources_are_read(tmp_path: Path) -> None:
    told = explain(make_package(tmp_path, NAME), VALUE, "値")
    assert (told.built, told.values[0].value) == (False, "12")


def test_an_extract_agrees_with_what_it_leaves_out(tmp_path: Path) -> None:
    folder = make_package(tmp_path, NAME, PLAN.replace("34件", "〔略〕34件〔略〕"))
    (tmp_path / "whole.txt").write_text(PLAN.replace("34件", "およそ34件です。"), encoding="utf-8")
    package = line.build_package(folder)
    for resource in package.resources:
        path = folder / resource.path
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(resource.data)
    assert of(folder, "01-1-2023-actual", "原文", tmp_path).there


def document(text: str) -> Document:
    return read(text.encode(), "a.txt")


@pytest.mark.parametrize("place", ["L99", "L3:C99", "L0", "Sheet1!F1", "", "L3:C", "p1"])
def test_a_place_that_is_not_there_has_no_surroundings(place: str) -> None:
    assert around(document(PLAN), place) is None


def test_a_line_of_text_is_shown_with_its_neighbours() -> None:
    shown = around(document("一行目\n二行目\n三行目\n四行目\n"), "L2")
    assert shown is not None
    assert (shown.text, shown.column) == ("二行目", 0)
    assert [row.line for row in shown.rows] == [1, 2, 3]


def test_the_line_of_the_year_heads_the_column() -> None:
    rows = ["概要\tあ", "工程\t令和4年度", "一\t1件", "二\t2件", "三\t3件"]
    shown = around(document("\n".join(rows) + "\n"), "L5:C2", "L2:C2")
    assert shown is not None
    assert [(row.line, row.header) for row in shown.rows] == [
        (1, True),
        (2, True),
        (4, False),
        (5, False),
    ]


REAL = sorted(Path(__file__).parents[2].glob("datapackages/*/package.yaml"))


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.parent.name)
def test_random_values_of_the_packages_stand_at_their_place(path: Path, tmp_path: Path) -> None:
    """Followed from the committed data through the committed extracts."""
    package = line.build_package(path.parent)
    folder = tmp_path / path.parent.name
    folder.mkdir()
    for part in ("package.yaml", *(source.path for source in package.declaration.sources)):
        (folder / part).parent.mkdir(exist_ok=True)
        (folder / part).write_bytes((path.parent / part).read_bytes())
    (folder / "data").mkdir()
    for resource in package.resources:
        (folder / resource.path).write_bytes(resource.data)
    chance = random.Random(folder.name)  # noqa: S311 - a choice that is the same each time
    for table in package.tables:
        if table.slug != "provenance":
            row = chance.choice(table.rows)
            told = explain(folder, str(row["ID"]))
            assert told.table == table.slug
            for value in told.values:
                assert bool(value.value) is value.there, (row["ID"], value.column)
