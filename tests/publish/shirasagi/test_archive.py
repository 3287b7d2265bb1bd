"""The ZIP that an editor imports: its paths, its columns, its bytes."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from pipelines.model import MachidataError
from pipelines.publish.shirasagi.archive import archive
from tests.publish.shirasagi.test_rules import BASE, row

LIVE = {"ファイル_ステータス": "配信中", "全国地方公共団体コード": "022055"}
ROWS = [
    row("a", **LIVE, データセット_キーワード="KPI;計画", データセット_分類="行財政;国際"),
    row("a", "y", **LIVE, ファイル_説明='=1+1,"<b>"'),
    row("b", **LIVE, ファイル_ライセンス="CC0-1.0"),
]
FILES = {one["ファイル_ダウンロードURL"]: one["ファイル_ID"].encode() for one in ROWS}


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert made.testzip() is None
        return {name: made.read(name) for name in made.namelist()}


def table(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_files_lie_where_the_importer_looks() -> None:
    found = opened(archive(ROWS, FILES))
    assert list(found) == [
        "shirasagi/datasets.csv",
        "shirasagi/22055001/resources.csv",
        "shirasagi/22055001/1/x.csv",
        "shirasagi/22055001/2/y.csv",
        "shirasagi/22055002/resources.csv",
        "shirasagi/22055002/1/x.csv",
    ]
    assert found["shirasagi/22055001/2/y.csv"] == b"a_y"


def test_every_row_names_the_folder_of_its_files() -> None:
    found = opened(archive(ROWS, FILES))
    for dataset in table(found["shirasagi/datasets.csv"]):
        for file in table(found[f"shirasagi/{dataset['id']}/resources.csv"]):
            assert f"shirasagi/{dataset['id']}/{file['id']}/{file['ファイル']}" in found
            assert int(file["id"]) > 0


def test_the_words_are_those_of_the_list() -> None:
    found = opened(archive(ROWS, FILES))
    first, second = table(found["shirasagi/datasets.csv"])
    assert first["タグ"] == "KPI\n計画"
    assert first["eStat分野"] == "行財政\n国際"
    assert (first["データセット名"], second["データセット名"]) == ("a", "b")
    _, file = table(found["shirasagi/22055001/resources.csv"])
    assert file["説明"] == '=1+1,"<b>"'


def test_a_licence_has_the_name_that_the_catalog_gives_it() -> None:
    found = opened(archive(ROWS, FILES))
    assert {one["ライセンス"] for one in table(found["shirasagi/22055001/resources.csv"])} == {
        "表示（CC BY）"
    }
    own = opened(archive(ROWS, FILES, {"CC0-1.0": "いかなる権利も保有しない（CC 0）"}))
    (file,) = table(own["shirasagi/22055002/resources.csv"])
    assert file["ライセンス"] == "いかなる権利も保有しない（CC 0）"


def test_stopped_files_and_files_that_are_not_here_are_left_out() -> None:
    stopped = [*ROWS[:2], {**ROWS[2], "ファイル_ステータス": "配信停止中"}]
    assert "shirasagi/22055002/resources.csv" not in opened(archive(stopped, FILES))
    assert list(opened(archive(ROWS, {}))) == ["shirasagi/datasets.csv"]


def test_the_same_rows_are_the_same_bytes() -> None:
    assert archive(ROWS, FILES) == archive(ROWS, dict(reversed(FILES.items())))
    with zipfile.ZipFile(io.BytesIO(archive(ROWS, FILES))) as made:
        told = {(one.date_time, one.create_system, one.compress_type) for one in made.infolist()}
    assert told == {((1980, 1, 1, 0, 0, 0), 3, zipfile.ZIP_STORED)}


@pytest.mark.parametrize(
    "name", ["..", ".hidden", "x%2F..%2Fy", "a b.csv", "C:x", "", "あ.csv", "x\\y"]
)
def test_no_name_leads_elsewhere(name: str) -> None:
    address = f"{BASE}a/{name}"
    bad = row("a", **LIVE, ファイル_ダウンロードURL=address)
    with pytest.raises(MachidataError) as caught:
        archive([bad], {address: b""})
    assert caught.value.code == "path-invalid"


def test_a_code_that_is_no_number_still_gives_one() -> None:
    odd = row("a", **{**LIVE, "全国地方公共団体コード": "²²"})
    assert "shirasagi/999999001/resources.csv" in opened(
        archive([odd], {odd["ファイル_ダウンロードURL"]: b""})
    )
