"""Packages made by hand for tests: every tidy table, with made-up rows.

The towns are real (their codes must be), everything said about them here is invented.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.model import (
    Contact,
    Declaration,
    Finding,
    Metadata,
    Municipality,
    Package,
    Resource,
    Row,
    Source,
    Table,
    Tables,
)

TOWNS = {
    "022055": Municipality("022055", "青森県", "五所川原市", "ゴショガワラシ"),
    "152064": Municipality("152064", "新潟県", "新発田市", "シバタシ"),
    "082163": Municipality("082163", "茨城県", "笠間市", "カサマシ"),
}

HASH = hashlib.sha256(b"a document that does not exist").hexdigest()

COLUMNS: dict[str, str] = {
    "plan": "名称 版 開始年度 終了年度 策定年月 改訂年月 出典 出典ハッシュ 備考",
    "policy": "計画ID 上位ID 階層 番号 名称",
    "initiative": "計画ID 施策ID 番号 名称 担当課 担当グループ 内容 期待される効果 継続区分",
    "indicator": "計画ID 取組ID 枝番 名称 単位 値の種別 望ましい方向",
    "observation": (
        "計画ID 取組ID 指標ID 指標名 年度 年度_和暦 時点 種別 値 単位 状態 限定 欠測理由 原文"
    ),
    "activity": "計画ID 取組ID 年度 内容",
    "status": "計画ID 取組ID 項目番号 項目名 年度 記号 進捗",
    "measurement": "計画ID 取組ID 名称 値 単位 限定 担当課 年度 原文",
    "goal": "計画ID 施策ID 番号 内容 値 単位 期限年度",
    "term": "計画ID 索引 用語 解説",
    "provenance": "表 行ID 列 出典ハッシュ 位置 原文 適用規則",
    "finding": "検査 重大度 対象表 対象ID 位置 記載値 期待値 説明 説明_英語 対処",
}
FIRST = ("全国地方公共団体コード", "ID", "地方公共団体名")
INTEGERS = {"開始年度", "終了年度", "年度", "期限年度", "階層"}
ENGLISH = {
    "全国地方公共団体コード": "Local government code",
    "ID": "ID",
    "地方公共団体名": "Local government",
    "名称": "Name",
    "年度": "Fiscal year",
    "年度_和暦": "Fiscal year (era)",
    "値": "Value",
    "単位": "Unit",
    "種別": "Kind",
    "担当課": "Department",
    "原文": "As printed",
    "欠測理由": "Reason for absence",
    "指標ID": "Indicator ID",
    "取組ID": "Initiative ID",
    "計画ID": "Plan ID",
    "指標名": "Indicator name",
    "状態": "State",
    "限定": "Qualifier",
}


def columns(slug: str) -> list[str]:
    """The columns of a tidy table, as design.md section 4 has them."""
    return [*FIRST, *COLUMNS[slug].split()]


def make_tables(name: str, town: Municipality) -> Tables:
    """All tables but `finding`, a few rows each, joined by their IDs."""
    tables = Tables(code=town.code, municipality=town.full_name, plan_id=name)
    for slug, rows in _rows(name).items():
        head: Row = {FIRST[0]: town.code, FIRST[2]: town.full_name}
        full = [{column: {**head, **row}.get(column) for column in columns(slug)} for row in rows]
        tables.tables[slug] = Table(slug, full)
    return tables


def _rows(plan: str) -> dict[str, list[Row]]:
    one, two = f"{plan}-01", f"{plan}-02"
    years = [(2022, "令和4年度"), (2023, "令和5年度"), (2024, "令和6年度")]
    return {
        "plan": [
            {"ID": plan, "名称": "まちのデジタル計画", "版": "第1版", "開始年度": 2022,
             "終了年度": 2025, "策定年月": "2022-03", "出典": "まちのデジタル計画",
             "出典ハッシュ": HASH}
        ],
        "policy": [
            {"ID": f"{plan}-p1", "計画ID": plan, "階層": 1, "番号": "1", "名称": "くらしを便利に"},
            {"ID": f"{plan}-p1-1", "計画ID": plan, "上位ID": f"{plan}-p1", "階層": 2,
             "番号": "1-1", "名称": "手続を来庁なしで"},
        ],
        "initiative": [
            {"ID": one, "計画ID": plan, "施策ID": f"{plan}-p1-1", "番号": "1",
             "名称": "行政手続のオンライン化", "担当課": "総務課", "継続区分": "新規"},
            {"ID": two, "計画ID": plan, "施策ID": f"{plan}-p1-1", "番号": "2",
             "名称": "公共施設のWi-Fi整備", "担当課": "企画課、管財課", "継続区分": "継続"},
        ],
        "indicator": [
            {"ID": f"{one}-1", "計画ID": plan, "取組ID": one, "枝番": "1",
             "名称": "オンライン化した手続の数", "単位": "手続", "値の種別": "数値",
             "望ましい方向": "増加"},
            {"ID": f"{two}-1", "計画ID": plan, "取組ID": two, "枝番": "1", "名称": "整備率",
             "単位": "%", "値の種別": "割合"},
        ],
        "observation": [
            {"ID": f"{one}-1-{year}-{kind}", "計画ID": plan, "取組ID": one, "指標ID": f"{one}-1",
             "指標名": "オンライン化した手続の数", "年度": year, "年度_和暦": era,
             "種別": label, "値": Decimal(14000 + 5 * n), "単位": "手続", "限定": "約",
             "原文": f"(約{1.4}万手続)"}
            for n, (year, era) in enumerate(years)
            for kind, label in (("target", "目標値"), ("actual", "実績値"))
        ]
        + [
            {"ID": f"{two}-1-2022-actual", "計画ID": plan, "取組ID": two, "指標ID": f"{two}-1",
             "指標名": "整備率", "年度": 2022, "年度_和暦": "令和4年度", "種別": "実績値",
             "値": Decimal("-3.2"), "単位": "%", "原文": "△3.2%"},
            {"ID": f"{two}-1-2023-actual", "計画ID": plan, "取組ID": two, "指標ID": f"{two}-1",
             "指標名": "整備率", "年度": 2023, "年度_和暦": "令和5年度", "種別": "実績値",
             "欠測理由": "対象外", "原文": "(-)"},
        ],
        "activity": [
            {"ID": f"{one}-a1", "計画ID": plan, "取組ID": one, "年度": 2023,
             "内容": "窓口の手続を三つ増やした"}
        ],
        "status": [
            {"ID": f"{one}-s{year}", "計画ID": plan, "取組ID": one, "項目番号": "1",
             "項目名": "申請書の見直し", "年度": year, "記号": mark, "進捗": word}
            for (year, _), mark, word in zip(
                years, ("○", "▲", "—"), ("進行中", "遅延", "記載なし"), strict=True
            )
        ],
        "measurement": [
            {"ID": f"{one}-m1", "計画ID": plan, "取組ID": one, "名称": "研修を受けた職員",
             "値": Decimal(41), "単位": "人", "限定": "延べ", "担当課": "人事課", "年度": 2023,
             "原文": "延べ41人"}
        ],
        "goal": [
            {"ID": f"{plan}-g1", "計画ID": plan, "施策ID": f"{plan}-p1", "番号": "1",
             "値": Decimal(20), "単位": "業務", "期限年度": 2025}
        ],
        "term": [{"ID": f"{plan}-t-rpa", "計画ID": plan, "索引": "R", "用語": "RPA"}],
        "provenance": [
            {"ID": f"{plan}-v1", "表": "observation", "行ID": f"{one}-1-2022-target", "列": "値",
             "出典ハッシュ": HASH, "位置": "L12:C6", "原文": "(約1.4万手続)",
             "適用規則": "万;限定"}
        ],
    }  # fmt: skip


WARNING = Finding(
    code="row-short",
    severity="警告",
    table="observation",
    row_id="022055-dx-plan-02-1-2023-actual",
    place="L14:C3",
    found="(-)",
    message="この行は見出しより列が少ないため、見直してください。",
    message_en="This row has fewer cells than the header.",
    fix="原文の表を確かめてください。",
    fix_en="Look at the printed table.",
)
NOTE = Finding(
    code="note",
    severity="情報",
    table="plan",
    message="注記: 数は年度末のもの",
    message_en="Printed note: numbers are of the end of the year",
)
ERROR = Finding(
    code="schema-error",
    severity="誤り",
    table="observation",
    message="年度が数ではありません。",
    message_en="The fiscal year is no number.",
)


def finding_rows(findings: Iterable[Finding], plan: str, town: Municipality) -> list[Row]:
    """The findings as rows of the table `finding`."""
    return [
        {
            "全国地方公共団体コード": town.code, "ID": f"{plan}-f-{n}",
            "地方公共団体名": town.full_name, "検査": f.code, "重大度": f.severity,
            "対象表": f.table, "対象ID": f.row_id, "位置": f.place, "記載値": f.found,
            "期待値": f.expected, "説明": f.message, "説明_英語": f.message_en, "対処": f.fix,
        }
        for n, f in enumerate(findings, 1)
    ]  # fmt: skip


def csv_bytes(header: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A CSV as design.md section 4 wants it: BOM, CRLF, RFC 4180."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow("" if row.get(key) is None else str(row[key]) for key in header)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8", "surrogatepass")


def make_resource(slug: str, rows: Sequence[Row], code: str, header: Sequence[str]) -> Resource:
    """A written table."""
    data = csv_bytes(header, rows)
    path = f"data/{code}_{slug}.csv"
    return Resource(slug, path, data, hashlib.sha256(data).hexdigest(), len(rows))


def descriptor_field(name: str) -> dict[str, str]:
    """A field of a Table Schema."""
    kind = "integer" if name in INTEGERS else "number" if name == "値" else "string"
    english = ENGLISH.get(name, "")
    return {"name": name, "title": english, "type": kind, "description": f"{name}の列"}


def make_declaration(name: str, town: Municipality, **changes: Any) -> Declaration:
    """A full declaration; `changes` replace its fields."""
    fields: dict[str, Any] = {
        "name": name,
        "folder": Path("datapackages") / name,
        "municipality": town.code,
        "title": f"{town.name} まちのデジタル計画",
        "title_en": "Digital plan of the town",
        "description": "計画と、その進みぐあいの表です。",
        "description_en": "The plan and how far it has come.",
        "licence": "CC-BY-4.0",
        "frequency": "ANNUAL",
        "themes": ("行財政", "情報通信・科学技術"),
        "keywords": ("デジタル", "KPI"),
        "contact": Contact("総務課", "General affairs", "soumu@example.jp", "https://example.jp/"),
        "sources": (
            Source("plan", "source/plan.txt", "plan.txt", "まちのデジタル計画", "The plan",
                   "https://example.jp/plan.pdf"),
        ),
        "issued": date(2024, 4, 1),
        "modified": date(2025, 6, 30),
        "version": "1.0.0",
        "publisher_url": "https://example.jp/",
    }  # fmt: skip
    return Declaration(**{**fields, **changes})


def make_package(
    name: str = "022055-dx-plan",
    findings: Sequence[Finding] = (WARNING, NOTE),
    tables: Tables | None = None,
    **changes: Any,
) -> Package:
    """A whole package; `changes` go to the declaration."""
    town = TOWNS[name[:6]]
    declaration = make_declaration(name, town, **changes)
    tables = tables or make_tables(name, town)
    written = {table.slug: table.rows for table in tables}
    written["finding"] = finding_rows(findings, name, town)
    resources = tuple(
        make_resource(slug, rows, town.code, columns(slug)) for slug, rows in written.items()
    )
    descriptor: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "title": declaration.title,
        "sources": [
            {
                "title": source.title,
                "path": source.url,
                "machidata:hash": f"sha256:{HASH}",
                **({"machidata:extract": source.path} if source.path else {}),
            }
            for source in declaration.sources
        ],
        "resources": [
            {
                "name": resource.slug,
                "path": resource.path,
                "title": resource.slug,
                "schema": {"fields": [descriptor_field(c) for c in columns(resource.slug)]},
            }
            for resource in resources
        ],
    }
    files = {resource.path: resource.data for resource in resources}
    files["datapackage.json"] = (json.dumps(descriptor, ensure_ascii=False) + "\n").encode()
    return Package(
        declaration, TOWNS[name[:6]], tables, descriptor, resources, files, tuple(findings)
    )


def in_place(metadata: Metadata) -> dict[str, bytes]:
    """The packages' files of a catalog as they stand in its folder: what a later run finds."""
    return {
        f"{name}/{path}": data
        for name, own in metadata.packages.items()
        for path, data in own.files.items()
    }
