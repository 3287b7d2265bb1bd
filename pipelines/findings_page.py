"""`docs/findings.md`: every finding that can be reported, out of the classes and the shapes.

    python -m pipelines.findings_page docs/findings.md

A test fails when the committed page is another one. New rooms need their sentence in `ROOMS`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipelines.findings import SHAPES, FindingKind, every, room_of
from pipelines.findings.shapes import shape_kinds

ROOMS: Mapping[str, tuple[str, str, str, str]] = {
    "tidy": (
        "文書を読む",
        "Reading a document",
        "文書の表を読むときに分かること。読み方に迷ったところと、読めなかったところ。",
        "What the reading of a document's tables finds: where it was in doubt, what it left.",
    ),
    "correction": (
        "文書の訂正",
        "Corrections",
        "package.yaml の corrections に書いた訂正が、文書に当てはまるか。",
        "Whether the corrections of package.yaml still fit the document.",
    ),
    "schema": (
        "表の定義",
        "Table schemas",
        "表の値が、表の定義（Table Schema）に合うか。合わない表は公開しない。",
        "Whether the values of a table fit its Table Schema; a table that does not stays here.",
    ),
    "arithmetic": (
        "合計と割合",
        "Totals and rates",
        "書かれた合計・割合・時間が、そのもとの数と合うか。",
        "Whether stated totals, rates and hours agree with the figures that they are made of.",
    ),
    "consistency": (
        "文書の中の食い違い",
        "Consistency",
        "文書が自分自身や、同じパッケージのほかの文書と食い違っていないか。",
        "Whether a document agrees with itself and with the other documents of its package.",
    ),
    "consistency_dates": (
        "日付と期間",
        "Dates and periods",
        "日付・期間・元号が、互いに、また年度と合うか。",
        "Whether dates, periods and eras agree with each other and with their fiscal year.",
    ),
    "safety": (
        "動くセル",
        "Active cells",
        "表計算ソフトやブラウザーが実行してしまうセル。公開するものでは動かない形にしてある。",
        "Cells that a spreadsheet or a browser would run; what is published has them defused.",
    ),
    "text": (
        "文字と表記",
        "Characters and wording",
        "語の中の別の文字、二通りの書き方、ほかの機械に渡らない文字。",
        "Foreign letters inside words, two spellings of one thing, characters that do not travel.",
    ),
    "privacy": (
        "個人情報と安全",
        "Privacy and safety",
        "公開してはならないものと、表計算ソフトが命令と読むもの。",
        "What must not be published, and what a spreadsheet would run.",
    ),
    "trace": (
        "出どころ",
        "Provenance",
        "すべての値を、印刷されたセルまでたどれるか。",
        "Whether every value can be followed to its printed cell.",
    ),
    "metadata": (
        "メタデータ: DCAT-AP",
        "Metadata: DCAT-AP",
        "メタデータが DCAT-AP の公式の規則に合うか。重大度は規則による（ふつうのものを示す）。",
        "Whether the metadata keep the official rules of DCAT-AP; each rule has its own severity, "
        "the usual one is shown.",
    ),
    SHAPES: (
        "メタデータ: 日本のカタログ",
        "Metadata: Japanese catalogs",
        "メタデータが日本のカタログで使えるか（vocab/shapes/japan.ttl）。",
        "Whether the metadata serve in a Japanese catalog (vocab/shapes/japan.ttl).",
    ),
    "score": (
        "メタデータの点数",
        "Score of the metadata",
        "メタデータの点数（MQA）で落とした点。",
        "Which points of the metadata quality assessment (MQA) are lost.",
    ),
    "stars": (
        "五つ星",
        "Five stars",
        "オープンデータの五つ星のうち、足りない星。",
        "Which of the five stars of open data are missing.",
    ),
    "opendata_list": (
        "オープンデータ一覧",
        "The open-data list",
        "一覧を取り込む側が失うもの。カタログ全体についてで、パッケージでは承認できない。",
        "What importers of the list would lose; about a whole catalog, not to be accepted by a "
        "package.",
    ),
    "accepting": (
        "承認",
        "Acceptances",
        "package.yaml の accept に書いた承認が、まだ当てはまるか。",
        "Whether the acceptances of package.yaml still match a finding.",
    ),
}
"""Room → title (Japanese, English) and sentence (Japanese, English), in the order of the line."""

_OPENING = """\
# 検査で知らせること / Findings

<!-- python -m pipelines.findings_page docs/findings.md -->

このページは宣言（`pipelines/findings/`、`vocab/shapes/`）から作ります（`make docs`）。直すのは
宣言の方です。コードは変わりません。読み方と承認の仕方は [checking.md](checking.md)。**誤り**は
公開を止める、**警告**は確かめる、**情報**は知っておく。`{…}` には、見つかったものが入ります。

This page is generated from the declarations; mend those, not the page. Codes are stable. How to
read and to accept a finding: [checking.md](checking.md). 誤り (error) stops the publishing, 警告
(warning) wants a look, 情報 (note) is good to know. `{…}` stands for what was found.
"""
_SEVERITIES = {"誤り": "error", "警告": "warning", "情報": "note"}
_SPECIAL = re.compile(r"[\\`*_\[\]<>|#~]")


def findings_page() -> str:
    """The page as Markdown. Raises KeyError for a room without its sentence."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    rooms: dict[str, list[type[FindingKind]]] = {}
    kinds = {**every(), **shape_kinds()}
    for code in sorted(kinds):
        rooms.setdefault(room_of(code), []).append(kinds[code])
    unknown = rooms.keys() - ROOMS.keys()
    if unknown:
        raise KeyError(f"ROOMS says nothing of: {', '.join(sorted(unknown))}")
    yield _OPENING
    for room, (ja, en, about, about_en) in ROOMS.items():
        if room in rooms:
            yield from (f"## {ja} / {en}", "", f"{about}<br>{about_en}", "")
            yield "| コード Code | 重大度 Severity | 題 Title | 文 Sentence | 対処 What to do |"
            yield "|---|---|---|---|---|"
            yield from (_row(kind) for kind in rooms[room])
            yield ""
    yield f"{len(kinds)} 個のコード / {len(kinds)} codes."


def _row(kind: type[FindingKind]) -> str:
    severity = f"{kind.severity} {_SEVERITIES[kind.severity]}"
    pairs = ((kind.title, kind.title_en), (kind.ja, kind.en), (kind.fix, kind.fix_en))
    cells = (f"{_plain(ja)}<br>{_plain(en)}" for ja, en in pairs)
    return f"| `{kind.code}` | {severity} | {' | '.join(cells)} |"


def _plain(text: str) -> str:
    return _SPECIAL.sub(lambda hit: f"&#{ord(hit[0])};", text)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(findings_page(), encoding="utf-8")
