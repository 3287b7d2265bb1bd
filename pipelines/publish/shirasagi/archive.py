"""The ZIP that an editor of a SHIRASAGI catalog can import by hand: descriptions and files.

Read in shirasagi/shirasagi: app/jobs/opendata/dataset/import_job.rb (commit 1a6f9927) and
export_job.rb (3fea8b2f), config/locales/{opendata,contact,ss}/ja.yml. What was seen there:

- `*/datasets.csv` in any one folder; beside it `{id}/resources.csv` and `{id}/{file id}/{file}`.
- Both ids must be integers above 0 and only say where things lie: each import makes *new* datasets,
  so importing twice doubles them. (An older edition, 002439f3, writes over the dataset of that id;
  the ids here are the municipality's code and three digits, which no site has given.)
- Columns are found by their Japanese names, missing ones are empty; lists have one entry a line.
- A licence is found by its *name* in the catalog (the seeds' 表示（CC BY）), not by the id that the
  metadata importer uses. A file without one is not saved.

Not seen: the name of 公開日時 in this model (the manual has it for `cms/content`), and whether a
catalog demands a 分野, whose names are its own: an editor sets those.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from pipelines.opendata_rows import (
    ADDRESS,
    CODE,
    DATASET,
    FILE_TITLE,
    FORMAT,
    LICENCE,
    LIVE,
    STATUS,
    TEXT,
    TITLE,
    ListRow,
    bare,
)
from pipelines.publish.paths import check_path

FOLDER = "shirasagi"
LICENCE_NAMES = {"CC BY 4.0": "表示（CC BY）"}
"""ファイル_ライセンス → the name of that licence in SHIRASAGI's own seeds."""

_DATASETS = {
    "データセット名": TITLE,
    "説明": "データセット_概要",
    "タグ": "データセット_キーワード",
    "eStat分野": "データセット_分類",
    "公開日時": "データセット_公開日",
    "担当": "データセット_連絡先名称",
    "電話番号": "データセット_連絡先電話番号",
    "メールアドレス": "データセット_連絡先メールアドレス",
    "リンクURL": "データセット_連絡先FormURL",
}
_RESOURCES = ("id", "リソース名", "フォーマット", "ライセンス", "説明", "並び順", "ファイル")
_LISTS = {"データセット_キーワード", "データセット_分類"}
_DAWN = (1980, 1, 1, 0, 0, 0)  # the first time that a ZIP can state


def archive(
    rows: Sequence[ListRow],
    files: Mapping[str, bytes],
    licences: Mapping[str, str] = LICENCE_NAMES,
) -> bytes:
    """The ZIP of what is published now. `files` maps ファイル_ダウンロードURL to bytes; a file that
    is not in it, and stopped ones, are left out.

    Nothing is compressed, so that the same rows and files are the same bytes everywhere. Raises
    MachidataError `path-invalid` for an address that ends in no plain file name.
    """
    live = [row for row in rows if row[STATUS] == LIVE and row[ADDRESS] in files]
    groups: dict[str, list[ListRow]] = {}
    for row in live:
        groups.setdefault(bare(row[DATASET]), []).append(row)
    numbers = _numbers(groups)
    heads = [[numbers[key], *_head(some[0])] for key, some in groups.items()]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        _add(made, "datasets.csv", _csv(("id", *_DATASETS), heads))
        for key, some in groups.items():
            named = [_name(row) for row in some]
            told = [_resource(n, row, named[n - 1], licences) for n, row in enumerate(some, 1)]
            _add(made, f"{numbers[key]}/resources.csv", _csv(_RESOURCES, told))
            for n, (row, name) in enumerate(zip(some, named, strict=True), 1):
                _add(made, f"{numbers[key]}/{n}/{name}", files[row[ADDRESS]])
    return buffer.getvalue()


def _numbers(groups: Mapping[str, Sequence[ListRow]]) -> dict[str, str]:
    """Dataset → its number: the code of its municipality and a running number of three digits."""
    numbers: dict[str, str] = {}
    for n, (key, some) in enumerate(groups.items(), 1):
        code = some[0][CODE]
        plain = code.isascii() and code.isdigit()
        numbers[key] = f"{int(code) if plain else 999999}{n:03}"
    return numbers


def _head(row: ListRow) -> list[str]:
    return [row[name].replace(";", "\n") if name in _LISTS else row[name]
            for name in _DATASETS.values()]  # fmt: skip


def _resource(number: int, row: ListRow, name: str, licences: Mapping[str, str]) -> list[str]:
    licence = licences.get(row[LICENCE], row[LICENCE])
    return [str(number), row[FILE_TITLE], row[FORMAT], licence, row[TEXT], str(number), name]


def _name(row: ListRow) -> str:
    """The file's own name: the last part of its address, if that can be a name everywhere."""
    return check_path(urlsplit(row[ADDRESS]).path.rsplit("/", 1)[-1], row[DATASET])


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8", "replace")


def _add(made: zipfile.ZipFile, path: str, data: bytes) -> None:
    info = zipfile.ZipInfo(f"{FOLDER}/{path}", _DAWN)
    info.create_system = 3
    info.external_attr = 0o644 << 16
    made.writestr(info, data)
