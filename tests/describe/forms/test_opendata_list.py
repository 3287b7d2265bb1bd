"""The オープンデータ一覧: its columns, and that it says what the model says."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from pipelines.describe.build import build_catalog
from pipelines.describe.forms.opendata_list import opendata_list
from pipelines.describe.iris import Names
from pipelines.describe.model import CatalogInfo, Dataset
from pipelines.model import Contact, Package
from pipelines.opendata_rows import COLUMNS
from tests.factory import make_package

BASE = "https://data.example.jp/machi/"
REFERENCE = Path(__file__).parents[4] / "shared" / "reference" / "catalog_metadata.md"


def datasets(*packages: Package) -> tuple[Dataset, ...]:
    return build_catalog(packages or [make_package()], Names(BASE), CatalogInfo()).datasets


def rows(*packages: Package) -> list[dict[str, str]]:
    data = opendata_list(datasets(*packages))
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_columns_are_the_45_of_the_reference() -> None:
    if not REFERENCE.is_file():
        pytest.skip("the reference of the catalogs is not here")
    text = REFERENCE.read_text("utf-8").split("45 columns")[1].split("\nValues:")[0]
    cells = [cell.strip() for line in text.splitlines() for cell in line.split("|")[1:-1]]
    pairs = zip(cells[::2], cells[1::2], strict=True)
    numbered = {int(number): name for number, name in pairs if number.isdigit()}
    expected = tuple(numbered[n].removesuffix(" +") for n in sorted(numbered))
    assert expected == COLUMNS


def test_bytes_are_utf8_with_bom_and_crlf() -> None:
    data = opendata_list(datasets())
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert len(lines) == 1 + len(datasets()[0].distributions) + 1


def test_a_row_says_what_the_dataset_and_the_file_say() -> None:
    (dataset,) = datasets()
    for row, file in zip(rows(), dataset.distributions, strict=True):
        assert row["データセット_ID"] == dataset.identifier
        assert row["全国地方公共団体コード"] == "022055"
        assert row["地方公共団体名"] == "青森県五所川原市"
        assert row["データセット_分類"] == "情報通信・科学技術;行財政"
        assert row["データセット_更新頻度"] == "毎年"
        assert row["データセット_対象期間"] == "2022-04-01/2026-03-31"
        assert row["データセット_連絡先メールアドレス"] == "soumu@example.jp"
        assert row["ファイル_ID"] == f"{dataset.identifier}_{file.slug}"
        assert row["ファイル_ダウンロードURL"] == file.download_url
        assert row["ファイル_サイズ"] == str(file.size)
        assert (row["ファイル_ステータス"], row["ファイル_API対応有無"]) == ("配信中", "無")


def test_no_licence_is_an_empty_cell() -> None:
    found = {row["ファイル_ライセンス"] for row in rows(make_package(licence=""))}
    assert found == {""}


def test_a_telephone_number_is_as_people_dial_it() -> None:
    contact = Contact("総務課", phone="0173-00-0000")
    (number,) = {r["データセット_連絡先電話番号"] for r in rows(make_package(contact=contact))}
    assert number == "0173-00-0000"


def test_a_record_is_one_line_whatever_the_words() -> None:
    hostile = '改\n行,"引用"\r\nと;記号\t'
    package = make_package(title=hostile, description=hostile, keywords=("a;b",))
    for row in rows(package):
        assert row["データセット_タイトル"] == '改 行,"引用" と;記号'
        assert row["データセット_キーワード"] == "a；b"
