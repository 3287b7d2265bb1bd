"""`check_file` on files as they come: encodings, headers, ragged rows, numbers written anyhow."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.check.files import check_file
from pipelines.model import MachidataError
from pipelines.vocabulary import table_schemas
from tests.check.samples import PLAN, sample_row

NAMES = [field["name"] for field in table_schemas()["observation"]["fields"]]


def as_csv(rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def observation(**changes: object) -> list[object]:
    row = {**sample_row("observation"), **changes}
    return ["" if row[name] is None else row[name] for name in NAMES]


def write(folder: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    path = folder / "022055_observation.csv"
    path.write_bytes(text.encode(encoding))
    return path


def told(path: Path, slug: str = "") -> list[tuple[str, str, str]]:
    return [(f.code, f.place, f.found) for f in check_file(path, slug)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp932", "utf-16"])
def test_a_clean_file_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, as_csv([NAMES, observation()]), encoding)
    assert told(path) == []


def test_the_name_of_the_file_or_the_argument_tells_the_table(tmp_path: Path) -> None:
    path = write(tmp_path, as_csv([NAMES, observation()]))
    other = path.rename(tmp_path / "データ.csv")
    assert told(other, "observation") == []
    assert {code for code, _, _ in told(other, "term")} == {"schema-column"}
    with pytest.raises(MachidataError) as error:
        check_file(other)
    assert error.value.code == "schema-unknown"
    assert "observation" in error.value.expected
    with pytest.raises(MachidataError) as error:
        check_file(other, "no-such-table")
    assert error.value.found == "no-such-table"


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("年度", "令和4年度", "schema-type"),
        ("年度", "２０２２", "schema-type"),
        ("年度", "2_022", "schema-type"),
        ("年度", " 2022", "schema-type"),
        ("年度", "2022.0", "schema-type"),
        ("年度", "", "schema-required"),
        ("年度", "9" * 5000, "schema-type"),
        ("値", "1,400", "schema-type"),
        ("値", "30%", "schema-type"),
        ("値", "NaN", "schema-type"),
        ("値", "inf", "schema-type"),
        ("値", "1e5", "schema-type"),
        ("値", "▲3", "schema-type"),
        ("種別", "目標", "schema-enum"),
        ("ID", "=1+1", "schema-pattern"),
        ("全国地方公共団体コード", "22055", "schema-pattern"),
    ],
)
def test_a_faulty_cell_is_found_at_its_line(
    tmp_path: Path, column: str, text: str, code: str
) -> None:
    rows = [NAMES, observation(ID=f"{PLAN}-1"), observation(**{column: text})]
    found = told(write(tmp_path, as_csv(rows)))
    assert [(c, place) for c, place, _ in found] == [(code, f"行3 {column}")]


@pytest.mark.parametrize("text", ["-3.2", "0", "14000", "99.90", "+5"])
def test_plain_decimals_are_fine(tmp_path: Path, text: str) -> None:
    assert told(write(tmp_path, as_csv([NAMES, observation(値=text)]))) == []


def test_a_repeated_id_is_found(tmp_path: Path) -> None:
    path = write(tmp_path, as_csv([NAMES, observation(), observation()]))
    assert [code for code, _, _ in told(path)] == ["schema-key"]


def test_header_differences_are_told_by_column(tmp_path: Path) -> None:
    names = ["区分" if name == "種別" else name for name in NAMES]
    found = told(write(tmp_path, as_csv([names, observation()])))
    assert found == [("schema-column", "行1 種別", ""), ("schema-column", "行1 区分", "区分")]


def test_a_repeated_header_is_told(tmp_path: Path) -> None:
    found = told(write(tmp_path, as_csv([[*NAMES, "値"], [*observation(), "3"]])))
    assert [(c, p) for c, p, _ in found] == [("schema-column", "行1 値")]


def test_columns_in_another_order_are_told_once(tmp_path: Path) -> None:
    rows = [list(reversed(NAMES)), list(reversed(observation()))]
    assert [(c, p) for c, p, _ in told(write(tmp_path, as_csv(rows)))] == [("schema-column", "行1")]


def test_ragged_rows_are_told(tmp_path: Path) -> None:
    row = observation()
    path = write(tmp_path, as_csv([NAMES, row[:-1], [*observation(ID="x1"), "余り"]]))
    assert told(path) == [
        ("schema-column", "行2", f"{len(NAMES) - 1}列"),
        ("schema-column", "行3", f"{len(NAMES) + 1}列"),
    ]


def test_a_blank_line_inside_is_told_and_one_at_the_end_is_not(tmp_path: Path) -> None:
    text = as_csv([NAMES, observation()])
    assert told(write(tmp_path, text + "\r\n\r\n")) == []
    inside = as_csv([NAMES]) + "\r\n" + as_csv([observation()])
    assert ("schema-column", "行2", "0列") in told(write(tmp_path, inside))


def test_a_table_of_another_kind_gives_header_findings_only(tmp_path: Path) -> None:
    path = write(tmp_path, "名,数\r\n甲,1\r\n")
    findings = check_file(path)
    assert {f.code for f in findings} == {"schema-column"}
    assert {f.place.split()[0] for f in findings} == {"行1"}


BAD_FILES = [
    (b"", "file-empty"),
    (b"\r\n  \n", "file-empty"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "file-encoding"),
    (b"abc\x81", "file-encoding"),
    ('"閉じない引用符,1\r\n'.encode(), "file-not-csv"),
]


@pytest.mark.parametrize(("data", "code"), BAD_FILES)
def test_unusable_files_are_clear_errors(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "022055_observation.csv"
    path.write_bytes(data)
    with pytest.raises(MachidataError) as error:
        check_file(path)
    assert (error.value.code, error.value.exit_code) == (code, 2)
    assert error.value.where == path.name
    assert error.value.fix_ja
    assert error.value.fix_en


def test_a_file_that_is_not_there_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(MachidataError) as error:
        check_file(tmp_path / "022055_observation.csv")
    assert (error.value.code, error.value.exit_code) == ("file-unreachable", 3)
    assert str(tmp_path) not in str(error.value)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_no_bytes_break_the_check(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "022055_term.csv"
    path.write_bytes(data)
    try:
        findings = check_file(path)
    except MachidataError as error:
        assert error.code.startswith("file-")
    else:
        assert findings, "arbitrary bytes never have the columns of a table"
