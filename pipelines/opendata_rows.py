"""The オープンデータ一覧 as rows: its 45 columns, how it is written, how it is read again.

`describe` writes the list, `publish` foretells what SHIRASAGI's importer makes of it, and the list
of the catalog in place is what a later run remembers. One row a file; what is said of the dataset
repeats on each of its rows. UTF-8 with BOM and CRLF, a record is one line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from pipelines.model import MachidataError
from pipelines.neutral import neutralise, restore

ListRow: TypeAlias = Mapping[str, str]
"""Column → cell; a row of the list has all columns of `COLUMNS`."""

LIST_PATH = "metadata/opendata-list.csv"
"""Where the list stands in a folder catalog: the address that an importer is given."""

LIVE, PREPARED, STOPPED = "配信中", "配信準備中", "配信停止中"
"""The values of ファイル_ステータス."""

_DATASET = (
    *("ID", "", "", "タイトル", "サブタイトル", "概要", "キーワード", "分類"),
    *("ユニバーサルメニュー", "公開日", "最終更新日", "バージョン", "言語", "URL", "更新頻度"),
    *("準拠する標準", "関連ドキュメント", "来歴情報", "対象地域", "対象期間", "作成者"),
    *("連絡先名称", "連絡先メールアドレス", "連絡先電話番号", "連絡先内線番号", "連絡先FormURL"),
    *("連絡先備考（その他、SNSなど）", "備考"),
)
_FILE = (
    *("ID", "タイトル", "アクセスURL", "ダウンロードURL", "説明", "形式", "ライセンス"),
    *("ステータス", "サイズ", "公開日", "最終更新日", "利用規約", "関連ドキュメント", "言語"),
    *("準拠する標準", "API対応有無", "著作権表記"),
)
CODE, NAME = "全国地方公共団体コード", "地方公共団体名"
COLUMNS = (
    f"データセット_{_DATASET[0]}",
    CODE,
    NAME,
    *(f"データセット_{name}" for name in _DATASET[3:]),
    *(f"ファイル_{name}" for name in _FILE),
)
"""The header, in its order."""

HEAD = COLUMNS[: len(_DATASET)]
"""The columns that speak of the dataset."""

DATASET, TITLE, MODIFIED = COLUMNS[0], "データセット_タイトル", "データセット_最終更新日"
FILE, FILE_TITLE, ADDRESS = "ファイル_ID", "ファイル_タイトル", "ファイル_ダウンロードURL"
TEXT, FORMAT, LICENCE = "ファイル_説明", "ファイル_形式", "ファイル_ライセンス"
STATUS, FILE_MODIFIED = "ファイル_ステータス", "ファイル_最終更新日"
REMARK = "データセット_備考"

# White space as SHIRASAGI's importer takes it out (csv_importer.rb: \R, Ruby's \s, two more).
_SPACE = re.compile("[ \t\r\n\f\v\u0085\u2028\u2029\u00a0\u3000]")


def write_list(rows: Iterable[ListRow]) -> bytes:
    """The list as a file, in the order given; a column that a row lacks is an empty cell. A text
    that a spreadsheet would run gets an apostrophe, which `read_list` takes off again.
    """
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: neutralise(one_line(row.get(name, ""))) for name in COLUMNS})
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8", "replace")


def read_list(data: bytes, where: str = LIST_PATH) -> list[dict[str, str]]:
    """The rows of a list of ours. Raises MachidataError `previous-list-invalid` (exit code 3) for
    anything else: what cannot be read must not be taken for an empty list.
    """
    try:
        text = data.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise list_invalid(where, f"{type(error).__name__}: {error}") from error
    if not lines or tuple(lines[0]) != COLUMNS:
        raise list_invalid(where, ",".join(lines[0])[:200] if lines else "")
    for number, cells in enumerate(lines[1:], 2):
        if len(cells) != len(COLUMNS):
            raise list_invalid(f"{where}:{number}", f"{len(cells)} 列 / columns")
    return [dict(zip(COLUMNS, map(restore, cells), strict=True)) for cells in lines[1:]]


def one_line(words: str) -> str:
    """A record is one line (machine-readability rule L1-14)."""
    return " ".join(words.split())


def bare(words: str) -> str:
    """A title or a データセット_ID as SHIRASAGI's importer keeps it: without white space."""
    return _SPACE.sub("", words)


def names(row: ListRow) -> tuple[str, str]:
    """What people call a row's dataset and its table: `022055-dx-plan`, `022055-dx-plan/goal`."""
    key = bare(row[DATASET])
    return key, f"{key}/{row[FILE].removeprefix(key + '_')}"


def list_invalid(where: str, found: str) -> MachidataError:
    """The error for a list that is lost or cannot be read."""
    return MachidataError(
        "previous-list-invalid",
        ja="公開中のオープンデータ一覧を読めません。何も変えていません。",
        en="The open-data list of the catalog in place cannot be read; nothing was changed.",
        where=where,
        found=found,
        expected=f"{len(COLUMNS)} columns, {COLUMNS[0]} …",
        fix_ja="控えから戻してください。一覧から消えたデータセットは、取り込む側で削除されます。",
        fix_en="Restore it from a copy: datasets that are missing in it are deleted by importers.",
        exit_code=3,
    )
